"""What the shell around every page shows."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tequio.core.actor import Actor
from tequio.core.http import address
from tequio.networks.models import Network, Stage


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the network, its reader, the sections that exist (put together when asked for), and the languages.

    ``sections`` is all that the sections hang on: what was drawn of them can be kept under it.
    """
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
        context["care_url"] = address("founding:care", network.slug)
    if network is not None and actor is not None:
        context["navigation"] = partial(navigation, request, network, actor)
        context["sections"] = (
            network.slug,
            network.stage,
            _admits(actor),
            actor.has("COORDINATION"),
            actor.membership_id is not None,
            _route(request),
        )
    return context


def _route(request: HttpRequest) -> str:
    """Return which page this is, whatever it shows: which section is current hangs on it."""
    return request.resolver_match.route if request.resolver_match else ""


def navigation(request: HttpRequest, network: Network, actor: Actor) -> list[dict[str, Any]]:
    """Return the sections as groups of ``{label, items: [{url, label, current, tab}]}``.

    At most four are tabs on a phone: a fifth, "More", leads to the rest at the foot of the page.
    """
    founding = network.stage == Stage.FOUNDING
    groups: list[tuple[str, list[tuple[str, str, bool]]]] = [
        (
            "",
            [
                ("web:home", _("Home"), True),
                ("decisions:list", _("Decide"), True),
                ("elections:overview", _("Elections"), False),
            ],
        ),
        (
            _("The network"),
            [
                ("people:organizations", _("Organizations"), True),
                ("atlas:atlas", _("Atlas"), False),
                ("people:people", _("People"), False),
                ("governance:circles", _("Circles and groups"), False),
                *([("membership:applications", _("Requests to join"), False)] if _admits(actor) else []),
                ("membership:code", _("Code of ethics"), False),
                *([("membership:mine", _("Our membership"), False)] if actor.membership_id else []),
                ("people:hosts", _("Who stands behind it"), False),
                ("people:programs", _("Programs"), False),
                ("people:quotes", _("Quotes"), False),
            ],
        ),
        (
            _("Direction"),
            [
                (
                    "founding:path",
                    pgettext("section", "Found") if founding else _("Found the network"),
                    founding,
                ),
                ("founding:charter", pgettext("section", "Charter"), not founding),
                ("founding:planning", _("Strategic plan"), False),
                ("surveys:list", _("Surveys"), False),
                ("founding:workshops", _("Workshops"), False),
                ("register:entries", _("Register"), False),
                *([("networks:settings", _("Settings"), False)] if actor.has("COORDINATION") else []),
            ],
        ),
        (_("Support"), [("founding:care", _("Care"), False)]),
    ]
    return [
        {"label": label, "items": [_item(request, network.slug, *item) for item in items]}
        for label, items in groups
    ]


def _admits(actor: Actor) -> bool:
    """Say whether the reader looks after requests to join: to others the page would only say who does."""
    return actor.has("COORDINATION", "ADMISSION")


def _item(request: HttpRequest, slug: str, name: str, label: str, tab: bool) -> dict[str, Any]:
    url = address(name, slug)
    return {"url": url, "label": label, "current": request.path.startswith(url), "tab": tab}
