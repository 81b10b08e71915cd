"""Taking the name of somebody who left for good out of the decisions that were about them. Source: LGPD article 18.

A decision about a person (that they leave a circle, or are a member no more) can name them in its
texts, in what others said about it, in letters and questions, and in the register. What was decided stays: the
outcome, the numbers, each voice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import transaction

from tequio.core import clock
from tequio.decisions.models import PARTS, Proposal, Version
from tequio.decisions.rules import Kind
from tequio.decisions.selectors.circles import LEAVES
from tequio.decisions.selectors.seeing import HANGS
from tequio.notify.models import Ask, Letter, State
from tequio.people.models import Membership
from tequio.people.services.erasing import Erased, empty_entries, rewrite


@transaction.atomic
def erase_from_decisions(*, erased: Erased) -> None:
    """Put the pseudonym where decisions about somebody named them, and empty what the register said with the name."""
    found = _about(erased)
    if not found:
        return
    refs = {f"{Proposal._meta.label}:{proposal.pk}" for proposal in found}
    for row in _hanging(found):
        refs.add(f"{row._meta.label}:{row.pk}")
        if isinstance(row, Version):
            _rewrite_text(row, erased)
        else:
            rewrite(row=row, erased=erased)
    _rewrite_news(refs, found, erased)
    empty_entries(refs=refs, erased=erased)


def _about(erased: Erased) -> Sequence[Proposal]:
    subjects = [f"{LEAVES}{erased.participant.uuid}"]
    subjects += [f"{Membership._meta.label}:{pk}" for pk in sorted(erased.memberships)]
    return list(Proposal.objects.filter(kind=Kind.REMOVAL.value, subject__in=subjects))


def _hanging(found: Sequence[Proposal]) -> Iterator[Any]:
    for label, path in HANGS.items():
        if path:
            model: Any = apps.get_model("decisions", label)
            yield from model.objects.filter(**{f"{path}in": found}).order_by("pk")


def _rewrite_text(version: Version, erased: Erased) -> None:
    """Write a text without the name; the database lets that happen once, and nothing else. Its fingerprint is another."""
    texts = {name: getattr(version, name) for name in (*PARTS, "why")}
    without = erased.out_of(texts)
    if without != texts and version.erased_at is None:
        Version.objects.filter(pk=version.pk).update(**without, erased_at=clock.now())


def _rewrite_news(refs: set[str], found: Sequence[Proposal], erased: Erased) -> None:
    """Do the same in what waits for people, and in letters that have not left."""
    for ask in Ask.objects.filter(subject__in=sorted(refs)):
        rewrite(row=ask, erased=erased)
    network_id = erased.participant.network_id
    for letter in Letter.objects.filter(network_id=network_id).exclude(state=State.SENT):
        if any(f"/decisions/{proposal.number}/" in letter.text for proposal in found):
            rewrite(row=letter, erased=erased)
