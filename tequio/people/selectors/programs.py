"""The joint programs of the network."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from tequio.core.actor import Actor
from tequio.people.models import Organization, Program, ProgramPart, ProgramStage
from tequio.people.rules.names import folded_name


def programs(actor: Actor) -> list[dict[str, Any]]:
    """Every program, the latest first: uuid, title, starts_on, ends_on."""
    rows: QuerySet[Program, Any] = Program.objects.values("uuid", "title", "starts_on", "ends_on")
    return list(rows[:200])


def program(actor: Actor, uuid: UUID) -> Program | None:
    """One program with its stages and its parts (organization and role), or None."""
    parts = ProgramPart.objects.select_related("organization").order_by("role", "organization__folded")
    parts = parts.only(
        "network", "program", "role", "organization__network", "organization__uuid", "organization__name"
    )
    rows: QuerySet[Program] = Program.objects.prefetch_related(
        Prefetch("stages", ProgramStage.objects.order_by("position")), Prefetch("parts", parts)
    )
    return rows.filter(uuid=uuid).first()


def called(actor: Actor, name: str) -> Organization | None:
    """The organization of this name, or of this other name, where there is exactly one.

    Of several that sound alike ("Casa" and "Casa A.C."), the one that is written just like this.
    """
    folded = folded_name(name)
    rows = Organization.objects.filter(Q(folded=folded) | Q(aliases__folded=folded), merged_into=None)
    found = list(rows.distinct()[:20])
    same = [one for one in found if one.name.casefold() == " ".join(name.split()).casefold()]
    return next((one for one in (*same, *found)), None) if 1 in (len(same), len(found)) else None
