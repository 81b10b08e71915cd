"""The joint programs: who is in them as what, their stages and how long they last."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import needs
from tequio.core.texts import say
from tequio.people import access, selectors, services
from tequio.people.forms.programs import PartForm, ProgramForm
from tequio.people.models import Program, ProgramRole
from tequio.people.rules.programs import length

DAY = timedelta(days=1)


def programs(request: MemberRequest) -> HttpResponse:
    """List the joint programs."""
    here = reverse("people:programs", args=[request.network.slug])
    rows = [
        {
            "name": say(row["title"]),
            "url": f"{here}{row['uuid']}/",
            "first": row["starts_on"],
            "last": row["ends_on"] - DAY,
        }
        for row in selectors.programs(request.actor)
    ]
    context = {"rows": rows, "may_keep": access.keep_programs.allows(request.actor)}
    return render(request, "people/programs.html", context)


def said_length(first: date, last: date) -> str:
    """Say how long a program lasts: "3 months", "2 months and 5 days"."""
    lasts = length(first, last)
    months = ngettext("%(n)s month", "%(n)s months", lasts.months) % {"n": lasts.months}
    days = ngettext("%(n)s day", "%(n)s days", lasts.days) % {"n": lasts.days}
    if not lasts.months:
        return days
    return _("%(months)s and %(days)s") % {"months": months, "days": days} if lasts.days else months


def program(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show a program; who keeps programs adds organizations here."""
    found = found_or_404(selectors.program(request.actor, uuid))
    form = PartForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        access.keep_programs.require(request.actor)
        if form.is_valid():
            organization = selectors.called(request.actor, form.cleaned_data["name"])
            if organization is not None:
                role = form.cleaned_data["role"]
                services.join_program(by=request.actor, program=found, organization=organization, role=role)
                return see_other(request.path)
            form.add_error("name", _("The directory has no one organization of this name. Record it first."))
    return render(
        request, "people/program.html", _page(request, found, form), status=422 if form.errors else 200
    )


def _page(request: MemberRequest, found: Program, form: PartForm) -> dict[str, Any]:
    last = found.ends_on - DAY
    today = selectors.today_of(request.network)
    parts: list[Any] = list(found.parts.all())
    return {
        "program": found,
        "last": last,
        "lasts": said_length(found.starts_on, last),
        "stages": [
            {"row": row, "last": row.ends_on - DAY, "now": row.starts_on <= today < row.ends_on}
            for row in found.stages.all()
        ],
        "roles": [
            (role.label, mine)
            for role in ProgramRole
            if (mine := [one for one in parts if one.role == role.value])
        ],
        "form": form,
        "may_keep": access.keep_programs.allows(request.actor),
        "crumbs": _crumbs(request),
    }


def _crumbs(request: MemberRequest) -> list[tuple[str, str]]:
    return [(_("Programs"), reverse("people:programs", args=[request.network.slug]))]


@needs(access.keep_programs)
def new_program(request: MemberRequest) -> HttpResponse:
    """Write a program down."""
    form = ProgramForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = services.record_program(by=request.actor, **_given(form))
        return see_other(reverse("people:program", args=[request.network.slug, made.uuid]))
    return _form_page(request, form, title=_("Write a program down"))


def _given(form: ProgramForm) -> dict[str, Any]:
    said, language = form.cleaned_data, get_language() or "es"
    return {
        "title": {language: said["title"]},
        "about": {language: said["about"]},
        "first_on": said["first_on"],
        "last_on": said["last_on"],
        "stages": form.stages(),
        "language": language,
    }


def _form_page(request: MemberRequest, form: ProgramForm, *, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "lead": "", "verb": _("Save"), "crumbs": _crumbs(request)}
    context["back_url"] = reverse("people:programs", args=[request.network.slug])
    return render(request, "people/hosts_form.html", context, status=422 if form.errors else 200)


@needs(access.keep_programs)
def edit_program(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Change what is written about a program."""
    found = found_or_404(selectors.program(request.actor, uuid))
    form = ProgramForm(request.POST if request.method == "POST" else None, initial=_typed(found))
    if form.is_valid():
        services.change_program(by=request.actor, program=found, **_given(form))
        return see_other(reverse("people:program", args=[request.network.slug, uuid]))
    return _form_page(request, form, title=_("Change what is written"))


def _typed(found: Program) -> dict[str, Any]:
    typed: dict[str, Any] = {
        "title": say(found.title),
        "about": say(found.about),
        "first_on": found.starts_on,
        "last_on": found.ends_on - DAY,
    }
    for row in found.stages.all():
        place = f"stage_{row.position}"
        typed |= {place: say(row.title), f"{place}_first": row.starts_on, f"{place}_last": row.ends_on - DAY}
    return typed


@needs(access.keep_programs)
def leave_program(request: MemberRequest, uuid: UUID, number: int) -> HttpResponse:
    """Take an organization out of a program, after asking."""
    found = found_or_404(selectors.program(request.actor, uuid))
    part = found_or_404(next((one for one in found.parts.all() if one.pk == number), None))
    back = reverse("people:program", args=[request.network.slug, uuid])
    if request.POST.get("confirmed") == "yes":
        services.leave_program(by=request.actor, part=part)
        return see_other(back)
    context = {
        "question": _("Is “%(name)s” no longer in it?") % {"name": part.organization.name},
        "consequences": [_("The register keeps that it was.")],
        "verb": _("Take it out"),
        "back_url": back,
    }
    return render(request, "web/confirm.html", context)
