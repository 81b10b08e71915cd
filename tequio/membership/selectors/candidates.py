"""Reads of candidates that are invited, by those in charge and by the link of a letter."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from tequio.people.models import Candidate, CandidateState, Membership


def invitable(uuids: Collection[UUID]) -> QuerySet[Candidate]:
    """Return, of these candidates, those that were not asked yet, can be written to, and are not in already."""
    joined = Membership.objects.filter(organization=OuterRef("organization"), ended_on=None)
    rows = Candidate.objects.filter(uuid__in=uuids, state=CandidateState.NEW).exclude(
        Q(email="") | Q(name="")
    )
    return rows.filter(~Exists(joined)).order_by("folded", "pk")


def candidate(uuid: UUID) -> Candidate | None:
    """Return a candidate that is not forgotten."""
    return Candidate.objects.filter(uuid=uuid).exclude(name="").first()


def token_of_candidate(candidate: Candidate) -> str:
    """Return the secret part of the link by which a candidate answers its invitation."""
    return salted_hmac("tequio.membership.candidate", str(candidate.uuid), algorithm="sha256").hexdigest()[
        :32
    ]


def candidate_by_link(uuid: UUID, token: str) -> Candidate | None:
    """Return the candidate that a link opens, or None for a link that was not written here."""
    found = candidate(uuid)
    return found if found and constant_time_compare(token, token_of_candidate(found)) else None
