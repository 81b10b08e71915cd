"""The words of the path: its steps and topics."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tequio.founding.texts.words import Word

# Step -> its name and its question.
STEPS: Mapping[int, tuple[Word, Word]] = {
    1: (_("Reach"), _("What is the network for, and how far does it reach?")),
    2: (_("Governance"), _("How do we decide, and who cares for whom?")),
    3: (_("Membership"), _("What does each member bring?")),
    4: (_("Sustainability"), _("What do we need money for?")),
    5: (_("Communication"), _("How do we meet, and what does each one gain?")),
    6: (_("Strategy"), _("Where do we want to go together?")),
}

TOPICS: Mapping[str, Word] = {
    "context": _("Where we stand"),
    "actors": _("Who is involved"),
    "why": _("Why we exist"),
    "goal": _("What we want to achieve"),
    "plan": _("What we do first"),
    "work": _("Costs, risks and opportunities"),
    "where": _("Where we work"),
    "whom": _("Whom we speak to"),
    "entry": _("Who can join"),
    "ourselves": _("What this network is like"),
    "model": _("How we decide"),
    "fallback": _("When there is no consent"),
    "rounds": _("How a round goes"),
    "mandates": _("Who coordinates, and for how long"),
    "areas": _("Who takes care of what"),
    "admission": _("Who admits new members"),
    "contacts": _("Who listens to those who suffered violence"),
    "ethics": _("What we all sign"),
    "contribution": _("What each member pays"),
    "dues": _("How much, and how often"),
    "in_kind": _("What counts besides money"),
    "needs": _("What we need money for"),
    "sources": _("Where money could come from"),
    "benefits": _("What each member gains"),
    "channels": _("How we talk to each other"),
    "rhythms": _("How often we meet"),
    "mission": _("Mission and vision"),
    "values": _("Values"),
    "pillars": _("Pillars"),
    "longlist": _("Objectives to choose from"),
}
