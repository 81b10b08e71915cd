"""Keeping the book of agreements true: each on its shelf, under its words, in the transaction of each change."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from tequio.core import clock
from tequio.decisions import selectors
from tequio.decisions.models import AgreementWord, Proposal, Shelf, State
from tequio.decisions.rules.book import found_by

AT_ONCE = 500


def shelve(*, proposal: Proposal) -> None:
    """Put an agreement onto the shelf where it stands today, under its words; anything else is in no book."""
    if proposal.state != State.ADOPTED or proposal.kind not in selectors.EVALUATED:
        return
    over = proposal.in_force_until is not None and proposal.in_force_until <= clock.today()
    proposal.shelf = Shelf.OVER if over else Shelf.NOW
    Proposal.objects.filter(pk=proposal.pk).update(shelf=proposal.shelf)
    AgreementWord.objects.filter(proposal=proposal).delete()
    _index(proposal)


def _index(proposal: Proposal) -> None:
    version = proposal.version
    assert version is not None
    AgreementWord.objects.bulk_create(
        AgreementWord(key=f"{proposal.shelf}:{word}", number=proposal.number, proposal=proposal)
        for word in found_by([version.title, version.summary, version.body])
    )


def write_index() -> None:
    """Write the words of a book that was brought in from elsewhere, where each agreement has its shelf already."""
    rows = Proposal.objects.exclude(shelf=Shelf.NONE).select_related("version").order_by("pk")
    for proposal in rows.iterator(chunk_size=AT_ONCE):
        _index(proposal)


@transaction.atomic
def tend_book() -> int:
    """Shelve what is in no book yet and what ended by itself, some hundred at a time; return how many there were."""
    ended = Q(shelf=Shelf.NOW, in_force_until__lte=clock.today())
    missing = Q(shelf=Shelf.NONE, state=State.ADOPTED, kind__in=selectors.EVALUATED)
    rows = Proposal.objects.select_for_update(of=("self",), skip_locked=True).select_related("version")
    found = [*rows.filter(ended).order_by("pk")[:AT_ONCE], *rows.filter(missing).order_by("pk")[:AT_ONCE]]
    for proposal in found:
        shelve(proposal=proposal)
    return len(found)
