"""What founders send: a topic's answers, a text to choose, an invitation, a new network."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_name
from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, override

from tequio.core.forms import Form
from tequio.core.options import Option
from tequio.founding import rules, texts
from tequio.founding.forms.rows import (
    Do,
    RowOfFields,
    Rows,
    add_rows,
    check_rows,
    plainly,
    sent_rows,
    shown_rows,
)
from tequio.founding.rules import UNKNOWN, Kind, Question, Topic, Written
from tequio.networks.models import HostKind

UNSURE = Option(
    gettext_lazy("We don't know yet"),
    help=gettext_lazy("The question stays open. You go on with the next one."),
)


def options_of(question: Question, values: Mapping[str, Any] | None = None) -> list[tuple[str, Option]]:
    """The options of a closed question, each with its consequence, and "we don't know yet".

    ``values`` is what stands: the consequence is counted with it.
    """
    words = texts.QUESTIONS[question.code]
    known = []
    for code in question.options:
        option = words.options[code]
        counted = texts.consequence(question.code, code, values) if values else ""
        known.append((code, Option(option.label, help=" ".join(filter(None, (str(option.help), counted))))))
    return [*known, (UNKNOWN, UNSURE)]


def currencies() -> list[tuple[str, str]]:
    """The currencies by their name in the reader's language."""
    locale = (get_language() or "en").replace("-", "_")
    named = [(code, f"{get_currency_name(code, locale=locale)} ({code})") for code in rules.CURRENCIES]
    return [("", str(UNSURE)), *named]


class TopicForm(Form):
    """The questions of one topic, made from the catalogue.

    ``own`` are my answers, ``written`` the shared texts in the language that I write, ``tables`` the rows of the
    tables that stand, ``values`` the closed answers that stand, ``do`` what a button beside a row asks for, ``opened``
    the row of a long list that is to be changed; ``usual`` answers with what holds by default where nothing is chosen.
    """

    def __init__(
        self,
        *args: Any,
        topic: Topic,
        own: Mapping[str, Any],
        written: Mapping[str, Written],
        tables: Mapping[str, Rows] | None = None,
        values: Mapping[str, Any] | None = None,
        leaving: bool = False,
        usual: bool = False,
        language: str = "es",
        do: Do | None = None,
        opened: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.topic, self.usual, self.language = topic, usual, language
        self.leaving = leaving or usual or do is not None
        self.tables, self.do, self.values, self.opened = tables or {}, do, values, opened
        for question in topic.questions:
            self._add(question, own=own, written=written.get(question.code, Written(0)))
        for field in self.fields.values():
            _harden(field)

    def _add(self, question: Question, *, own: Mapping[str, Any], written: Written) -> None:
        if question.kind is Kind.ROWS:
            add_rows(
                self,
                question,
                self.tables.get(question.code, ()),
                language=self.language,
                others=self.tables,
                do=self.do,
                opened=self.opened,
            )
        else:
            field = FIELDS[question.kind](question, not self.leaving)
            if isinstance(field, forms.ChoiceField) and question.code != "currency":
                field.choices = options_of(question, self.values)
            if question.kind not in (Kind.CHOICE, Kind.CHOICES) or question.code == "currency":
                plainly(field)
            field.initial = _initial(question, own=own, written=written) or self._starter(question, written)
            self.fields[question.code] = field
        if question.shared:
            base = forms.IntegerField(
                widget=forms.HiddenInput,
                initial=written.version,
                required=False,
                min_value=0,
                max_value=2_000_000_000,
            )
            self.fields[f"{question.code}_base"] = base

    def _starter(self, question: Question, written: Written) -> str | None:
        """Return a text to start from, in the language that I write, where nothing was ever written."""
        starter = texts.STARTERS.get(question.code)
        if starter is None or written.version:
            return None
        with override(self.language):
            return str(starter)

    def rows(self, question: Question) -> Iterator[RowOfFields]:
        """The rows of a table question, to be drawn one after the other."""
        return shown_rows(self, question, self.tables.get(question.code, ()))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for question in self.topic.questions:
            if question.kind is Kind.ROWS:
                check_rows(self, question, self.tables.get(question.code, ()))
        return cleaned

    def answers(self) -> dict[str, Any]:
        """What to keep for each closed question: a value, or None for "we don't know yet"."""
        found: dict[str, Any] = {}
        for question in self.topic.questions:
            if question.shared:
                continue
            value = self.cleaned_data.get(question.code)
            if self.usual and value in (None, "", []):
                value = question.holds
            if self.leaving and value in (None, "", []):
                continue
            found[question.code] = _plain(question, value)
        return found

    def shared(self) -> dict[str, tuple[int, str, list[dict[str, Any]]]]:
        """What to keep for each shared text: the version it was written on, its body and its rows."""
        return {
            question.code: (
                self.cleaned_data.get(f"{question.code}_base") or 0,
                "" if question.kind is Kind.ROWS else _lines(self.cleaned_data.get(question.code) or ""),
                sent_rows(self, question, self.do, self.tables.get(question.code, ()))
                if question.kind is Kind.ROWS
                else [],
            )
            for question in self.topic.questions
            if question.shared
        }


def _lines(body: str) -> str:
    return "\n".join(line.rstrip() for line in body.replace("\r\n", "\n").split("\n")).strip()


def _initial(question: Question, *, own: Mapping[str, Any], written: Written) -> Any:
    if question.shared:
        return written.body
    if question.code not in own:
        return None
    value = own[question.code]
    if question.kind is Kind.CHOICE and question.code != "currency":
        return UNKNOWN if value is None else value
    if question.kind is Kind.CHOICES:
        return [UNKNOWN] if value is None else value
    return value


def _plain(question: Question, value: Any) -> Any:
    """Return an answer as JSON keeps it."""
    if value in (None, "", []) or value == UNKNOWN or value == [UNKNOWN]:
        return None
    if question.kind is Kind.CHOICES:
        return [option for option in question.options if option in value] or None
    if isinstance(value, Decimal):
        return format(value, "f")
    return value


def _harden(field: forms.Field) -> None:
    """Give fields that are added late what ``core.forms.Form`` gives the others."""
    from tequio.core.forms import refuse_unwritable

    if isinstance(field, forms.CharField) and refuse_unwritable not in field.validators:
        field.validators.append(refuse_unwritable)


def _text(question: Question, _required: bool) -> forms.Field:
    words = texts.QUESTIONS[question.code]
    rows = {Kind.TEXT: 5, Kind.LIST: 6}[question.kind]
    return forms.CharField(
        label=words.ask,
        help_text=words.why,
        required=False,
        max_length=8_000,
        widget=forms.Textarea({"rows": rows}),
    )


def _choice(question: Question, required: bool) -> forms.Field:
    words = texts.QUESTIONS[question.code]
    if question.code == "currency":
        return forms.ChoiceField(label=words.ask, help_text=words.why, required=False, choices=currencies)
    return forms.ChoiceField(
        label=words.ask,
        help_text=words.why,
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one. If you don't know yet, say so: that is fine.")},
    )


def _choices(question: Question, required: bool) -> forms.Field:
    words = texts.QUESTIONS[question.code]
    return forms.MultipleChoiceField(
        label=words.ask,
        help_text=words.why,
        required=required,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one. If you don't know yet, say so.")},
    )


def _number(question: Question, _required: bool) -> forms.Field:
    words = texts.QUESTIONS[question.code]
    low, high = question.bounds
    return forms.IntegerField(
        label=words.ask, help_text=words.why, required=False, min_value=low, max_value=high
    )


def _money(question: Question, _required: bool) -> forms.Field:
    words = texts.QUESTIONS[question.code]
    return forms.DecimalField(
        label=words.ask, help_text=words.why, required=False, min_value=0, max_digits=12, decimal_places=2
    )


FIELDS = {
    Kind.TEXT: _text,
    Kind.LIST: _text,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
}


class StartForm(Form):
    """A new network."""

    founder = forms.CharField(
        label=gettext_lazy("How shall the others call you?"),
        help_text=gettext_lazy("The name you use in this network. It can be another than in your papers."),
        max_length=120,
    )
    name = forms.CharField(label=gettext_lazy("What is your network called?"), max_length=120)
    organization = forms.CharField(
        label=gettext_lazy("Your organization"),
        help_text=gettext_lazy("Leave it empty if you found the network as a person."),
        max_length=200,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("In which languages will the network write?"),
        help_text=gettext_lazy("The charter is written in each of them. You can begin with one."),
        choices=[(code, name) for code, name in settings.LANGUAGES],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "grid"}),
    )
    host_kind = forms.ChoiceField(
        label=gettext_lazy("Who stands behind it?"),
        choices=HostKind.choices,
        widget=forms.RadioSelect,
        initial="GROUP",
    )
    listed = forms.ChoiceField(
        label=gettext_lazy("Who can find it?"),
        initial="YES",
        widget=forms.RadioSelect,
        choices=[
            (
                "YES",
                Option(
                    gettext_lazy("Everyone"),
                    help=gettext_lazy("It has a public page. Members show only if they agree."),
                ),
            ),
            (
                "NO",
                Option(
                    gettext_lazy("Only those whom we invite"),
                    help=gettext_lazy(
                        "For strangers it does not exist. Choose this if being seen is a risk."
                    ),
                ),
            ),
        ],
    )


class InviteForm(Form):
    """Somebody who would found the network too."""

    name = forms.CharField(label=gettext_lazy("Their name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("Their e-mail"))
    organization = forms.CharField(
        label=gettext_lazy("Their organization"),
        help_text=gettext_lazy("Leave it empty for a person on their own."),
        max_length=200,
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language do we write to them?"), choices=settings.LANGUAGES
    )


class CompareForm(Form):
    """How many members to count with."""

    members = forms.IntegerField(
        label=gettext_lazy("How many members do you expect?"), min_value=2, max_value=10_000, initial=12
    )
