"""Groups that networks often open, with what they are for: to begin from, not to keep to. Source: GOV-24."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Pattern:
    """A name, an aim and a domain to begin from."""

    key: str
    name: str | Promise
    aim: str | Promise
    domain: str | Promise
    word: str | Promise


PATTERNS = (
    Pattern(
        "growth", _("Growth"), _("New members arrive, feel welcome and stay."),
        _("How we invite\nHow we welcome\nWho looks after the new members"), _("Growth: who joins and stays"),
    ),
    Pattern(
        "learning", _("Learning"), _("What one of us knows, all of us can learn."),
        _("Workshops and their dates\nThe library\nWho teaches what"), _("Learning: what we teach each other"),
    ),
    Pattern(
        "communication", _("Communication"), _("People know what we do, and we know what each of us does."),
        _("The weekly letter\nPublic channels\nHow we speak of the network"), _("Communication: how we are heard"),
    ),
    Pattern(
        "care", _("Care"), _("Nobody is hurt among us, and whoever is finds help."),
        _("Spaces to reflect\nPrevention\nHelp from outside"), _("Care: how we treat each other"),
    ),
)  # fmt: skip
BY_KEY = {pattern.key: pattern for pattern in PATTERNS}
