"""Who carries whose voice in a vote: few, one step, decided when the vote opens. Source: GOVERNANCE 4.4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tequio.register.rules.flaws import Flaw


@dataclass(frozen=True)
class Given:
    """A voice given to another, for one decision (``here``) or for a day; ``order`` is when, as a number that grows."""

    giver: int
    holder: int
    here: bool
    order: int


def carried(given: Iterable[Given], *, entitled: Collection[int], at_most: int) -> dict[int, Given]:
    """Return which voices are carried, by giver: a decision's before a day's, the earlier before the later.

    Never of or by somebody without a voice, never by one whose own voice is carried, never more than ``at_most`` by
    one. Whose voice is not carried answers by itself.
    """
    own = _one_each(one for one in given if one.giver in entitled and one.holder in entitled)
    found: dict[int, Given] = {}
    carries: Counter[int] = Counter()
    for one in own.values():
        if one.holder in own or one.giver == one.holder or carries[one.holder] >= at_most:
            continue
        found[one.giver] = one
        carries[one.holder] += 1
    return found


def _one_each(given: Iterable[Given]) -> dict[int, Given]:
    """Return the one that counts of what each has given: that for this decision, or the last for the day."""
    found: dict[int, Given] = {}
    for one in sorted(given, key=lambda each: (each.here, each.order)):
        found[one.giver] = one
    return dict(sorted(found.items(), key=lambda row: (not row[1].here, row[1].order)))


def problems_of_proxies(voices: Iterable[Mapping[str, Any]]) -> list[str]:
    """Say what is wrong with the carried voices of a record: one step, two at most by one, each by a voice of the vote."""
    voices = list(voices)
    carried_by = {voice["member"]: voice["proxy"] for voice in voices if voice.get("proxy")}
    members = {voice["member"] for voice in voices}
    found: list[str] = [
        Flaw("%(who)s carries a voice and has none.", who=one) for one in set(carried_by.values()) - members
    ]
    found += [
        Flaw("%(who)s carries a voice, and its own is carried.", who=one)
        for one in set(carried_by.values()) & set(carried_by)
    ]
    return found + [
        Flaw("%(who)s carries more than two.", who=one)
        for one, n in Counter(carried_by.values()).items()
        if n > 2
    ]
