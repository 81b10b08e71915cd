"""Whether a ballot or a lot fits what the register said before: frozen and announced first, counted or drawn afterwards.

Each function takes what an entry says (None once it was erased by law), when it was written, and a notebook of what came
before, in which it writes for those that follow. It answers the problems found. What was erased is held against nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tequio.elections.rules import beacon, lot_facts
from tequio.elections.rules.drawing import seated
from tequio.register.rules.flaws import Flaw

Facts = Mapping[str, Any]
Past = dict[Any, Any]
# What is frozen when a ballot opens, and by which name the count tells it.
FROZEN = (
    "kind",
    "secret",
    "seats",
    "most",
    "highest",
    "majority",
    "budget",
    "currency",
    "entitled",
    "weights",
    "body",
    "role",
    "months",
)


def ballot_opened(facts: Facts | None, at: str, past: Past) -> list[str]:
    """Keep what was frozen."""
    if facts is None:
        past["ballots erased"] = True
    else:
        past["ballot", facts["uuid"]] = facts
    return []


def ballot_counted(facts: Facts | None, at: str, past: Past) -> list[str]:
    """Hold a count against what was frozen when the ballot opened, and let none be counted twice."""
    if facts is None:
        return []
    opened = past.get(("ballot", facts["uuid"]))
    if opened is None:
        return [] if past.get("ballots erased") else [Flaw("this ballot was never opened")]
    said: dict[str, tuple[Any, Any]] = {
        name: (opened.get(name) or None, facts.get(name) or None) for name in FROZEN
    }
    said["options"] = (_options(opened), _options(facts))
    found: list[str] = [
        Flaw("“%(name)s” is not what was frozen", name=name)
        for name, (before, now) in said.items()
        if before != now
    ]
    if opened["counted_by"] != facts["rule"] or opened["tie_sealed"] != facts["tie"]["sealed"]:
        found.append(Flaw("the rule or the seal is not what was frozen"))
    if {one["uuid"] for one in facts["took_part"]} - {one["uuid"] for one in opened["electorate"]}:
        found.append(Flaw("somebody took part who had no voice"))
    if past.setdefault(("counted", facts["uuid"]), at) is not at:
        found.append(Flaw("this ballot was counted before"))
    return found


def _options(facts: Facts) -> list[tuple[Any, ...]]:
    return [(one["number"], one["name"], one.get("cost")) for one in facts["options"]]


def lot_opened(facts: Facts | None, at: str, past: Past) -> list[str]:
    """Keep whether a lot repeats another, and why."""
    if facts is None:
        past["lots erased"] = True
    elif "uuid" in facts:
        past["lot", facts["uuid"]] = facts
    return []


def draw_announced(facts: Facts | None, at: str, past: Past) -> list[str]:
    """Require that nobody could know the number when it was announced, and that it is announced once. Source: GOV-18."""
    if facts is None:
        past["lots erased"] = True
        return []
    found: list[str] = []
    chain = beacon.CHAINS.get(facts.get("chain") or "")
    if chain and beacon.time_of(chain, round_number=facts["round"]) <= _seconds(at):
        found.append(Flaw("round %(round)s was known already when it was announced", round=facts["round"]))
    if past.setdefault(("announced", facts["commitment"]), facts) is not facts:
        found.append(Flaw("another number was announced for this lot before"))
    return found


def secret_shown(facts: Facts | None, at: str, past: Past) -> list[str]:
    """Require that what is shown was promised, and is shown while nobody knows the number that stands in for it."""
    if facts is None:
        past["secrets erased"] = True
        return []
    announced = past.get(("announced", facts["commitment"]))
    if announced is None:
        return [] if past.get("lots erased") else [Flaw("nobody had announced that secrets would be shown")]
    who, secret = facts["member"], facts["secret"]
    found: list[str] = []
    promise = (announced.get("promises") or {}).get(who)
    if promise is None or beacon.broken_promises({who: promise}, {who: secret}):
        found.append(Flaw("%(who)s shows what was never promised", who=who))
    chain = beacon.CHAINS.get(announced.get("chain") or "")
    if chain and beacon.time_of(chain, round_number=announced["round"]) <= _seconds(at):
        found.append(Flaw("%(who)s shows a secret after the time for it", who=who))
    past.setdefault(("shown", facts["commitment"]), {})[who] = secret
    return found


def lot_drawn(facts: Facts | None, at: str, past: Past) -> list[str]:
    """Require the announced number, one draw for a list, and a reason for each further turn. Source: GOV-18."""
    if facts is None:
        past["lots erased"] = True
        return []
    found: list[str] = []
    if past.setdefault(("drawn from", facts["commitment"]), at) is not at:
        found.append(Flaw("this list was drawn from before"))
    past["drawn", facts["uuid"]], past["refused", facts["uuid"]] = facts, []
    announced = past.get(("announced", facts["commitment"]))
    source = facts.get("beacon")
    if announced is None:
        return found if past.get("lots erased") else [*found, Flaw("nobody had announced this draw")]
    if source and any(source[name] != announced.get(name) for name in ("chain", "round")):
        found.append(Flaw("another round was announced than the one that was used"))
    found += _secret_faults(facts, announced, past)
    opened = past.get(("lot", facts["uuid"])) or {}
    if facts.get("turn", 1) > 1 and opened and not opened.get("reason"):
        found.append(Flaw("it was drawn again, and nothing says why"))
    return found


def _secret_faults(facts: Facts, announced: Facts, past: Past) -> list[str]:
    """Require that no promise and no secret was left out, and a number from outside only where one is missing."""
    promises, secrets = announced.get("promises") or {}, facts.get("secrets") or {}
    found: list[str] = []
    if (facts.get("promises") or {}) != promises:
        found.append(Flaw("other promises are used than those that were announced"))
    if (
        promises
        and secrets != past.get(("shown", facts["commitment"]), {})
        and not past.get("secrets erased")
    ):
        found.append(Flaw("other secrets are used than those that were shown"))
    outside = bool(facts.get("beacon"))
    if outside == (bool(promises) and promises.keys() == secrets.keys()) or (
        facts.get("randomness") and not outside
    ):
        found.append(Flaw("the number is not made in the way that was announced"))
    return found


def seat_refused(facts: Facts | None, at: str, past: Past) -> list[str]:
    """Find again who comes in for somebody who did not accept."""
    drawn = past.get(("drawn", facts["lot"])) if facts else None
    if facts is None or drawn is None:
        past["refusals erased"] = True
        return []
    refused = past["refused", facts["lot"]]
    refused.append(facts["refused"])
    if past.get("refusals erased"):
        return []
    lot, _panels = lot_facts.read(drawn["lot"])
    _sitting, came = seated(lot, lot_facts.drawn_from(drawn), refused=refused)
    wanted = came.get(facts["refused"], "")
    if wanted == facts["came"]:
        return []
    if not wanted:
        return [Flaw("nobody comes in, not %(said)s", said=facts["came"])]
    return [Flaw("%(found)s comes in, not “%(said)s”", found=wanted, said=facts["came"])]


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at.replace("Z", "+00:00")).timestamp()


FOLLOWERS = {
    "elections.ballot_opened": ballot_opened,
    "elections.ballot_counted": ballot_counted,
    "elections.lot_opened": lot_opened,
    "elections.draw_announced": draw_announced,
    "elections.secrets_fixed": draw_announced,
    "elections.secret_shown": secret_shown,
    "elections.lot_drawn": lot_drawn,
    "elections.seat_refused": seat_refused,
}
