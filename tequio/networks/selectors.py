"""Every read of the rules that a network gave itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.networks.models import (
    Benefit,
    Channel,
    ChannelKind,
    ContactPerson,
    Criterion,
    Governance,
    Joining,
    MappedActor,
    Need,
    Network,
    Pillar,
    PlannedAction,
    Reason,
    Rhythm,
    SpecificObjective,
    Statement,
    Territory,
)

REASONS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    Reason.ARTICULATION: (_("Work together"), _("Move together what one alone cannot move.")),
    Reason.ADVOCACY: (_("Be heard further away"), _("Speak with one voice where it counts.")),
    Reason.EXCHANGE: (_("Learn and think together"), _("Share what works and what did not.")),
    Reason.FUNDING: (_("Look for funds together"), _("Apply together where several are asked for.")),
}


def slug_taken(slug: str) -> bool:
    """Say whether another network has this name in addresses."""
    return Network.objects.filter(slug=slug).exists()


def governance() -> Governance:
    """How the current network decides; the defaults until its charter says otherwise."""
    return Governance.objects.first() or Governance()


def joining() -> Joining:
    """Who may join the current network and what each brings."""
    return Joining.objects.first() or Joining()


def statements(*keys: str) -> Mapping[str, Statement]:
    """The texts the network agreed on, by key; all of them when no key is given."""
    rows = Statement.objects.filter(key__in=keys) if keys else Statement.objects.all()
    return {row.key: row for row in rows}


def pillars() -> QuerySet[Pillar]:
    """The strategic pillars, in order."""
    return Pillar.objects.all()


def criteria() -> QuerySet[Criterion]:
    """What a member must meet, in order."""
    return Criterion.objects.all()


def benefits() -> QuerySet[Benefit]:
    """What a member gains, in order."""
    return Benefit.objects.all()


@dataclass(frozen=True)
class Why:
    """One of the four reasons to join, and what this network promises under it, each with how one will see it."""

    heading: str | Promise
    general: str | Promise
    benefits: Sequence[Benefit]


def why_join(rows: Iterable[Benefit]) -> list[Why]:
    """Sort what a member gains under the four reasons; what has none stands at the end. Source: COM-01, COM-02."""
    under: dict[str, list[Benefit]] = {reason: [] for reason in REASONS}
    for row in rows:
        under.setdefault(row.reason, []).append(row)
    known = [Why(*REASONS[reason], under.pop(reason)) for reason in REASONS]
    return [*known, *(Why(_("And besides"), "", others) for others in under.values())]


def rhythms() -> Mapping[str, int]:
    """How many times a year each regular thing happens, by kind."""
    return dict(Rhythm.objects.values_list("kind", "times_a_year"))


def channels(*, but: str = "") -> list[str | Promise]:
    """Through what members talk to each other, in words, in the order of the charter. Source: COM-03."""
    kinds = Channel.objects.exclude(kind=but).values_list("kind", flat=True)
    return [ChannelKind(kind).label for kind in kinds]


def contacts() -> QuerySet[ContactPerson]:
    """The contact persons of the protocol against violence, in the order of the charter."""
    return ContactPerson.objects.all()


def needs() -> QuerySet[Need]:
    """What the network needs money for."""
    return Need.objects.all()


def actors() -> QuerySet[MappedActor]:
    """The map of actors, in order. Source: REA-05."""
    return MappedActor.objects.all()


def territories() -> QuerySet[Territory]:
    """Where the network works, in order. Source: REA-02."""
    return Territory.objects.all()


def specific_objectives() -> QuerySet[SpecificObjective]:
    """What leads to the general objective, in order. Source: REA-10."""
    return SpecificObjective.objects.all()


def planned_actions() -> QuerySet[PlannedAction]:
    """What is planned, by whom and until when, in order. Source: REA-10."""
    return PlannedAction.objects.all()
