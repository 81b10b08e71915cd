"""Opening what the charter names: its areas as circles or working groups, and the coordination as a body."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.texts import Texts
from tequio.founding import selectors
from tequio.founding.models import Charter
from tequio.governance import selectors as governance
from tequio.governance import services as structure
from tequio.governance.models import Circle
from tequio.governance.rules import Kind
from tequio.networks.models import Model, Network
from tequio.networks.selectors import governance as ruling
from tequio.notify.words import phrase
from tequio.people.models import Participant
from tequio.people.selectors.acting import coordinators

GENERAL = gettext_lazy("General circle")
GENERAL_AIM = gettext_lazy("Hold together what all the circles do.")
BODY = gettext_lazy("Coordination")
BODY_AIM = gettext_lazy("Hold the network together, first among equals.")


@dataclass(frozen=True)
class Area:
    """One area of the charter: its name, what it is for, who answers for it, what it decides alone."""

    name: Texts
    aim: Texts
    who: str
    alone: Texts
    open: bool


def areas(*, network: Network) -> list[Area]:
    """Return the areas that the charter in force names, each with whether a group of that name is open. Source: GOV-02."""
    _charter, settled = selectors.settled_now(network)
    rows = settled.rows("areas") if settled else []
    names = {text for circle in Circle.objects.filter(closed_at=None) for text in circle.name.values()}
    return [_area(row, names) for row in rows]


def _area(row: Mapping[str, Any], names: set[str]) -> Area:
    name, text = row.get("name") or {}, row.get("text") or row.get("name") or {}
    alone = row.get("alone") or {}
    return Area(name, text, str(row.get("who") or ""), alone, bool(names & set(name.values())))


@transaction.atomic
def open_areas(*, by: Actor, network: Network) -> list[Circle]:
    """Open, from the charter in force, the areas that are not open yet, with the people of whoever answers for each.

    A horizontal network gets them as circles inside a general one; a vertical one as working groups of its
    coordination, whose people keep their duty and get a mandate. Source: GOV-02, GOV-11, GOV-17, GOV-21.
    """
    charter = selectors.charter_in_force()
    if charter is None:
        raise Refused(_("The charter is not in force yet."))
    horizontal = ruling().model == Model.HORIZONTAL
    around = _general(by, network) if horizontal else _body(by, charter)
    kind = Kind.CIRCLE if horizontal else Kind.WORKING_GROUP
    return [
        _open(by, area, kind=kind, around=around, charter=charter)
        for area in areas(network=network)
        if not area.open
    ]


def _open(by: Actor, area: Area, *, kind: str, around: Circle, charter: Charter) -> Circle:
    parts = [item for item in governance.free_parts(around) if area.alone and item.texts == area.alone]
    members = Participant.objects.filter(membership__name__iexact=area.who, until_on=None) if area.who else []
    return structure.open_circle(
        by=by, kind=kind, parent=around, name=area.name, aim=area.aim, handed_down=parts,
        domain=[area.alone] if area.alone and not parts else [], members=list(members),
        reports_every=1 if kind == Kind.WORKING_GROUP else None, entry=charter.entry,
    )  # fmt: skip


def _general(by: Actor, network: Network) -> Circle:
    """Return the circle around all; opened, it holds what the areas decide, and whoever coordinates is in it."""
    found = Circle.objects.filter(kind=Kind.CIRCLE, parent=None, closed_at=None).first()
    return found or structure.open_circle(
        by=by, name=phrase(GENERAL), aim=phrase(GENERAL_AIM), members=list(coordinators()),
        domain=[area.alone for area in areas(network=network) if area.alone],
    )  # fmt: skip


def _body(by: Actor, charter: Charter) -> Circle:
    found = governance.coordination_body()
    return found or structure.open_circle(
        by=by, kind=Kind.COORDINATION, name=phrase(BODY), aim=phrase(BODY_AIM), members=list(coordinators()),
        entry=charter.entry,
    )  # fmt: skip
