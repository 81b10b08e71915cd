"""What strangers see: starting a network, the public face of one, and help for who suffered violence."""

import re
from collections.abc import Mapping
from uuid import UUID

from babel import Locale
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from tequio.core.http import MemberRequest, see_other
from tequio.core.pages import public
from tequio.core.texts import say
from tequio.founding import forms, selectors, services, texts
from tequio.networks import selectors as networks
from tequio.networks import shown
from tequio.networks.models import ContactPerson
from tequio.people import selectors as people
from tequio.people.models import Contact, Person
from tequio.people.pages import PersonRequest, signed_in

NEUTRAL = "https://www.wikipedia.org/"
PHONE = re.compile(r"^\+?[\d\s().-]{5,24}$")
EMAIL = re.compile(r"^[^\s@]+@[^\s@]+\.[^\s@]+$")


def start(request: HttpRequest) -> HttpResponse:
    """Start a network."""
    if not isinstance(request.user, Person):
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    language = get_language() or "es"
    brought = _brought(request, request.user)
    initial = {"languages": [language], "founder": request.user.name}
    form = forms.StartForm(
        request.POST if request.method == "POST" else None,
        initial=initial | ({"organization": brought.name} if brought else {}),
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        network = services.start_network(
            person=request.user,
            name=dict.fromkeys(asked["languages"], asked["name"]),
            languages=_first(language, asked["languages"]),
            organization=asked["organization"],
            founder=asked["founder"],
            listed=asked["listed"] == "YES",
            host_kind=asked["host_kind"],
            carried=brought,
        )
        return see_other(reverse("founding:path", args=[network.slug]))
    context = {"form": form, "brought": brought}
    return render(request, "founding/start.html", context, status=422 if form.errors else 200)


def _brought(request: HttpRequest, person: Person) -> people.Carried | None:
    """Return the organization that the founder brings along from another network, if the address names one."""
    try:
        uuid = UUID(request.GET.get("bring", ""))
    except ValueError:
        return None
    return people.carried_one(person_id=person.pk, uuid=uuid)


@signed_in
def bring(request: PersonRequest) -> HttpResponse:
    """Let a founder choose which organization to bring along from another network."""
    context = {"carried": people.carried(person_id=request.user.pk), "to": reverse("founders:start")}
    return render(request, "people/bring.html", context)


def _first(language: str, languages: list[str]) -> list[str]:
    """Return the languages with the reader's own first: it leads."""
    return sorted(languages, key=lambda code: code != language)


@public
def front(request: MemberRequest) -> HttpResponse:
    """The public page of a network: why it exists, who is in it, how it decides, how one joins. Source: LRN-10."""
    names, face = _countries(), people.public_face()
    statements = networks.statements("purpose", "objective", "joining_contact")
    context = {
        "statements": {key: texts.said(row.texts) for key, row in statements.items()},
        "pillars": networks.pillars(),
        "reasons": networks.why_join(networks.benefits()),
        "articles": [
            {"heading": say(article.heading), "said": texts.said(article.texts, missing=article.missing)}
            for article in selectors.public_articles()
        ],
        "members": [
            {
                "name": member["name"],
                "country": names.get(member["country"], ""),
                "host": member["host"],
                "coordinates": member["coordinates"],
            }
            for member in face.members
        ],
        "face": face,
        "founding": services.founding(network=request.network),
        "published": {} if request.actor else shown.lines(request.network),
    }
    return render(request, "founding/front.html", context)


@public
def care(request: MemberRequest) -> HttpResponse:
    """Help for somebody who suffered violence: who listens here, and whom to call in each country.

    Nothing on this page says which network it belongs to. Source: GOV-29 to GOV-35.
    """
    contacts = [
        {"name": row.name, "reach": row.reach, "link": _link(row.reach), "outside": row.outside}
        for row in _listeners()
    ]
    names = _countries()
    helplines = sorted(((names[line.country], line) for line in texts.HELPLINES), key=lambda pair: pair[0])
    context = {"contacts": contacts, "helplines": helplines}
    return render(request, "founding/care.html", context)


def _listeners() -> list[Contact] | list[ContactPerson]:
    """Return who listens today; before anybody was given the duty, whom the charter names."""
    return list(people.contacts()) or list(networks.contacts())


def _countries() -> Mapping[str, str]:
    """Return the names of countries in the reader's language, by their code."""
    territories: Mapping[str, str] = Locale.parse((get_language() or "en").replace("-", "_")).territories
    return territories


def _link(reach: str) -> str:
    """Return an address to tap, when the way to reach somebody is just a number or just an e-mail."""
    if PHONE.match(reach):
        return "tel:" + re.sub(r"[^\d+]", "", reach)
    return f"mailto:{reach}" if EMAIL.match(reach) else ""


def leave(request: HttpRequest) -> HttpResponse:
    """End the session, forget what the browser keeps of us, and go to a page that says nothing about anybody."""
    logout(request)
    response = see_other(NEUTRAL)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
