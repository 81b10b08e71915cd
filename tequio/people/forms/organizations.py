"""What people write about an organization, and what they ask the directory for."""

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form, refuse_unwritable
from tequio.core.texts import say
from tequio.networks.selectors import pillars
from tequio.people.models import Kind, Organization, Place, Scope, Sector, Size
from tequio.people.rules.countries import choices
from tequio.people.rules.directory import FACETS, Wanted, read_cursor
from tequio.people.rules.organizations import Details

_SPOKEN = ("es", "pt", "en", "fr", "qu", "gn", "ay", "nah", "arn", "quc", "ht")


def listed(text: str, *, longest: int = 80) -> tuple[str, ...]:
    """Return the values of a field where several are written, one a line or with commas between."""
    parts = (part.strip() for part in re.split(r"[\n;]|,(?!\s*D\.?\s*[CF]\b)", text))
    return tuple(dict.fromkeys(part[:longest] for part in parts if part))


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something: a city or a name may hold a comma."""
    return tuple(dict.fromkeys(line.strip()[:200] for line in text.splitlines() if line.strip()))


def spoken() -> list[tuple[str, str]]:
    """Return the languages one can choose, as (code, name in the reader's language)."""
    return list(_spoken_in(_language()))


@cache
def _spoken_in(language: str) -> tuple[tuple[str, str], ...]:
    from babel import Locale

    names = {"nah": "náhuatl", **Locale.parse(language.replace("-", "_"), sep="_").languages}
    return tuple((code, names[code].capitalize()) for code in _SPOKEN)


def _countries() -> list[tuple[str, Any]]:
    return [("", _("Not written down yet")), *choices(get_language() or "en")]


def _blank(options: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [("", _("Not written down yet")), *options]


# The questions about a field that one may show or not, where they are not one of its name.
MADE_OF = {
    "kind": ("kind", "sector"),
    "themes": ("themes", "pillars"),
    "cities": ("cities", "national_level", "scope"),
}


def pillar_choices() -> list[tuple[int, str]]:
    """Return the network's pillars by their numbers."""
    return [(pillar.position, say(pillar.name)) for pillar in pillars()]


class OrganizationForm(Form):
    """All that is known of one organization. Only the name is needed."""

    name = forms.CharField(label=_("Name"), max_length=200)
    aliases = forms.CharField(
        label=_("Other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Former names, short names, names in other languages: one a line."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=_blank(Kind.choices), required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=_blank(Sector.choices), required=False)
    country = forms.ChoiceField(
        label=_("Country where it is incorporated"), choices=_countries, required=False
    )
    cities = forms.CharField(
        label=_("Cities where it works"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line. They may lie in another country: “Caracas, Venezuela”."),
    )
    national_level = forms.BooleanField(label=_("It works in the whole country"), required=False)
    scope = forms.ChoiceField(label=_("How far it reaches"), choices=_blank(Scope.choices), required=False)
    size = forms.ChoiceField(label=_("Size"), choices=_blank(Size.choices), required=False)
    themes = forms.CharField(
        label=_("Themes"), required=False, help_text=_("With commas between: participation, environment.")
    )
    populations = forms.CharField(
        label=_("Whom it works with"),
        required=False,
        help_text=_("With commas between: women, young people."),
    )
    pillars = forms.TypedMultipleChoiceField(
        label=_("Pillars of the network that it belongs to"),
        required=False,
        choices=pillar_choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages it works in"),
        required=False,
        choices=spoken,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "grid"}),
    )
    about = forms.CharField(
        label=_("What it does"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    another = forms.BooleanField(label=_("It is another organization: record it"), required=False)

    def __init__(self, *args: Any, asks: bool = False, unseen: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (name for field in unseen for name in MADE_OF.get(field, (field,))):
            self.fields.pop(name, None)
        if not asks:
            del self.fields["another"]
        if "pillars" in self.fields and not self.fields["pillars"].choices:  # type: ignore[attr-defined]
            del self.fields["pillars"]

    def details(self, *, keep: Organization | None = None) -> Details:
        """Return what was written; texts in other languages than the reader's are kept as they are.

        What was not asked, because who writes does not see it, is empty: the service keeps what stands.
        """
        said: dict[str, Any] = dict.fromkeys(self.base_fields, "") | self.cleaned_data
        return Details(
            name=said["name"],
            aliases=lines(said["aliases"]),
            kind=said["kind"],
            sector=said["sector"],
            country=said["country"],
            cities=lines(said["cities"]),
            national_level=bool(said["national_level"]),
            scope=said["scope"],
            size=said["size"],
            themes=listed(said["themes"]),
            populations=listed(said["populations"]),
            pillars=tuple(said["pillars"]),
            languages=tuple(said["languages"]),
            about={**(keep.about if keep else {}), _language(): said["about"]},
            website=said["website"],
            email=said["email"],
            phone=said["phone"],
        )


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def typed(row: Any) -> dict[str, Any]:
    """Return an organization as the form shows it; ``selectors.organization`` loads it."""
    plain = ("name", "kind", "sector", "country", "national_level", "scope", "size", "pillars", "languages")
    shown = {field: getattr(row, field) for field in (*plain, "website", "email", "phone")}
    return shown | {
        "aliases": "\n".join(row.names),
        "cities": "\n".join(city["written"] for city in row.cities),
        "themes": ", ".join(row.themes),
        "populations": ", ".join(row.populations),
        "about": row.about.get(_language(), ""),
    }


def wanted_from(query: QueryDict) -> Wanted:
    """Return what an address asks the directory for; whatever makes no sense is left out."""
    chosen = tuple((facet, value) for facet in FACETS if (value := _clean(query.get(facet, ""), 100)))
    return Wanted(
        words=_clean(query.get("q", ""), 200),
        chosen=chosen,
        after=read_cursor(query.get("after", "")),
        before=read_cursor(query.get("before", "")),
    )


def _clean(text: str, longest: int) -> str:
    """Return a text that PostgreSQL can compare, or "" for one it cannot hold."""
    try:
        refuse_unwritable(text)
    except forms.ValidationError:
        return ""
    return "" if "\0" in text else text.strip()[:longest]


class PlaceForm(Form):
    """Which city a spelling means."""

    written = forms.CharField(widget=forms.HiddenInput, max_length=200)
    country = forms.CharField(widget=forms.HiddenInput, max_length=2, required=False)
    city = forms.CharField(label=_("Which city is it?"), max_length=200)
    city_country = forms.ChoiceField(label=_("In which country?"), choices=_countries, required=False)
    place: Place | None = None

    def clean(self) -> dict[str, Any]:
        from tequio.people.selectors.places import find_place

        said = super().clean() or self.cleaned_data
        if city := said.get("city"):
            self.place = find_place(city, country=said.get("city_country") or said.get("country", ""))
            if self.place is None:
                self.add_error(
                    "city", _("The table of cities does not know it either. Try another spelling.")
                )
        return said
