"""Reading ballots that are prepared, and the papers that people fill in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form, settle
from tequio.core.money import parse
from tequio.core.options import Option as Choice
from tequio.elections.models import CHOOSING, MAJORITIES, Ballot, BallotKind, Electorate, Option
from tequio.elections.rules import papers as rules
from tequio.governance.models import ROLES, Circle
from tequio.governance.rules import Role
from tequio.people.models import Membership, Participant
from tequio.people.selectors import voiced_memberships

HELP = {
    BallotKind.YES_NO: _("One question. Abstentions count as taking part alone."),
    BallotKind.APPROVAL: _("Tick as many as the ballot allows. The most approved are chosen."),
    BallotKind.SCORE: _("Each choice gets points. The highest sums are chosen."),
    BallotKind.RANKED_ONE: _("One seat. Who beats each of the others, two by two, is elected (Schulze)."),
    BallotKind.RANKED_SEATS: _("Several seats. Each group gets its part (single transferable vote)."),
    BallotKind.OBJECTIVES: _(
        "A long list, three to five are chosen, so that most people find one of theirs."
    ),
    BallotKind.FUND: _(
        "Projects with a cost. Everybody decides on an equal part of the money (Equal Shares)."
    ),
}
WHO = [
    ("PERSON", _("A person of the network")),
    ("MEMBER", _("An organization of the network")),
    ("OTHER", _("Somebody or something else")),
]
SEATS = [(role, label) for role, label in ROLES if role != Role.LEADER.value]
MAJORITY = {f"{n}/{d}": (n, d) for (n, d), _label in MAJORITIES}
DAYS = [(1, _("1 day")), (3, _("3 days")), (7, _("7 days")), (14, _("14 days")), (30, _("30 days"))]


class BallotForm(Form):
    """What is asked, of whom, and how it is counted."""

    title = forms.CharField(label=_("What is decided?"), max_length=150)
    about = forms.CharField(
        label=_("What people need to know"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.ChoiceField(
        label=_("How do people answer?"),
        choices=[(kind.value, Choice(kind.label, help=HELP[kind])) for kind in BallotKind],
        widget=forms.RadioSelect,
    )
    secret = forms.BooleanField(
        label=_("Secret: nobody sees whose paper is whose"),
        help_text=_("With fewer than ten voices, others can guess. Then a named ballot is more honest."),
        required=False,
    )
    electorate = forms.ChoiceField(label=_("Who has a voice?"), widget=forms.RadioSelect)
    circle = forms.TypedChoiceField(label=_("Which circle?"), required=False, coerce=int, empty_value=None)
    days = forms.TypedChoiceField(label=_("How long is it open?"), choices=DAYS, coerce=int, initial=7)
    seats = forms.IntegerField(
        label=_("How many are chosen?"),
        help_text=_("For approving, for points and for several seats."),
        min_value=1, max_value=50, initial=1, required=False,
    )  # fmt: skip
    most = forms.IntegerField(
        label=_("How many may each approve?"), help_text=_("Empty: as many as one likes."),
        min_value=1, max_value=200, required=False,
    )  # fmt: skip
    highest = forms.IntegerField(
        label=_("Points for each choice, at most"), min_value=1, max_value=20, initial=5, required=False
    )
    majority = forms.ChoiceField(
        label=_("For yes or no: what is needed?"),
        choices=[(f"{n}/{d}", label) for (n, d), label in MAJORITIES],
        initial="1/2",
    )
    budget = forms.DecimalField(min_value=Decimal(1), max_digits=14, decimal_places=2, required=False)
    body = forms.TypedChoiceField(
        label=_("Which seats do the winners take?"),
        help_text=_("Only where people or organizations are chosen. The seat begins when the ballot is counted."),
        required=False, coerce=int, empty_value=None,
    )  # fmt: skip
    role = forms.ChoiceField(label=_("As what?"), choices=SEATS, initial=Role.MEMBER.value, required=False)
    months = forms.IntegerField(
        label=_("For how many months?"), min_value=1, max_value=120, initial=12, required=False
    )

    def __init__(self, *args: Any, circles: Sequence[tuple[int, str]], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        electorate, circle = self.fields["electorate"], self.fields["circle"]
        assert isinstance(electorate, forms.ChoiceField)
        assert isinstance(circle, forms.TypedChoiceField)
        electorate.choices = [one for one in Electorate.choices if circles or one[0] != Electorate.CIRCLE]
        electorate.initial = Electorate.VOICES.value
        circle.choices = [("", "—"), *circles]
        body = self.fields["body"]
        assert isinstance(body, forms.TypedChoiceField)
        body.choices = [("", _("None: nobody takes a seat")), *circles]
        for name in ("circle", "body", "role", "months") if not circles else ():
            del self.fields[name]
        self.fields["budget"].label = _("Money in the fund, in %(currency)s") % {"currency": currency}

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind and the electorate need."""
        data = super().clean() or {}
        if data.get("kind") == BallotKind.FUND and not data.get("budget"):
            self.add_error("budget", _("Say how much money there is."))
        if data.get("electorate") == Electorate.CIRCLE and not data.get("circle"):
            self.add_error("circle", _("Choose the circle."))
        if data.get("body") and not data.get("months") and "months" not in self.errors:
            self.add_error("months", _("Say for how many months: every mandate has an end."))
        if data.get("body") and data.get("kind") and data["kind"] not in CHOOSING:
            self.add_error("body", _("This kind of ballot chooses nobody: no seats follow from it."))
        if data.get("kind") == BallotKind.FUND and data.get("budget"):
            _minor(self, "budget", data["budget"], self.currency)
        return data

    def asked(self) -> dict[str, Any]:
        """Return what the kind uses of what was typed."""
        data = self.cleaned_data
        kind = data["kind"]
        approves = kind in (BallotKind.APPROVAL, BallotKind.OBJECTIVES)
        seated = kind in (BallotKind.APPROVAL, BallotKind.SCORE, BallotKind.RANKED_SEATS)
        return {
            "kind": kind,
            "secret": data["secret"],
            "electorate": data["electorate"],
            "seats": (data["seats"] or 1) if seated else 1,
            "most": (data["most"] or 0) if approves else 0,
            "highest": (data["highest"] or 5) if kind == BallotKind.SCORE else 0,
            "majority": MAJORITY[data["majority"]],
            "budget_minor": parse(data["budget"], self.currency).minor if kind == BallotKind.FUND else None,
            "currency": self.currency,
            "hours": data["days"] * 24,
        }


def _minor(form: Form, name: str, amount: Decimal, currency: str) -> int | None:
    try:
        return parse(amount, currency).minor
    except ValueError:
        form.add_error(name, _("This currency has no such small amounts."))
        return None


class OptionForm(Form):
    """Something to choose, with a statement; in an election, whether it is somebody of the network."""

    who = forms.ChoiceField(label=_("Who stands?"), choices=WHO, widget=forms.RadioSelect, required=False)
    name = forms.CharField(label=_("Name"), max_length=120)
    statement = forms.CharField(
        label=_("Statement"),
        help_text=_("What people should know before they choose, in its own words."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ballot = ballot
        self.participant: Participant | None = None
        self.membership: Membership | None = None
        if not ballot.chooses:
            del self.fields["who"]
        else:
            who = self.fields["who"]
            assert isinstance(who, forms.ChoiceField)
            who.choices = [one for one in WHO if one[0] != "OTHER" or ballot.body_id is None]
            who.initial = "PERSON" if ballot.body_id else "OTHER"
            who.required = ballot.body_id is not None
            self.fields["name"].help_text = _("Of the network: by the name under which they take part.")
        if ballot.kind == BallotKind.FUND:
            label = _("Cost in %(currency)s") % {"currency": ballot.currency}
            self.fields["cost"] = forms.DecimalField(
                label=label,
                min_value=Decimal("0.01"),
                max_digits=14,
                decimal_places=2,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse amounts that the currency does not have."""
        data = super().clean() or {}
        if data.get("cost"):
            data["cost_minor"] = _minor(self, "cost", data["cost"], self.ballot.currency)
        who, name = data.get("who"), data.get("name") or ""
        if who == "PERSON" and name:
            self.participant = _only(Participant.objects.filter(name__iexact=name, until_on=None))
        if who == "MEMBER" and name:
            self.membership = _only(voiced_memberships().filter(name__iexact=name))
        if who in ("PERSON", "MEMBER") and name and not (self.participant or self.membership):
            self.add_error("name", _("Nobody, or more than one, takes part under this name."))
        return data


Row = TypeVar("Row", bound=Model)


def _only(rows: QuerySet[Row]) -> Row | None:
    """Return the only row, or None where there are none or several."""
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


class ExtendForm(Form):
    """How much more time, and why."""

    days = forms.IntegerField(
        label=_("How many days more?"), min_value=1, max_value=30, initial=3,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    why = forms.CharField(
        label=_("Why?"), help_text=_("Everybody reads it."), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class WeightsForm(Form):
    """What the paper of each member counts."""

    def __init__(self, *args: Any, members: Sequence[tuple[str, str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {f"weight-{uuid}": uuid for uuid, _name, _weight in members}
        for uuid, name, weight in members:
            self.fields[f"weight-{uuid}"] = forms.IntegerField(
                label=name, min_value=1, max_value=rules.HEAVIEST, initial=weight,
                widget=forms.NumberInput(attrs={"class": "short"}),
            )  # fmt: skip

    def weights(self) -> dict[str, int]:
        """Return the weights by the number of the member."""
        return {uuid: self.cleaned_data[name] for name, uuid in self.places.items()}


class VoiceForm(Form):
    """Whose paper is written down."""

    voice = forms.TypedChoiceField(label=_("Whose paper is it?"), coerce=int)

    def __init__(self, *args: Any, voices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["voice"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *voices]


class ReceiptForm(Form):
    """The receipt that somebody kept."""

    receipt = forms.CharField(label=_("Your receipt"), max_length=80)

    def clean_receipt(self) -> str:
        """Take it with spaces or capitals too, as people write such things down."""
        said = "".join(str(self.cleaned_data["receipt"]).split()).lower().replace("-", "")
        if not rules.RECEIPT.fullmatch(said):
            raise forms.ValidationError(_("The receipt has 32 letters and figures, from 0 to 9 and a to f."))
        return said


ANSWERS = [("yes", _("Yes")), ("no", _("No")), ("abstain", _("I abstain"))]


class PaperForm(Form):
    """A paper: what can be said depends on the ballot."""

    def __init__(self, *args: Any, ballot: Ballot, options: Sequence[Option], **kwargs: Any) -> None:
        self.ballot, self.options = ballot, options
        # Before the base sets to work, so that these fields speak as plainly as all others.
        self.base_fields = self._asked()  # type: ignore[misc]  # of this form, not of its class
        settle(self.base_fields.values())
        super().__init__(*args, **kwargs)

    def _asked(self) -> dict[str, forms.Field]:
        ballot, options = self.ballot, self.options
        said = rules.SAID[ballot.kind]
        asked: dict[str, forms.Field] = {}
        if said == "answer":
            asked["answer"] = forms.ChoiceField(
                label=_("Your answer"), choices=ANSWERS, widget=forms.RadioSelect
            )
            return asked
        if said == "approve":
            asked["approve"] = forms.TypedMultipleChoiceField(
                label=_("What do you approve?"), help_text=self._at_most(), coerce=int, required=False,
                choices=[(one.number, Choice(one.name, help=self._tells(one))) for one in options],
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        for one in options if said in ("points", "ranking") else ():
            top = ballot.highest if said == "points" else len(options)
            first = 0 if said == "points" else 1
            asked[f"{said}-{one.number}"] = forms.TypedChoiceField(
                label=one.name, required=False, coerce=int, empty_value=None,
                choices=[("", "—"), *((number, number) for number in range(first, top + 1))],
            )  # fmt: skip
        asked["blank"] = forms.BooleanField(
            label=_("I prefer not to say"),
            help_text=_("You take part, and your paper stays blank."),
            required=False,
        )
        return asked

    def _at_most(self) -> str:
        return str(_("%(most)s at most.") % {"most": self.ballot.most}) if self.ballot.most else ""

    def _tells(self, one: Option) -> str:
        """Say what it costs, and its statement."""
        cost = one.price.say(get_language() or "es") + ". " if one.price else ""
        return cost + one.said_statement

    def clean(self) -> dict[str, Any]:
        """Refuse what the ballot does not ask, beside what was typed."""
        data = super().clean() or {}
        if self.errors:
            return data
        try:
            data["paper"] = rules.checked(
                self._said(data),
                kind=self.ballot.kind,
                options={one.number for one in self.options},
                most=self.ballot.most,
                highest=self.ballot.highest,
            )
        except rules.Malformed as wrong:
            self.add_error(None, str(WRONG[wrong.code]))
        return data

    def _said(self, data: dict[str, Any]) -> dict[str, Any]:
        said = rules.SAID[self.ballot.kind]
        if data.get("blank"):
            return {"blank": True}
        if said in ("answer", "approve"):
            return {said: data[said]}
        given = {one.number: data[f"{said}-{one.number}"] or 0 for one in self.options}
        if said == "points":
            return {"points": {str(number): points for number, points in given.items() if points}}
        places = [place for place in given.values() if place]
        if len(set(places)) < len(places):
            raise rules.Malformed("twice")
        return {"ranking": sorted((one for one in given if given[one]), key=lambda one: given[one])}

    def in_words(self) -> list[str]:
        """Say what the paper says, for who looks at it a last time."""
        return in_words(self.cleaned_data["paper"], {one.number: one.name for one in self.options})


WRONG = {
    "shape": _("This paper does not answer what the ballot asks."),
    "many": _("You chose more than the ballot allows."),
    "foreign": _("This is not in the ballot."),
    "twice": _("Two have the same place. Give each its own, or leave it empty."),
    "empty": _("Choose something, or say that you prefer not to say."),
    "points": _("These points are not allowed here."),
}


def in_words(paper: dict[str, Any], names: dict[int, str]) -> list[str]:
    """Say what a paper says: one line a choice."""
    if "blank" in paper:
        return [str(_("I prefer not to say"))]
    if "answer" in paper:
        return [str(dict(ANSWERS)[paper["answer"]])]
    if "points" in paper:
        return [f"{names.get(int(number), number)}: {points}" for number, points in paper["points"].items()]
    if "ranking" in paper:
        return [f"{place}. {names.get(one, one)}" for place, one in enumerate(paper["ranking"], start=1)]
    return [str(names.get(one, one)) for one in paper["approve"]]


def circles() -> list[tuple[int, str]]:
    """Return the circles that there are, for a choice."""
    from tequio.core.texts import say

    return [(one.pk, say(one.name)) for one in Circle.objects.filter(closed_at=None).order_by("pk")[:200]]
