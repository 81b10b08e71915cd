"""The words of the questions: steps 5 and 6."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tequio.founding.texts.words import Choice, Words

QUESTIONS: Mapping[str, Words] = {
    "benefits": Words(
        ask=_("What does a member gain?"),
        why=_("It is the first thing that people ask. Promise what can be measured and kept."),
        example=_(
            "In CILA's survey, 83 look for others to work with, 71 for more reach, and 66 for exchange."
        ),
        options={
            "ARTICULATION": Choice(_("To work with others")),
            "ADVOCACY": Choice(_("To reach further in advocacy")),
            "EXCHANGE": Choice(_("To exchange and think together")),
            "FUNDING": Choice(_("To look for funds together")),
        },
        parts={
            "reason": _("Why one joins"),
            "text": _("What a member gains"),
            "measure": _("How one will see it, and by when"),
        },
    ),
    "channels": Words(
        ask=_("Through which channels do you speak to each other?"),
        why=_("Only those that all can use. What is agreed stays here, whatever the channel."),
        example=_("The manual names mail, Telegram and Slack. A person without data hears the radio."),
        options={
            "MAIL": Choice(_("E-mail"), _("It reaches everyone, also with little signal.")),
            "CHAT": Choice(_("A group on the phone"), _("It is quick, and it is hard to find again.")),
            "CALLS": Choice(_("Calls"), _("For who prefers to speak.")),
            "WEB": Choice(_("This page"), _("All is kept, and all can see it.")),
            "RADIO": Choice(_("Radio, posters, word of mouth"), _("For who has no device.")),
        },
    ),
    "five_minutes": Words(
        ask=_("What do you ask of somebody who has five minutes?"),
        why=_("One thing a line. Not everybody can come to a long workshop, and still wants to take part."),
        example=_(
            "Ekaterina Petrikevich, of Participation Factory, advises several levels: some give four hours, others five minutes."
        ),
    ),
    "digest": Words(
        ask=_("How often does news go out by mail?"),
        why=_("News, calls for funds, meetings. One mail, not ten."),
        options={
            "52": Choice(_("Every week")),
            "26": Choice(_("Every two weeks")),
            "12": Choice(_("Every month")),
            "0": Choice(_("Never")),
        },
    ),
    "meeting": Words(
        ask=_("How often do you meet online?"),
        why=_("In the monthly meeting, each working group has its turn."),
        example=_("The learning network of OGP meets three to four times a year."),
        options={
            "24": Choice(_("Twice a month")),
            "12": Choice(_("Once a month")),
            "4": Choice(_("Four times a year")),
        },
    ),
    "face_to_face": Words(
        ask=_("How often do you see each other in person?"),
        why=_("Two a year at least: part work, part being together."),
        example=_("A network told CILA that it holds parties or events three times a year."),
        options={
            "2": Choice(_("Twice a year")),
            "3": Choice(_("Three times a year")),
            "4": Choice(_("Four times a year")),
        },
    ),
    "workshop": Words(
        ask=_("How often is there a workshop?"),
        why=_("Given by members or by people from outside: funds, communication, projects."),
        options={
            "12": Choice(_("Every month")),
            "6": Choice(_("Every two months")),
            "4": Choice(_("Four times a year")),
            "0": Choice(_("None for now")),
        },
    ),
    "mission": Words(
        ask=_("Mission: what do you do in the coming years?"),
        why=_("What must be done to reach the purpose, in a given time."),
        example=_(
            "CILA's: to be a center where the Global South works together and grows strong, for equality, democratic innovation and sustainable development."
        ),
    ),
    "vision": Words(
        ask=_("Vision: what will be different then?"),
        why=_("What one will see in five or ten years, if all goes well."),
        example=_(
            "CILA's: cities and people of the Global South that grew stronger by sharing contents, methods and tools."
        ),
    ),
    "values": Words(
        ask=_("Which values guide you?"),
        why=_("One a line. Three or four that one can notice in how you work."),
        example=_("CILA's are three: innovation, collaboration, collective action."),
    ),
    "pillars": Words(
        ask=_("Which pillars hold up your work?"),
        why=_(
            "Two to four lines of work that hardly change over time. Each is meant for a group: your community, people outside, your allies."
        ),
        example=_(
            "CILA's are Diverse Democracy, Innovative Democracy and Environmental Democracy: 45.7 %, 33.7 % and 20.7 % of the initiatives."
        ),
        parts={"name": _("Name"), "text": _("What it is about"), "group": _("For whom")},
    ),
    "longlist": Words(
        ask=_("Which objectives answer to your pillars?"),
        why=_(
            "Write many: later you choose three to five, and each pillar needs one. Those of step 1 are in the list already."
        ),
        example=_(
            "Four goals that networks often set: make knowledge and tools, form leaders, open spaces for dialogue, support institutions."
        ),
        parts={"text": _("Objective"), "pillar": _("Which pillar it serves")},
    ),
}
