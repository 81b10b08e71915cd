"""Inviting candidates: a letter in their language, whose link opens the form with what they said. Source: SUR-17."""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tequio.core import clock
from tequio.core.actor import Actor, system
from tequio.membership import access, events, selectors
from tequio.membership.models import Application
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people.models import Candidate, CandidateState
from tequio.people.services.candidates import LETTER


@transaction.atomic
def invite_candidates(*, by: Actor, network: Network, uuids: Collection[UUID], words: str = "") -> int:
    """Write to the chosen candidates that can be invited, each once; return to how many.

    Who said no, is in already, or left no address is passed over. Admission stays what the charter says.
    """
    access.invite_candidates.require(by, selectors.admission())
    rows = selectors.invitable(uuids).select_for_update(of=("self",))
    chosen = list(rows)
    for candidate in chosen:
        _write(candidate, network, by=by, words=words.strip())
    Candidate.objects.filter(pk__in=[one.pk for one in chosen]).update(
        state=CandidateState.INVITED, invited_at=clock.now()
    )
    if chosen:
        events.candidates_invited.record(network, by=by, number=len(chosen))
    return len(chosen)


def _write(candidate: Candidate, network: Network, *, by: Actor, words: str) -> None:
    link = reverse(
        "membership:invited", args=[network.slug, candidate.uuid, selectors.token_of_candidate(candidate)]
    )
    notify.mail(
        person_id=None,
        address=candidate.email,
        language=candidate.language or network.languages[0],
        kind="invitation",
        template="membership/mail/candidate",
        context={
            "candidate": candidate,
            "network": network,
            "inviter": by.name,
            "words": words,
            "link": settings.ORIGIN.rstrip("/") + link,
        },
        key=f"{LETTER}:{candidate.uuid}",
    )


@transaction.atomic
def decline_invitation(*, network: Network, candidate: Candidate) -> None:
    """Keep that a candidate would rather not, by the link that only it has: it is never asked again."""
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    if candidate.state == CandidateState.INVITED:
        candidate.state = CandidateState.DECLINED
        candidate.save(update_fields=["state"])
        events.invitation_declined.record(candidate, by=system(network.pk))


@transaction.atomic
def note_joined(*, application: Application) -> None:
    """Note that a candidate is a member now, when the request that began with its invitation was admitted."""
    uuid = (application.carried or {}).get("candidate")
    if uuid and application.membership_id:
        Candidate.objects.filter(uuid=uuid).exclude(name="").update(
            state=CandidateState.JOINED,
            membership=application.membership_id,
            organization=application.organization_id,
        )
