"""The words of the questions: step 2."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tequio.founding.texts.words import Choice, Words

QUESTIONS: Mapping[str, Words] = {
    "size": Words(
        ask=_("How many members will you be in two years?"),
        why=_("A rough number is enough. The rules are shown on your number, not on any other."),
        example=_(
            "CILA is 4 members that reached 96 organizations. A network of the manual has over 80 in 40 countries."
        ),
    ),
    "speed": Words(
        ask=_("Do your decisions bear waiting?"),
        why=_("To agree among all takes days. Some networks have that time, others do not."),
        options={
            "CAN_WAIT": Choice(_("Yes, they can wait for the next meeting")),
            "SOMETIMES": Choice(_("Nearly always; now and then one cannot")),
            "OFTEN": Choice(_("Often they cannot wait")),
        },
    ),
    "trust": Words(
        ask=_("How well do you know each other?"),
        why=_(
            "Who trusts can share authority with few rules. Who does not yet, needs rules that all can see."
        ),
        options={
            "WELL": Choice(_("Well: we have worked together")),
            "SOME": Choice(_("Some of us do")),
            "LITTLE": Choice(_("Little: we are just meeting")),
        },
    ),
    "distance": Words(
        ask=_("How far apart are you?"),
        why=_("Who can meet in person decides in another way than who shares a screen."),
        options={
            "CITY": Choice(_("In one city or region")),
            "COUNTRY": Choice(_("In one country")),
            "COUNTRIES": Choice(_("In several countries")),
        },
    ),
    "areas": Words(
        ask=_("Who takes care of what?"),
        why=_(
            "The areas of the network, who answers for each, and what each decides on its own. All members see this map."
        ),
        example=_("The manual names a team for growth, one for learning and one for communication."),
        parts={
            "name": _("Area"),
            "text": _("What it takes care of"),
            "who": _("Who answers for it"),
            "alone": _("What it decides without asking"),
        },
    ),
    "model": Words(
        ask=_("By circles, or with a coordination?"),
        why=_(
            "It says who has the last word. It can change later, with a record. Both always look for consent first."
        ),
        example=_(
            "Eyal Weintraub, of Youth for Climate Argentina, warns: past a certain size, horizontal ways get hard, and some things cannot wait for the monthly meeting."
        ),
        options={
            "HORIZONTAL": Choice(
                _("Horizontal: circles and consent"),
                _("Nothing passes while somebody sees a harm. There is never a vote."),
            ),
            "VERTICAL": Choice(
                _("Vertical: a coordination and working groups"),
                _(
                    "Without consent, three quarters decide. In daily matters, a tie is broken by the coordination."
                ),
            ),
        },
    ),
    "base": Words(
        ask=_("Three quarters of what?"),
        why=_("The same votes can pass or fail. The number under each answer is counted for you."),
        options={
            "CAST": Choice(_("Of the votes for and against"), _("Who abstains does not count.")),
            "PRESENT": Choice(_("Of all who answered"), _("Abstaining weighs like a no.")),
            "ENTITLED": Choice(_("Of all members"), _("Who is absent weighs like a no.")),
        },
    ),
    "strict": Words(
        ask=_("Are exactly three quarters enough?"),
        why=_("With four votes, three are exactly three quarters."),
        options={
            "NO": Choice(_("Yes, three quarters or more")),
            "YES": Choice(_("No, more than three quarters")),
        },
    ),
    "least_yes": Words(
        ask=_("How many yes does a vote need at the very least?"),
        why=_("So that a few do not decide for all when most abstain. With 0 there is no such minimum."),
    ),
    "proxies": Words(
        ask=_("Can a member give its voice to another for a vote?"),
        why=_("Only for votes, never where consent is sought. It is taken back until the vote opens."),
        options={
            "0": Choice(_("No"), _("Each voice answers by itself.")),
            "1": Choice(_("Yes"), _("Each member carries one voice of another at most.")),
            "2": Choice(_("Yes"), _("Each member carries two voices of others at most.")),
        },
    ),
    "tie_break": Words(
        ask=_("In daily matters, does the coordination break a tie?"),
        why=_(
            "Only in matters led by the working groups, never in strategy. It gives its reason in writing."
        ),
        options={
            "YES": Choice(_("Yes"), _("A tie does not stop the daily work.")),
            "NO": Choice(_("No"), _("With a tie, nothing changes.")),
        },
    ),
    "round_hours": Words(
        ask=_("How long is a round open?"),
        why=_("People need time to read and to ask their own organization."),
        options={
            "24": Choice(_("One day")),
            "72": Choice(_("Three days")),
            "168": Choice(_("One week")),
            "336": Choice(_("Two weeks")),
        },
    ),
    "silence": Words(
        ask=_("If somebody does not answer, what does it mean?"),
        why=_("Not everybody has signal every day. Silence is not always a yes."),
        options={
            "BLOCKS": Choice(_("Silence is not consent"), _("The round waits until all have answered.")),
            "CONSENTS": Choice(
                _("Silence is consent"), _("When the time is over, if enough members answered.")
            ),
        },
    ),
    "quorum": Words(
        ask=_("How many must answer, at least?"),
        why=_("The documents name no quorum. With none, the answers that came in decide."),
        options={
            "NONE": Choice(_("No quorum"), _("Any number is enough.")),
            "50": Choice(_("Half of the members")),
            "67": Choice(_("Two of three members")),
        },
    ),
    "regime": Words(
        ask=_("Who judges whether an objection is one?"),
        why=_("It has to name a harm to what the network is for. In both ways it is heard first."),
        options={
            "EXPLORE": Choice(_("Who raises it"), _("Each objection counts as soon as it is said.")),
            "TEST": Choice(
                _("The group, one at a time"),
                _("It falls only if nobody else sees that harm. The reasons are kept."),
            ),
        },
    ),
    "answers_shown": Words(
        ask=_("When do you see what others answered?"),
        why=_(
            "In CILA's survey, 60 put transparent decisions first for good governance. Seeing it too soon can sway people."
        ),
        options={
            "AFTER_MINE": Choice(_("After I have answered"), _("Each one thinks alone first.")),
            "AT_CLOSE": Choice(_("When the round closes"), _("Nobody sways anybody.")),
            "ALWAYS": Choice(_("Always"), _("All is in view from the start.")),
        },
    ),
    "urgent": Words(
        ask=_("Is there a shorter way when something cannot wait?"),
        why=_(
            "Only for daily matters. Half of the members have to answer and nobody may object. It holds for 30 days, until an ordinary round confirms it."
        ),
        options={
            "NO": Choice(_("No"), _("All matters wait for their round.")),
            "24": Choice(_("Yes, a round of 24 hours")),
            "48": Choice(_("Yes, a round of 48 hours")),
        },
    ),
    "urgent_by": Words(
        ask=_("Who may call a matter urgent?"),
        why=_("Whoever does says why, for everybody to read."),
        options={
            "COORDINATION": Choice(_("The coordination")),
            "ANYBODY": Choice(_("Whoever speaks for a member")),
        },
    ),
    "records_for": Words(
        ask=_("Can somebody write down the answer of a person without a device?"),
        why=_(
            "The record says who wrote it. That person is told, and can correct it until the round closes."
        ),
        options={
            "NOBODY": Choice(_("No"), _("Each voice answers by itself.")),
            "COORDINATION": Choice(
                _("Yes, the coordination"), _("A call or a visit is enough to take part.")
            ),
        },
    ),
    "coordination": Words(
        ask=_("How is the coordination formed?"),
        why=_("It is first among equals: a group of people or one organization."),
        options={
            "ELECTED": Choice(_("By election"), _("Members choose whom they trust.")),
            "LOT": Choice(_("By lot"), _("Everybody has the same chance, also those who speak little.")),
        },
    ),
    "mandate_months": Words(
        ask=_("How many months does a mandate last?"),
        why=_("When it ends, it ends by itself. Nobody has to ask anybody to leave."),
    ),
    "renewals": Words(
        ask=_("Can a mandate be renewed?"),
        why=_("Renewing keeps what was learned. Changing lets others learn."),
        options={
            "0": Choice(_("No"), _("Each mandate brings new people.")),
            "1": Choice(_("Yes, once")),
            "2": Choice(_("Yes, twice")),
            "9": Choice(_("Yes, as often as the network wants")),
        },
    ),
    "admission": Words(
        ask=_("Who says yes to a new member?"),
        why=_("Whoever applies should know who will read the request."),
        options={
            "COORDINATION": Choice(_("The coordination"), _("It is quick. Members see each case.")),
            "TEAM": Choice(_("A team that the network names"), _("The work is shared among several.")),
            "EVERYBODY": Choice(_("All members, by consent"), _("It takes longer, and all agree.")),
        },
    ),
    "team": Words(
        ask=_("Who is in that team?"),
        why=_(
            "They read the requests and admit, and nobody else does. Write each name as the person appears in the network."
        ),
        parts={"name": _("Name")},
    ),
    "hearing": Words(
        ask=_("How long may a member speak, before the others decide on its removal?"),
        why=_("Nobody is removed without reasons, or without being heard. Its own voice is not counted."),
        options={
            "7": Choice(_("One week")),
            "14": Choice(_("Two weeks")),
            "30": Choice(_("One month")),
        },
    ),
    "contacts": Words(
        ask=_("Who receives somebody who suffered violence?"),
        why=_(
            "Two people at least, and better if one is from outside. They listen, they keep the secret, they do not make anybody tell it twice. Their names will be public."
        ),
        example=_(
            "The No Manual asks for five things: listening with care, confidentiality, no second harm, support with guidance, and clear information."
        ),
        parts={
            "name": _("Name"),
            "reach": _("How to reach this person (phone, e-mail or place)"),
            "outside": _("This person is not part of the network"),
        },
    ),
    "code": Words(
        ask=_("What code of ethics does everyone sign?"),
        why=_(
            "All members sign it. If it changes, all sign again. Here is a text to start from: make it yours."
        ),
        example=_(
            "Ekaterina Petrikevich, of Participation Factory, asks that all members take part in writing such rules."
        ),
    ),
    "standing": Words(
        ask=_("And if somebody does not sign?"),
        why=_("All are asked and reminded. You choose whether the voice waits for the signature."),
        options={
            "NEVER": Choice(_("It keeps its voice"), _("All see who is missing, and nothing more.")),
            "30": Choice(_("After 30 days its voice waits"), _("It speaks again on the day it signs.")),
            "60": Choice(_("After 60 days its voice waits"), _("It speaks again on the day it signs.")),
            "90": Choice(_("After 90 days its voice waits"), _("It speaks again on the day it signs.")),
        },
    ),
    "commitments": Words(
        ask=_("What do you do so that violence does not happen?"),
        why=_("One thing a line. Caring begins before a complaint."),
    ),
}
