"""How long the fairest odds of a lot take: a published assembly if it is here, and pools that are made up."""

import time
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from tequio.elections.rules import leximin
from tequio.elections.rules.lots import Entrant, Lot, Quota, faults, odds
from tests.elections.test_rules_of_lots import PUBLISHED, published_lot

ORGANIZATIONS = {
    "country": {
        "CO": 29,
        "MX": 21,
        "CL": 18,
        "AR": 17,
        "BR": 11,
        "PE": 9,
        "EC": 7,
        "BO": 5,
        "GT": 4,
        "HN": 3,
    },
    "theme": {"rights": 8, "women": 6, "land": 5, "voice": 5, "care": 3, "art": 3, "data": 2, "other": 2},
    "size": {"small": 5, "medium": 3, "large": 2},
    "gender": {"woman": 6, "man": 4, "other": 1},
}
PEOPLE = {
    "country": ORGANIZATIONS["country"],
    "age": {"16-29": 4, "30-44": 5, "45-59": 4, "60+": 3},
    "gender": ORGANIZATIONS["gender"],
    "school": {"a": 3, "b": 4, "c": 4, "d": 2},
    "place": {"rural": 3, "urban": 7},
}


def made_up(number: int, size: int, features: dict[str, dict[str, int]]) -> Lot:
    """Return a pool that is the same each time, with quotas halfway between its shares and equal ones."""
    pool = tuple(
        Entrant(f"{at:04}", tuple(_value(at, name, weights) for name, weights in features.items()))
        for at in range(number)
    )
    quotas = []
    for place, name in enumerate(features):
        there = Counter(one.values[place] for one in pool)
        for value, found in there.items():
            wanted = size * (found * len(there) + number) // (2 * number * len(there))
            quotas.append(Quota(name, value, min(wanted, found), wanted + 1))
    return Lot(size, tuple(features), tuple(quotas), pool)


def _value(at: int, name: str, weights: dict[str, int]) -> str:
    turn = int.from_bytes(sha256(f"{at}/{name}".encode()).digest()[:6]) % sum(weights.values())
    for value, weight in weights.items():
        if turn < weight:
            return value
        turn -= weight
    raise AssertionError


def _lots() -> Iterator[tuple[str, Lot, int | None]]:
    if PUBLISHED.exists():
        real = {"quotas": "features.csv", "pool": "candidates.csv", "identity": "nationbuilder_id"}
        yield "150 people, 22 seats", published_lot("sf_150_k22", size=22, **real), 10
    yield "96 organizations, 9 seats", made_up(96, 9, ORGANIZATIONS), 2
    yield "400 organizations, 25 seats", made_up(400, 25, ORGANIZATIONS), 25
    yield "2,000 people, 60 seats", made_up(2000, 60, PEOPLE), None


def lots() -> None:
    """Print how much of a processor's time each takes, against its goal in seconds; the solver uses one thread."""
    for name, lot, goal in _lots():
        start = time.process_time()
        panels = leximin.panels(lot)
        took = time.process_time() - start
        assert not list(faults(lot, panels))
        word = "it ends" if goal is None else f"{'within' if took <= goal else 'OVER'} the goal of {goal} s"
        least = float(min(odds(lot, panels).values()))
        print(f"lot, {name:<28} {took:6.1f} s ({word}), smallest probability {least:.4f}", flush=True)


if __name__ == "__main__":
    lots()
