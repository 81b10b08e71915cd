"""What is asked about a workshop, its actions, and what comes first."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core import clock
from tequio.core.forms import Form
from tequio.core.options import Option
from tequio.core.texts import Texts, say
from tequio.founding.models import Workshop, WorkshopAction
from tequio.founding.rules.workshops import MARKS, SECTORS
from tequio.founding.services.workshops import Facts
from tequio.people.rules.countries import country_name, find_country
from tequio.people.rules.places import after_comma

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
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"})
    return forms.DateField(label=label, widget=widget, **more)


class WorkshopForm(Form):
    """A workshop: its name, day, place, questions, and how many came from where."""

    title = forms.CharField(label=_("What is it called?"), max_length=200)
    held_on = _day(_("Which day is it, or was it?"))
    place = forms.CharField(label=_("Where?"), max_length=200, required=False)
    link = forms.URLField(
        label=_("Link, if people also join online"), max_length=500, required=False, assume_scheme="https"
    )
    hours = forms.DecimalField(
        label=_("How many hours does it last?"), required=False, min_value=0, max_value=200, decimal_places=1,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    questions = forms.CharField(
        label=_("Which questions do you work on?"), help_text=_("One a line."), max_length=4_000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    cities = forms.CharField(
        label=_("From which cities did people come?"),
        help_text=_("One a line, with its country: Lima, Peru. A country alone is fine too."),
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
        found = {alone[line] or find_country(after_comma(line)) for line in lines}
        return Facts(
            held_on=said["held_on"], hours=said["hours"], place=said["place"], link=said["link"],
            countries={code for code in found if code}, cities={line for line in lines if not alone[line]},
            sectors={sector: said[f"of_{sector}"] or 0 for sector in SECTORS},
        )  # fmt: skip


def typed(workshop: Workshop, language: str) -> dict[str, Any]:
    """Return a workshop as the form shows it; countries that no city names stand on lines of their own."""
    told = {find_country(after_comma(city)) for city in workshop.cities}
    alone = [country_name(code, language) for code in workshop.countries if code not in told]
    return {
        "title": say(workshop.title), "questions": say(workshop.questions), "held_on": workshop.held_on,
        "place": workshop.place, "link": workshop.link, "hours": workshop.hours,
        "cities": "\n".join([*workshop.cities, *alone]),
        **{f"of_{sector}": number for sector, number in workshop.sectors.items()},
    }  # fmt: skip


class NameForm(Form):
    """Who took part, by name."""

    name = forms.CharField(
        label=_("Who took part?"),
        help_text=_("A person or an organization of this network, by its name."),
        max_length=200,
    )


class ActionForm(Form):
    """An action: what, why, who proposes it, and what it serves."""

    words = forms.CharField(
        label=_("What should we do?"), help_text=_("One action, in one sentence."), max_length=200
    )
    why = forms.CharField(
        label=_("Which need does it answer?"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 2})
    )
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
            ("CAME", Option(_("Who took part"), help=_("Also those without an account: pass your phone around."))),
            ("ALL", Option(_("Everybody in the network"))),
        ],
    )  # fmt: skip
    until_on = _day(
        _("Until which day?"), help_text=_("Left empty, until you sign the order."), required=False
    )

    def clean_until_on(self) -> date | None:
        """Refuse a day in the past."""
        day: date | None = self.cleaned_data["until_on"]
        if day is not None and day < clock.today():
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return day


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
