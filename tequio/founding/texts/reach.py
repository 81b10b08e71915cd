"""The words of the questions: step 1."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tequio.founding.texts.words import Choice, Words

QUESTIONS: Mapping[str, Words] = {
    "purpose": Words(
        ask=_("Why does the network exist?"),
        why=_("It is the reason that holds when a project ends. Say it in two or three sentences."),
        example=_(
            "CILA exists to try new ways of governing in cities of the Global South, with people who take part and decide together."
        ),
    ),
    "objective": Words(
        ask=_("What one thing do you want to achieve?"),
        why=_("One general goal, fixed from the start. All that the network does can be traced back to it."),
        example=_(
            "Four goals that networks often set: make knowledge and tools, form leaders, open spaces for dialogue, support institutions."
        ),
    ),
    "territory": Words(
        ask=_("In which places do you work?"),
        why=_("Countries, regions or cities. A clear place tells others if this is their network."),
        example=_(
            "CILA asked 96 organizations of five countries: 29 of Colombia, 21 of Mexico, 18 of Chile, 17 of Argentina and 11 of Brazil."
        ),
    ),
    "audience": Words(
        ask=_("Whom do you speak to, and about what?"),
        why=_("People and themes, with their limits. Nobody can speak to everyone about everything."),
        example=_(
            "In CILA's survey, 65 chose political advocacy as a line of work, and 61 chose citizen participation."
        ),
    ),
    "joiners": Words(
        ask=_("Who can become a member?"),
        why=_("Each member has one voice, be it large or small."),
        example=_(
            "CILA's map names 95 members of the field: collectives, universities, a company, neighborhood boards and one person alone."
        ),
        options={
            "ORGANIZATIONS": Choice(
                _("Organizations"), _("Also groups without legal papers. One delegate speaks for each.")
            ),
            "PEOPLE": Choice(_("People on their own"), _("A person has the same voice as an organization.")),
            "COMPANIES": Choice(_("Companies"), _("They join with the same duties as all the others.")),
        },
    ),
    "criteria": Words(
        ask=_("What must a new member meet?"),
        why=_("One thing a line, as something that can be checked. Whoever applies sees this list."),
        example=_("Works in the region. Has been active for a year. Accepts the code of ethics."),
    ),
}
