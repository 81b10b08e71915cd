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


@people.seated.then
@people.delegate_named.then
@people.substitute_named.then
@people.voice_ended.then
@people.stands_in.then
@people.stands_in_no_more.then
@people.voice_inherited.then
def pass_ballots(entry: Entry) -> None:
    """Let the open ballots wait for whoever speaks for a member now."""
    participant = _participant(entry)
    if participant is not None and participant.membership_id is not None:
        services.pass_ballots(membership_id=participant.membership_id)


@people.name_erased.then
def forget_rows(entry: Entry) -> None:
    """Empty what somebody said of themselves in the lists of lots."""
    participant = _participant(entry)
    if participant is not None:
        services.forget_rows(participant=participant)


def _participant(entry: Entry) -> Participant | None:
    """Return whom an entry is about, by its row or by the identifier it names."""
    label, _colon, key = entry.ref.rpartition(":")
    if label == Participant._meta.label:
        return Participant.objects.filter(pk=key).first()
    named = (entry.facts or {}).get("participant")
    return Participant.objects.filter(uuid=str(named)).first() if named else None
