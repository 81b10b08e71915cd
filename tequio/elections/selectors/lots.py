"""Lots as their pages show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from tequio.core.actor import Actor
from tequio.elections.formats.lots import FORMAT
from tequio.elections.models import Entrant, Lot, LotState, SecretPromise
from tequio.elections.rules import beacon, lot_facts
from tequio.elections.rules.drawing import RULE
from tequio.elections.rules.lots import odds
from tequio.governance import selectors as governance
from tequio.governance.models import Circle
from tequio.people.models import Duty, Membership, Participant
from tequio.people.models.memberships import VOICED
from tequio.people.selectors.voices import network_today, speaking

MANY = 100
NOT_SAID = "-"


@dataclass(frozen=True)
class Row:
    """One entrant as a page shows it: the name where the reader may see it, else the code."""

    code: str
    name: str
    place: int
    odds: str = ""
    answer: str = ""
    asked: bool = False
    answer_by: Any = None
    overdue: bool = False
    mine: bool = False


def lots(actor: Actor | None) -> list[dict[str, Any]]:
    """The lots of the network, the newest first."""
    fields = ("uuid", "title", "state", "size", "turn", "opened_at", "draws_at", "drawn_at")
    return list(Lot.objects.order_by("-opened_at", "-pk").values(*fields)[:MANY])


def lot(actor: Actor | None, uuid: UUID) -> Lot | None:
    """One lot, with the body whose seats it draws and the lots before and after it."""
    return Lot.objects.select_related("body", "again_of", "again").filter(uuid=uuid).first()


def eligible_people(body: Circle | None) -> QuerySet[Participant]:
    """Everybody who takes part and may begin a mandate: a body leaves out whom the charter lets rest. Source: GOV-20."""
    rows = Participant.objects.filter(until_on=None, person__is_active=True)
    rows = rows.filter(Q(membership=None) | Q(membership__status__in=VOICED))
    if body is not None:
        rows = rows.exclude(pk__in=governance.barred(body, on=network_today()))
    return rows.select_related("membership__organization").order_by("pk")


def eligible_members() -> QuerySet[Membership]:
    """Every organization that is a member today."""
    rows = Membership.objects.filter(status__in=VOICED, organization__isnull=False)
    return rows.select_related("organization").order_by("pk")


def persons_of(*, participants: Collection[int], members: Collection[int]) -> list[int]:
    """The people behind entrants: themselves, or who carries the voice of an organization today."""
    own = Participant.objects.filter(pk__in=participants, until_on=None).values_list("person", flat=True)
    speakers = speaking().filter(membership__in=members).values_list("person", flat=True)
    return sorted({*own, *speakers})


def coordinating() -> list[int]:
    """The people who prepare lots."""
    rows = Participant.objects.filter(until_on=None, person__is_active=True)
    return list(rows.filter(duties__contains=[Duty.COORDINATION]).values_list("person", flat=True))


def member_names(lot: Lot) -> dict[str, str]:
    """The names of the organizations of a lot, by code."""
    return dict(entrants_of(lot).order_by("code").values_list("code", "membership__name"))


def entrants_of(lot: Lot) -> QuerySet[Entrant]:
    """Who is on the list and did not leave it."""
    return Entrant.objects.filter(lot=lot, left_at=None).order_by("pk")


def mine(actor: Actor | None, lot: Lot) -> Entrant | None:
    """The row of the actor, or of the organization whose voice they carry; also one who left."""
    if actor is None or actor.participant_id is None:
        return None
    wanted = Q(participant=actor.participant_id)
    if actor.votes and actor.membership_id:
        wanted |= Q(membership=actor.membership_id)
    found = Entrant.objects.filter(wanted, lot=lot).first()
    if found is not None:
        found.lot = lot
    return found


def entrant(actor: Actor, lot: Lot, code: str) -> Entrant | None:
    """One entrant by its code."""
    return Entrant.objects.select_related("lot").filter(lot=lot, code=code).first()


def values_there(lot: Lot) -> dict[str, Counter[str]]:
    """How many of the list have each value of each feature that this lot looks at; nobody's row by itself."""
    found: dict[str, Counter[str]] = {feature: Counter() for feature in lot.features}
    for values in entrants_of(lot).values_list("values", flat=True):
        for feature in lot.features:
            found[feature][values.get(feature) or NOT_SAID] += 1
    return found


def names_of(lot: Lot, rows: Sequence[Mapping[str, Any]], *, stranger: bool) -> dict[str, str]:
    """What each is called: organizations by name; people by name to members, to strangers by their code."""
    if lot.of_people and stranger:
        return {row["code"]: row["code"] for row in rows}
    return {row["code"]: row["participant__name"] or row["membership__name"] or row["code"] for row in rows}


def names_by_code(actor: Actor, codes: Collection[str]) -> dict[str, str]:
    """The names of people who stand in the register by these codes, for those who take part; none that could be two."""
    rows = Entrant.objects.filter(code__in=codes, lot__of="PEOPLE", participant__isnull=False)
    found: dict[str, set[str]] = {}
    for code, person in rows.values_list("code", "participant__name"):
        found.setdefault(code, set()).add(person)
    return {code: people.pop() for code, people in found.items() if len(people) == 1}


def _rows(lot: Lot) -> list[dict[str, Any]]:
    fields = (
        "code", "place", "answer", "asked_at", "answer_by", "participant_id", "membership_id", "participant__name",
        "membership__name",
    )  # fmt: skip
    return list(entrants_of(lot).order_by("place", "pk").values(*fields))


def groups(actor: Actor | None, lot: Lot, *, now: Any) -> dict[str, list[Row]]:
    """Everybody with their odds: who sits or is asked (``seats``), the next ones (``reserves``), all (``all``)."""
    rows = _rows(lot)
    names = names_of(lot, rows, stranger=actor is None)
    shares = _shares(lot)
    shown = []
    for row in rows:
        own = actor is not None and (
            (row["participant_id"] is not None and row["participant_id"] == actor.participant_id)
            or (row["membership_id"] is not None and row["membership_id"] == actor.membership_id)
        )
        shown.append(
            Row(
                row["code"], names[row["code"]], row["place"] or 0, shares.get(row["code"], ""), row["answer"],
                asked=row["asked_at"] is not None, answer_by=row["answer_by"], mine=own,
                overdue=bool(row["answer_by"] and not row["answer"] and row["answer_by"] <= now),
            )
        )  # fmt: skip
    if lot.state != LotState.DRAWN:
        return {"seats": [], "reserves": [], "all": sorted(shown, key=lambda row: row.name.casefold())}
    return {
        "seats": [row for row in shown if row.asked],
        "reserves": [row for row in shown if not row.asked],
        "all": shown,
    }


def _shares(lot: Lot) -> dict[str, str]:
    if not lot.odds:
        return {}
    found, panels = lot_facts.read(lot.odds)
    return {code: percent(share) for code, share in odds(found, panels).items()}


def percent(share: Fraction) -> str:
    """Write a probability in percent with two places, rounded half up, without a sign: "16.67"."""
    hundredths = (share * 10_000 * 2 + 1) // 2
    return f"{hundredths // 100}.{hundredths % 100:02}"


def document(lot: Lot, *, stranger: bool) -> dict[str, Any]:
    """All that a check of a lot needs, as ``tequio lottery verify`` reads it."""
    frozen, panels = lot_facts.read(lot.odds)
    found = odds(frozen, panels)
    rows = _rows(lot)
    whole = {
        "format": FORMAT,
        "odds": {code: lot_facts.number(share) for code, share in found.items()},
        "min": lot_facts.number(min(found.values())),
        "commitment": lot.commitment,
        **lot.odds,
        "title": lot.title,
        "times_drawn": lot.turn,
        "names": {} if lot.of_people else names_of(lot, rows, stranger=stranger),
    }
    return {**whole, "draw": draw_facts(lot)} if lot.state == LotState.DRAWN else whole


def promises(lot: Lot) -> list[SecretPromise]:
    """Who promised a secret for a draw, in the order in which they did; nothing is asked where none was wanted."""
    if lot.promise_until is None:
        return []
    return list(SecretPromise.objects.select_related("membership").filter(lot=lot).order_by("pk"))


def own_promise(actor: Actor | None, rows: Sequence[SecretPromise]) -> SecretPromise | None:
    """The promise of the organization for which the actor acts."""
    own = actor.membership_id if actor else None
    return next((row for row in rows if own is not None and row.membership_id == own), None)


def countries_there() -> int:
    """In how many countries the organizations of the network are."""
    rows = eligible_members().exclude(organization__country="").order_by()
    return rows.values("organization__country").distinct().count()


def promised_enough(rows: Sequence[SecretPromise]) -> bool:
    """Say whether so many promised, from so many countries, that no few can agree on the number."""
    return beacon.promised_enough([row.country for row in rows], there=countries_there())


def _promised(lot: Lot) -> dict[str, Any]:
    rows = promises(lot)
    if not rows:
        return {}
    return {
        "promises": {str(row.membership.uuid): row.promise for row in rows},
        "secrets": {str(row.membership.uuid): row.shown for row in rows if row.shown},
    }


def draw_facts(lot: Lot) -> dict[str, Any]:
    """What was drawn, as the register has it, without the lot itself."""
    facts = {
        "rule": RULE,
        "commitment": lot.commitment,
        "beacon": _source(lot) if lot.signature else None,
        "randomness": beacon.randomness_of(bytes.fromhex(lot.signature)) if lot.signature else "",
        **_promised(lot),
    }
    drawn = lot_facts.drawn_from({**facts, "lot": lot.odds})
    return {
        **facts, "ticket": drawn.ticket, "panel": list(drawn.panel), "reserves": list(drawn.reserves),
    }  # fmt: skip


def _source(lot: Lot) -> dict[str, Any]:
    return {"chain": beacon.QUICKNET.hash, "round": lot.round, "signature": lot.signature, "previous": ""}
