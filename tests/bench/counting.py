"""How much of a processor large counts take: as times what sorting the same ballots takes on this machine."""

import random
from fractions import Fraction
from time import process_time

from tequio.elections.rules import counting
from tequio.elections.rules.ballots import Approvals, Rankings, grouped


def counts() -> list[str]:
    """Count 100,000 ranked ballots and 10,000 ballots over 100 projects; return a line for each."""
    chance = random.Random("tequio")
    ranked = _ranked(chance, voters=100_000, candidates=10)
    fund = _fund(chance, voters=10_000, projects=100)
    lines = []
    for name, papers, count in (
        (
            "100,000 ranked, scottish-stv",
            ranked.papers,
            lambda: counting.count_ranked("scottish-stv", ranked, seats=4),
        ),
        ("100,000 ranked, schulze", ranked.papers, lambda: counting.count_ranked("schulze", ranked)),
        ("10,000 x 100 fund, equal-shares", fund.papers, lambda: counting.count_fund("equal-shares", fund)),
        (
            "10,000 x 100 fund, equal-shares-add1",
            fund.papers,
            lambda: counting.count_fund("equal-shares-add1", fund),
        ),
    ):
        floor = _seconds(lambda papers=papers: sorted(papers, key=lambda one: (one[1], one[0])))
        took = _seconds(count)
        lines.append(f"{name:<38} {took / floor:8.0f} x sorting its ballots ({took:.1f} s CPU)")
    return lines


def _seconds(work: object) -> float:
    began = process_time()
    work()  # type: ignore[operator]
    return process_time() - began


def _ranked(chance: random.Random, *, voters: int, candidates: int) -> Rankings:
    names = tuple(f"candidate {number}" for number in range(candidates))
    papers = []
    for _one in range(voters):
        order = chance.sample(range(candidates), k=chance.randint(1, candidates))
        papers.append((1, tuple((one,) for one in order)))
    return Rankings(names, grouped(papers))


def _fund(chance: random.Random, *, voters: int, projects: int) -> Approvals:
    liked = [chance.paretovariate(1.2) for _one in range(projects)]
    papers = [
        (1, tuple(sorted(set(chance.choices(range(projects), weights=liked, k=chance.randint(1, 12))))))
        for _one in range(voters)
    ]
    costs = tuple(Fraction(chance.randint(5, 100) * 1000) for _one in range(projects))
    return Approvals(tuple(map(str, range(projects))), grouped(papers), costs, Fraction(1_000_000))
