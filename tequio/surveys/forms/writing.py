"""Forms of whoever writes what a survey asks: a section, a question with its options, a condition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tequio.core.forms import Form, settle
from tequio.core.texts import Texts
from tequio.surveys.forms.building import named_languages
from tequio.surveys.rules.editing import key_from, moved
from tequio.surveys.rules.faults import MOST_OPTIONS, MOST_ROWS, ROLE_KINDS
from tequio.surveys.rules.instrument import WITH_OPTIONS, Base, Instrument, Kind, Option, Question, Section

KINDS = {
    Kind.SINGLE: gettext_lazy("Choose one"),
    Kind.MULTI: gettext_lazy("Choose several"),
    Kind.YES_NO: gettext_lazy("Yes or no"),
    Kind.OPEN: gettext_lazy("Text"),
    Kind.NUMBER: gettext_lazy("Number"),
    Kind.DATE: gettext_lazy("Date"),
    Kind.COUNTRY: gettext_lazy("Country"),
    Kind.CITIES: gettext_lazy("Cities"),
    Kind.MATRIX: gettext_lazy("Grid: rows with the same options"),
}
ROLES = {
    "": gettext_lazy("Nothing more: it is counted"),
    "ORGANIZATION": gettext_lazy("The name of the organization"),
    "EMAIL": gettext_lazy("Where to write to"),
    "COUNTRY": gettext_lazy("The country of the organization"),
    "CITIES": gettext_lazy("Where it works"),
    "KIND": gettext_lazy("What kind of organization it is"),
    "POPULATIONS": gettext_lazy("With whom it works"),
    "THEMES": gettext_lazy("On what it works"),
    "PILLAR": gettext_lazy("To which pillar it belongs"),
    "IN_NETWORK": gettext_lazy("Whether it is in a regional network"),
    "LED_NETWORK": gettext_lazy("Whether it led one"),
    "JOINS": gettext_lazy("Whether it would join"),
    "NEEDS": gettext_lazy("What it needs"),
    "OFFERS": gettext_lazy("What it offers"),
    "CHALLENGES": gettext_lazy("What is hard for it"),
    "PUBLISH": gettext_lazy("Whether its name may be printed"),
}
BASES = {
    Base.RESPONDENTS: gettext_lazy("of everybody who answered the survey"),
    Base.ANSWERING: gettext_lazy("of those who answered this question"),
    Base.MENTIONS: gettext_lazy("of all options chosen"),
}
BLANKS = 3  # empty fields for more options


class TextsForm(Form):
    """A form with texts in each language of an instrument, side by side."""

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = tuple(languages)

    def add_texts(
        self, name: str, texts: Texts, *, label: Any, rows: int = 2, required: bool = False
    ) -> None:
        """Add a field for each language; one that lacks its text says so."""
        for code, language in named_languages(list(self.languages)):
            lacking = any(texts.values()) and not texts.get(code)
            self.fields[f"{name}_{code}"] = forms.CharField(
                label=_("%(what)s in %(language)s") % {"what": label, "language": language}
                if len(self.languages) > 1
                else label,
                help_text=_("Missing in this language.") if lacking else "",
                initial=texts.get(code, ""),
                widget=forms.Textarea(attrs={"rows": rows, "lang": code})
                if rows > 1
                else forms.TextInput(attrs={"lang": code}),
                max_length=5000 if rows > 1 else 500,
                required=required and code == self.languages[0],
            )

    def texts(self, name: str) -> dict[str, str]:
        """Return what was written, in each language that has something."""
        said = {code: self.cleaned_data.get(f"{name}_{code}", "") for code in self.languages}
        return {code: text for code, text in said.items() if text}

    def lacking(self, name: str) -> str:
        """Name the other languages in which a text is missing that the first one has."""
        fields = self.side_by_side(name)
        if not fields[0].value():
            return ""
        names = dict(named_languages(list(self.languages)))
        return ", ".join(
            names[code] for code, field in zip(self.languages, fields, strict=True) if not field.value()
        )

    def side_by_side(self, name: str) -> list[forms.BoundField]:
        """Return the fields of one text."""
        return [self[f"{name}_{code}"] for code in self.languages]


class AboutForm(TextsForm):
    """The title of a survey and what it is about, or those of a section."""

    def __init__(self, *args: Any, title: Texts, about: Texts, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_texts("title", title, label=_("Title"), rows=1, required=needed)
        self.add_texts("about", about, label=_("What it is about"), rows=3)
        settle(self.fields.values())

    def section(self, section: Section) -> Section:
        """Return the section with what was written."""
        return replace(section, title=self.texts("title"), about=self.texts("about"))

    def instrument(self, instrument: Instrument) -> Instrument:
        """Return the instrument with what was written."""
        return replace(instrument, title=self.texts("title"), about=self.texts("about"))

    @property
    def blocks(self) -> list[list[forms.BoundField]]:
        """The texts, each in its languages."""
        return [self.side_by_side("title"), self.side_by_side("about")]


@dataclass(frozen=True)
class Slot:
    """The fields of one option or row: where it stands, whether it is there yet, and its fields."""

    name: str
    number: int
    blank: bool
    key: str
    texts: list[forms.BoundField]
    lacking: str
    more: list[forms.BoundField]


class QuestionForm(TextsForm):
    """A question: what it takes, its texts, its options and rows, its limits, and what its answers feed."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it takes"), choices=[(k.value, label) for k, label in KINDS.items()]
    )
    required = forms.BooleanField(label=gettext_lazy("An answer is needed"), required=False)
    at_most = forms.IntegerField(
        label=gettext_lazy("How many can be chosen, at most"), min_value=1, max_value=MOST_OPTIONS, required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    lowest = forms.DecimalField(
        label=gettext_lazy("Lowest number"), max_digits=20, decimal_places=6, required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    highest = forms.DecimalField(
        label=gettext_lazy("Highest number"), max_digits=20, decimal_places=6, required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    long = forms.BooleanField(label=gettext_lazy("A tall field, for long answers"), required=False)
    base = forms.ChoiceField(
        label=gettext_lazy("Percentages are"),
        choices=[(b.value, label) for b, label in BASES.items()],
        required=False,
    )
    role = forms.ChoiceField(
        label=gettext_lazy("What its answers say of the organization"),
        choices=[*ROLES.items()],
        required=False,
    )

    def __init__(self, *args: Any, question: Question, new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question, self.new = question, new
        self.add_texts("text", question.text, label=_("Question"), required=True)
        self.add_texts("hint", question.hint, label=_("Help beside it"))
        self.slots: dict[str, list[Option]] = {}
        if not new:
            self._add_slots(
                "option",
                question.options,
                MOST_OPTIONS,
                bool(question.options) or question.kind in WITH_OPTIONS,
            )
            self._add_slots("row", question.rows, MOST_ROWS, question.kind is Kind.MATRIX)
        for name in ("kind", "required", "at_most", "lowest", "highest", "long", "base", "role"):
            self.initial[name] = getattr(question, name)
        settle(self.fields.values())

    def _add_slots(self, name: str, options: Sequence[Option], most: int, shown: bool) -> None:
        blanks = [Option("", {}) for _number in range(min(BLANKS, most - len(options)))]
        self.slots[name] = [*options, *blanks] if shown else []
        for number, option in enumerate(self.slots[name]):
            field = f"{name}{number}"
            label = _("Option %(number)s") if name == "option" else _("Row %(number)s")
            self.add_texts(field, option.text, label=label % {"number": number + 1}, rows=1)
            if name == "option":
                self._add_marks(field, option)

    def _add_marks(self, field: str, option: Option) -> None:
        self.fields[f"{field}_other"] = forms.BooleanField(
            label=_("It asks which"), initial=option.other, required=False
        )
        self.fields[f"{field}_alone"] = forms.BooleanField(
            label=_("Whoever chooses it chooses nothing else"), initial=option.alone, required=False
        )
        self.fields[f"{field}_group"] = forms.CharField(
            label=_("Counted together with others under"), initial=option.group, max_length=60, required=False
        )

    def drawn(self, name: str) -> Iterator[Slot]:
        """Yield the fields of each option or row."""
        for number, option in enumerate(self.slots.get(name, ())):
            field = f"{name}{number}"
            marks = (
                [self[f"{field}_{mark}"] for mark in ("other", "alone", "group")] if name == "option" else []
            )
            yield Slot(
                name, number, not option.key, option.key, self.side_by_side(field), self.lacking(field), marks
            )

    @property
    def options(self) -> list[Slot]:
        """The fields of the options."""
        return [*self.drawn("option")]

    @property
    def rows(self) -> list[Slot]:
        """The fields of the rows of a grid."""
        return [*self.drawn("row")]

    @property
    def words(self) -> list[forms.BoundField]:
        """The text of the question in each language."""
        return self.side_by_side("text")

    @property
    def words_lacking(self) -> str:
        """In which languages the question has no text yet."""
        return self.lacking("text")

    @property
    def hints(self) -> list[forms.BoundField]:
        """The help beside it in each language."""
        return self.side_by_side("hint")

    @property
    def rest(self) -> list[forms.BoundField]:
        """What matters for the kind that the question has now."""
        kind = self.question.kind
        names = {Kind.MULTI: ["at_most"], Kind.NUMBER: ["lowest", "highest"], Kind.OPEN: ["long"]}.get(
            kind, []
        )
        return [self[name] for name in [*names, "base", "role"]]

    def asked(self, move: str = "") -> Question:
        """Return the question as it was written; ``move`` is ``up:option:3``, ``down:row:0`` or ``take:option:2``."""
        said = self.cleaned_data
        kind = Kind(said["kind"])
        few = kind is Kind.MULTI
        number = kind is Kind.NUMBER
        return replace(
            self.question,
            kind=kind,
            text=self.texts("text"),
            hint=self.texts("hint"),
            required=said["required"],
            options=self._read("option", move) if kind in WITH_OPTIONS else (),
            rows=self._read("row", move) if kind is Kind.MATRIX else (),
            at_most=said["at_most"] if few else None,
            lowest=_plain(said["lowest"]) if number else None,
            highest=_plain(said["highest"]) if number else None,
            long=said["long"] and kind is Kind.OPEN,
            base=Base(said["base"] or Base.RESPONDENTS),
            role=said["role"] if kind in ROLE_KINDS.get(said["role"], ()) else "",
        )

    def _read(self, name: str, move: str) -> tuple[Option, ...]:
        """Return the options that have a text; one emptied in every language goes."""
        found: list[tuple[int, Option]] = []
        taken = {option.key for option in self.slots.get(name, ()) if option.key}
        for number, option in enumerate(self.slots.get(name, ())):
            text = self.texts(f"{name}{number}")
            if text:
                key = option.key or key_from(next(iter(text.values())), taken, fallback=name)
                taken.add(key)
                found.append((number, self._marked(replace(option, key=key, text=text), f"{name}{number}")))
        return _rearranged(found, name, move)

    def _marked(self, option: Option, field: str) -> Option:
        if f"{field}_other" not in self.fields:
            return option
        said = self.cleaned_data
        return replace(
            option,
            other=said[f"{field}_other"],
            alone=said[f"{field}_alone"],
            group=said[f"{field}_group"].strip(),
        )


def _plain(number: Decimal | None) -> Decimal | None:
    return None if number is None else number.normalize() + 0 if number % 1 else Decimal(int(number))


def _rearranged(found: Sequence[tuple[int, Option]], name: str, move: str) -> tuple[Option, ...]:
    options = [option for _number, option in found]
    verb, _mark, where = move.partition(":")
    which, _mark, number = where.partition(":")
    places = {str(at): place for place, (at, _option) in enumerate(found)}
    if which != name or number not in places:
        return tuple(options)
    if verb == "take":
        return tuple(option for place, option in enumerate(options) if place != places[number])
    return moved(options, places[number], -1 if verb == "up" else 1)


class ClauseForm(Form):
    """One comparison with the answer to a question that was chosen before."""

    said = forms.ChoiceField(label=gettext_lazy("When this was answered"), widget=forms.RadioSelect)
    number = forms.DecimalField(
        label=gettext_lazy("The number"), max_digits=20, decimal_places=6, required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], numbers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["said"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*choices]
        if not numbers:
            del self.fields["number"]

    def clean(self) -> dict[str, Any]:
        """A comparison of numbers needs one."""
        said = super().clean() or {}
        if (
            said.get("said", "").startswith("AT_")
            and said.get("number") is None
            and "number" not in self.errors
        ):
            self.add_error("number", _("This is still missing."))
        return said


def kinds_in_words() -> Mapping[str, Any]:
    """Return how kinds of questions are called."""
    return {kind.value: label for kind, label in KINDS.items()}


JOINED = {
    "all": pgettext_lazy("condition", "All of these"),
    "any": pgettext_lazy("condition", "One of these is enough"),
}
