"""The book of agreements: those in force, under review and over, on any day; the line of each; to and from other networks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import needs
from tequio.core.texts import say
from tequio.decisions import access, selectors, services
from tequio.decisions.formats.agreements import Bundle, write_agreements
from tequio.decisions.forms.book import BookForm, FileForm, TakeForm
from tequio.decisions.rules.book import Arrival, Held, Stands, held_on, stands
from tequio.decisions.views.common import crumbs_of, url_of

Row = dict[str, Any]
SHELVES = {
    "now": gettext_lazy("In force"),
    "review": gettext_lazy("By day of review"),
    "over": gettext_lazy("No longer in force"),
}
ARRIVALS = {
    Arrival.NEW: gettext_lazy("New here"),
    Arrival.NEWER: gettext_lazy("A newer edition of one that was brought"),
    Arrival.SAME: gettext_lazy("Brought already"),
    Arrival.OLDER: gettext_lazy("Older than the one that was brought"),
    Arrival.OWN: gettext_lazy("Written by this network"),
}
NUMBER = 9  # digits at most


@require_safe
def in_force(request: MemberRequest) -> HttpResponse:
    """The book of agreements: in force, by day of review, or over; by words, and as it stood on any day."""
    form = BookForm(request.GET)
    valid = form.is_valid()
    words, day = (form.cleaned_data["words"], form.cleaned_data["on"]) if valid else ("", None)
    shelf = request.GET.get("show", "now") if request.GET.get("show") in SHELVES and not day else "now"
    rows, here = _rows(request, shelf, words, day), reverse("decisions:in-force", args=[request.network.slug])
    shown = rows[: selectors.BOOK]
    tasks = selectors.tasks_of(request.actor, [row["pk"] for row in shown])
    kept = {"words": words, "on": day or ""} if words or day else {}
    more = _further(shelf, shown[-1]) if len(rows) > selectors.BOOK else {}
    told = [_row(request, row, tasks.get(row["pk"], {}), day, shelf) for row in shown]
    context = {
        "due": [row for row in told if row["due"]] if shelf == "review" else [],
        "rows": [row for row in told if shelf != "review" or not row["due"]],
        "shelves": [
            (label, f"{here}?{urlencode({'show': name})}", name == shelf and not day)
            for name, label in SHELVES.items()
        ],
        "shelf": shelf,
        "day": day,
        "words": words,
        "form": form,
        "wrong": form.errors,
        "more": f"{here}?{urlencode({'show': shelf, **kept, **more})}" if more else "",
        "may_bring": access.propose.allows(request.actor),
        "crumbs": [(_("Decisions"), reverse("decisions:list", args=[request.network.slug]))],
    }
    return render(request, "decisions/in_force.html", context)


def _rows(request: MemberRequest, shelf: str, words: str, day: date | None) -> list[Row]:
    before = _number(request.GET.get("before", ""))
    if day is not None:
        return selectors.book_on(request.actor, day, words=words, before=before)
    if shelf == "review":
        return selectors.in_force(request.actor, **_after(request.GET.get("after", "")))
    return selectors.book(request.actor, over=shelf == "over", words=words, before=before)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= NUMBER else None


def _after(text: str) -> dict[str, tuple[date, int]]:
    day, _dot, number = text.partition(".")
    try:
        return {"after": (date.fromisoformat(day), _number(number) or 0)}
    except ValueError:
        return {}


def _further(shelf: str, last: Row) -> dict[str, Any]:
    if shelf == "review":
        return {"after": f"{last['review_on'].isoformat()}.{last['number']}"}
    return {"before": last["number"]}


def _row(request: MemberRequest, row: Row, tasks: Row, day: date | None, shelf: str) -> Row:
    today = clock.today()
    where = stands(
        until=row["in_force_until"], review_on=row["review_on"], replaced=row["replaced_by"] is not None,
        changing=row["changing"] is not None, today=today,
    )  # fmt: skip
    over = where in (Stands.REPLACED, Stands.ENDED)
    url = url_of(request, "after", row["number"])
    if day is not None:
        url = f"{url_of(request, 'line', row['number'])}?{urlencode({'on': day.isoformat()})}"
    return {
        "url": url,
        "title": say(row["version__title"]),
        "note": ". ".join([*_told(row, tasks), *filter(None, [_where(where, row)])]),
        "day": row["in_force_until"] if over else row["decided_at"] if day else row["review_on"],
        "due": row["review_on"] <= today,
    }


def _told(row: Row, tasks: Row) -> list[str]:
    told = [row["owner__name"]] if row["owner__name"] else []
    if tasks:
        done = {"done": tasks["all"] - tasks["waiting"], "all": tasks["all"]}
        told.append(
            ngettext("%(done)s of %(all)s task settled", "%(done)s of %(all)s tasks settled", tasks["all"])
            % done
        )
        if tasks["late"]:
            told.append(
                ngettext("%(late)s is late", "%(late)s are late", tasks["late"]) % {"late": tasks["late"]}
            )
    return told


def _where(where: Stands, row: Row) -> str:
    if where is Stands.REPLACED:
        return _("replaced by decision %(number)s") % {"number": row["replaced_by"]}
    if where is Stands.UNDER_REVIEW and row["changing"] is not None:
        return _("under review: decision %(number)s would change it") % {"number": row["changing"]}
    return {Stands.ENDED: _("ended"), Stands.UNDER_REVIEW: _("under review")}.get(where, "")


@require_safe
def line(request: MemberRequest, number: int) -> HttpResponse:
    """An agreement through time: which text was in force on a day, and each that took the place of another."""
    proposal = found_or_404(selectors.agreement(request.actor, number))
    form = BookForm(request.GET)
    day = (form.cleaned_data["on"] if form.is_valid() else None) or clock.today()
    rows = selectors.line_of(request.actor, proposal)
    held = held_on(
        [
            Held(row["number"], timezone.localtime(row["decided_at"]).date(), row["in_force_until"])
            for row in rows
        ],
        day,
    )
    context = {
        "proposal": proposal,
        "day": day,
        "form": form,
        "held": selectors.text_on(request.actor, held.number) if held else None,
        "rows": [{**row, "here": held is not None and row["number"] == held.number} for row in rows],
        "crumbs": [*crumbs_of(request, proposal), (_("Do and evaluate"), url_of(request, "after", number))],
    }
    return render(request, "decisions/line.html", context)


@require_safe
def agreements_file(request: MemberRequest) -> HttpResponse:
    """Hand out the agreements in force as a file that another network can read: all, or the one that is asked for."""
    asked = request.GET.get("number")
    number = _number(asked) or 0 if asked is not None else None
    bundle = found_or_404(selectors.to_carry(request.actor, network=request.network, number=number))
    name = f"{request.network.slug}-{number or 'agreements'}.json"
    return HttpResponse(
        write_agreements(bundle),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{slugify(name[:-5])}.json"'},
    )


@needs(access.propose)
def bring(request: MemberRequest) -> HttpResponse:
    """Look at what a file of another network brings, and make proposals of what is chosen. Source: P11."""
    if request.method == "POST" and "content" in request.POST:
        return _take(request)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid() and form.bundle is not None:
        return _preview(request, form.bundle, form.content.decode())
    context = {"form": form, "crumbs": _book_crumbs(request)}
    return render(request, "decisions/bring.html", context, status=422 if form.is_bound else 200)


def _take(request: MemberRequest) -> HttpResponse:
    form = TakeForm(request.POST)
    if not form.is_valid() or form.bundle is None:
        return render(
            request,
            "decisions/bring.html",
            {"form": FileForm(request.POST, {}), "crumbs": _book_crumbs(request)},
            status=422,
        )
    try:
        services.bring_agreements(
            by=request.actor, network=request.network, bundle=form.bundle, chosen=_chosen(request)
        )
    except Refused as why:
        return _preview(request, form.bundle, form.cleaned_data["content"], wrong=str(why))
    return see_other(reverse("decisions:list", args=[request.network.slug]))


def _chosen(request: MemberRequest) -> set[int]:
    return {int(one) for one in request.POST.getlist("take")[:1000] if _number(one) is not None}


def _preview(request: MemberRequest, bundle: Bundle, content: str, *, wrong: str = "") -> HttpResponse:
    rows = selectors.arriving(request.actor, bundle, network=request.network)
    context = {
        "bundle": bundle,
        "content": content,
        "wrong": wrong,
        "brings": any(row.arrival in services.BRINGS for row in rows),
        "rows": [
            {
                "place": place,
                "one": row.carried,
                "said": ARRIVALS[row.arrival],
                "brings": row.arrival in services.BRINGS,
                "before": row.before if row.arrival is Arrival.NEWER else None,
                "body": say(row.carried.texts["body"]),
                "old_body": say(row.before.version.body) if row.before and row.before.version else "",
            }
            for place, row in enumerate(rows)
        ],
        "crumbs": _book_crumbs(request),
    }
    return render(request, "decisions/bring_preview.html", context, status=422 if wrong else 200)


def _book_crumbs(request: MemberRequest) -> list[tuple[str, str]]:
    return [
        (_("Decisions"), reverse("decisions:list", args=[request.network.slug])),
        (_("The book of agreements"), reverse("decisions:in-force", args=[request.network.slug])),
    ]
