"""Changing an article: the settings it governs, and what was written into it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.forms import Form, refuse_unwritable, shorter_than_a_book
from tequio.core.options import Option
from tequio.core.texts import say
from tequio.founding import rules, texts
from tequio.founding.forms.path import currencies
from tequio.founding.forms.rows import Do, plainly
from tequio.founding.forms.tables import TableRow, add_table, check_table, sent_table, table_rows
from tequio.founding.rules import Kind, Question, Settled

Field = forms.Field


class ArticleForm(Form):
    """The questions that an article governs, as they stand; ``language`` is the one in which tables are written."""

    why = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Everybody reads this first. Two or three sentences."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        article: str,
        settled: Settled,
        languages: Sequence[str],
        language: str,
        do: Do | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.settled, self.languages, self.language, self.do = settled, languages, language, do
        self.questions = [rules.BY_CODE[code] for code in rules.askable(settled, texts.CODES[article])]
        for question in self.questions:
            self._add(question)
        if len(languages) > 1 and any(question.shared for question in self.questions):
            self.fields["keep"] = _keep()
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators += [refuse_unwritable, shorter_than_a_book]
        self.order_fields([name for name in self.fields if name != "why"])

    def _add(self, question: Question) -> None:
        if question.kind is Kind.ROWS:
            add_table(self, question, self.settled.rows(question.code), language=self.language, do=self.do)
        elif question.shared:
            self._add_texts(question)
        else:
            self.fields[question.code] = _closed(question, self.settled.values.get(question.code))
            if question.depends_on and question.depends_on[0] in self.fields:
                self.fields[question.code].required = False

    def _add_texts(self, question: Question) -> None:
        spoken, names = self.settled.text(question.code), dict(settings.LANGUAGES)
        for language in self.languages:
            several = len(self.languages) > 1
            field = forms.CharField(
                label=f"{texts.QUESTIONS[question.code].ask} ({names.get(language, language)})"
                if several
                else texts.QUESTIONS[question.code].ask,
                required=False,
                max_length=8_000,
                initial=spoken.get(language, ""),
                widget=forms.Textarea(attrs={"rows": 6, "lang": language}),
            )
            plainly(field)
            self.fields[f"{question.code}__{language}"] = field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for question in self.questions:
            if question.kind is Kind.ROWS:
                check_table(self, question, self.settled.rows(question.code))
            elif question.depends_on and question.code in self.fields and not cleaned.get(question.code):
                self._follow(question, cleaned)
        return cleaned

    def _follow(self, question: Question, cleaned: dict[str, Any]) -> None:
        """Ask for an answer only where the one it depends on makes it arise; else what stands goes on standing."""
        on, answers = question.depends_on or ("", ())
        if on in self.fields and cleaned.get(on) in answers and question.code not in self.errors:
            self.add_error(question.code, self.fields[on].error_messages["required"])
        cleaned[question.code] = self.fields[question.code].initial

    def blocks(self) -> Iterator[tuple[Question, texts.Words, list[forms.BoundField], list[TableRow]]]:
        """Yield each question with its words, its fields, or its rows of fields."""
        for question in self.questions:
            words = texts.QUESTIONS[question.code]
            if question.kind is Kind.ROWS:
                yield question, words, [], list(table_rows(self, question, self.settled.rows(question.code)))
            elif question.shared:
                yield question, words, [self[f"{question.code}__{code}"] for code in self.languages], []
            else:
                yield question, words, [self[question.code]], []

    def answers(self) -> dict[str, Any]:
        """Return the answer to each question as it would stand."""
        return {question.code: self._answer(question) for question in self.questions}

    def rearranged(self) -> dict[str, Any]:
        """Return the tables as the buttons beside their rows arranged them, and all that could be read besides."""
        readable = [
            question
            for question in self.questions
            if question.kind is Kind.ROWS or not any(name.startswith(question.code) for name in self.errors)
        ]
        return {question.code: self._answer(question) for question in readable}

    def _answer(self, question: Question) -> Any:
        if question.kind is Kind.ROWS:
            return self._rows(question)
        if question.shared:
            return self._texts(question)
        return _plain(question, self.cleaned_data.get(question.code))

    def _texts(self, question: Question) -> dict[str, str]:
        """Return the text per language: what was not touched falls out when another language changed."""
        old = self.settled.text(question.code)
        sent = {code: _lines(self.cleaned_data[f"{question.code}__{code}"]) for code in self.languages}
        new = {
            code: old[code] if _lines(old.get(code, "")) == body else body
            for code, body in sent.items()
            if body
        }
        if self.cleaned_data.get("keep") or not _rewritten(old, new):
            return new
        return {code: body for code, body in new.items() if body != old.get(code)}

    def _rows(self, question: Question) -> list[dict[str, Any]]:
        old = self.settled.rows(question.code)
        rows = rules.lay_over(
            question, old, sent_table(self, question), language=self.language, known=(), name=_name
        )
        if self.cleaned_data.get("keep"):
            return rows
        known = {row["id"]: row for row in old}
        return [_only_new(question, known.get(row["id"], {}), row, self.language) for row in rows]


def _keep() -> forms.BooleanField:
    return forms.BooleanField(
        label=gettext_lazy("What I did not touch still says the same"),
        help_text=gettext_lazy(
            "Leave it empty if the other languages have to be translated again: until then they show your text."
        ),
        required=False,
    )


def _rewritten(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Say whether a text changed in a language in which it stood; one more translation rewrites nothing."""
    return any(new.get(language) != body for language, body in old.items())


def _only_new(
    question: Question, old: Mapping[str, Any], row: dict[str, Any], language: str
) -> dict[str, Any]:
    for part in question.parts:
        said, before = row.get(part.code) or {}, old.get(part.code) or {}
        if part.spoken and before.get(language) and said.get(language) != before.get(language):
            row[part.code] = {language: said[language]} if said.get(language) else {}
    return row


def _name() -> str:
    return uuid4().hex[:12]


def _lines(body: str) -> str:
    return "\n".join(line.rstrip() for line in body.replace("\r\n", "\n").split("\n")).strip()


def _closed(question: Question, value: Any) -> Field:
    words = texts.QUESTIONS[question.code]
    told: dict[str, Any] = {"label": words.ask, "help_text": words.why, "initial": value, "required": False}
    if question.kind is Kind.CHOICE:
        return _choice(question, told)
    if question.kind is Kind.CHOICES:
        return forms.MultipleChoiceField(
            choices=_options(question), widget=forms.CheckboxSelectMultiple, **told
        )
    if question.kind is Kind.NUMBER:
        low, high = question.bounds
        return forms.IntegerField(min_value=low, max_value=high, **{**told, "required": True})
    field = forms.DecimalField(min_value=0, max_digits=12, decimal_places=2, **told)
    plainly(field)
    return field


def _choice(question: Question, told: dict[str, Any]) -> Field:
    if question.code == "currency":
        return forms.ChoiceField(choices=currencies, **told)
    needed = question.required_for_use or question.holds is not None
    return forms.ChoiceField(
        choices=_options(question), widget=forms.RadioSelect, **{**told, "required": needed}
    )


def _options(question: Question) -> list[tuple[str, Option]]:
    words = texts.QUESTIONS[question.code].options
    return [(code, Option(words[code].label, help=words[code].help)) for code in question.options]


def _plain(question: Question, value: Any) -> Any:
    if value in (None, "", []):
        return question.holds if question.kind is Kind.CHOICE else None
    if question.kind is Kind.CHOICES:
        return [option for option in question.options if option in value]
    return format(value, "f") if isinstance(value, Decimal) else value


class TranslateForm(Form):
    """What an article lacks in one language."""

    def __init__(
        self, *args: Any, settled: Settled, codes: Sequence[str], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.settled, self.codes, self.language = settled, codes, language
        for name, label, said in self._lacking():
            field = forms.CharField(
                label=label,
                help_text=said,
                required=False,
                max_length=8_000,
                widget=forms.Textarea(attrs={"rows": 6 if len(said) > 160 else 2, "lang": language}),
            )
            field.validators += [refuse_unwritable]
            plainly(field)
            self.fields[name] = field

    def _lacking(self) -> Iterator[tuple[str, Any, str]]:
        """Yield the name, the question and the text in another language of everything that is not yet told."""
        for code in self.codes:
            question, words = rules.BY_CODE[code], texts.QUESTIONS[code]
            if question.kind is not Kind.ROWS:
                if texts.lacks(self.settled, code, self.language):
                    yield code, words.ask, say(self.settled.text(code))
                continue
            for place, row in enumerate(self.settled.rows(code)):
                for part in question.parts:
                    told = row.get(part.code) or {}
                    if part.spoken and told and not told.get(self.language):
                        yield f"{code}__{place}__{part.code}", words.parts[part.code], say(told)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Write one of them at least."))
        return cleaned

    def answers(self) -> dict[str, Any]:
        """Return the answers with what was translated in its place."""
        found: dict[str, Any] = {}
        for name, body in self.cleaned_data.items():
            code, _sep, rest = name.partition("__")
            if not body:
                continue
            if not rest:
                found[code] = {**self.settled.text(code), self.language: _lines(body)}
                continue
            place, _sep, part = rest.partition("__")
            rows = found.setdefault(code, [dict(row) for row in self.settled.rows(code)])
            rows[int(place)][part] = {**rows[int(place)][part], self.language: body.strip()}
        return found
