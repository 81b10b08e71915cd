"""What checking a register costs, and a page of the book of agreements among many."""

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from tequio.core.scoping import network_scope
from tequio.register.formats import verifier, verify
from tests.bench.ground import committed_world
from tests.decisions.books import READS, many
from tests.register.exports import RECOMPUTERS, checkpoint, export, record

ENTRIES = 100_000
GOAL = 2.0  # seconds of CPU for the check itself, on a machine that does nothing else
BOOKS = (10, 10_000)


def checking() -> None:
    """Print the CPU that the check of a large register takes, here and in the file that a stranger runs.

    Beside the seconds stands how many times as long it takes as hashing each line once, on this machine in this minute.
    """
    records = [record(number) for number in range(ENTRIES)]
    lines = export(records, points=(100, ENTRIES // 2))
    note = checkpoint(records[: ENTRIES // 2])
    floor = _least(lambda: [hashlib.sha256(line).digest() for line in lines])
    spent = _least(lambda: _holds(lines, note))
    word = "within the goal" if spent <= GOAL else "OVER the goal"
    ratio = spent / floor
    print(
        f"verify {ENTRIES} entries  {ratio:5.1f} x hashing them, {spent:5.2f} s CPU ({word} of {GOAL} s)",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as room:
        (Path(room) / "verify.py").write_bytes(verifier())
        (Path(room) / "register.jsonl").write_bytes(b"".join(lines))
        before = os.times().children_user
        subprocess.run(
            [sys.executable, "-I", "-S", "verify.py"], cwd=room, check=True, stdout=subprocess.DEVNULL
        )
        alone = os.times().children_user - before
    print(f"verify.py, bare Python    {alone / floor:5.1f} x hashing them, {alone:5.2f} s CPU", flush=True)


def _holds(lines: list[bytes], note: str) -> None:
    report = verify(lines, [note], recomputers=RECOMPUTERS)
    assert report.ok


def _least(work: Callable[[], object], times: int = 3) -> float:
    """Return the least CPU that some work took, of a few times: a busy machine makes the others longer."""
    spent = []
    for _time in range(times):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def books() -> None:
    """Print what each read of the book costs among ten thousand agreements, as times of its cost among ten."""
    world = committed_world(rows=3)
    costs: list[dict[str, float]] = []
    for before, count in zip((0, *BOOKS), BOOKS, strict=False):
        with transaction.atomic(), network_scope(world["ana"].network_id):
            many(count - before)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE decisions_proposal, decisions_agreementword")
        costs.append({name: _cost(world["ana"], read) for name, read in READS.items()})
    for name in READS:
        print(
            f"book, {name:<18} {costs[1][name] / costs[0][name]:5.1f} x among {BOOKS[1]} than among {BOOKS[0]}",
            flush=True,
        )


def _cost(ana: Any, read: Any) -> float:
    with transaction.atomic(), network_scope(ana.network_id):
        read(ana)
        start = time.perf_counter()
        for _time in range(40):
            read(ana)
        return time.perf_counter() - start
