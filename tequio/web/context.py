"""What the shell around every page shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the network, its reader, the sections that exist, and the languages."""
    network = getattr(request, "network", None)
    actor = getattr(request, "actor", None)
    context: dict[str, Any] = {
        "network": network,
        "actor": actor,
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
        "theme": request.COOKIES.get("theme", ""),
    }
    if network is not None:
        context["care_url"] = _reverse("founding:care", network.slug)
        context["navigation"] = navigation(request, network.slug) if actor else []
    return context


def navigation(request: HttpRequest, slug: str) -> list[dict[str, Any]]:
    """Return the sections as groups of ``{label, items: [{url, label, current, tab}]}``."""
    groups = [
        (
            "",
            [
                ("web:home", _("Home"), True),
                ("decisions:list", _("Decide"), True),
            ],
        ),
        (
            _("The network"),
            [
                ("people:organizations", _("Organizations"), True),
                ("membership:applications", _("Requests to join"), False),
            ],
        ),
        (
            _("Direction"),
            [
                ("founding:path", _("Found the network"), True),
                ("founding:charter", _("Charter"), True),
                ("register:entries", _("Register"), False),
            ],
        ),
        (_("Support"), [("founding:care", _("Care"), False)]),
    ]
    return [{"label": label, "items": [_item(request, slug, *item) for item in items]} for label, items in groups]


def _item(request: HttpRequest, slug: str, name: str, label: str, tab: bool) -> dict[str, Any]:
    url = _reverse(name, slug)
    home = name == "web:home"
    current = request.path == url if home else request.path.startswith(url)
    return {"url": url, "label": label, "current": current, "tab": tab}


def _reverse(name: str, slug: str) -> str:  # TEMPORARY while apps are being written
    from django.urls import NoReverseMatch

    try:
        return reverse(name, args=[slug])
    except NoReverseMatch:
        return ""
