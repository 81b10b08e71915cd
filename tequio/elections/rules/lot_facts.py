"""A lot as plain data, as the register and a downloaded file hold it, and the check that recomputes a draw from it.

    {"size", "features": [...], "quotas": [{"feature", "value", "min", "max"}], "pool": [{"id", "values": [...]}],
     "types": [[...]], "panels": [{"tickets", "seats": [...]}], "tickets": 10000}

The seats of a panel stand in the order of the types. What is drawn stands beside it:

    {"rule", "lot", "commitment", "beacon": {"chain", "round", "signature", "previous"} or null, "randomness",
     "promises": {who: hex}, "secrets": {who: hex}, "ticket", "panel": [...], "reserves": [...]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from tequio.elections.rules import beacon
from tequio.elections.rules.drawing import RULE, Drawn, draw, seed_of
from tequio.elections.rules.lots import TICKETS, Entrant, Lot, Panel, Quota, faults, odds
from tequio.register.rules.canonical import canonical
from tequio.register.rules.flaws import Flaw
from tequio.register.rules.merkle import leaf_hash

_HEX = re.compile(r"(?:[0-9a-f]{2}){1,256}")
LOT_KEYS = ("size", "features", "quotas", "pool", "types", "panels", "tickets")


class NotALot(ValueError):
    """These data do not describe a lot; the message says where."""


def facts_of(lot: Lot, panels: Sequence[Panel]) -> dict[str, Any]:
    """Write a lot with its panels as plain data."""
    return {
        "size": lot.size,
        "features": list(lot.features),
        "quotas": [
            {"feature": one.feature, "value": one.value, "min": one.least, "max": one.most}
            for one in lot.quotas
        ],
        "pool": [{"id": one.id, "values": list(one.values)} for one in lot.pool],
        "types": [list(one) for one in lot.types],
        "panels": [{"tickets": one.tickets, "seats": list(one.counts)} for one in panels],
        "tickets": TICKETS,
    }


def read(facts: Mapping[str, Any]) -> tuple[Lot, tuple[Panel, ...]]:
    """Read a lot and its panels from plain data; raise NotALot."""
    lot = Lot(
        size=_whole(facts, "size"),
        features=tuple(_texts(facts, "features")),
        quotas=tuple(
            Quota(_text(one, "feature"), _text(one, "value"), _whole(one, "min"), _whole(one, "max"))
            for one in _rows(facts, "quotas")
        ),
        pool=tuple(Entrant(_text(one, "id"), tuple(_texts(one, "values"))) for one in _rows(facts, "pool")),
    )
    _require_sense(lot)
    if facts.get("types") != [list(one) for one in lot.types]:
        raise NotALot("types")
    panels = tuple(
        Panel(tuple(_numbers(one, "seats")), _whole(one, "tickets")) for one in _rows(facts, "panels")
    )
    return lot, panels


def _require_sense(lot: Lot) -> None:
    if len(set(lot.features)) != len(lot.features):
        raise NotALot("features")
    if any(one.feature not in lot.features for one in lot.quotas):
        raise NotALot("quotas")
    if any(len(one.values) != len(lot.features) for one in lot.pool):
        raise NotALot("pool")


def commitment_of(facts: Mapping[str, Any]) -> str:
    """Return what is published before the draw: the leaf hash (RFC 6962) of the lot and its panels."""
    return leaf_hash(canonical({key: facts[key] for key in LOT_KEYS})).hex()


def seed_from(facts: Mapping[str, Any]) -> bytes:
    """Return the seed of a draw from its facts."""
    source = facts.get("beacon") or {}
    return seed_of(
        commitment=facts["commitment"],
        chain=source.get("chain", ""),
        round_number=source.get("round", ""),
        randomness=facts.get("randomness") or "",
        secrets=(facts.get("secrets") or {}).values(),
    )


def drawn_from(facts: Mapping[str, Any]) -> Drawn:
    """Draw again what these facts describe; raise NotALot."""
    lot, panels = read(facts["lot"])
    return draw(lot, panels, seed=seed_from(facts))


def recompute(facts: Mapping[str, Any]) -> list[str]:
    """Compute a draw again from its exported facts; answer the problems found. Source: GOV-18."""
    try:
        return list(_problems(facts))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return [Flaw("These facts do not describe a draw: %(error)s.", error=repr(error))]


def _problems(facts: Mapping[str, Any]) -> Iterator[str]:
    lot, panels = read(facts["lot"])
    yield from faults(lot, panels)
    if commitment_of(facts["lot"]) != facts["commitment"]:
        yield Flaw("what was promised before the draw is another lot")
    yield from chance_faults(facts)
    found = draw(lot, panels, seed=seed_from(facts))
    if found.ticket != facts["ticket"]:
        yield Flaw("the ticket drawn is %(found)s, not %(said)s", found=found.ticket, said=facts["ticket"])
    if list(found.panel) != list(facts["panel"]):
        yield Flaw("other names are drawn")
    if list(found.reserves) != list(facts["reserves"]):
        yield Flaw("the reserves stand in another order")


def problems_of(document: Mapping[str, Any]) -> list[str]:
    """Check a document of a lot, and its draw where there is one; answer the problems found."""
    try:
        lot, panels = read(document)
        inside = {key: document[key] for key in LOT_KEYS}
        found = list(faults(lot, panels))
        if not found and not _odds_as_said(document, lot, panels):
            found.append(Flaw("the odds are not those of the tickets"))
        if document.get("commitment") != commitment_of(inside):
            found.append(Flaw("the commitment is that of another lot"))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return [Flaw("These data do not describe a lot: %(error)s.", error=repr(error))]
    drawn = document.get("draw")
    if drawn is None:
        return found
    if not isinstance(drawn, Mapping):
        return [*found, Flaw("the draw cannot be read")]
    if drawn.get("rule") != RULE:
        found.append(Flaw("the draw follows a rule that is not known"))
    return found + recompute({**drawn, "lot": inside})


def number(share: Fraction) -> float:
    """Write a probability as JSON does: the nearest number with nine places."""
    return float(round(share, 9))


def _odds_as_said(document: Mapping[str, Any], lot: Lot, panels: Sequence[Panel]) -> bool:
    """Tell whether the odds and the smallest of them, as a document says them, are those of its tickets."""
    real = {one: number(share) for one, share in odds(lot, panels).items()}
    return document.get("odds") == real and document.get("min") == min(real.values())


def chance_faults(facts: Mapping[str, Any]) -> Iterator[str]:
    """Tell what is wrong with the number that nobody could choose."""
    source, randomness = facts.get("beacon"), facts.get("randomness") or ""
    promises, secrets = facts.get("promises") or {}, facts.get("secrets") or {}
    if not (randomness or secrets):
        yield Flaw("there is no number that nobody could choose")
    if randomness and not _HEX.fullmatch(randomness):
        yield Flaw("the number is not hexadecimal")
    if source is not None:
        yield from _beacon_faults(source, randomness)
    # Whoever shows nothing is replaced by a number that nobody could know yet; what is shown has to fit.
    yield from (
        Flaw("%(who)s did not show what they had promised", who=who)
        for who in beacon.broken_promises(promises, secrets)
        if who in secrets or source is None
    )
    if secrets.keys() - promises.keys():
        yield Flaw("somebody shows a secret that was never promised")


def _beacon_faults(source: Any, randomness: str) -> Iterator[str]:
    if not isinstance(source, Mapping) or not source:
        yield Flaw("a beacon is named, and nothing of it is there")
        return
    chain = beacon.CHAINS.get(source["chain"])
    if chain is None:
        yield Flaw("this beacon is not known")
        return
    signature = source["signature"]
    if not beacon.round_holds(
        chain, round_number=source["round"], signature=signature, previous=source.get("previous", "")
    ):
        yield Flaw(
            "this is not the signature of round %(round)s of the beacon %(name)s",
            round=source["round"],
            name=chain.name,
        )
    elif beacon.randomness_of(bytes.fromhex(signature)) != randomness:
        yield Flaw("the number is not that of the beacon's signature")


# --- reading --------------------------------------------------------------------------------------------------


def _rows(facts: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = facts.get(key)
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        raise NotALot(key)
    return value


def _text(facts: Mapping[str, Any], key: str) -> str:
    value = facts.get(key)
    if not isinstance(value, str):
        raise NotALot(key)
    return value


def _whole(facts: Mapping[str, Any], key: str) -> int:
    value = facts.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10**9:
        raise NotALot(key)
    return value


def _texts(facts: Mapping[str, Any], key: str) -> list[str]:
    value = facts.get(key)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise NotALot(key)
    return value


def _numbers(facts: Mapping[str, Any], key: str) -> list[int]:
    value = facts.get(key)
    if not isinstance(value, list):
        raise NotALot(key)
    return [_whole({key: one}, key) for one in value]
