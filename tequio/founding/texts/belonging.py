"""The words of the questions: steps 3 and 4."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tequio.founding.texts.words import Choice, Words

QUESTIONS: Mapping[str, Words] = {
    "contribution": Words(
        ask=_("What does each member contribute in money?"),
        why=_("Say it before somebody joins. Money is the first difficulty of networks."),
        example=_("Campaign networks are often open. Networks with a fixed structure often ask for dues."),
        options={
            "OPEN": Choice(
                _("Nothing in money"),
                _("Whoever meets the criteria joins. They can bring workshops, volunteers or outreach."),
            ),
            "FIXED": Choice(
                _("The same dues for all"), _("Easy to explain. It weighs more on the small ones.")
            ),
            "VARIABLE": Choice(
                _("Dues by size"), _("Small, medium or large, by team and by budget. So all sizes can be in.")
            ),
        },
    ),
    "period": Words(
        ask=_("How often is it paid?"),
        why=_("Once a year costs less work. Every month is easier on a small budget."),
        options={
            "MONTHLY": Choice(_("Every month")),
            "ANNUAL": Choice(_("Every year")),
        },
    ),
    "currency": Words(
        ask=_("In which currency?"),
        why=_("The one in which the network keeps its accounts."),
    ),
    "fixed": Words(
        ask=_("How much does each member pay?"),
        why=_("An amount that the smallest one can pay."),
    ),
    "small": Words(
        ask=_("How much does a small organization pay?"),
        why=_("If team and budget say different sizes, the larger one counts."),
    ),
    "medium": Words(
        ask=_("And a medium one?"),
        why=_("Halfway, as you see it."),
    ),
    "large": Words(
        ask=_("And a large one?"),
        why=_("It carries more, with the same voice."),
    ),
    "in_kind": Words(
        ask=_("What can a member bring instead of money?"),
        why=_("Whoever cannot pay brings something else, and it counts."),
        example=_(
            "In CILA's survey, organizations offered training, volunteers and hours of technical advice."
        ),
        options={
            "EXPERTS": Choice(_("People who give workshops")),
            "VOLUNTEERS": Choice(_("Volunteers")),
            "EXPERTISE": Choice(_("What they know about a theme")),
            "DISSEMINATION": Choice(_("Spreading the word")),
        },
    ),
    "joining_contact": Words(
        ask=_("Whom does one write to in order to join?"),
        why=_("A name and an address that anyone can see. One person who answers is enough."),
        example=_("The learning network on democratic freedoms of OGP names one person to write to."),
    ),
    "needs": Words(
        ask=_("What do you need money for?"),
        why=_(
            "Say for each need: is it for a project, or to keep the network itself going? Funders ask it too."
        ),
        example=_(
            "Lack of resources is the first difficulty: 41.9 % of what was named in CILA's survey. And 63 say that funding is what makes a network work."
        ),
        options={
            "PROJECT": Choice(_("For a project or an area")),
            "INSTITUTIONAL": Choice(_("To strengthen the network itself")),
        },
        parts={"text": _("What for"), "kind": _("Kind")},
    ),
    "sources": Words(
        ask=_("Where could it come from? Which funders do you know?"),
        why=_("What you know today is enough. A table with calls and dates grows from here."),
        example=_(
            "The manual tells three kinds apart: the state, cooperation from abroad (embassies, international bodies, foundations), and companies."
        ),
        options={
            "PUBLIC": Choice(_("The state")),
            "COOPERATION": Choice(_("International cooperation")),
            "PRIVATE": Choice(_("Companies")),
            "MEMBERS": Choice(_("The members themselves")),
        },
        parts={"name": _("Who"), "kind": _("Kind"), "text": _("For what, and until when")},
    ),
}
