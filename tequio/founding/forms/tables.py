"""The tables of an article as fields: every row open, and one more to fill."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tequio.core.texts import say
from tequio.founding.forms.rows import MOST_ROWS, Do, name_of, part_field, plainly, said_by
from tequio.founding.rules import Part, Question

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class TableRow:
    """A row as bound fields; ``said`` are the words by which one knows it."""

    number: int
    place: int
    fields: Sequence[forms.BoundField]
    key: forms.BoundField
    said: str


def add_table(form: forms.Form, question: Question, rows: Rows, *, language: str, do: Do | None) -> None:
    """Add the fields of every row, and of one more; a row that a button removes is left out."""
    first = question.parts[0].code
    sent = [n for n in range(MOST_ROWS) if form.is_bound and name_of(question, n, first) in form.data]
    count = min(max(len(rows) + 1, question.least, max(sent, default=0) + 1), MOST_ROWS)
    for number in range(count):
        if do is not None and (do.what, do.code, do.number) == ("drop", question.code, number):
            continue
        row = rows[number] if number < len(rows) else {}
        form.fields[name_of(question, number, "id")] = forms.CharField(
            widget=forms.HiddenInput, required=False, max_length=40, initial=row.get("id", "")
        )
        for part in question.parts:
            field = part_field(question, part, {})
            plainly(field)
            _begin(field, part, row.get(part.code), language)
            form.fields[name_of(question, number, part.code)] = field


def _begin(field: forms.Field, part: Part, value: Any, language: str) -> None:
    if not part.spoken:
        field.initial = value or ""
        return
    field.initial = (value or {}).get(language, "")
    if not field.initial and value:
        field.help_text = _("In another language: “%(text)s”") % {"text": say(value)}


def table_rows(form: forms.Form, question: Question, rows: Rows) -> Iterator[TableRow]:
    """Yield the rows of a table, to be drawn one after the other."""
    said = {row["id"]: said_by(row) for row in rows}
    for place, number in enumerate(_numbers(form, question), start=1):
        key = form[name_of(question, number, "id")]
        fields = [form[name_of(question, number, part.code)] for part in question.parts]
        yield TableRow(number, place, fields, key, said.get(str(key.value() or ""), ""))


def check_table(form: forms.Form, question: Question, rows: Rows) -> None:
    """Ask for what is missing in a row that was begun; words in another language count."""
    stood = {row["id"]: row for row in rows}
    for number, sent in zip(_numbers(form, question), sent_table(form, question), strict=True):
        before = stood.get(sent["id"], {})
        begun = any(sent[part.code] for part in question.parts)
        for part in question.parts:
            name = name_of(question, number, part.code)
            elsewhere = part.spoken and any((before.get(part.code) or {}).values())
            if begun and part.needed and not sent[part.code] and not elsewhere and name not in form.errors:
                form.add_error(name, _("Write this too, or empty the whole row."))


def sent_table(form: forms.Form, question: Question) -> list[dict[str, Any]]:
    """Return the rows that were sent, in their order."""
    codes = ("id", *(part.code for part in question.parts))
    return [
        {code: _plain(form.cleaned_data.get(name_of(question, number, code))) for code in codes}
        for number in _numbers(form, question)
    ]


def _numbers(form: forms.Form, question: Question) -> list[int]:
    return [n for n in range(MOST_ROWS) if name_of(question, n, "id") in form.fields]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value or ""
