"""What somebody types at the door: a request to join, reasons, a signature."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import DayInput, Form
from tequio.core.options import Option
from tequio.core.texts import say
from tequio.membership import countries, rules
from tequio.membership.models import Application, Benefit, InKind, Meets, OccasionKind
from tequio.membership.rules import Answered
from tequio.membership.selectors import Seat
from tequio.networks.models import AnswerKind, Criterion, Joining
from tequio.people.models import Candidate
from tequio.people.models.organizations import Kind
from tequio.people.rules.organizations import Details

IN_NUMBERS = {"inputmode": "decimal", "class": "short"}
BEFORE_CRITERIA = ("name", "kind", "country", "cities", "website", "about", "why")
KEPT = (
    "name", "kind", "country", "website", "about", "why", "benefits", "needs", "offers", "brings", "contact_name",
    "contact_email", "language",
)  # fmt: skip
COMPANIES = (Kind.COMPANY,)
HELP_BENEFITS = {
    Benefit.ARTICULATION: _("Join forces on what one alone cannot move."),
    Benefit.REACH: _("Speak with one voice where it counts."),
    Benefit.EXCHANGE: _("Share what works and what did not."),
    Benefit.FUNDING: _("Apply together to calls that ask for several."),
}


def typed_elsewhere(details: Details, *, language: str) -> dict[str, Any]:
    """Return what an organization has written in another network, as this form holds it."""
    return {
        "name": details.name,
        "kind": details.kind,
        "country": details.country,
        "cities": ", ".join(details.cities),
        "website": details.website,
        "about": details.about.get(language) or next(iter(details.about.values()), ""),
    }


def typed_in_a_survey(candidate: Candidate) -> dict[str, Any]:
    """Return what a candidate said in a survey, as this form holds it: nobody types it again."""
    carried, language = candidate.carried, candidate.language
    needs, offers = carried.get("needs", ()), carried.get("offers", ())
    kinds = [
        key.upper()
        for key in rules.called(carried.get("kind", ()), {one.lower(): one for one in Kind.values})
    ]
    return {
        "name": candidate.name,
        "kind": next(iter(kinds), ""),
        "country": candidate.country,
        "cities": ", ".join(carried.get("cities", ()))[:600],
        "benefits": rules.called(needs, rules.NEEDS_CALLED),
        "needs": ", ".join(rules.words_of(needs, language)),
        "offers": rules.called(offers, rules.OFFERS_CALLED),
        "brings": ", ".join(rules.words_of(offers, language)),
        "contact_email": candidate.email,
        "language": language,
    }


def looked_for() -> forms.MultipleChoiceField:
    """Ask which of the four benefits somebody looks for. Source: COM-02."""
    return forms.MultipleChoiceField(
        label=_("What do you look for in the network?"),
        choices=[
            (value, Option(label, help=HELP_BENEFITS[Benefit(value)])) for value, label in Benefit.choices
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class Offers(Form):
    """What an organization could bring besides money. Source: MEM-05."""

    offers = forms.MultipleChoiceField(
        label=_("What could you bring?"),
        choices=InKind.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "grid"}),
        required=False,
    )
    brings = forms.CharField(
        label=_("Which, more or less?"),
        help_text=_("For example: somebody who teaches budgets, two afternoons a year."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )


class Join(Offers):
    """A request to join, with a question for each criterion of the network."""

    name = forms.CharField(
        label=_("Name of the organization"), max_length=200, help_text=_("As people know it.")
    )
    kind = forms.ChoiceField(label=_("What kind of organization is it?"))
    country = forms.ChoiceField(label=_("Country"), required=False)
    cities = forms.CharField(
        label=_("Cities where you work"), max_length=600, required=False, help_text=_("Separated by commas.")
    )
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")
    about = forms.CharField(
        label=_("What do you do?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=3000
    )
    why = forms.CharField(
        label=_("Why do you want to join?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=3000
    )
    benefits = looked_for()
    needs = forms.CharField(
        label=_("What do you need most today?"),
        help_text=_("The network looks for it with you. Members read it once you are in."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    contact_name = forms.CharField(label=_("Your name"), max_length=120)
    contact_email = forms.EmailField(
        label=_("Your e-mail"), max_length=254, help_text=_("Only those in charge see it.")
    )
    language = forms.ChoiceField(label=_("In which language do we write to you?"), choices=settings.LANGUAGES)

    def __init__(
        self, *args: Any, criteria: Sequence[Criterion], joining: Joining, with_code: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        self._choice("kind").choices = [("", "—"), *_kinds(joining)]
        self._choice("country").choices = lazy(_countries, list)()
        for criterion in criteria:
            self.fields[_field(criterion)] = _question(criterion)
        self.order_fields([*BEFORE_CRITERIA, *map(_field, criteria), "benefits", "needs", "offers", "brings"])
        if with_code:
            self.fields["code"] = forms.BooleanField(
                label=_("We have read the code of ethics and would sign it."),
                help_text=_("You sign once you are a member."),
            )

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def clean_cities(self) -> list[str]:
        """Return the cities as a list, each once."""
        parts = (part.strip()[:200] for part in self.cleaned_data["cities"].split(","))
        return list(dict.fromkeys(part for part in parts if part))[:50]

    def answered(self) -> list[Answered]:
        """Return what was said of each criterion, with the criterion as it stands."""
        return [_answered(one, str(self.cleaned_data[_field(one)])) for one in self.criteria]


def _field(criterion: Criterion) -> str:
    return f"criterion_{criterion.pk}"


def _question(criterion: Criterion) -> forms.Field:
    """Return a criterion as a question, to be answered as the network chose. Source: REA-09, MEM-02."""
    label = say(criterion.texts)
    need = _("Nobody joins without it.") if criterion.required else ""
    if criterion.answer == AnswerKind.NUMBER:
        return forms.DecimalField(
            label=label,
            help_text=need,
            max_digits=15,
            decimal_places=2,
            widget=forms.TextInput(attrs=IN_NUMBERS),
        )
    if criterion.answer == AnswerKind.TEXT:
        words = forms.Textarea(attrs={"rows": 2})
        return forms.CharField(label=label, help_text=need, widget=words, max_length=2000)
    choices = forms.RadioSelect(attrs={"class": "grid"})
    return forms.ChoiceField(label=label, help_text=need, choices=Meets.choices, widget=choices)


def _answered(criterion: Criterion, said: str) -> Answered:
    asks_yes_or_no = criterion.answer == AnswerKind.YES_NO
    return Answered(
        criterion=criterion.texts,
        meets=said if asks_yes_or_no else "",
        kind=str(criterion.answer),
        required=criterion.required,
        said="" if asks_yes_or_no else said.strip(),
    )


def typed_before(application: Application, criteria: Sequence[Criterion]) -> dict[str, Any]:
    """Return an earlier request as the form's first values: whoever asks again types nothing twice."""
    known = {say(row.criterion): row for row in application.answered}
    rows = [(one, known[say(one.texts)]) for one in criteria if say(one.texts) in known]
    return {
        **{name: getattr(application, name) for name in KEPT},
        "cities": ", ".join(application.cities),
        **{_field(one): row.meets or row.said for one, row in rows},
    }


def _kinds(joining: Joining) -> list[tuple[str, Any]]:
    left_out = set() if joining.accepts_companies else set(COMPANIES)
    if not joining.accepts_people:
        left_out.add(Kind.PERSON)
    if not joining.accepts_organizations:
        left_out.update(set(Kind) - {Kind.PERSON, *COMPANIES})
    return [(value, label) for value, label in Kind.choices if value not in left_out]


def _countries() -> list[tuple[str, Any]]:
    return [("", _("Another one, or several")), *countries.named()]


class InviteCandidates(Form):
    """What those in charge add to the letter."""

    words = forms.CharField(
        label=_("Do you want to add something?"),
        help_text=_("It stands in the letter under what we write."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )


class Checks(Form):
    """What those in charge found about each criterion."""

    LOOKED: ClassVar[dict[str, bool | None]] = {"": None, "YES": True, "NO": False}

    def __init__(self, *args: Any, answers: Sequence[Answered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = {None: "", True: "YES", False: "NO"}
        for place, row in enumerate(answers):
            self.fields[f"met_{place}"] = forms.ChoiceField(
                label=say(row.criterion),
                choices=[("", _("We have not looked")), ("YES", _("It meets it")), ("NO", _("It does not"))],
                widget=forms.Select(attrs={"class": "short"}),
                initial=found[row.checked],
                required=False,
            )

    def found(self) -> list[bool | None]:
        """Return the findings in the order of the criteria."""
        return [self.LOOKED[self.cleaned_data[name]] for name in self.fields]


class ExchangeForm(Offers):
    """What a member needs and what it offers."""

    field_order = ("looks_for", "needs", "offers", "brings")

    looks_for = looked_for()
    needs = forms.CharField(
        label=_("What do you need most today?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )


class Reasons(Form):
    """Why a request is not taken."""

    reasons = forms.CharField(
        label=_("Why not?"),
        help_text=_("The applicant reads this as you write it. It is kept with the request."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
    )


class Sign(Form):
    """Signing the code of ethics."""

    agree = forms.BooleanField(label=_("We have read it, and we commit ourselves to it."))


class Hand(Form):
    """To whom an ask is handed."""

    to = forms.ChoiceField(label=_("Who could do it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, colleagues: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(pk), name) for pk, name in colleagues]


class PauseForm(Form):
    """From when until when a member takes no part."""

    from_on = forms.DateField(label=_("From which day?"), widget=DayInput())
    until_on = forms.DateField(
        label=_("On which day are you back?"),
        help_text=_(
            "You come back by yourselves on that day. Without a date, you come back when you say so."
        ),
        widget=DayInput(),
        required=False,
    )


class RemovalForm(Form):
    """Why a member should not be one any more."""

    reasons = forms.CharField(
        label=_("Why?"),
        help_text=_(
            "The organization and all members read this. Write facts, and the article of the charter."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5000,
    )


class WordForm(Form):
    """What a member answers to the reasons."""

    words = forms.CharField(
        label=_("What do you answer?"),
        help_text=_("All members read it beside the reasons before they decide."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5000,
    )


class OccasionForm(Form):
    """A date to which members are called."""

    kind = forms.ChoiceField(label=_("What for?"), choices=OccasionKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("What is it about?"), max_length=200)
    about = forms.CharField(
        label=_("Say more"), widget=forms.Textarea(attrs={"rows": 3}), max_length=3000, required=False
    )
    cause = forms.CharField(
        label=_("Which campaign is it for?"),
        help_text=_("If it is an action."),
        max_length=200,
        required=False,
    )
    at = forms.DateTimeField(
        label=_("When?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": _("Write a day and an hour.")},
    )
    online = forms.BooleanField(label=_("It is online"), required=False)
    place = forms.CharField(
        label=_("Where?"), help_text=_("A place with its city, or the address of the call."), max_length=300
    )


class CameForm(Form):
    """Which members came."""

    came = forms.MultipleChoiceField(
        label=_("Who came?"), widget=forms.CheckboxSelectMultiple(attrs={"class": "grid"}), required=False
    )

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["came"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(seat.pk), seat.name) for seat in seats]
        field.initial = [str(seat.pk) for seat in seats if seat.came]

    def chosen(self) -> list[int]:
        """Return the members that came, by their keys."""
        return [int(key) for key in self.cleaned_data["came"]]


class ResourceForm(Form):
    """Something from outside that helps to prevent violence."""

    title = forms.CharField(label=_("What is it called?"), max_length=200)
    by_whom = forms.CharField(label=_("Who made it?"), max_length=200, required=False)
    url = forms.URLField(label=_("Where is it?"), max_length=500, assume_scheme="https")
    about = forms.CharField(label=_("What is it good for?"), max_length=300, required=False)
