"""National lines that are public, one a country. Each network checks those of its countries.

Collected in November 2026 from news and official pages, not by calling. A country whose number was not found there is
left out, and a line that keeps hours, or that only some phones reach, gives way to the emergency number: a wrong
number does harm.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tequio.founding.texts.words import Word

WOMEN = _("for women who suffer violence")
POLICE = _("police")
EMERGENCY = _("emergencies")


@dataclass(frozen=True)
class Helpline:
    """A number to call in a country (ISO 3166-1 alpha-2), as a phone dials it."""

    country: str
    number: str
    purpose: Word


HELPLINES: Sequence[Helpline] = (
    Helpline("AR", "144", WOMEN),
    Helpline("BO", "110", POLICE),
    Helpline("BR", "180", WOMEN),
    Helpline("CL", "133", POLICE),
    Helpline("CO", "155", WOMEN),
    Helpline("CR", "911", EMERGENCY),
    Helpline("DO", "911", EMERGENCY),
    Helpline("EC", "911", EMERGENCY),
    Helpline("GT", "1572", WOMEN),
    Helpline("HN", "911", EMERGENCY),
    Helpline("MX", "911", EMERGENCY),
    Helpline("PA", "182", WOMEN),
    Helpline("PE", "100", WOMEN),
    Helpline("PY", "137", WOMEN),
    Helpline("UY", "911", EMERGENCY),
    Helpline("VE", "911", EMERGENCY),
)
