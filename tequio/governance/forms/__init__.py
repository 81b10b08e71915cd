"""What somebody types about circles, seats and links."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import DayInput, Form
from tequio.core.options import Option
from tequio.core.texts import say
from tequio.governance.forms.patterns import BY_KEY, PATTERNS, Pattern
from tequio.governance.models import REGIMES, ROLES, UNGROUNDED, UNREAD, Circle, DomainItem
from tequio.governance.rules import Direction, Kind, Role
from tequio.governance.rules.rings import RINGS, Right, Verb, closes, reach, unread
from tequio.governance.selectors.grounds import Ground
from tequio.people.selectors.voices import network_today

HELP_KINDS = {
    Kind.CIRCLE: _("Decides alone on its domain, by consent. Two people tie it to the circle around it."),
    Kind.HELPING: _("For one task, until a day. It lies in the group that asks for it."),
    Kind.WORKING_GROUP: _("Puts a theme or an objective to work, and reports to the coordination."),
    Kind.RING: _("How far in somebody is: the further in, the more one may open, vote on and see."),
    Kind.COORDINATION: _("Holds the whole together, first among equals, with mandates that end."),
}
WORDS = {
    Kind.CIRCLE: _("Circle"),
    Kind.HELPING: _("Helping circle"),
    Kind.WORKING_GROUP: _("Working group"),
    Kind.RING: _("Ring"),
    Kind.COORDINATION: _("Coordination body"),
}


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = DayInput(attrs={"class": "short"})
    return forms.DateField(label=label, widget=widget, required=required, help_text=help_text)


def number(
    label: Any, *, least: int, most: int, required: bool = True, help_text: Any = ""
) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "short"})
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, required=required, help_text=help_text, widget=widget
    )


def ground(grounds: Iterable[Ground], *, required: bool, help_text: Any = "") -> forms.ChoiceField:
    """Ask on which decision of the register something rests."""
    rows = [
        (str(one.pk), f"{date_format(localtime(one.at), 'SHORT_DATE_FORMAT')} · {one.title}")
        for one in grounds
    ]
    label = _("On which decision does it rest?")
    return forms.ChoiceField(label=label, choices=[("", "—"), *rows], required=required, help_text=help_text)


class Grounded(Form):
    """A form that rests on a decision of the register."""

    def entry(self) -> UUID | None:
        said = self.cleaned_data["entry"]
        return UUID(said) if said else None


def _still_to_come(form: Form, expires_on: date | None) -> None:
    if expires_on is not None and expires_on <= network_today():
        form.add_error("expires_on", _("A helping circle ends on a day that is still to come."))


class OpenForm(Grounded):
    """A group to open: what kind, where, what for."""

    kind = forms.ChoiceField(label=_("What kind of group?"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("What is it called?"), max_length=120)
    aim = forms.CharField(
        label=_("What is it for?"), help_text=_("In one sentence."), max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    domain = forms.CharField(
        label=_("What does it decide alone?"), help_text=_("One thing a line."), required=False,
        max_length=3000, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[str],
        parts: Sequence[DomainItem],
        grounds: Iterable[Ground],
        pattern: Pattern | None = None,
        **kwargs: Any,
    ) -> None:
        if pattern is not None:
            kwargs["initial"] = {
                "name": pattern.name, "aim": pattern.aim, "domain": pattern.domain, **kwargs.get("initial", {}),
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        self.parts = {str(part.pk): part for part in parts}
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(one, Option(WORDS[Kind(one)], help=HELP_KINDS[Kind(one)])) for one in kinds]
        if parts:
            self.fields["handed_down"] = forms.MultipleChoiceField(
                label=_("Which part of the domain does it take over?"), required=False,
                choices=[(pk, say(part.texts)) for pk, part in self.parts.items()],
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        if Kind.HELPING in kinds:
            self.fields["expires_on"] = day(
                _("Until when?"), required=False, help_text=_("Only a helping circle needs this.")
            )
        if Kind.RING in kinds:
            self.fields["ring"] = number(
                _("Which ring?"), least=1, most=9, required=False, help_text=_("Only a ring needs this.")
            )
        self.fields["joins"] = forms.BooleanField(
            label=_("I am part of it from the first day."), required=False
        )
        self.fields["entry"] = ground(
            grounds, required=False, help_text=_("Leave it empty if nothing was decided about it yet.")
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if (
            said.get("kind") == Kind.HELPING
            and not said.get("expires_on")
            and "expires_on" not in self.errors
        ):
            self.add_error("expires_on", _("Say until when it helps."))
        if said.get("kind") == Kind.HELPING:
            _still_to_come(self, said.get("expires_on"))
        if said.get("kind") == Kind.RING and not said.get("ring") and "ring" not in self.errors:
            self.add_error("ring", _("Say its number: 1 is the innermost."))
        return said

    def handed(self) -> list[DomainItem]:
        """Return the parts of the domain that were ticked."""
        return [self.parts[pk] for pk in self.cleaned_data.get("handed_down", ())]


def lines(said: str, language: str) -> list[dict[str, str]]:
    """Return what was written one thing a line as texts of a language, each once."""
    found = dict.fromkeys(line.strip()[:300] for line in said.splitlines() if line.strip())
    return [{language: line} for line in found][:40]


class ChangeForm(Form):
    """What a group is for and how it works."""

    name = forms.CharField(label=_("What is it called?"), max_length=120)
    aim = forms.CharField(
        label=_("What is it for?"), max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    domain = forms.CharField(
        label=_("What does it decide alone?"), help_text=_("One thing a line."), required=False,
        max_length=8000, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    policies = forms.CharField(
        label=_("How do you work?"), help_text=_("The rules that the group gave itself."), required=False,
        max_length=8000, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    regime = forms.ChoiceField(
        label=_("What happens with an objection?"), choices=REGIMES, widget=forms.RadioSelect
    )
    term_months = number(_("How many months does a role last?"), least=1, most=120)
    reports_every = number(
        _("Months between two reports"), least=1, most=24, required=False,
        help_text=_("Empty: the group owes none."),
    )  # fmt: skip

    def __init__(self, *args: Any, circle: Circle, own: Sequence[DomainItem], **kwargs: Any) -> None:
        kwargs["initial"] = {
            "name": circle.title, "aim": say(circle.aim), "policies": say(circle.policies), "regime": circle.regime,
            "term_months": circle.term_months, "reports_every": circle.reports_every,
            "cooling_off_months": circle.cooling_off_months, "expires_on": circle.expires_on,
            "domain": "\n".join(say(item.texts) for item in own),
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        self.own = own
        if circle.kind == Kind.HELPING:
            self.fields["expires_on"] = day(_("Until when?"))
        if circle.kind == Kind.COORDINATION:
            self.fields["cooling_off_months"] = number(
                _("Months of rest after the last mandate allowed"), least=0, most=120,
                help_text=_("Then the same person can be chosen or drawn again."),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        _still_to_come(self, said.get("expires_on"))
        return said

    def items(self, language: str) -> list[dict[str, str]]:
        """Return the domain as it stands now; a line that did not change keeps its other languages."""
        kept = {say(item.texts): dict(item.texts) for item in self.own}
        return [kept.get(text[language], text) for text in lines(self.cleaned_data["domain"], language)]


class SeatForm(Grounded):
    """Who takes which role, until when, and on what ground."""

    who = forms.CharField(
        label=_("Who?"), help_text=_("By the name under which they take part."), max_length=120
    )
    role = forms.ChoiceField(label=_("As what?"), widget=forms.RadioSelect)
    until = day(
        _("Until when?"),
        required=False,
        help_text=_("The first day on which it is over. Every role has an end."),
    )

    def __init__(
        self, *args: Any, circle: Circle, grounds: Iterable[Ground], until: date, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"role": Role.MEMBER.value, "until": until, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [(value, str(label).capitalize()) for value, label in ROLES]
        words = (
            _("Whoever leads a circle is elected without objections.") if circle.kind == Kind.CIRCLE else ""
        )
        self.fields["entry"] = ground(grounds, required=False, help_text=words)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if (
            said.get("role") not in (None, Role.MEMBER.value)
            and not said.get("until")
            and "until" not in self.errors
        ):
            self.add_error("until", _("Say until when: every mandate has an end."))
        return said


class EndForm(Grounded):
    """On which decision somebody is removed; whoever gives a seat back needs none."""

    def __init__(self, *args: Any, grounds: Iterable[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"] = ground(grounds, required=True)


class CloseForm(Form):
    why = forms.CharField(label=_("Why?"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))


class WaiveForm(Grounded):
    """Why a link hangs on one person, until when, by which decision."""

    reason = forms.CharField(label=_("Why?"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    until = day(_("Until when?"), help_text=_("A year at most."))

    def __init__(self, *args: Any, grounds: Iterable[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"] = ground(grounds, required=True)


class FlowForm(Form):
    """What went down, or came up."""

    direction = forms.ChoiceField(
        label=_("Which way?"), widget=forms.RadioSelect,
        choices=[
            (Direction.DOWN.value, _("Down: from the circle around it")),
            (Direction.UP.value, _("Up: to the circle around it")),
        ],
    )  # fmt: skip
    words = forms.CharField(
        label=_("What was it?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReportForm(Form):
    """About which time, and what."""

    starts_on = forms.TypedChoiceField(label=_("About which time?"), coerce=date.fromisoformat)
    words = forms.CharField(
        label=_("What did you do, what is next, what do you need?"), max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    def __init__(self, *args: Any, owed: Sequence[tuple[date, date]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["starts_on"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (start.isoformat(), f"{date_format(start, 'DATE_FORMAT')} – {date_format(end, 'DATE_FORMAT')}")
            for start, end in owed
        ]


class RingsForm(Grounded):
    """How far out each right reaches."""

    LABELS: Mapping[Right, Any] = {
        (Verb.OPEN, "STRATEGIC"): _("Who opens strategic matters?"),
        (Verb.OPEN, "OPERATIONAL"): _("Who opens operational matters?"),
        (Verb.VOTE, "STRATEGIC"): _("Who decides strategic matters?"),
        (Verb.VOTE, "OPERATIONAL"): _("Who decides operational matters?"),
        (Verb.SEE, "STRATEGIC"): _("Who reads strategic matters?"),
        (Verb.SEE, "OPERATIONAL"): _("Who reads operational matters?"),
    }

    def __init__(
        self,
        *args: Any,
        rights: Mapping[Right, int],
        words: Collection[str],
        grounds: Iterable[Ground] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.before = rights
        choices = list(zip(map(str, RINGS), words, strict=True))
        for (verb, matter), label in self.LABELS.items():
            self.fields[f"{verb}_{matter}"] = forms.ChoiceField(
                label=label, choices=choices[: 3 if verb == Verb.VOTE else 4], initial=str(reach(rights, verb, matter)),
                widget=forms.RadioSelect(attrs={"class": "grid"}),
            )  # fmt: skip
        why = _("Only where fewer read than before: the proposal that was adopted, or the charter.")
        self.fields["entry"] = ground(grounds, required=False, help_text=why)

    def rights(self) -> dict[Right, int]:
        """Return how far out each right reaches."""
        return {(verb, matter): int(self.cleaned_data[f"{verb}_{matter}"]) for verb, matter in self.LABELS}

    def clean(self) -> dict[str, Any]:
        """Say beside the field who would act without reading, and where a decision is missing."""
        said = super().clean() or {}
        if self.errors:
            return said
        rights = self.rights()
        for matter in unread(rights):
            self.add_error(f"{Verb.SEE}_{matter}", UNREAD)
        if closes(rights, self.before) and not said.get("entry"):
            self.add_error("entry", UNGROUNDED)
        return said


__all__ = [
    "BY_KEY",
    "PATTERNS",
    "ChangeForm",
    "CloseForm",
    "EndForm",
    "FlowForm",
    "OpenForm",
    "ReportForm",
    "RingsForm",
    "SeatForm",
    "WaiveForm",
    "lines",
]
