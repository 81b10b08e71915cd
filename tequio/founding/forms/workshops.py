"""What is asked about a workshop, its actions, and what comes first."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tequio.core import clock
from tequio.core.forms import DayInput, Form, settle
from tequio.core.options import Option
from tequio.core.texts import Texts, say
from tequio.founding.forms.languages import SpokenForm, first_in
from tequio.founding.models import Workshop, WorkshopAction, WorkshopState
from tequio.founding.rules.workshops import MARKS, SECTORS
from tequio.founding.services.workshops import Facts, named_country
from tequio.people.rules.countries import choices, country_name, find_country

# The words of the survey after an event, so that both are told as one.
SECTOR_NAMES = {
    "public_officials": _("National or regional government"),
    "local_government": _("Local government"),
    "civil_society": _("Civil society organization"),
    "academia": _("Academia"),
    "community": _("Community or grassroots group"),
    "company": _("Company"),
    "agency": _("International agency"),
    "other": _("Other"),
}


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = DayInput(attrs={"class": "short"})
    return forms.DateField(label=label, widget=widget, **more)


def _countries() -> list[tuple[str, Any]]:
    return [("", _("Not written down yet")), *choices(get_language() or "en")]


class WorkshopForm(SpokenForm):
    """A workshop: its name and questions in each language, its day, its place, and how many came from where."""

    spoken = {
        "title": lambda: forms.CharField(label=_("What is it called?"), max_length=200, required=False),
        "questions": lambda: forms.CharField(
            label=_("Which questions do you work on?"), help_text=_("One a line."), max_length=4_000, required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        ),
    }  # fmt: skip
    needed = frozenset({"title"})

    held_on = _day(_("Which day is it, or was it?"))
    place = forms.CharField(label=_("Where?"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("In which country?"), choices=_countries, required=False)
    link = forms.URLField(
        label=_("Link, if people also join online"), max_length=500, required=False, assume_scheme="https"
    )
    hours = forms.DecimalField(
        label=_("How many hours does it last?"), required=False, min_value=0, max_value=200, decimal_places=1,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    cities = forms.CharField(
        label=_("From which cities did people come?"),
        help_text=_("One a line. If it lies in another country, say which: Lima, Peru. A country alone is fine too."),
        max_length=6_000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for sector in SECTORS:
            self.fields[f"of_{sector}"] = forms.IntegerField(
                label=SECTOR_NAMES[sector], required=False, min_value=0, max_value=100_000,
                widget=forms.NumberInput(attrs={"class": "short"}),
            )  # fmt: skip

    def facts(self) -> Facts:
        """Return what the service asks for."""
        said = self.cleaned_data
        lines = [" ".join(line.split())[:120] for line in said["cities"].splitlines() if line.strip()][:300]
        alone = {line: find_country(line) for line in lines}
        return Facts(
            held_on=said["held_on"], hours=said["hours"], place=said["place"], country=said["country"], link=said["link"],
            countries={code for code in alone.values() if code}, cities=[line for line in lines if not alone[line]],
            sectors={sector: said[f"of_{sector}"] or 0 for sector in SECTORS},
        )  # fmt: skip


def typed(workshop: Workshop, *, languages: Sequence[str], language: str) -> dict[str, Any]:
    """Return a workshop as the form shows it; countries that no city names stand on lines of their own."""
    lines = [f"{city['name']}, {country_name(city['country'], language)}" for city in workshop.places]
    told = {city["country"] for city in workshop.places} | {
        named_country(city=city) for city in workshop.cities
    }
    alone = [country_name(code, language) for code in workshop.countries if code not in told]
    return {
        **first_in({"title": workshop.title, "questions": workshop.questions}, languages),
        "held_on": workshop.held_on, "place": workshop.place, "country": workshop.country, "link": workshop.link,
        "hours": workshop.hours, "cities": "\n".join([*lines, *workshop.cities, *alone]),
        **{f"of_{sector}": number for sector, number in workshop.sectors.items()},
    }  # fmt: skip


class NameForm(Form):
    """Who took part, by name."""

    name = forms.CharField(
        label=_("Who took part?"),
        help_text=_("A person or an organization of this network, by its name."),
        max_length=200,
    )


class ActionForm(SpokenForm):
    """An action: what and why in each language, who proposes it, and what it serves."""

    spoken = {
        "words": lambda: forms.CharField(
            label=_("What should we do?"), help_text=_("One action, in one sentence."), max_length=200, required=False
        ),
        "why": lambda: forms.CharField(
            label=_("Which need does it answer?"), max_length=1_000, required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
    }  # fmt: skip
    needed = frozenset({"words", "why"})

    who = forms.CharField(
        label=_("Who proposes it?"),
        help_text=_("An organization, or a table of the workshop. Left empty, it is you."),
        max_length=120,
        required=False,
    )
    serves = forms.ChoiceField(label=_("Which line of work does it serve?"), required=False)

    def __init__(
        self, *args: Any, objectives: Mapping[str, Texts], pillars: Mapping[int, Texts], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["serves"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("None, or not yet clear")),
            *(
                (f"o.{key}", _("Objective: %(name)s") % {"name": say(text)})
                for key, text in objectives.items()
            ),
            *((f"p.{key}", _("Pillar: %(name)s") % {"name": say(text)}) for key, text in pillars.items()),
        ]
        if len(field.choices) == 1:
            del self.fields["serves"]

    def served(self) -> dict[str, Any]:
        """Return the objective or the pillar that was chosen."""
        kind, _dot, key = self.cleaned_data.get("serves", "").partition(".")
        return {"o": {"objective": key}, "p": {"pillar": int(key or 0)}}.get(kind, {})


class AskForm(Form):
    """How many marks each has, who marks, until when."""

    each = forms.TypedChoiceField(
        label=_("How many actions does each person mark?"), coerce=int, initial=3,
        choices=[(number, str(number)) for number in MARKS], widget=forms.RadioSelect(attrs={"class": "grid"}),
    )  # fmt: skip
    whose = forms.ChoiceField(
        label=_("Who says what comes first?"), initial="CAME", widget=forms.RadioSelect,
        choices=[
            ("CAME", Option(_("Those who took part"), help=_("Also those without an account: pass your phone around."))),
            ("ALL", Option(_("Everybody in the network"))),
        ],
    )  # fmt: skip
    until_on = _day(
        _("Until which day?"), help_text=_("Left empty, until you sign the order."), required=False
    )

    def clean_until_on(self) -> date | None:
        """Refuse a day in the past."""
        return _to_come(self.cleaned_data["until_on"])


def _to_come(day: date | None) -> date | None:
    if day is not None and day < clock.today():
        raise forms.ValidationError(_("This day is over. Choose a later one."))
    return day


class MoreTimeForm(Form):
    """Until when those who are asked can still mark."""

    until_on = _day(_("Until which day?"))

    def clean_until_on(self) -> date | None:
        """Refuse a day in the past."""
        return _to_come(self.cleaned_data["until_on"])


class WordsForm(Form):
    """What a workshop says, in one more language: each field is called by the text that is to be said in it."""

    def __init__(
        self, *args: Any, workshop: Workshop, actions: Sequence[WorkshopAction], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        open_ = workshop.state == WorkshopState.WRITING
        self._ask("title", workshop.title, 200, may_change=True)
        self._ask("questions", workshop.questions, 4_000, may_change=True)
        for one in actions:
            self._ask(f"words_{one.number}", one.words, 200, may_change=open_)
            self._ask(f"why_{one.number}", one.why, 1_000, may_change=open_)
        settle(self.fields.values())

    def _ask(self, name: str, text: Texts, longest: int, *, may_change: bool) -> None:
        others = {code: said for code, said in text.items() if code != self.language and said}
        if not others or (text.get(self.language) and not may_change):
            return
        self.fields[name] = forms.CharField(
            label=say(others), max_length=longest, required=False, initial=text.get(self.language, ""),
            widget=forms.Textarea(attrs={"rows": 3}) if longest > 200 else forms.TextInput(),
        )  # fmt: skip

    def said(self) -> dict[str, str]:
        """Return what was written, by the name of the text."""
        return {name: text for name, text in self.cleaned_data.items() if text}


class MarkForm(Form):
    """The actions that somebody marks, and one line on why."""

    actions = forms.TypedMultipleChoiceField(
        label=_("Which come first?"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("Why these? In one line, if you like"), help_text=_("Others read it, without your name."),
        max_length=300, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, rows: Sequence[WorkshopAction], each: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.each = each
        field = self.fields["actions"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.help_text = _("Mark %(each)s at most.") % {"each": each}
        field.choices = [(one.number, Option(say(one.words), help=_help(one))) for one in rows]

    def clean_actions(self) -> list[int]:
        """Refuse more marks than each person has."""
        chosen: list[int] = self.cleaned_data["actions"]
        if len(chosen) > self.each:
            raise forms.ValidationError(
                _("You marked %(number)s. Leave %(each)s at most.")
                % {"number": len(chosen), "each": self.each}
            )
        return chosen


def _help(action: WorkshopAction) -> str:
    return " · ".join(part for part in (say(action.why), action.proposes) if part)


class PlanForm(Form):
    """Who does an action, until when and with what; the rest is known."""

    who = forms.CharField(label=_("Who does it?"), max_length=120, required=False)
    until = _day(_("Until when?"), required=False)
    means = forms.CharField(label=_("With what?"), max_length=300, required=False)
