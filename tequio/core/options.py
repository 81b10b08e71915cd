"""A choice of a form that explains itself: goes where Django expects a choice's label."""

from dataclasses import dataclass
from typing import Any, Self

from django.utils.functional import Promise


@dataclass(frozen=True)
class Option:
    """A label with a sentence of help; ``reveal`` ("1" or "2") shows the part of the form with class ``reveal-1``."""

    label: str | Promise
    help: str | Promise = ""
    reveal: str = ""

    def __str__(self) -> str:
        return str(self.label)

    def __deepcopy__(self, _memory: dict[int, Any]) -> Self:
        """Stay the same: every form that is made copies its fields with their choices, and an option never changes."""
        return self
