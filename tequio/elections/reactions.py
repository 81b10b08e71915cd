"""What follows in lots when something happened elsewhere."""

from tequio.elections import services
from tequio.people import events as people
from tequio.people.models import Participant
from tequio.register.models import Entry


@people.name_erased.then
def forget_rows(entry: Entry) -> None:
    """Empty what somebody said of themselves in the lists of lots."""
    label, _colon, key = entry.ref.rpartition(":")
    participant = Participant.objects.filter(pk=key).first() if label == "people.Participant" else None
    if participant is not None:
        services.forget_rows(participant=participant)
