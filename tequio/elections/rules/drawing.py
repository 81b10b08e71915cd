"""From a public number to names: only SHA-256 and HMAC, so that any language gets the same answer.

    seed         SHA-256 of "lottery/v1", the commitment, chain, round, randomness and each secret shown, sorted,
                 each followed by a line break
    below(L, M)  HMAC-SHA256(seed, "L/0"), "L/1" … until one lies below the largest multiple of M; its rest by M
    rank(L, ids) the ids by HMAC-SHA256(seed, "L/id")

The ticket is below("panel", tickets); of each type the first by rank("rank", …) sit in the panel, the next are its
reserves. Source: GOVERNANCE 5.2.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from tequio.elections.rules.lots import Counts, Lot, Panel

RULE = "elections.lot/1"


@dataclass(frozen=True)
class Drawn:
    """What came out: the ticket from zero, who sits in the panel, and everybody else in the order of the draw."""

    seed: str
    ticket: int
    counts: Counts
    panel: tuple[str, ...]
    reserves: tuple[str, ...]


def seed_of(
    *,
    commitment: str,
    chain: str = "",
    round_number: int | str = "",
    randomness: str = "",
    secrets: Iterable[str] = (),
) -> bytes:
    """Mix what was frozen with what nobody could foresee; every part is hexadecimal, or nothing."""
    parts = ["lottery/v1", commitment, chain, str(round_number), randomness, *sorted(secrets)]
    return sha256(("\n".join(parts) + "\n").encode()).digest()


def _mixed(seed: bytes, label: str) -> bytes:
    return hmac.new(seed, label.encode(), sha256).digest()


def below(seed: bytes, *, label: str, limit: int) -> int:
    """Return a number below a limit, each as likely as the next."""
    fair = 2**256 - 2**256 % limit
    turn = 0
    while (found := int.from_bytes(_mixed(seed, f"{label}/{turn}"), "big")) >= fair:
        turn += 1
    return found % limit


def rank(seed: bytes, *, label: str, ids: Iterable[str]) -> list[str]:
    """Order ids by chance."""
    return sorted(ids, key=lambda one: (_mixed(seed, f"{label}/{one}"), one))


def draw(lot: Lot, panels: Sequence[Panel], *, seed: bytes) -> Drawn:
    """Draw a ticket, then names for the seats of its panel; the others are reserves, in order."""
    ticket = below(seed, label="panel", limit=sum(panel.tickets for panel in panels))
    counts = _panel_of(panels, ticket).counts
    order = rank(seed, label="rank", ids=[entrant.id for entrant in lot.pool])
    seats = dict(zip(lot.types, counts, strict=True))
    type_of = {entrant.id: entrant.values for entrant in lot.pool}
    sitting = []
    for one in order:
        if seats[type_of[one]]:
            seats[type_of[one]] -= 1
            sitting.append(one)
    reserves = [one for one in order if one not in set(sitting)]
    return Drawn(seed.hex(), ticket, counts, tuple(sitting), tuple(reserves))


def _panel_of(panels: Sequence[Panel], ticket: int) -> Panel:
    for panel in panels:
        if ticket < panel.tickets:
            return panel
        ticket -= panel.tickets
    raise ValueError("There is no such ticket.")


def seated(lot: Lot, drawn: Drawn, *, refused: Sequence[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return who sits in the panel after these refusals, in their order, and who came in for whom.

    The first reserve of the same type comes in; where there is none, the first with whom the panel still keeps
    every quota. Where nobody fits, the seat stays empty: a name is missing among those who came in.
    """
    gone: set[str] = set()
    sitting = list(drawn.panel)
    came: dict[str, str] = {}
    for one in refused:
        gone.add(one)
        if one not in sitting:
            continue
        found = _next(
            lot, [other for other in sitting if other != one], drawn.reserves, gone | {*came.values()}, one
        )
        at = sitting.index(one)
        sitting[at : at + 1] = [found] if found else []
        if found:
            came[one] = found
    return tuple(sitting), came


def _next(
    lot: Lot, others: Sequence[str], reserves: Sequence[str], taken: set[str], leaving: str
) -> str | None:
    type_of = {entrant.id: entrant.values for entrant in lot.pool}
    free = [one for one in reserves if one not in taken]
    alike = [one for one in free if type_of[one] == type_of[leaving]]
    fitting = (one for one in free if _keeps(lot, [type_of[other] for other in (*others, one)]))
    return alike[0] if alike else next(fitting, None)


def _keeps(lot: Lot, values: Sequence[tuple[str, ...]]) -> bool:
    for quota in lot.quotas:
        place = lot.features.index(quota.feature)
        if not quota.least <= sum(one[place] == quota.value for one in values) <= quota.most:
            return False
    return True
