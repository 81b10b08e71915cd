"""The countries a request to join is likely to come from, named in the reader's language."""

from babel import Locale
from django.utils.translation import get_language, to_locale

CODES = ["AR", "BB", "BO", "BR", "BZ", "CA", "CL", "CO", "CR", "CU", "DM", "DO", "EC", "ES", "GT", "GY", "HN", "HT", "JM", "MX", "NI", "PA", "PE", "PR", "PT", "PY", "SR", "SV", "TT", "US", "UY", "VE"]  # fmt: skip


def named() -> list[tuple[str, str]]:
    """Return (ISO 3166-1 code, name), sorted as the reader's language does without its accents."""
    names = Locale.parse(to_locale(get_language() or "en")).territories
    return sorted(((code, str(names[code])) for code in CODES), key=lambda pair: _folded(pair[1]))


def _folded(name: str) -> str:
    import unicodedata

    return "".join(
        mark for mark in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(mark)
    )


def name_of(code: str) -> str:
    """Return a country's name in the reader's language, or nothing."""
    return str(Locale.parse(to_locale(get_language() or "en")).territories.get(code, "")) if code else ""
