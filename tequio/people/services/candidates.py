"""Forgetting a candidate: really, with its letters; what must not be asked again keeps no name."""

from django.db import transaction

from tequio.core.actor import Actor
from tequio.notify.models import Letter
from tequio.people import events
from tequio.people.models import Candidate, CandidateState

LETTER = "people.candidate"  # begins the key of every letter to a candidate


@transaction.atomic
def forget_candidate(*, by: Actor, candidate: Candidate, entirely: bool = False) -> None:
    """Erase who a candidate is, what it said and what was written to it.

    What stays is that the reply it rests on is not asked again; with ``entirely``, when that reply goes too, not even
    that.
    """
    events.candidate_forgotten.record(candidate, by=by)
    Letter.objects.filter(key__startswith=f"{LETTER}:{candidate.uuid}").delete()
    if entirely or candidate.source is None:
        candidate.delete()
        return
    candidate.name = candidate.folded = candidate.email = candidate.language = candidate.country = ""
    candidate.experience, candidate.themes, candidate.carried = "", [], {}
    candidate.organization = candidate.membership = None
    candidate.state = CandidateState.DECLINED
    candidate.save()
