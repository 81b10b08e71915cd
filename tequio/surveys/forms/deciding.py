"""What becomes of texts in a file of answers that fit no question as they stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from tequio.core.forms import Form, settle
from tequio.core.texts import say
from tequio.people.rules.countries import country_name, find_country, names
from tequio.people.selectors.places import find_place
from tequio.surveys.formats.answers import values as cells
from tequio.surveys.formats.answers.doubts import ANY, AS, FIRST, KEPT, NOTHING, OUT
from tequio.surveys.forms.importing import CUT, short
from tequio.surveys.rules.checking import cleaned
from tequio.surveys.rules.instrument import NO, YES, Instrument, Kind, Question, Value
from tequio.surveys.services.import_planning import NEW
from tequio.surveys.services.import_reporting import reason

_TYPED = (Kind.COUNTRY, Kind.CITIES, Kind.NUMBER, Kind.DATE)
_KEPT_BY_KIND = frozenset({"too_many", "alone", "outside", "longer", "no_email", "not_asked", "unanswered"})
_LONGEST = 200


class DecisionsForm(Form):
    """For each text in doubt what becomes of it: one of a list, or what somebody writes beside it."""

    def __init__(
        self, *args: Any, items: Sequence[Mapping[str, Any]], instrument: Instrument, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = [_Item(item, instrument) for item in items]
        for item in self.items:
            label = item.label
            choices = list(item.choices())
            self.fields[item.name] = forms.ChoiceField(
                label=_("What to do with “%(text)s”") % {"text": label},
                choices=choices,
                required=False,
                initial=item.chosen(choices),
            )
            if item.typed:
                self.fields[item.typed_name] = forms.CharField(
                    label=_("Or write what “%(text)s” is") % {"text": label},
                    max_length=_LONGEST,
                    required=False,
                    widget=forms.TextInput(attrs=item.attributes()),
                )
        settle(self.fields.values())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self.decided: dict[str, dict[str, str]] = {}
        for item in self.items:
            choice = said.get(item.name) or ""
            if typed := (said.get(item.typed_name) or "").strip():
                try:
                    choice = item.read(typed)
                except forms.ValidationError as wrong:
                    self.add_error(item.typed_name, wrong)
            if choice:
                self.decided.setdefault(item.question.key, {})[item.item["key"]] = choice
        return said

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return the texts with their fields, for the page."""
        return [
            {
                **item.item,
                "label": short(item.question),
                "why": reason(code=item.item["reason"]),
                "home": country_name(item.item.get("country", ""), get_language() or "en"),
                "choice": self[item.name],
                "typed": self[item.typed_name] if item.typed else None,
            }
            for item in self.items
        ]

    @property
    def countries(self) -> list[str]:
        """Return the names of all countries, where somebody may write one."""
        if not any(item.typed and item.question.kind is Kind.COUNTRY for item in self.items):
            return []
        return sorted(names(get_language() or "en").values())


class _Item:
    """One text in doubt, and its question."""

    def __init__(self, item: Mapping[str, Any], instrument: Instrument) -> None:
        self.item = item
        self.question = instrument.question(item["question"]) or Question(item["question"], Kind.OPEN, {})
        digest = hashlib.sha256(f"{item['question']}\0{item['key']}".encode()).hexdigest()[:16]
        self.name, self.typed_name = f"d-{digest}", f"t-{digest}"
        self.typed = self.question.kind in _TYPED and item["reason"] not in ("not_asked", "unanswered")

    @property
    def label(self) -> str:
        """Return what is decided about, in words."""
        said = {NOTHING: _("No answer"), ANY: _("Any answer")}
        return said.get(self.item["text"]) or self.item["text"][:60]

    def choices(self) -> Iterator[tuple[str, str]]:
        """Yield what may become of the text: that it stays comes first."""
        reason, question = self.item["reason"], self.question
        if reason == "unanswered":
            yield KEPT, _("Keep the rows, without this answer")
            yield OUT, _("Leave the rows out")
            return
        if reason != "not_in_grid":
            yield KEPT, _("Keep it as it is written")
        if reason == "too_many" and question.at_most and question.kind is Kind.MULTI:
            yield FIRST, _("Keep only the first %(number)s") % {"number": question.at_most}
        if reason not in _KEPT_BY_KIND:
            yield from self._meanings()
        yield OUT, _("Leave it out")

    def _meanings(self) -> Iterator[tuple[str, str]]:
        question = self.question
        language = get_language() or "en"
        if question.kind is Kind.CITIES:
            yield from ((number, _its(name)) for number, name in self.item["proposals"])
        elif question.kind is Kind.COUNTRY:
            offered = [option.key for option in question.options]
            for code in dict.fromkeys([*self.item["proposals"], *offered]):
                yield code, _its(country_name(code, language))
        elif question.kind is Kind.YES_NO:
            yield YES, _its(pgettext("answer", "yes"))
            yield NO, _its(pgettext("answer", "no"))
        else:
            yield from (
                (option.key, _its((say(option.text) or option.key)[:CUT])) for option in question.options
            )
            if question.kind in (Kind.SINGLE, Kind.MULTI) and self.item["reason"] != "several":
                yield NEW, _("Make it an option of its own")

    def chosen(self, choices: Sequence[tuple[str, str]]) -> str:
        """Return what is proposed: the likeliest place where there is one, else that it stays."""
        proposed = [one[0] if isinstance(one, list) else one for one in self.item["proposals"]]
        places = self.question.kind in (Kind.COUNTRY, Kind.CITIES)
        sure = places and bool(proposed) and self.item.get("sure", True) and not self.item.get("is_country")
        return proposed[0] if sure else choices[0][0]

    def attributes(self) -> dict[str, str]:
        if self.question.kind is Kind.COUNTRY:
            return {"list": "countries", "autocomplete": "off"}
        return {"inputmode": "decimal", "class": "short"} if self.question.kind is Kind.NUMBER else {}

    def read(self, typed: str) -> str:
        """Return the choice that somebody wrote out; raises ``ValidationError`` for what the question does not take."""
        kind = self.question.kind
        if kind is Kind.COUNTRY:
            if code := find_country(typed):
                return code
            raise forms.ValidationError(_("No country has this name."))
        if kind is Kind.CITIES:
            if place := find_place(typed, country=self.item.get("country", "")):
                return str(place.pk)
            raise forms.ValidationError(_("We do not know this city there. Keep the text, or write another."))
        number, day = cells.number(typed), cells.day(typed)
        value = Value(number=number) if kind is Kind.NUMBER else Value(date=day)
        if value.empty or cleaned(self.question, value)[1]:
            raise forms.ValidationError(
                _("The question does not take this number.") if kind is Kind.NUMBER
                else _("Write a date: day, month and year.")
            )  # fmt: skip
        return f"{AS}{number if kind is Kind.NUMBER else day}"


def _its(name: str) -> str:
    return _("It is %(name)s") % {"name": name}
