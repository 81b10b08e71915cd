"""What the articles are called, in their order."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tequio.founding.texts.words import Word

HEADINGS: Mapping[str, Word] = {
    "purpose": _("Name and purpose"),
    "objective": _("General objective"),
    "reach": _("Where and with whom"),
    "members": _("Who can be a member"),
    "model": _("How we decide"),
    "rounds": _("How a round goes"),
    "objections": _("When there is an objection"),
    "mandates": _("Mandates"),
    "areas": _("Who looks after what"),
    "admission": _("How one joins"),
    "removal": _("How a member is removed"),
    "protocol": _("Protocol against violence"),
    "code": _("Code of ethics"),
    "commitments": _("What we do to prevent violence"),
    "contributions": _("What members contribute"),
    "needs": _("What we need money for"),
    "sources": _("Where money can come from"),
    "benefits": _("What members gain"),
    "channels": _("How we talk to each other"),
    "rhythms": _("How often we meet"),
    "mission": _("Mission"),
    "vision": _("Vision"),
    "values": _("Values"),
    "pillars": _("Pillars"),
    "change": _("How this charter changes"),
}
