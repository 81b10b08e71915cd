"""What follows: the letters of a ballot, and what lots forget of somebody who was erased."""

from datetime import date

from tequio.elections import events, services
from tequio.elections.models import Ballot
from tequio.governance import events as governance
from tequio.governance.models import Circle
from tequio.people import events as people
from tequio.people.models import Participant
from tequio.register.models import Entry


@events.opened.then
def ask_by_letter(entry: Entry) -> None:
    """Write to everybody who has a voice. Source: EXPERIENCE 3.10."""
    if ballot := _ballot(entry):
        services.ask_by_letter(ballot=ballot)


@events.extended.then
def tell_of_more_time(entry: Entry) -> None:
    """Write to those whose paper is missing that there is more time, and why."""
    if ballot := _ballot(entry):
        services.tell_of_more_time(ballot=ballot)


@events.counted.then
def tell_outcome(entry: Entry) -> None:
    """Write to everybody what came of it."""
    if ballot := _ballot(entry):
        services.tell_outcome(ballot=ballot)


def _ballot(entry: Entry) -> Ballot | None:
    label, _colon, key = entry.ref.rpartition(":")
    return Ballot.objects.filter(pk=key).first() if label == Ballot._meta.label else None


@governance.selection_due.then
def prepare_selection(entry: Entry) -> None:
    """Prepare who follows in the coordination, 60 days before a mandate ends. Source: GOV-19."""
    body = Circle.objects.filter(uuid=entry.facts["uuid"], closed_at=None).first()
    if body is not None:
        services.prepare_selection(body=body, until=date.fromisoformat(entry.facts["until"]))


@people.name_erased.then
def forget_rows(entry: Entry) -> None:
    """Empty what somebody said of themselves in the lists of lots."""
    label, _colon, key = entry.ref.rpartition(":")
    participant = Participant.objects.filter(pk=key).first() if label == "people.Participant" else None
    if participant is not None:
        services.forget_rows(participant=participant)
