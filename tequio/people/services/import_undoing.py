"""Taking an import back: what it added, and nobody has touched since."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from tequio.people.models import Alias, Import, Operation, Organization
from tequio.people.services.listings import relist, unlist


def untouched(*, row: Import) -> list[Organization]:
    """Return the organizations that an import added and nobody changed, joined, merged or invited since."""
    rows = Organization.objects.filter(
        imported=row, changed_at=None, merged_into=None, memberships=None, invitations=None
    )
    return list(rows.filter(merged=None).distinct())


def unmerge(*, merge: Mapping[str, Any]) -> None:
    """Take back from an organization what a merged row had given it, as far as nobody changed it since."""
    target = Organization.objects.filter(pk=merge["organization"]).first()
    if target is None:
        return
    Alias.objects.filter(pk__in=merge["aliases"], organization=target).delete()
    Operation.objects.filter(pk__in=merge["cities"], organization=target).delete()
    same = [name for name, value in merge["filled"].items() if getattr(target, name) == value]
    for name in same:
        setattr(target, name, "")
    target.save(update_fields=[*same, "folded"])
    relist(organizations=[target])


def remove(*, rows: Sequence[Organization]) -> int:
    """Delete organizations with their listings; those that something else rests on stay."""
    try:
        with transaction.atomic():
            unlist(organizations=rows)
            Organization.objects.filter(pk__in=[row.pk for row in rows]).delete()
        return len(rows)
    except ProtectedError as held:
        numbers = {getattr(one, "organization_id", None) for one in held.protected_objects}
        free = [row for row in rows if row.pk not in numbers]
        if len(free) == len(rows):
            raise
        return remove(rows=free)
