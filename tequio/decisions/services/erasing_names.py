"""Taking the name of somebody who left for good out of decisions. Source: LGPD article 18.

A decision about a person (that they are admitted, that they leave a circle, or are a member no more) can name them in its
texts, in what others said about it, in letters and questions, and in the register. What was decided stays: the
outcome, the numbers, each voice. In decisions about something else their name goes from beside what was said in their
voice, and their whole name from questions and first impressions; the texts that bind, and the words on which
an outcome rests, stay as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from tequio.core import clock
from tequio.decisions.models import (
    PARTS,
    Answer,
    AnswerChange,
    Elector,
    Judgement,
    Outcome,
    Proposal,
    Question,
    Reaction,
    Version,
)
from tequio.decisions.rules import Kind
from tequio.decisions.selectors.circles import LEAVES
from tequio.decisions.selectors.seeing import HANGS
from tequio.notify.models import Ask, Letter, State
from tequio.people.models import Membership
from tequio.people.services.erasing import Erased, empty_entries, fitting, rewrite, rewrite_talk
from tequio.register.events import ref_of

# Rows that the database lets nobody change but to take a name out, with the columns that can hold one.
ONLY_ERASED: Mapping[type[Any], tuple[str, ...]] = {
    Version: (*PARTS, "why"),
    AnswerChange: ("concern", "given_name"),
}
TALK: Mapping[type[Any], tuple[str, ...]] = {Question: ("words", "reply"), Reaction: ("words",)}


@transaction.atomic
def erase_from_decisions(*, erased: Erased) -> None:
    """Put the pseudonym where decisions name somebody, and empty what the register said with the name."""
    subjects = [f"{LEAVES}{erased.participant.uuid}"]
    subjects += [f"{Membership._meta.label}:{pk}" for pk in sorted(erased.memberships)]
    erase_from_decisions_about(subjects=subjects, erased=erased)
    _beside_words(erased)
    for model, columns in TALK.items():
        rewrite_talk(model=model, columns=columns, erased=erased)


@transaction.atomic
def erase_from_decisions_about(*, subjects: Collection[str], erased: Erased, whole: bool = False) -> None:
    """Do so in every text of decisions whose subject somebody is; with ``whole``, what was put to them goes entirely."""
    about = Proposal.objects.filter(kind__in=[Kind.REMOVAL.value, Kind.ADMISSION.value])
    found = list(about.filter(subject__in=sorted(subjects)))
    if not found:
        return
    refs = {ref_of(proposal) for proposal in found}
    for row in _hanging(found):
        refs.add(ref_of(row))
        if type(row) in ONLY_ERASED:
            bare = {name: erased.out_of(getattr(row, name)) for name in ONLY_ERASED[type(row)]}
            if whole and type(row) is Version:
                bare["body"] = dict.fromkeys(row.body, erased.participant.name)
            _rewrite_once(row, bare)
        else:
            rewrite(row=row, erased=erased)
    _rewrite_news(refs, found, erased)
    empty_entries(refs=refs, erased=erased)


def _hanging(found: Sequence[Proposal]) -> Iterator[Any]:
    for label, path in HANGS.items():
        if path:
            model: Any = apps.get_model("decisions", label)
            yield from model.objects.filter(**{f"{path}in": found}).order_by("pk")


def _rewrite_once(row: Any, without: Mapping[str, Any]) -> None:
    """Write a row without the name; the database lets nothing else of it change. A text's fingerprint is another."""
    model = type(row)
    bare = {name: fitting(field=model._meta.get_field(name), value=value) for name, value in without.items()}
    if any(getattr(row, name) != value for name, value in bare.items()) and (
        row.erased_at is None or model is AnswerChange
    ):
        model.objects.filter(pk=row.pk).update(**bare, erased_at=clock.now())


def _beside_words(erased: Erased) -> None:
    """Take the name from beside what was said in somebody's voice, also where another wrote it down for them."""
    participant, refs = erased.participant, set()
    for model, voice in ((Answer, "elector__"), (Reaction, ""), (Judgement, "")):
        mine = _voice(voice, erased) | Q(given_by=participant)
        for row in model.objects.filter(mine):
            bare = erased.whole_out_of(row.given_name)[:120]
            if bare != row.given_name:
                model.objects.filter(pk=row.pk).update(given_name=bare)
                refs.add(ref_of(row))
    for change in AnswerChange.objects.filter(_voice("answer__elector__", erased) | Q(given_by=participant)):
        own = change.given_by_id == participant.pk
        named = participant.name if own else erased.whole_out_of(change.given_name)
        _rewrite_once(change, {"given_name": named})
    empty_entries(refs=refs, erased=erased)
    _in_records(erased)


def _in_records(erased: Erased) -> None:
    """Do the same in records of rounds: whose word it was, and how a person on their own was called as a member."""
    participant = erased.participant
    own = {
        str(one)
        for one in Membership.objects.filter(pk__in=erased.memberships).values_list("uuid", flat=True)
    }
    spoken = own | {str(participant.uuid)}
    if participant.membership is not None:
        spoken.add(str(participant.membership.uuid))
    carried = Q(proxy__holder__in=sorted(erased.memberships))
    rounds = Elector.objects.filter(_voice("", erased) | carried).values("round")
    for outcome in Outcome.objects.filter(round__in=rounds):
        for voice in outcome.voices:
            if voice["member"] in spoken:
                voice["by"] = erased.whole_out_of(voice.get("by", ""))
            if voice["member"] in own:
                voice["name"] = participant.name
            if voice.get("proxy") in own:
                voice["proxy_name"] = participant.name
        outcome.save(update_fields=["voices"])


def _voice(prefix: str, erased: Erased) -> Q:
    """The condition that something was said in the voice of somebody, or of the member for which they spoke."""
    own = Q(**{f"{prefix}participant": erased.participant})
    member = erased.participant.membership_id
    return own | Q(**{f"{prefix}membership": member}) if member else own


def _rewrite_news(refs: set[str], found: Sequence[Proposal], erased: Erased) -> None:
    """Do the same in what waits for people, and in letters that have not left."""
    for ask in Ask.objects.filter(subject__in=sorted(refs)):
        rewrite(row=ask, erased=erased)
    network_id = erased.participant.network_id
    for letter in Letter.objects.filter(network_id=network_id).exclude(state=State.SENT):
        if any(f"/decisions/{proposal.number}/" in letter.text for proposal in found):
            rewrite(row=letter, erased=erased)
