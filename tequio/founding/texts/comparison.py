"""The two governance models side by side: each rule, and what follows from it. Source: GOV-03, GOV-05, GOV-08."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tequio.founding.texts.words import Word


@dataclass(frozen=True)
class Rule:
    """One rule, as each model has it, with its consequence."""

    matter: Word
    horizontal: Word
    vertical: Word


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
    ),
    Rule(
        _("With an objection"),
        _("The proposal goes back and is mended. No vote is opened, ever."),
        _("It is mended first. If the objection stays, a vote can be opened."),
    ),
    Rule(
        _("With a tie"),
        _("There are no ties, because there are no votes."),
        _(
            "In daily matters the coordination has the last word, with its reason in writing. In strategy, nothing changes."
        ),
    ),
    Rule(
        _("How it is built"),
        _("Circles joined by two people each: one carries news down, another carries voices up."),
        _(
            "Working groups inside one another. The further in, the more they decide. They report to the coordination."
        ),
    ),
    Rule(
        _("How people are chosen"),
        _("Each circle chooses its leader in an open election, only by consent."),
        _("The coordination is elected or drawn by lot, with a term that ends by itself."),
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
