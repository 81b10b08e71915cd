"""What is written down about an organization, before it is a row."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Details:
    """One organization as somebody describes it; ``cities`` as they were written, ``about`` a text per language."""

    name: str
    sector: str = ""
    kind: str = ""
    country: str = ""
    scope: str = ""
    national_level: bool = False
    size: str = ""
    cities: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    pillars: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    website: str = ""
    email: str = ""
    phone: str = ""
