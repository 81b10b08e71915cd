"""Countries by their names in Spanish, Portuguese and English; codes are ISO 3166-1 alpha-2."""

from functools import cache, lru_cache

from babel import Locale

from tequio.people.rules.words import fold

REGION = (
    "AR BO BR CL CO CR CU DO EC GT HN HT MX NI PA PE PR PY SV UY VE AG BB BS BZ DM GD GY JM KN LC SR TT VC".split()  # noqa: SIM905
)  # first in lists: where most networks work
_LANGUAGES = ("es", "pt", "en")
_ALSO = {
    "eeuu": "US", "ee uu": "US", "usa": "US", "eua": "US", "estados unidos de america": "US", "uk": "GB", "inglaterra": "GB",
    "england": "GB", "gran bretana": "GB", "gra bretanha": "GB", "holanda": "NL", "republica checa": "CZ", "rep dominicana": "DO",
    "republica bolivariana de venezuela": "VE", "estado plurinacional de bolivia": "BO", "mexico df": "MX", "brasil": "BR",
    "republica dominicana": "DO", "el salvador": "SV", "salvador": "SV", "turkey": "TR", "turquia": "TR", "the netherlands": "NL",
}  # fmt: skip
_LATIN_AMERICA = frozenset(
    {"america latina", "latinoamerica", "latin america", "america latina y el caribe", "america latina e caribe", "region",
     "latin america and the caribbean", "regional", "iberoamerica", "sudamerica", "south america", "america do sul"}
)  # fmt: skip


@lru_cache(maxsize=8)
def names(language: str) -> dict[str, str]:
    """Return the countries' names in a language, by code."""
    found = Locale.parse(language.replace("-", "_"), sep="_").territories
    return {
        code: str(name)
        for code, name in found.items()
        if len(code) == 2 and code.isalpha() and code not in _NONE
    }


_NONE = frozenset({"EU", "EZ", "UN", "XA", "XB", "QO", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})


def country_name(code: str, language: str) -> str:
    """Return a country's name in a language, or the code where there is none."""
    return names(language).get(code, code)


@cache
def choices(language: str) -> list[tuple[str, str]]:
    """Return (code, name) of all countries: those of the region first, each part by name."""
    rows = sorted(names(language).items(), key=lambda row: (row[0] not in REGION, fold(row[1])))
    return list(rows)


@cache
def _codes() -> dict[str, str]:
    found = {fold(name): code for language in _LANGUAGES for code, name in names(language).items()}
    return found | _ALSO | {code.casefold(): code for code in names("es")}


def find_country(written: str) -> str:
    """Return the code of a country as somebody wrote it, or "" when it is none."""
    return _codes().get(fold(written), "")


def is_region(written: str) -> bool:
    """Say whether somebody wrote a part of the world where a country was asked."""
    return fold(written) in _LATIN_AMERICA
