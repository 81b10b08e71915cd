"""Candidates, matches and introductions behind the addresses of a network, each with a mark of that network."""

from collections.abc import Iterator
from typing import Any

from tequio.core import clock
from tequio.people.models import Candidate

BY_CANDIDATE = ("invited", "decline-invitation", "be-forgotten", "forget-candidate")


def matching(taken: Iterator[str]) -> dict[str, list[Any]]:
    """Return what stands in the addresses of candidates."""
    name = f"Candidata {next(taken)}"
    carried = {"themes": [{"key": "water", "text": {"es": next(taken)}}]}
    candidate = Candidate.objects.create(
        name=name, folded=name.lower(), email=f"{next(taken)}@example.org", language="es", themes=["water"],
        carried=carried, created_at=clock.now(),
    )  # fmt: skip
    return {f"membership:{page} uuid": [candidate.uuid] for page in BY_CANDIDATE}
