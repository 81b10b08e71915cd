"""Tables inside a form: each row as fields, with buttons to add, remove and move that need no script."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tequio.core.forms import DayInput
from tequio.core.texts import say
from tequio.founding import texts
from tequio.founding.rules import Part, PartKind, Question

MOST_ROWS = 24
# Rows of longer lists are shut: only their name travels, until somebody opens one to change it.
OPEN_ROWS = 3
# A field that may stay empty because nobody knows yet: the page says so once, not each label.
PART = "founding/part.html"
DO = re.compile(r"(more|open|drop|up|down):([a-z_]{1,40}):(\d{1,2})")
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Do:
    """What a button beside a row asks for."""

    what: str
    code: str
    number: int

    def drops(self, question: Question, number: int) -> bool:
        """Say whether this row is to be removed."""
        return (self.what, self.code, self.number) == ("drop", question.code, number)


def read_do(value: str) -> Do | None:
    """Return what the button said that was pressed, or None for any other button."""
    found = DO.fullmatch(value)
    return Do(found[1], found[2], int(found[3])) if found else None


@dataclass(frozen=True)
class RowOfFields:
    """One row of a table, as bound fields; ``said`` are the words by which one knows it."""

    number: int
    place: int
    fields: Sequence[forms.BoundField]
    key: forms.BoundField
    said: str
    folded: bool
    first: bool
    last: bool


def name_of(question: Question, number: int, part: str) -> str:
    return f"{question.code}_{number}_{part}"


def plainly(field: forms.Field) -> None:
    """Draw a field without the word "optional" beside its label."""
    field.template_name = PART  # type: ignore[attr-defined]  # Django's own, unknown to its stubs.


def add_rows(
    form: forms.Form,
    question: Question,
    rows: Rows,
    *,
    language: str,
    others: Mapping[str, Rows],
    do: Do | None,
    opened: str | None = None,
) -> None:
    """Add the fields of every row, and of one more to fill; of a shut row only its name.

    ``opened`` names the row of a long list that is open; None leaves all of them open.
    """
    count = min(max(len(rows) + 1, question.least, 2), MOST_ROWS)
    if form.is_bound:
        firsts = ("id", question.parts[0].code)
        sent = [
            n for n in range(MOST_ROWS) if any(name_of(question, n, part) in form.data for part in firsts)
        ]
        count = max(count, max(sent, default=0) + 1)
    for number in range(count):
        if do is not None and do.drops(question, number):
            continue
        row = rows[number] if number < len(rows) else {}
        form.fields[name_of(question, number, "id")] = forms.CharField(
            widget=forms.HiddenInput, required=False, max_length=20, initial=row.get("id", "")
        )
        if _is_shut(form, question, number, row, many=len(rows) > OPEN_ROWS, opened=opened):
            continue
        for part in question.parts:
            field = part_field(question, part, others)
            plainly(field)
            _set_initial(field, part, row.get(part.code), language)
            form.fields[name_of(question, number, part.code)] = field


def _is_shut(
    form: forms.Form,
    question: Question,
    number: int,
    row: Mapping[str, Any],
    *,
    many: bool,
    opened: str | None,
) -> bool:
    """Say whether a row stays as it is: it was sent, or is shown, by its name alone."""
    if opened is None:
        return False
    if form.is_bound:
        named = bool(form.data.get(name_of(question, number, "id")))
        return named and name_of(question, number, question.parts[0].code) not in form.data
    return many and bool(row) and row["id"] != opened


def _set_initial(field: forms.Field, part: Part, value: Any, language: str) -> None:
    if not part.spoken:
        field.initial = value or ""
        return
    spoken = value or {}
    field.initial = spoken.get(language, "")
    if not field.initial and spoken:
        field.help_text = _("In another language: “%(text)s”") % {"text": say(spoken)}


def part_field(question: Question, part: Part, others: Mapping[str, Rows]) -> forms.Field:
    """Return the field for one part of a row."""
    words = texts.QUESTIONS[question.code]
    label = words.parts[part.code]
    if part.kind is PartKind.MARK:
        return forms.BooleanField(label=label, required=False)
    if part.kind is PartKind.DATE:
        return forms.DateField(label=label, required=False, widget=DayInput())
    if part.kind is PartKind.PICK:
        picks = [(code, words.options[code].label) for code in part.options]
        return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *picks])
    if part.kind is PartKind.ROW:
        rows = [(row["id"], _short(row)) for row in others.get(part.of, ())]
        return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *rows])
    widget = forms.Textarea({"rows": 3}) if part.kind is PartKind.LONG else forms.TextInput()
    return forms.CharField(label=label, required=False, max_length=part.longest, widget=widget)


def _short(row: Mapping[str, Any]) -> str:
    return say(row.get("name") or row.get("text"))[:80]


def shown_rows(form: forms.Form, question: Question, rows: Rows) -> Iterator[RowOfFields]:
    """Yield the rows of a table, to be drawn one after the other; those of a long list are shut."""
    said = {row["id"]: said_by(row) for row in rows}
    numbers = [n for n in range(MOST_ROWS) if name_of(question, n, "id") in form.fields]
    for place, number in enumerate(numbers, start=1):
        key = form[name_of(question, number, "id")]
        names = [name_of(question, number, part.code) for part in question.parts]
        fields = [form[name] for name in names if name in form.fields]
        words = said.get(str(key.value() or ""), "")
        yield RowOfFields(
            number=number,
            place=place,
            fields=fields,
            key=key,
            said=words,
            folded=not fields,
            first=place == 1,
            last=place >= len(rows),
        )


def said_by(row: Mapping[str, Any]) -> str:
    """Return the words by which one knows a row."""
    value = row.get("name") or row.get("text") or ""
    return say(value) if isinstance(value, Mapping) else str(value)


def check_rows(form: forms.Form, question: Question, rows: Rows) -> None:
    """Ask for what is missing in a row that was begun; words in another language count."""
    told = {row["id"]: row for row in rows}
    for number in range(MOST_ROWS):
        sent = _sent_row(form, question, number)
        if sent is None or not any(sent[part.code] for part in question.parts):
            continue
        before = told.get(sent["id"], {})
        for part in question.parts:
            name = name_of(question, number, part.code)
            elsewhere = part.spoken and any((before.get(part.code) or {}).values())
            if part.needed and not sent[part.code] and not elsewhere and name not in form.errors:
                form.add_error(name, _("Write this too, or empty the whole row."))


def _sent_row(form: forms.Form, question: Question, number: int) -> dict[str, Any] | None:
    if name_of(question, number, "id") not in form.fields:
        return None
    names = {part: name_of(question, number, part) for part in ("id", *(p.code for p in question.parts))}
    return {part: _plain(form.cleaned_data.get(name)) for part, name in names.items()}


def _shut(form: forms.Form, question: Question, number: int) -> bool:
    return name_of(question, number, question.parts[0].code) not in form.fields


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value or ""


def sent_rows(form: forms.Form, question: Question, do: Do | None, rows: Rows = ()) -> list[dict[str, Any]]:
    """Return the rows that were sent, in the order that a button asked for; shut ones as they stand."""
    stood = {row["id"]: dict(row) for row in rows}
    numbered = [(number, _sent_row(form, question, number)) for number in range(MOST_ROWS)]
    numbered = [
        (number, stood.get(row["id"]) if row and _shut(form, question, number) else row)
        for number, row in numbered
    ]
    kept = [(number, row) for number, row in numbered if row is not None]
    if do is not None and do.code == question.code and do.what in ("up", "down"):
        _move(kept, do)
    return [row for _number, row in kept]


def _move(rows: list[tuple[int, Any]], do: Do) -> None:
    places = [place for place, (number, _row) in enumerate(rows) if number == do.number]
    for place in places:
        other = place + (-1 if do.what == "up" else 1)
        if 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
