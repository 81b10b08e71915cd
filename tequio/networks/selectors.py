"""Every read of the rules that a network gave itself."""

from collections.abc import Mapping

from django.db.models import QuerySet

from tequio.networks.models import (
    Benefit,
    ContactPerson,
    Criterion,
    Governance,
    Joining,
    Need,
    Network,
    Pillar,
    Rhythm,
    Statement,
)


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


def rhythms() -> Mapping[str, int]:
    """How many times a year each regular thing happens, by kind."""
    return dict(Rhythm.objects.values_list("kind", "times_a_year"))


def contacts() -> QuerySet[ContactPerson]:
    """The contact persons of the protocol against violence, in the order of the charter."""
    return ContactPerson.objects.all()


def needs() -> QuerySet[Need]:
    """What the network needs money for."""
    return Need.objects.all()
