"""How lots are spoken of: values of features, odds, addresses, crumbs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babel import Locale
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, to_locale
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest
from tequio.elections import selectors
from tequio.elections.formats.lots import CHANGE, WHY
from tequio.elections.models import FEATURES, Lot
from tequio.people.models import Sector, Size

GENDERS = {
    "WOMAN": gettext_lazy("woman"),
    "MAN": gettext_lazy("man"),
    "OTHER": gettext_lazy("another gender"),
}
KNOWN: Mapping[str, Mapping[str, Any]] = {
    "sector": dict(Sector.choices),
    "size": dict(Size.choices),
    "gender": GENDERS,
}


def said_value(feature: str, value: str) -> str:
    """Return a value as people say it, in the active language."""
    if value == selectors.NOT_SAID:
        return _("not said")
    if feature == "country":
        return str(_territories().get(value, value))
    return str(KNOWN[feature].get(value, value))


def _territories() -> Mapping[str, str]:
    names: Mapping[str, str] = Locale.parse(to_locale(get_language() or "en")).territories
    return names


def choices_of(feature: str) -> list[tuple[str, str]]:
    """Return what can be chosen in one's own row."""
    if feature == "country":
        known = [(code, name) for code, name in _territories().items() if len(code) == 2 and code.isalpha()]
        rows = sorted(known, key=lambda pair: pair[1])
    else:
        rows = [(value, str(label)) for value, label in KNOWN[feature].items()]
    return [(selectors.NOT_SAID, _("I do not say it")), *rows]


def said_quota(quota: Mapping[str, Any]) -> str:
    """Return a quota in words."""
    words = {
        "feature": str(dict(FEATURES)[quota["feature"]]), "value": said_value(quota["feature"], quota["value"]),
        "least": quota["min"], "most": quota["max"],
    }  # fmt: skip
    return _("%(feature)s: %(value)s, from %(least)s to %(most)s") % words


def said_problem(lot: Lot) -> str:
    """Say why no odds could be computed, or nothing."""
    if not lot.problem:
        return ""
    if lot.problem.get("code") == "no_solver":
        return _(
            "The program that computes odds with quotas is not installed here. Ask who runs this server."
        )
    labels = dict(FEATURES)
    changes = "; ".join(
        str(CHANGE)
        % {
            "feature": labels.get(feature, feature),
            "value": said_value(feature, value),
            "least": least,
            "most": most,
        }
        for feature, value, least, most in lot.problem.get("changes", [])
    )
    feature, value = lot.problem.get("feature", ""), lot.problem.get("value", "")
    words = {
        "feature": labels.get(feature, ""), "value": said_value(feature, value) if feature and value else "",
        "wanted": lot.problem.get("wanted", ""), "found": lot.problem.get("found", ""), "changes": changes,
    }  # fmt: skip
    said = str(WHY[lot.problem["code"]]) % words
    return said[:1].upper() + said[1:]


def percents(share: str) -> Decimal:
    """Return odds as a number that templates write in the reader's way."""
    return Decimal(share)


def url_of(request: MemberRequest, name: str, lot: Lot) -> str:
    return reverse(f"elections:{name}", args=[request.network.slug, lot.uuid])


def crumbs_of(request: MemberRequest, lot: Lot | None = None) -> list[tuple[str, str]]:
    found = [
        (_("Elections"), reverse("elections:overview", args=[request.network.slug])),
        (_("Lots"), reverse("elections:lots", args=[request.network.slug])),
    ]
    return [*found, (lot.said_title, url_of(request, "lot", lot))] if lot else found


def frame(request: MemberRequest, lot: Lot | None = None) -> dict[str, Any]:
    """Return the frame of a page that strangers see too, and the way back for members."""
    if request.actor is None:
        return {"layout": "web/public.html"}
    return {"layout": "web/base.html", "crumbs": crumbs_of(request, lot)}
