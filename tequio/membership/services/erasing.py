"""Taking the name of somebody who left for good out of what was said when their membership was in doubt."""

from __future__ import annotations

from django.db import transaction

from tequio.membership.models import Removal
from tequio.people.services.erasing import Erased, empty_entries, rewrite
from tequio.register.events import ref_of


@transaction.atomic
def erase_from_removals(*, erased: Erased) -> None:
    """Rewrite the reasons and the answer without the name, and empty what the register said with it."""
    rows = list(Removal.objects.filter(membership__in=sorted(erased.memberships)))
    for row in rows:
        rewrite(row=row, erased=erased)
    if rows:
        empty_entries(refs={ref_of(row) for row in rows}, erased=erased)
