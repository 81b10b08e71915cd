"""One test over many cases, where a case takes less time than pytest takes for a test of its own."""

import functools
from collections.abc import Callable, Collection
from typing import Any


def each(cases: Collection[Any], *, named: Callable[[Any], object] = str) -> Callable[[Callable], Callable]:
    """Let a test that takes one case look at all of them, and name every one that fails with its reason."""

    def over(test: Callable[[Any], None]) -> Callable[[], None]:
        def at_all() -> None:
            assert cases
            faults = [f"{named(case)}: {fault}" for case in cases if (fault := _fault(test, case))]
            assert not faults, "\n".join(faults)

        functools.update_wrapper(at_all, test)
        del at_all.__wrapped__  # pytest would take its case for a fixture
        return at_all

    return over


def _fault(test: Callable[[Any], None], case: Any) -> str:
    try:
        test(case)
    except AssertionError as fault:
        return str(fault).partition("\n +")[0] or "fails"
    return ""
