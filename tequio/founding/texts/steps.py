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
    "why": _("Why we exist"),
    "goal": _("What we want to achieve"),
    "whom": _("Where, and with whom"),
    "entry": _("Who can join"),
    "model": _("How we decide"),
    "fallback": _("When there is no consent"),
    "rounds": _("How a round goes"),
    "mandates": _("Who coordinates, and for how long"),
    "admission": _("Who admits new members"),
    "contacts": _("Who listens to those who suffered violence"),
    "ethics": _("What we all sign"),
    "contribution": _("What each member pays"),
    "dues": _("How much, and how often"),
    "in_kind": _("What counts besides money"),
    "needs": _("What we need money for"),
    "benefits": _("What each member gains"),
    "rhythms": _("How often we meet"),
    "mission": _("Mission and vision"),
    "values": _("Values"),
    "pillars": _("Pillars"),
}
