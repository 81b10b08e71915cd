"""The two governance models side by side: each rule, and what follows from it. Source: GOV-03, GOV-05, GOV-08."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tequio.founding import rules
from tequio.founding.rules import HORIZONTAL, VERTICAL
from tequio.founding.texts import consequences
from tequio.founding.texts.consequences import Values
from tequio.founding.texts.words import Word

Counted = Callable[[Values], str]


@dataclass(frozen=True)
class Rule:
    """One rule, as each model has it, with what follows from it on this network's numbers."""

    matter: Word
    horizontal: Word
    vertical: Word
    count_horizontal: Counted | None = None
    count_vertical: Counted | None = None


def _with(code: str, model: str) -> Counted:
    """Return what the answer that stands to a question means under a model."""

    def told(values: Values) -> str:
        option = model if code == "model" else str(values[code])
        return consequences.consequence(code, option, {**values, "model": model})

    return told


def _vote(values: Values) -> str:
    return consequences.enough(rules.ourselves(values).members)


@dataclass(frozen=True)
class RuleCounted:
    """A rule of both models, with its consequences in this network's numbers."""

    rule: Rule
    horizontal: str
    vertical: str


def compared(values: Values) -> list[RuleCounted]:
    """Return the rules of both models side by side, counted with what stands."""
    return [
        RuleCounted(
            rule,
            rule.count_horizontal(values) if rule.count_horizontal else "",
            rule.count_vertical(values) if rule.count_vertical else "",
        )
        for rule in COMPARISON
    ]


COMPARISON: Sequence[Rule] = (
    Rule(
        _("Who leads"),
        _("Nobody stands above the others. Authority is shared among small circles."),
        _("A coordination, first among equals: a group of people or one organization."),
    ),
    Rule(
        _("How one decides"),
        _("By consent: it passes when nobody sees a harm."),
        _("By consent first. Only if an objection stays, by three quarters."),
        _with("silence", HORIZONTAL),
        _vote,
    ),
    Rule(
        _("With an objection"),
        _("The proposal goes back and is mended. No vote is opened, ever."),
        _("It is mended first. If the objection stays, a vote can be opened."),
        _with("model", HORIZONTAL),
        _with("base", VERTICAL),
    ),
    Rule(
        _("With a tie"),
        _("There are no ties, because there are no votes."),
        _(
            "In daily matters the coordination has the last word, with its reason in writing. In strategy, nothing changes."
        ),
        None,
        _with("tie_break", VERTICAL),
    ),
    Rule(
        _("How it is built"),
        _("Circles joined by two people each: one carries news down, another carries voices up."),
        _(
            "Working groups inside one another. The further in, the more they decide. They report to the coordination."
        ),
        consequences.circles,
    ),
    Rule(
        _("How people are chosen"),
        _("Each circle chooses its leader in an open election, only by consent."),
        _("The coordination is elected or drawn by lot, with a term that ends by itself."),
        None,
        consequences.in_a_row,
    ),
    Rule(
        _("It goes well when"),
        _("the group is small or knows each other, and there is time to talk."),
        _("the network is large, or some things cannot wait for the next meeting."),
    ),
    Rule(
        _("Take care that"),
        _("it does not get slow when the network grows: then open more circles."),
        _("the coordination does not stay for ever: short mandates, open books."),
    ),
)
