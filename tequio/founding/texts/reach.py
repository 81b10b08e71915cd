"""The words of the questions: step 1."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tequio.founding.texts.words import Choice, Words

QUESTIONS: Mapping[str, Words] = {
    "politics": Words(
        ask=_("What is going on in the region, in society and in politics?"),
        why=_("A few sentences. They show where the network stands, and why now."),
        example=_(
            "OGP began its learning network because for 15 years it had become harder to meet, to join and to speak up."
        ),
    ),
    "economy": Words(
        ask=_("How is the economy doing there?"),
        why=_("Say what it does to your people and to your organizations."),
        example=_(
            "In CILA's survey, lack of resources is what was named most often as a difficulty: 41.9 % of all that was named."
        ),
    ),
    "actors": Words(
        ask=_("Who is involved, and how does it affect them?"),
        why=_(
            "One row each: allies, authorities, companies, those who suffer it. The map is drawn from this table, and you use it again in step 6."
        ),
        example=_(
            "At CILA's gathering met 74 people of 19 countries: public officials, teams of local governments, organizations and universities."
        ),
        options={
            "HARMED": Choice(_("It harms them")),
            "MIXED": Choice(_("Partly yes, partly no")),
            "HELPED": Choice(_("It helps them")),
            "HIGH": Choice(_("A lot")),
            "MEDIUM": Choice(_("Some")),
            "LOW": Choice(_("Little")),
        },
        parts={
            "name": _("Who"),
            "text": _("How it affects them"),
            "effect": _("In a word"),
            "influence": _("How much they can change"),
        },
    ),
    "specific": Words(
        ask=_("Which steps lead there?"),
        why=_("Specific objectives, one a row. On the next page each gets its plan."),
        example=_("For example: thirty leaders trained in a year, half of them women."),
        parts={"text": _("Specific objective")},
    ),
    "actions": Words(
        ask=_("What will you do first for each objective?"),
        why=_("What, who, until when and with what. A plan without a name and a date stays a wish."),
        example=_(
            "Survey the organizations of three cities. Who: the learning team. With what: a form and two volunteers."
        ),
        parts={
            "objective": _("For which objective (empty: the general one)"),
            "text": _("What will be done"),
            "who": _("Who"),
            "until": _("Until when"),
            "means": _("With what"),
        },
    ),
    "outlook": Words(
        ask=_("What will it cost, what can go wrong, what can help?"),
        why=_("One thing a row. Money is only one of the costs: time and tiredness count too."),
        example=_("A network told CILA that resources are its greatest problem: they set the limit."),
        options={
            "COST": Choice(_("A cost")),
            "RISK": Choice(_("A risk")),
            "OPPORTUNITY": Choice(_("An opportunity")),
        },
        parts={"kind": _("Kind"), "text": _("What")},
    ),
    "places": Words(
        ask=_("Name the places, one a row."),
        why=_("For a region or a city, write the country after a comma: Medellín, Colombia."),
        options={
            "COUNTRY": Choice(_("A country")),
            "REGION": Choice(_("A region or state")),
            "CITY": Choice(_("A city or town")),
        },
        parts={"level": _("Kind"), "name": _("Place")},
    ),
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
        ask=_("How far does the network reach?"),
        why=_("In one sentence. A clear place tells others if this is their network."),
        example=_(
            "CILA asked 96 organizations of five countries: 29 of Colombia, 21 of Mexico, 18 of Chile, 17 of Argentina and 11 of Brazil."
        ),
    ),
    "audience": Words(
        ask=_("Whom do you speak to, and about what?"),
        why=_(
            "One group a row, with its place and its themes. Nobody can speak to everyone about everything."
        ),
        example=_(
            "In CILA's survey, 65 chose political advocacy as a line of work, and 61 chose citizen participation."
        ),
        parts={
            "text": _("Who"),
            "where": _("Where (up to where you can reach)"),
            "about": _("About which themes"),
        },
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
        why=_(
            "One question a row, so that it can be checked. Whoever applies answers these, as you write them."
        ),
        example=_("Do you work in the region? For how many years? Can you sign the code of ethics?"),
        options={
            "YES_NO": Choice(_("Yes or no")),
            "TEXT": Choice(_("In a few words")),
            "NUMBER": Choice(_("With a number")),
        },
        parts={
            "text": _("Question"),
            "answer": _("How it is answered"),
            "required": _("Nobody joins who does not meet this"),
        },
    ),
}
