"""The command ``tally``: ballots in, winners and every stage out. No database, and no Django."""

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from tequio.cli.trouble import Trouble
from tequio.cli.words import gettext_noop, plain
from tequio.cli.words import gettext_now as _
from tequio.elections.formats import Sheet, Unreadable, read
from tequio.elections.rules import ballots, counting, named
from tequio.elections.rules.drawing_ties import drawn_order

UNREADABLE = {
    "amount": gettext_noop("“%(about)s” is not an amount."),
    "ballot": gettext_noop("a ballot holds “ranking”, “approve” or “points”."),
    "budget": gettext_noop("the section META does not say the budget."),
    "candidate": gettext_noop("“%(about)s” is none of the candidates."),
    "encoding": gettext_noop("this is not text in UTF-8."),
    "ends": gettext_noop("the file ends too early."),
    "format": gettext_noop("this is neither BLT, PrefLib, Pabulib nor JSON."),
    "head": gettext_noop("“# NUMBER ALTERNATIVES:” is missing above the ballots."),
    "json": gettext_noop("this is not the JSON that was expected: %(about)s"),
    "key": gettext_noop("“%(about)s” is missing or wrong."),
    "kinds": gettext_noop("all ballots of a file are of one kind."),
    "large": gettext_noop("the file is too large."),
    "missing": gettext_noop("the section %(about)s is missing."),
    "nothing": gettext_noop("the file is empty."),
    "number": gettext_noop("“%(about)s” is not a number that can stand here."),
    "order": gettext_noop("“%(about)s” is not a count, a colon and an order."),
    "over": gettext_noop("a line with 0 is missing between the last ballot and the names."),
    "points": gettext_noop("“%(about)s” does not give points to each project named."),
    "project": gettext_noop("a project needs its number and its cost."),
    "quotes": gettext_noop("a name in quotes is expected, not “%(about)s”."),
    "section": gettext_noop("the sections META, PROJECTS and VOTES are expected."),
    "table": gettext_noop("this row cannot be read as a table."),
    "tie": gettext_noop("“%(about)s” does not name each candidate once."),
    "twice": gettext_noop("“%(about)s” is there twice."),
    "votes": gettext_noop("votes of the kind “%(about)s” cannot be read."),
    "zero": gettext_noop("this ballot does not end with 0."),
}

CANNOT = {
    "costs": gettext_noop("This rule needs a cost for each project."),
    "empty": gettext_noop("No ballot says anything that this rule could count."),
    "one_seat": gettext_noop("This rule fills one seat."),
    "order": gettext_noop("The order for ties does not name each candidate once."),
    "seats": gettext_noop("Say how many seats there are: --seats N"),
    "step": gettext_noop("The step must be more than zero."),
    "ranked": gettext_noop("This rule needs ranked ballots."),
    "approved": gettext_noop("This rule needs ballots that approve."),
    "points": gettext_noop("This rule needs ballots with points."),
    "budget": gettext_noop("This rule needs a budget and a cost for each project."),
}


def tally(file: Path, *, rule: str | None, seats: int | None, lot: str | None, as_json: bool) -> None:
    """Count the file by the rule, or by its own, and print what was found; raise Trouble with the line that cannot be read."""
    if not file.is_file():
        raise Trouble(_("%(file)s is not there.") % {"file": file})
    try:
        sheet = read(file.read_bytes(), name=file.name)
        rule = rule or sheet.rule
        if not rule:
            raise Trouble(_("This file does not say by which rule it is counted: --rule RULE"))
        outcome = counted(sheet, rule=rule, seats=seats, lot=lot)
    except Unreadable as wrong:
        said = _(UNREADABLE[wrong.code]) % {"about": wrong.about}
        raise Trouble(
            _("%(file)s, line %(line)s: %(said)s") % {"file": file, "line": wrong.line, "said": said}
        ) from wrong
    except ballots.CannotCount as wrong:
        why = _(CANNOT[wrong.code])
        raise Trouble(f"{file}: {why}") from wrong
    answer = {
        "rule": rule,
        "id": outcome.rule,
        "winners": list(outcome.winners),
        "stages": list(outcome.stages),
        **outcome.notes,
    }
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        print("\n".join(map(plain, _told(sheet, answer))))


def counted(sheet: Sheet, *, rule: str, seats: int | None = None, lot: str | None = None) -> ballots.Outcome:
    """Count a sheet by a rule; raise CannotCount where its ballots are of another kind."""
    order = drawn_order(sheet.names, seed=lot) if lot is not None else sheet.order
    if set(sheet.withdrawn) >= set(sheet.names):
        raise ballots.CannotCount("empty")
    if rule in named.RANKED:
        if sheet.rankings is None:
            raise ballots.CannotCount("ranked")
        wanted = (seats or sheet.seats) if rule == "scottish-stv" else (seats or 1)
        if wanted is None:
            raise ballots.CannotCount("seats")
        return counting.count_ranked(
            rule,
            ballots.Rankings(sheet.names, sheet.rankings),
            seats=wanted,
            order=order,
            withdrawn=sheet.withdrawn,
        )
    if order is not None:
        order = tuple(name for name in order if name not in sheet.withdrawn)
    if rule in named.SCORED:
        if sheet.scores is None:
            raise ballots.CannotCount("points")
        points = ballots.Scores(sheet.names, sheet.scores).without(sheet.withdrawn)
        return counting.count_scored(points, seats=seats or sheet.seats or 1, order=order)
    approvals = _approvals(sheet).without(sheet.withdrawn)
    if rule in named.FUNDED:
        if sheet.budget is None or not sheet.costs:
            raise ballots.CannotCount("budget")
        return counting.count_fund(rule, approvals, order=order, step=sheet.step)
    wanted = seats or sheet.seats or (1 if rule in ("approval", "objectives") else None)
    if wanted is None:
        raise ballots.CannotCount("seats")
    return counting.count_approved(rule, approvals, seats=wanted, order=order)


def _approvals(sheet: Sheet) -> ballots.Approvals:
    if sheet.approvals is not None:
        return ballots.Approvals(sheet.names, sheet.approvals, sheet.costs, sheet.budget or Fraction(0))
    if sheet.rankings is not None:
        read_so = ballots.approved_by_rank(ballots.Rankings(sheet.names, sheet.rankings))
        return ballots.Approvals(sheet.names, read_so.papers, sheet.costs, sheet.budget or Fraction(0))
    raise ballots.CannotCount("approved")


# --- the table that people read -----------------------------------------------------------------------------


def _told(sheet: Sheet, answer: dict[str, Any]) -> Iterable[str]:
    if sheet.title:
        yield sheet.title
    yield _("Rule: %(rule)s (%(id)s)") % answer
    for note in ("votes", "seats", "quota", "budget", "each_starts_with", "steps"):
        if note in answer:
            yield _labeled(NOTES[note], answer[note])
    for stage in answer["stages"]:
        yield ""
        yield from _stage(stage, sheet)
    yield ""
    yield _("Winners:")
    yield from (f"  {_called(name, sheet)}" for name in answer["winners"])
    if "left" in answer:
        yield _labeled(NOTES["left"], answer["left"])
    for rule, winners in answer.get("differs", {}).items():
        yield _("%(rule)s would elect: %(winners)s") % {"rule": rule, "winners": ", ".join(winners)}
    if "greedy" in answer:
        named = ", ".join(answer["greedy"])
        yield _("The usual way, most votes first, would fund: %(projects)s") % {"projects": named}


NOTES = {
    "votes": gettext_noop("Ballots counted"),
    "seats": gettext_noop("Seats"),
    "quota": gettext_noop("Quota"),
    "budget": gettext_noop("Budget"),
    "left": gettext_noop("Left over"),
    "each_starts_with": gettext_noop("Each person starts with"),
    "steps": gettext_noop("Steps added"),
    "candidate": gettext_noop("candidate"),
    "condorcet_winner": gettext_noop("beats each of the others"),
    "cost": gettext_noop("cost"),
    "each_pays_at_most": gettext_noop("each pays at most"),
    "elected": gettext_noop("elected"),
    "excluded": gettext_noop("excluded"),
    "funded": gettext_noop("funded"),
    "lost_to_fractions": gettext_noop("lost to fractions"),
    "non_transferable": gettext_noop("not transferable"),
    "preferred": gettext_noop("How many prefer the one in the row to the one in the column"),
    "project": gettext_noop("project"),
    "strongest_paths": gettext_noop("The strongest chain of wins from the row to the column"),
    "waited": gettext_noop("waited"),
    "voters_served": gettext_noop("people who approve at least one"),
}
PARTS = re.compile(r"\d+/\d+")
DONE = {
    "first": gettext_noop("First preferences"),
    "surplus": gettext_noop("A surplus is passed on"),
    "exclusion": gettext_noop("The lowest is excluded"),
    "equal shares": gettext_noop("Equal shares"),
    "phragmen": gettext_noop("Phragmén"),
    "cut": gettext_noop("As few as serve four in five"),
}


def _labeled(label: str, value: object) -> str:
    return _(label) + f": {_shown(value)}"


def _shown(value: object) -> object:
    """Say a value as people read it: yes or no, an amount with its cents, and about how much a fraction is."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if not isinstance(value, str) or not PARTS.fullmatch(value):
        return value
    exact = Fraction(value)
    near = f"{Decimal(exact.numerator) / Decimal(exact.denominator):.2f}"
    return near if Fraction(near) == exact else f"{value} (≈ {near})"


def _called(name: str, sheet: Sheet) -> str:
    return f"{name}  {sheet.names_by_key[name]}" if name in sheet.names_by_key else name


def _stage(stage: dict[str, Any], sheet: Sheet) -> Iterable[str]:
    plain = {
        key: value for key, value in stage.items() if key in NOTES and not isinstance(value, dict | list)
    }
    said = [_(DONE[stage[key]]) for key in ("action", "by") if stage.get(key) in DONE]
    labels = NOTES | {"votes": gettext_noop("approvals")}
    said += [_labeled(labels[key], value) for key, value in plain.items() if value is not None]
    yield _("Stage %(number)s of the count") % {"number": stage["stage"]} + (
        ". " + "; ".join(said) if said else ""
    )
    for key, value in stage.items():
        if key in ("votes", "approvals") and isinstance(value, dict):
            wide = max(map(len, value))
            yield from (f"  {name:<{wide}}  {votes:>14}" for name, votes in value.items())
        elif isinstance(value, dict) and value and all(isinstance(one, dict) for one in value.values()):
            yield "  " + _labeled(NOTES[key], "")
            yield from _square(value)
        elif key == "tie":
            yield "  " + _("Tie: %(names)s") % {"names": ", ".join(value["between"])}
        elif isinstance(value, list) and value:
            yield "  " + _labeled(NOTES[key], ", ".join(map(str, value)))


def _square(table: dict[str, dict[str, int]]) -> Iterable[str]:
    names = list(table)
    wide = max(map(len, names))
    yield " " * (wide + 4) + "".join(f"{number:>8}" for number in range(1, len(names) + 1))
    for number, one in enumerate(names, start=1):
        cells = "".join(f"{table[one].get(two, '·'):>8}" for two in names)
        yield f"  {number:>2} {one:<{wide}}{cells}"
