"""What a check found, in plain sentences."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tequio.core.texts import say
from tequio.register.rules.flaws import Flaw

ENOUGH = 20
LATEST = 50
LOTS = "elections.lot/"


def say_why(why: str, *, most: int = 300) -> str:
    """Say in the active language why something does not hold, as one of the rules told it."""
    return (gettext(why.sentence) % why.values if isinstance(why, Flaw) else why)[:most]


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be, and where: a line of the file, an entry of the register, or neither."""

    sentence: str | Promise
    values: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None
    number: int | None = None

    def __str__(self) -> str:
        said = {name: say_why(one) if isinstance(one, Flaw) else one for name, one in self.values.items()}
        what = str(self.sentence) % said
        if self.number is not None:
            place = {"line": self.line, "number": self.number, "what": what}
            return gettext("Line %(line)s, entry %(number)s: %(what)s") % place
        if self.line is not None:
            return gettext("Line %(line)s: %(what)s") % {"line": self.line, "what": what}
        return what


@dataclass(frozen=True)
class Since:
    """One entry that came after the newest checkpoint that was kept; ``facts`` is None once they were erased."""

    number: int
    day: str
    kind: str
    facts: Mapping[str, Any] | None


@dataclass
class Report:
    """The outcome of a check: the problems, the first bad row first, and what was counted on the way."""

    problems: list[Finding] = field(default_factory=list)
    network: str = ""
    name: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    root: str = ""
    size: int = 0
    erased: int = 0
    withheld: int = 0
    checkpoints: int = 0
    witnessed: int = 0
    newest_kept: int = 0
    since: deque[Since] = field(default_factory=lambda: deque(maxlen=LATEST))
    trusted: bool = False
    published: dict[str, int] = field(default_factory=dict)
    taken_back: set[str] = field(default_factory=set)
    recomputed: Counter[str] = field(default_factory=Counter)
    unknown_rules: Counter[str] = field(default_factory=Counter)

    @property
    def ok(self) -> bool:
        return not self.problems

    def sentences(self) -> list[str]:
        """Say what was found, in the active language: the problems alone, or all that holds."""
        if self.problems:
            return [gettext("This register does not hold."), *map(str, self.problems[:ENOUGH])]
        whole = gettext("The register of %(name)s is whole.") % {"name": say(self.name) or self.network}
        return [whole, *self._held(), *self._published(), *self._not_checked()]

    def _held(self) -> list[str]:
        said = [
            _count(ngettext("%(n)s entry, unchanged.", "%(n)s entries, unchanged.", self.size), self.size),
            _count(
                ngettext(
                    "%(n)s checkpoint of the file fits them.",
                    "%(n)s checkpoints of the file fit them.",
                    self.checkpoints,
                ),
                self.checkpoints,
            ),
        ]
        decisions = self.recomputed.total()
        if decisions:
            outcome = ngettext(
                "%(n)s outcome recomputed: the same result.",
                "%(n)s outcomes recomputed: the same results.",
                decisions,
            )
            said.append(_count(outcome, decisions))
        if lots := sum(number for rule, number in self.recomputed.items() if rule.startswith(LOTS)):
            drawn = ngettext(
                "%(n)s draw by lot is among them. Quotas and tickets add up; whether other odds would be fairer was not"
                " searched.",
                "%(n)s draws by lot are among them. Quotas and tickets add up; whether other odds would be fairer was"
                " not searched.",
                lots,
            )
            said.append(_count(drawn, lots))
        if self.erased:
            gone = ngettext(
                "%(n)s entry whose content was erased, with its ground.",
                "%(n)s entries whose content was erased, with their grounds.",
                self.erased,
            )
            said.append(_count(gone, self.erased))
        if self.withheld:
            kept = ngettext(
                "%(n)s entry keeps its words for the inner rings. Its place is checked, and nothing else of it.",
                "%(n)s entries keep their words for the inner rings. Their places are checked, and nothing else of them.",
                self.withheld,
            )
            said.append(_count(kept, self.withheld))
        return said

    def _published(self) -> list[str]:
        """Say of each report that was given which entry holds its digest, and whether it was taken back."""
        said = []
        for name, number in self.published.items():
            words = PUBLISHED_AND_TAKEN_BACK if name in self.taken_back else PUBLISHED
            said.append(str(words) % {"name": name, "number": number})
        return said

    def _not_checked(self) -> list[str]:
        said = [
            gettext("This version does not know the rule %(rule)s, so its outcomes were not recomputed.")
            % {"rule": rule}
            for rule in sorted(self.unknown_rules)
        ]
        if self.witnessed:
            kept = ngettext(
                "%(n)s checkpoint that you kept fits them too.",
                "%(n)s checkpoints that you kept fit them too.",
                self.witnessed,
            )
            said.append(_count(kept, self.witnessed))
        if not self.witnessed:
            said.append(
                gettext(
                    "No checkpoint kept elsewhere was compared. Give one from an old e-mail to be sure that"
                    " history was not written anew."
                )
            )
        if not self.trusted:
            said.append(gettext("Compare the key with the one you know: %(key)s") % {"key": self.key})
        return said


def _count(sentence: str, number: int) -> str:
    return sentence % {"n": number}


PUBLISHED = _("%(name)s is the report that entry %(number)s published, byte for byte.")
PUBLISHED_AND_TAKEN_BACK = _(
    "%(name)s is the report that entry %(number)s published. It was taken back later: a later entry says why."
)
NOT_PUBLISHED = _("%(name)s is no report of this register: it was changed, or comes from elsewhere.")
CANNOT_BE_READ = _("This line is not written as the register writes; something was added, changed or cut.")
NOT_AN_EXPORT = _("This is not an export of a Tequio register.")
OTHER_FORMAT = _("This export has the format %(format)s; this version reads %(ours)s.")
EMPTY = _("The file is empty.")
OUT_OF_PLACE = _("A line of this kind does not belong here.")
WRONG_NUMBER = _("Entry %(found)s stands where entry %(wanted)s should be.")
OTHER_NETWORK = _("This entry belongs to another network.")
TWICE = _("This entry appears twice.")
BROKEN_PROMISE = _("What the entry says is not what was promised when it was written.")
HIDDEN = _("The content of this entry is missing, and no entry says that it was erased.")
NOT_ERASED = _("The content of this entry is shown although a later entry says that it was erased.")
WRONG_OUTCOME = _("The outcome cannot be recomputed: %(why)s")
BAD_CHECKPOINT = _("This checkpoint is not signed by the register's key.")
CHECKPOINT_DIFFERS = _("The entries before this checkpoint are not the ones it was signed for.")
CHECKPOINT_MISPLACED = _("This checkpoint covers %(said)s entries, and stands after %(found)s.")
NO_LAST_CHECKPOINT = _("The last entries are covered by no checkpoint.")
CUT = _("The file says that it holds %(said)s entries, and holds %(found)s.")
BAD_SEAL = _("The seal does not fit: something in the file was changed after it was made.")
NO_SEAL = _("The seal at the end is missing: the file was cut.")
AFTER_SEAL = _("Something was added after the seal.")
UNKNOWN_KEY = _("The register changed its key without an entry that says so.")
NOT_THE_TRUSTED_KEY = _("The export is signed with another key than the one you trust.")
BAD_TRUSTED_KEY = _("The key you gave cannot be read.")
KEPT_UNREADABLE = _("What you gave as a checkpoint holds none.")
KEPT_OF_ANOTHER = _("The checkpoint that you kept is of another register, or signed with another key.")
KEPT_LONGER = _(
    "You kept a checkpoint over %(said)s entries; the export holds only %(found)s. Entries are missing."
)
STILL_FITS = _(
    "The first %(said)s entries are still those of another checkpoint that you kept: the change came after."
)
KEPT_DIFFERS = _(
    "You kept a checkpoint over the first %(said)s entries, and these are not the same. History was written anew."
)
