"""Reading what people write about decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise, lazy
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from tequio.core import clock
from tequio.core.forms import DayInput, Form, refuse_unwritable, shorter_than_a_book
from tequio.core.options import Option
from tequio.core.texts import Texts
from tequio.decisions.forms import inside, naming
from tequio.decisions.models import Proposal, Version
from tequio.decisions.rules import Matter, Position
from tequio.governance.models import Circle
from tequio.networks.models import AnswersShown
from tequio.people.models import Participant

capfirst_lazy = lazy(capfirst, str)

CONSENT_ANSWERS: list[tuple[str, Option]] = [
    ("yes", Option(_("Yes, I can live with it"), help=_("I give my consent."))),
    (
        "concern",
        Option(
            _("Yes, and I leave a concern"),
            help=_("It is written down for the review. It does not stop the agreement."),
            reveal="2",
        ),
    ),
    (
        "object",
        Option(
            _("I see a harm: I have an objection"),
            help=_("It stops the agreement for now. Together we look for what would mend it."),
            reveal="1",
        ),
    ),
    ("pass", Option(_("I pass this time"), help=_("I trust what the others decide."))),
]
VOTE_ANSWERS: list[tuple[str, Option]] = [
    (Position.YES.value, Option(_("Yes"), help=_("I vote for the proposal."))),
    (Position.NO.value, Option(_("No"), help=_("I vote against the proposal."))),
    (
        Position.ABSTAIN.value,
        Option(_("I abstain"), help=_("I take part, and vote neither for nor against.")),
    ),
]
POSITION_OF = {
    "yes": Position.CAN_LIVE_WITH,
    "concern": Position.CAN_LIVE_WITH,
    "object": Position.OBJECT,
    "pass": Position.STAND_ASIDE,
}


def area(rows: int = 3) -> forms.Textarea:
    """Return a box for words."""
    return forms.Textarea(attrs={"rows": rows})


class AnswerForm(Form):
    """The four answers of a consent round."""

    answer = forms.ChoiceField(label=_("Your answer"), choices=CONSENT_ANSWERS, widget=forms.RadioSelect)
    concern = forms.CharField(
        label=_("What worries you?"),
        help_text=_("A sentence or two."),
        required=False,
        max_length=2000,
        widget=area(2),
    )
    harm = forms.CharField(
        label=_("What would be harmed?"),
        help_text=_("Two sentences are enough."),
        required=False,
        max_length=4000,
        widget=area(),
    )
    mend = forms.CharField(label=_("What would mend it?"), required=False, max_length=4000, widget=area(2))

    def clean(self) -> dict[str, Any]:
        """Ask for the words that an objection and a concern need."""
        data = super().clean() or {}
        if data.get("answer") == "object" and not data.get("harm"):
            self.add_error("harm", _("An objection needs words: what would be harmed?"))
        if data.get("answer") == "concern" and not data.get("concern"):
            self.add_error("concern", _("Write the concern, or choose the plain yes."))
        return data

    def given(self) -> dict[str, Any]:
        """Return what the service asks for."""
        data = self.cleaned_data
        chosen = data["answer"]
        return {
            "position": POSITION_OF[chosen],
            "reason": data["harm"] if chosen == "object" else "",
            "mend": data["mend"] if chosen == "object" else "",
            "concern": data["concern"] if chosen == "concern" else "",
        }


class VoteForm(Form):
    """Yes, no, or neither."""

    answer = forms.ChoiceField(label=_("Your vote"), choices=VOTE_ANSWERS, widget=forms.RadioSelect)
    words = forms.CharField(label=_("Words for the record"), required=False, max_length=2000, widget=area(2))

    def given(self) -> dict[str, Any]:
        """Return what the service asks for."""
        return {"position": Position(self.cleaned_data["answer"]), "reason": self.cleaned_data["words"]}


TEXTS: dict[str, Callable[[], forms.CharField]] = {
    "title": lambda: forms.CharField(label=_("Title"), max_length=150, required=False),
    "summary": lambda: forms.CharField(
        label=_("In few words"),
        help_text=_("What would change, in three lines."),
        max_length=600,
        required=False,
        widget=area(),
    ),
    "body": lambda: forms.CharField(label=_("Whole text"), required=False, widget=area(8)),
    "cost_now": lambda: forms.CharField(
        label=_("What it costs a member today"),
        help_text=_("In a few words: US$ 0, or two hours a month."),
        max_length=80,
        required=False,
    ),
    "cost_then": lambda: forms.CharField(
        label=_("What it would cost with the proposal"), max_length=80, required=False
    ),
}


class TextsForm(Form):
    """The texts of a proposal in each language of the network; the first one leads."""

    base = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        self.languages = list(languages)
        super().__init__(*args, **kwargs)
        for code in self.languages:
            for name, make in TEXTS.items():
                field = make()
                field.validators += [refuse_unwritable, shorter_than_a_book]
                self.fields[f"{name}_{code}"] = field
        for name in ("title", "summary"):
            self.fields[f"{name}_{self.languages[0]}"].required = True

    def in_languages(self) -> list[tuple[str, str, list[BoundField]]]:
        """Return the fields of each language: (code, its own name, fields)."""
        return [
            (code, get_language_info(code)["name_local"], [self[f"{name}_{code}"] for name in TEXTS])
            for code in self.languages
        ]

    def texts(self) -> dict[str, Texts]:
        """Return the texts per language, without those that were left empty."""
        found = self.cleaned_data
        return {
            name: {code: found[f"{name}_{code}"] for code in self.languages if found.get(f"{name}_{code}")}
            for name in TEXTS
        }


def initial_texts(version: Version, languages: Sequence[str]) -> dict[str, Any]:
    """Return what the fields of a text form hold for this version."""
    held = {f"{name}_{code}": getattr(version, name).get(code, "") for name in TEXTS for code in languages}
    return {**held, "base": version.number}


MATTERS: list[tuple[str, Option]] = [
    (
        Matter.STRATEGIC.value,
        Option(_("Strategic"), help=_("It changes where the network goes or how it is governed.")),
    ),
    (Matter.OPERATIONAL.value, Option(_("Operational"), help=_("It is about the work that a team leads."))),
]


ANSWERS_SHOWN: list[tuple[str, str | Promise]] = [
    ("", _("As the network agreed")),
    *(
        (shown.value, capfirst_lazy(shown.label))
        for shown in (AnswersShown.AFTER_MINE, AnswersShown.AT_CLOSE)
    ),
]


def review_day(day: date) -> date:
    """Return the day of a review that is to come, within ten years; refuse another one."""
    if day <= clock.today():
        raise forms.ValidationError(_("The review comes after today."))
    if day.year > clock.today().year + 10:
        raise forms.ValidationError(_("The review comes within ten years."))
    return day


class ProposalForm(TextsForm):
    """A proposal as it is written."""

    matter = forms.ChoiceField(
        label=_("What kind of matter is it?"), choices=MATTERS, widget=forms.RadioSelect
    )
    leading_team = forms.CharField(
        label=_("Which team leads it?"), help_text=_("An operational matter needs one."), required=False, max_length=120
    )  # fmt: skip
    owner = forms.TypedChoiceField(
        label=_("Who is in charge of it?"),
        help_text=_("This person sees that it is done once it is agreed, and replies to questions."),
        error_messages={"required": _("A decision binds when somebody is in charge of it. Choose who.")},
        coerce=int,
    )
    review_on = forms.DateField(
        label=_("When do we review it?"),
        help_text=_("That day the network looks at how it went."),
        error_messages={"required": _("A decision binds until it is reviewed. Choose the day.")},
        widget=DayInput(),
    )
    term_months = forms.IntegerField(
        label=_("For how many months does it hold?"),
        help_text=_("Left empty, it holds until it is changed."),
        required=False, min_value=1, max_value=120, widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    answers_shown = forms.ChoiceField(
        label=_("When does a voice see what others answered?"),
        help_text=_("A proposal can hide answers longer than the network agreed, never show them sooner."),
        choices=ANSWERS_SHOWN,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        owners: Sequence[tuple[int, str]],
        circle: Circle | None = None,
        parts: Sequence[Texts] = (),
        touches: Texts | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.circle, self.parts = circle, parts
        naming.offer(self, owners, first=[("", _("Choose a person"))])
        if circle is not None:
            del self.fields["leading_team"]  # the circle leads it
        if parts:
            inside.ask(self, parts, now=touches)

    @property
    def of_domain(self) -> BoundField | None:
        """The field for the part of the circle's domain, where there are parts."""
        return self[inside.TOUCHES] if self.parts else None

    @property
    def somebody(self) -> BoundField | None:
        """The field for whom the list does not show, where there is one."""
        return self[naming.NAMED] if naming.NAMED in self.fields else None

    def clean_review_on(self) -> date:
        """Refuse a review in the past."""
        return review_day(self.cleaned_data["review_on"])

    def clean(self) -> dict[str, Any]:
        """Ask for the team that leads an operational matter. Source: GOV-28."""
        data = super().clean() or {}
        inside.refuse_none(self)
        lacks_team = self.circle is None and not data.get("leading_team")
        if data.get("matter") == Matter.OPERATIONAL.value and lacks_team:
            self.add_error("leading_team", _("An operational matter is led by a team: which one?"))
        naming.read(self, data)
        return data

    def written(self) -> dict[str, Any]:
        """Return what the service asks for."""
        data = self.cleaned_data
        return {
            **self.texts(),
            "matter": Matter(data["matter"]),
            "leading_team": data.get("leading_team", ""),
            **({"touches": inside.touched(self, self.parts)} if self.parts else {}),
            "owner": Participant.objects.filter(pk=data["owner"], until_on=None).first(),
            "review_on": data["review_on"],
            "term_months": data["term_months"],
            "answers_shown": data["answers_shown"],
        }


def initial_proposal(proposal: Proposal, version: Version, languages: Sequence[str]) -> dict[str, Any]:
    """Return what the form of a proposal holds when it is changed."""
    return {
        **initial_texts(version, languages),
        "matter": proposal.matter,
        "leading_team": proposal.leading_team,
        "owner": proposal.owner_id,
        "review_on": proposal.review_on,
        "term_months": proposal.term_months,
        "answers_shown": proposal.answers_shown,
    }


FIRST_WORDS = {name.partition("_")[0] for name in TEXTS}


class IntegrateForm(TextsForm):
    """The amendment that answers an objection."""

    why = forms.CharField(
        label=_("What changes, and how does it mend the harm?"),
        help_text=_("Everybody reads this first in the new round."),
        max_length=2000, widget=area(),
    )  # fmt: skip
    enough = FIRST_WORDS

    def clean(self) -> dict[str, Any]:
        """Ask for a text that is another one than before."""
        data = super().clean() or {}
        if not any(name.partition("_")[0] in self.enough for name in self.changed_data):
            self.add_error(
                f"body_{self.languages[0]}",
                _("The text is the same as before: change what would mend the harm."),
            )
        return data

    def written(self) -> dict[str, Any]:
        """Return what the service asks for."""
        return {**self.texts(), "why": self.cleaned_data["why"], "base": self.cleaned_data["base"]}


HOURS = [
    ("24", _("1 day")),
    ("72", _("3 days")),
    ("168", _("1 week")),
    ("336", _("2 weeks")),
    ("720", _("30 days")),
]


class HoursForm(Form):
    """How long people have to answer."""

    hours = forms.TypedChoiceField(label=_("How long do people have to answer?"), coerce=int)

    def __init__(self, *args: Any, default: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = list(HOURS)
        if str(default) not in dict(HOURS):
            choices.insert(
                0, (str(default), _("%(hours)d hours, as the network agreed") % {"hours": default})
            )
        field = self.fields["hours"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices
        field.initial = str(default)


class ExtendForm(HoursForm):
    """More time, and why."""

    reason = forms.CharField(
        label=_("Why does it need more time?"),
        help_text=_("Those who have answered get this in a letter. It stays in the record."),
        max_length=1000,
        widget=area(2),
    )


TIE_ANSWERS: list[tuple[str, Option]] = [
    ("adopt", Option(_("It is adopted"), help=_("The proposal becomes an agreement of the network."))),
    ("reject", Option(_("It is not adopted"), help=_("Things stay as they are."))),
]


class TieBreakForm(Form):
    """The coordination's last word."""

    choice = forms.ChoiceField(
        label=_("What does the coordination decide?"), choices=TIE_ANSWERS, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Your name and this reason go into the record, for everybody."),
        max_length=4000,
        widget=area(4),
    )


class SearchForm(Form):
    """Words to look for among the agreements."""

    words = forms.CharField(label=_("Search the agreements"), required=False, max_length=100)
