"""Every read of requests to join, and of what is asked of members."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, Subquery
from django.utils.crypto import constant_time_compare, salted_hmac

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.money import Money
from tequio.decisions.models import Proposal
from tequio.decisions.models import State as ProposalState
from tequio.membership import access
from tequio.membership.models import OPEN, Application, CodeVersion, Removal, State
from tequio.membership.selectors.code import current_code
from tequio.networks import selectors as networks
from tequio.networks.models import Admission, Contribution, Criterion, Governance, Joining, Statement
from tequio.people.models import Duty, Organization, Participant

CONTACT_KEY = "joining_contact"
PURPOSE_KEYS = ("purpose", "objective", "audience")
STOPPED = (ProposalState.OBJECTED, ProposalState.NOT_ADOPTED)


@dataclass(frozen=True)
class Asked:
    """What is asked of members, stated before they join. Source: MEM-02, COM-01."""

    joining: Joining
    criteria: Sequence[Criterion]
    reasons: Sequence[networks.Why]
    contact: Statement | None
    statements: Sequence[Statement]
    code: CodeVersion | None
    admission: str

    @property
    def dues(self) -> list[tuple[str, Money]]:
        """The dues by size, or one amount for all; empty when joining costs no money."""
        joining = self.joining
        if joining.contribution == Contribution.FIXED:
            rows = [("all", joining.fixed_minor)]
        elif joining.contribution == Contribution.VARIABLE:
            rows = [
                ("small", joining.small_minor),
                ("medium", joining.medium_minor),
                ("large", joining.large_minor),
            ]
        else:
            rows = []
        return [(size, Money(minor, joining.currency)) for size, minor in rows if minor is not None]


def asked_of_members() -> Asked:
    """Return what is asked of members of the current network; it is public."""
    said = networks.statements(*PURPOSE_KEYS, CONTACT_KEY)
    admits = Subquery(Governance.objects.values("admission")[:1])
    joining = Joining.objects.annotate(admits=admits).first()
    return Asked(
        joining=joining or Joining(),
        criteria=list(networks.criteria()),
        reasons=networks.why_join(networks.benefits()),
        contact=said.get(CONTACT_KEY),
        statements=[said[key] for key in PURPOSE_KEYS if key in said],
        code=current_code(),
        admission=getattr(joining, "admits", None) or admission(),
    )


def admission() -> str:
    """Return who admits members here."""
    return networks.governance().admission


def in_charge(ruled: str | None = None) -> list[Participant]:
    """Return the people who look after requests to join: those whom the charter names, and nobody else.

    ``ruled`` is who admits, when the caller knows it already. While nobody of them is here the coordination is asked: it cannot admit in their place, but can give the duty.
    """
    alone = (ruled or admission()) == Admission.COORDINATION
    duties = [Duty.COORDINATION] if alone else [Duty.ADMISSION]
    return _holding(duties) or coordination()


def coordination() -> list[Participant]:
    """Return who coordinates."""
    return _holding([Duty.COORDINATION])


def _holding(duties: Sequence[str]) -> list[Participant]:
    present = Participant.objects.filter(until_on=None, duties__overlap=list(duties))
    return list(present.select_related("person").order_by("name", "pk"))


class Next(StrEnum):
    """What an open request waits for."""

    READ = "READ"
    CHECK = "CHECK"
    ALL = "ALL"
    ROUND = "ROUND"
    STOPPED = "STOPPED"


@dataclass(frozen=True)
class Waiting:
    """An open request: how long it has waited, what is next, and the decision that is open about it."""

    application: Application
    days: int
    next: str
    proposal: Proposal | None


@dataclass(frozen=True)
class Worklist:
    """All open requests, the oldest first, with those who answer; and the last that were answered."""

    waiting: Sequence[Waiting]
    answered: Sequence[Application]
    admission: str
    who: Sequence[str]


NARROW = (
    "uuid",
    "name",
    "kind",
    "why",
    "state",
    "received_at",
    "decided_at",
    "reminded_at",
    "answers",
    "proposal",
)


def worklist(actor: Actor) -> Worklist | None:
    """Return everything that waits for an answer, or None for somebody not in charge of it. Source: P23."""
    ruled = admission()
    if not access.read_applications.allows(actor, ruled):
        return None
    rows = Application.objects.only(*NARROW)
    waiting = list(rows.filter(state__in=OPEN).order_by("received_at", "pk"))
    answered = list(rows.exclude(state__in=OPEN).order_by("-decided_at", "-pk")[:100])
    decisions = _decisions_of(waiting)
    who = [] if ruled == Admission.EVERYBODY else [each.name for each in in_charge(ruled)]
    told = [_waiting(one, decisions.get(one.proposal), ruled) for one in waiting]
    return Worklist(told, answered, ruled, who)


def _decisions_of(waiting: Sequence[Application]) -> dict[UUID | None, Proposal]:
    wanted = [one.proposal for one in waiting if one.proposal]
    rows = Proposal.objects.filter(uuid__in=wanted).only("uuid", "number", "state") if wanted else []
    return {row.uuid: row for row in rows}


def _waiting(application: Application, proposal: Proposal | None, ruled: str) -> Waiting:
    days = (clock.now() - application.received_at).days
    return Waiting(application, days, _next(application, proposal, ruled).value, proposal)


def _next(application: Application, proposal: Proposal | None, ruled: str) -> Next:
    if application.state == State.DECIDING:
        return Next.STOPPED if proposal and proposal.state in STOPPED else Next.ROUND
    if application.lacking:
        return Next.CHECK
    return Next.ALL if ruled == Admission.EVERYBODY else Next.READ


def application(actor: Actor, uuid: UUID) -> Application | None:
    """Return one request, or None for somebody not in charge of it."""
    if not access.read_applications.allows(actor, admission()):
        return None
    return Application.objects.select_related("decided_by", "before").filter(uuid=uuid).first()


def proposal_of(asked: Application | Removal) -> Proposal | None:
    """Return the decision in which all members admit or remove, or None."""
    return Proposal.objects.filter(uuid=asked.proposal).first() if asked.proposal else None


def stopped(application: Application) -> bool:
    """Say whether the members' decision on a request ended, or waits, without consent."""
    proposal = proposal_of(application) if application.state == State.DECIDING else None
    return proposal is not None and proposal.state in STOPPED


def token_of(application: Application) -> str:
    """Return the secret part of the link by which an applicant follows a request."""
    return salted_hmac(
        "tequio.membership.application", str(application.uuid), algorithm="sha256"
    ).hexdigest()[:32]


def application_by_link(uuid: UUID, token: str) -> Application | None:
    """Return the request that a link opens, or None for a link that was not written here."""
    found = Application.objects.filter(uuid=uuid).first()
    return found if found and constant_time_compare(token, token_of(found)) else None


def same_name(application: Application) -> list[Organization]:
    """Return organizations already recorded under the same name, to join rather than to record again."""
    rows = Organization.objects.filter(merged_into=None)
    known = Q(folded=application.folded) | Q(aliases__folded=application.folded)
    return list(rows.filter(known).distinct().order_by("pk")[:5])


def colleagues(actor: Actor) -> list[Participant]:
    """Return the other people who act for the actor's organization."""
    if actor.membership_id is None:
        return []
    rows = Participant.objects.filter(membership_id=actor.membership_id, until_on=None)
    return list(rows.exclude(person_id=actor.person_id or 0).order_by("name", "pk"))


def applied_by(email: str) -> Q:
    """The condition that a request to join came from an address."""
    return Q(contact_email__iexact=email)
