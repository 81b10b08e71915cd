"""What came of a ballot, as its page draws it: who was chosen, and every stage of the count."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext as _

from tequio.core.money import Money
from tequio.core.texts import say
from tequio.elections.forms import ANSWERS
from tequio.elections.models import Ballot, BallotKind
from tequio.governance.models import ROLES

Stage = dict[str, Any]


def result_of(ballot: Ballot) -> dict[str, Any] | None:
    """Return what the page shows of a counted ballot; None before."""
    told = ballot.result
    if told is None:
        return None
    stages, notes = told["stages"], told["notes"]
    return {
        "winners": told["winners"] if ballot.kind != BallotKind.YES_NO else [],
        "passes": stages[0]["passes"] if ballot.kind == BallotKind.YES_NO else None,
        "seats": [one for one in told["winners"] if one not in told.get("unseated", [])]
        if ballot.body
        else [],
        "unseated": told.get("unseated", []),
        "role": dict(ROLES).get(ballot.role, ""),
        "group": say(ballot.body.name) if ballot.body else "",
        "blank": told["blank"],
        "cast": told["cast"],
        "stages": [_stage(stage, ballot) for stage in stages],
        "says": _says(ballot, stages, notes, told),
        "differs": ", ".join(notes.get("differs", {}).get("irv", [])),
        "greedy": notes.get("greedy", []),
        "differs_from_greedy": sorted(notes.get("greedy", [])) != sorted(told["winners"]),
        "tie": any("tie" in stage for stage in stages),
        "seed": told["tie"]["seed"],
        "rule": ballot.rule_id,
    }


def _says(
    ballot: Ballot, stages: list[Stage], notes: Mapping[str, Any], told: Mapping[str, Any]
) -> list[str]:
    """Say in sentences how it was counted."""
    said = []
    if "quota" in notes:
        quota = int(Fraction(notes["quota"]))
        said.append(
            ngettext("A seat needs %(quota)s vote.", "A seat needs %(quota)s votes.", quota)
            % {"quota": _votes(quota)}
        )
    if ballot.seated and (empty := ballot.seats - len(told["winners"])) > 0:
        said.append(ngettext("%(n)s seat stays empty.", "%(n)s seats stay empty.", empty) % {"n": empty})
    if stages and "condorcet_winner" in stages[-1]:
        best = stages[-1]["condorcet_winner"]
        said.append(
            _("%(name)s beats each of the others, two by two.") % {"name": best}
            if best
            else _("Nobody beats each of the others: the strongest chains of wins decide.")
        )
    if "each_starts_with" in notes:
        said.append(
            _("Each part began with %(part)s. What is left over: %(left)s.")
            % {"part": _money(notes["each_starts_with"], ballot), "left": _money(notes["left"], ballot)}
        )
    if told.get("step") and notes.get("steps"):
        said.append(
            _("The parts grew %(steps)s times by %(step)s, until the money would not have sufficed.")
            % {"steps": notes["steps"], "step": told["step"]}
        )
    if stages and stages[-1].get("by") == "cut" and not stages[-1]["enough"]:
        said.append(_("These do not serve four in five people: talk about the list, and ask again."))
    return said


def _money(amount: int | str, ballot: Ballot) -> str:
    """Write an amount in whole units, exact or as a fraction, as people do: cut after the last coin."""
    whole = Money(1, ballot.currency).amount
    return Money(int(Fraction(amount) / Fraction(whole)), ballot.currency).say(get_language() or "en")


def _stage(stage: Stage, ballot: Ballot) -> Stage:
    told = stage.get("votes") if isinstance(stage.get("votes"), dict) else stage.get("approvals", {})
    rows = [(name, _votes(votes)) for name, votes in _ordered(told or {}, ballot)]
    return {
        "number": stage["stage"],
        "title": _title(stage, ballot),
        "rows": rows,
        "table": _table(stage),
        "elected": ", ".join(stage["elected"] if isinstance(stage.get("elected"), list) else []),
        "tie": ", ".join(stage["tie"]["between"]) if "tie" in stage else "",
    }


def _ordered(votes: Mapping[str, int | str], ballot: Ballot) -> list[tuple[str, int | str]]:
    """Return who got how many, the most first; of a ballot for yes or no its answers, in the reader's language."""
    if ballot.kind == BallotKind.YES_NO:
        return [(str(label), votes.get(answer, 0)) for answer, label in ANSWERS]
    return sorted(votes.items(), key=lambda one: (-Fraction(one[1]), one[0]))


def _votes(units: int | str) -> str:
    """Write votes as people do: whole ones without decimals, parts of one with five."""
    exact = Fraction(units)
    shape = "#,##0" if exact.denominator == 1 else "#,##0.00000"
    return format_decimal(Decimal(str(units)), shape, locale=Locale.parse(to_locale(get_language() or "en")))


def _title(stage: Stage, ballot: Ballot) -> str:
    action, by = stage.get("action"), stage.get("by")
    if action == "surplus":
        return _("What %(name)s has too much of is passed on") % {"name": stage["candidate"]}
    if action == "exclusion":
        return _("%(name)s leaves, and each paper goes on") % {"name": stage["candidate"]}
    if action == "first":
        return _("First preferences")
    if "preferred" in stage:
        return _("How many prefer the one in the row to the one in the column")
    if "strongest_paths" in stage:
        return _("The strongest chain of wins from the row to the column")
    if "project" in stage:
        about = {"name": stage["project"], "cost": _money(stage["cost"], ballot), "votes": stage["votes"]}
        said = _("%(name)s is paid: %(cost)s, with %(votes)s approvals") % about
        if "each_pays_at_most" in stage:
            said += ". " + _("Each pays %(most)s at most") % {
                "most": _money(stage["each_pays_at_most"], ballot)
            }
        return said
    if by in ("equal shares", "phragmen"):
        return _("%(name)s is chosen") % {"name": stage["elected"]}
    if by == "cut":
        return _("%(size)s are enough: %(served)s people find one of theirs") % {
            "size": stage["size"], "served": stage["voters_served"],
        }  # fmt: skip
    return _("What was said")


def _table(stage: Stage) -> dict[str, Any] | None:
    square = stage.get("preferred") or stage.get("strongest_paths")
    if not square:
        return None
    names = list(square)
    return {
        "names": names,
        "rows": [(one, [square[one].get(two, "·") for two in names]) for one in names],
    }
