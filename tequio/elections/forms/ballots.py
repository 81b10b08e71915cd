"""Reading ballots that are prepared, and the papers that people fill in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.core.money import parse
from tequio.core.options import Option as Choice
from tequio.elections.models import MAJORITIES, Ballot, BallotKind, Electorate, Option
from tequio.elections.rules import papers as rules
from tequio.governance.models import Circle

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

    def __init__(self, *args: Any, circles: Sequence[tuple[int, str]], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        electorate, circle = self.fields["electorate"], self.fields["circle"]
        assert isinstance(electorate, forms.ChoiceField)
        assert isinstance(circle, forms.TypedChoiceField)
        electorate.choices = [one for one in Electorate.choices if circles or one[0] != Electorate.CIRCLE]
        electorate.initial = Electorate.VOICES.value
        circle.choices = [("", "—"), *circles]
        if not circles:
            del self.fields["circle"]
        self.fields["budget"].label = _("Money in the fund, in %(currency)s") % {"currency": currency}

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind and the electorate need."""
        data = super().clean() or {}
        if data.get("kind") == BallotKind.FUND and not data.get("budget"):
            self.add_error("budget", _("Say how much money there is."))
        if data.get("electorate") == Electorate.CIRCLE and not data.get("circle"):
            self.add_error("circle", _("Choose the circle."))
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
    """Something to choose, with a statement."""

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
        return data


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
        return cost + one.statement

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
