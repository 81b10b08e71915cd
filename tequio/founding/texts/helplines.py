"""National helplines that are public, one a country. Each network checks those of its countries.

Written down from public sources, not by calling. A country whose number we are not sure of is left out, and
a line that only some phones reach gives way to the emergency number: a wrong number does harm.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from tequio.founding.texts.words import Word

CHECKED_ON = date(2026, 11, 22)
WOMEN = _("for women who suffer violence")
EMERGENCY = _("emergencies")


@dataclass(frozen=True)
class Helpline:
    """A number to call in a country (ISO 3166-1 alpha-2)."""

    country: str
    number: str
    purpose: Word

    @property
    def dial(self) -> str:
        """The number as a phone dials it."""
        return self.number.replace(" ", "")


HELPLINES: Sequence[Helpline] = (
    Helpline("AR", "144", WOMEN),
    Helpline("BO", "110", EMERGENCY),
    Helpline("BR", "180", WOMEN),
    Helpline("CL", "1455", WOMEN),
    Helpline("CO", "155", WOMEN),
    Helpline("CR", "911", EMERGENCY),
    Helpline("DO", "911", EMERGENCY),
    Helpline("EC", "911", EMERGENCY),
    Helpline("SV", "126", WOMEN),
    Helpline("GT", "1572", WOMEN),
    Helpline("HN", "911", EMERGENCY),
    Helpline("MX", "911", EMERGENCY),
    Helpline("PA", "182", WOMEN),
    Helpline("PE", "100", WOMEN),
    Helpline("PY", "137", WOMEN),
    Helpline("UY", "0800 4141", WOMEN),
    Helpline("VE", "911", EMERGENCY),
)
