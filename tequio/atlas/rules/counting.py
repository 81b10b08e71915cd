"""Organizations counted by what they are: members, and those recorded without membership, never added up unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tequio.people.rules.directory import ALL, FACETS, MEMBER, among_members

VIEWS = tuple(facet for facet in FACETS if facet != "standing")
SINGLE = ("country", "kind", "sector")  # an organization has one of each at most
MOST = 2_000  # so many organizations are looked at when a choice narrows them: the page costs the same in any network


@dataclass(frozen=True)
class Row:
    """One value of a view: how many organizations have it, and how many of them are members."""

    value: str
    written: str
    members: int
    everybody: int

    @property
    def recorded(self) -> int:
        """How many are recorded, and no members."""
        return self.everybody - self.members


@dataclass(frozen=True)
class Counted:
    """One view of the atlas. ``more`` says that only the first ``MOST`` organizations by name were counted."""

    view: str
    whole: Row
    rows: Sequence[Row]
    more: bool = False

    @property
    def unsaid(self) -> int:
        """How many have nothing written, where an organization has one value at most; else 0."""
        if self.view not in SINGLE:
            return 0
        return max(self.whole.everybody - sum(row.everybody for row in self.rows), 0)


def leading(rows: Sequence[Row]) -> Row | None:
    """Return the value that stands alone before all others, or None. Source: SUR-06."""
    if not rows or (len(rows) > 1 and rows[0].everybody == rows[1].everybody):
        return None
    return rows[0]


def counted(view: str, counts: Mapping[str, int], written: Mapping[str, str], *, more: bool) -> Counted:
    """Return a view of counts by key, the most frequent value first. Source: SUR-04, CTX-13, CTX-18."""
    keys = [key for key, count in counts.items() if count > 0 and key.startswith(f"{view}:")]
    rows = [_row(key, counts, written) for key in keys]
    rows.sort(key=lambda row: (-row.everybody, row.written, row.value))
    whole = Row(ALL, "", min(counts.get(MEMBER, 0), counts.get(ALL, 0)), counts.get(ALL, 0))
    return Counted(view, whole, rows, more)


def _row(key: str, counts: Mapping[str, int], written: Mapping[str, str]) -> Row:
    members = counts.get(among_members(key), 0)
    return Row(key.partition(":")[2], written.get(key, ""), members, counts[key])
