"""The pages of the register."""

import tempfile
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import public, when_closed
from tequio.register import access, selectors, services
from tequio.register.events import sentence_of
from tequio.register.formats import verifier
from tequio.register.forms import Erasure
from tequio.register.models import Entry
from tequio.register.selectors import carrying, proving


def entries(request: MemberRequest) -> HttpResponse:
    """Show what happened in the network, newest first, and how anybody can check it."""
    checkpoint = selectors.latest_checkpoint()
    page = selectors.entries_for(request.actor, before=_cursor(request))
    context = {
        "page": page,
        "lines": [_told(line, here=request.path) for line in page.lines],
        "checkpoint": checkpoint,
        "first": not request.GET.get("before"),
    }
    return render(request, "register/entries.html", context)


def _told(line: selectors.Line, *, here: str) -> dict[str, Any]:
    """Return an entry as the page tells it; binding ones and erased ones look like it."""
    number = line.number
    return {
        "said": line.sentence,
        "at": line.at,
        "url": f"{here}{line.id}/",
        "label": _("being numbered") if number is None else _("entry %(number)s") % {"number": number},
        "note": _("binding") if line.binding else "",
        "tone": "walnut" if line.erased else "carmine" if line.binding else "",
    }


def _cursor(request: MemberRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("before", ""))
    except ValueError:
        return None


def entry(request: MemberRequest, entry: UUID) -> HttpResponse:
    """Show one entry as a receipt: what it says, its number, what sealed it."""
    receipt = found_or_404(selectors.receipt_of(request.actor, entry, network=request.network))
    crumbs = [(_("Register"), reverse("register:entries", args=[request.network.slug]))]
    may_erase = request.actor.has("COORDINATION") and not (
        receipt.line.erased or receipt.line.kind.startswith("register.")
    )
    context = {"receipt": receipt, "crumbs": crumbs, "may_erase": may_erase}
    return render(request, "register/entry.html", context)


@when_closed
def erase(request: MemberRequest, entry: UUID) -> HttpResponse:
    """Empty what an entry says, on a ground that everybody may read. Source: LGPD article 18, GDPR article 17."""
    found = found_or_404(selectors.entry(request.actor, entry))
    access.erase.require(request.actor, found)
    form = Erasure(request.POST if request.method == "POST" else None)
    if form.is_valid() and request.POST.get("confirmed") == "yes":
        services.erase(
            by=request.actor, network=request.network, entry=found, ground=form.cleaned_data["ground"]
        )
        return see_other(reverse("register:entry", args=[request.network.slug, entry]))
    context = {
        "question": _("Erase what this entry says?"),
        "consequences": _erasing(found),
        "verb": _("Erase its words for good"),
        "back_url": reverse("register:entry", args=[request.network.slug, entry]),
        "form": form,
    }
    return render(request, "web/confirm.html", context, status=422 if form.is_bound else 200)


def _erasing(entry: Entry) -> list[str]:
    """Say what erasing does, the entry's own sentence first."""
    binds = _("It is a binding decision: nobody will be able to recompute its outcome any more.")
    return [
        sentence_of(entry),
        _("These words go for good, and nobody brings them back."),
        *([binds] if selectors.binds(entry.kind) else []),
        _("Its place, its day and its kind stay: the register can still be checked."),
        _("A new entry says that it was erased, by whom, and on which ground."),
    ]


def proof(request: MemberRequest, entry: UUID) -> HttpResponse:
    """Show the way from one entry to the newest checkpoint. Source: RFC 6962 §2.1.1."""
    found = found_or_404(proving.proof_of(request.actor, entry, network=request.network))
    crumbs = [
        (_("Register"), reverse("register:entries", args=[request.network.slug])),
        (_("Entry"), reverse("register:entry", args=[request.network.slug, entry])),
    ]
    return render(request, "register/proof.html", {"proof": found, "crumbs": crumbs})


def proof_file(request: MemberRequest, entry: UUID) -> HttpResponse:
    """Hand out the same as a small file, to keep or to send."""
    found = found_or_404(proving.proof_of(request.actor, entry, network=request.network))
    return _file(found.file, f"{request.network.slug}-entry-{found.line.number}.json", "application/json")


@public
def checkpoint(request: MemberRequest) -> HttpResponse:
    """Answer with the last checkpoint as a signed note, for whoever wants to keep it."""
    found = found_or_404(selectors.latest_checkpoint())
    return HttpResponse(found.note, content_type="text/plain; charset=utf-8")


def export(request: MemberRequest) -> HttpResponseBase:
    """Hand out the whole register as one ZIP, with the program that checks it.

    It is written to a file without a name while the request's transaction lasts; the response closes it.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        carrying.write_register(request.actor, network=request.network, out=file)
    except selectors.KeyNotAnnounced:
        file.close()
        return render(request, "register/wait.html", status=503)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    name = f"{request.network.slug}-register.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@public
def verify(request: MemberRequest) -> HttpResponse:
    """Say how anybody checks the register on a computer of their own, and show the last checkpoint to keep."""
    point = selectors.latest_checkpoint()
    asked = request.GET.get("since", "").strip()[:20]
    size = int(asked) if asked.isascii() and asked.isdecimal() and point and len(asked) < 10 else 0
    fits = point is not None and 0 < size <= point.size
    context = {
        **_frame(request),
        "checkpoint": point,
        "key": selectors.key_of(request.network) if point else "",
        "fingerprint": carrying.fingerprint(),
        "since": asked,
        "size": size if fits else 0,
        "refused": _("The register has no checkpoint over so many entries.") if asked and not fits else "",
    }
    return render(request, "register/verify.html", context)


@public
def explained(request: MemberRequest) -> HttpResponse:
    """Say what the register is to people who are not technical, on a page made to be printed."""
    context = {**_frame(request), "checkpoint": selectors.latest_checkpoint()}
    return render(request, "register/explained.html", context)


def _frame(request: MemberRequest) -> dict[str, Any]:
    """Return the frame of a page that strangers see too, and the way back for members."""
    if request.actor is None:
        return {"layout": "web/public.html"}
    return {
        "layout": "web/base.html",
        "crumbs": [(_("Register"), reverse("register:entries", args=[request.network.slug]))],
    }


@public
def program(request: MemberRequest) -> HttpResponse:
    """Hand out the program that checks a register, alone: it says nothing about anybody."""
    return _file(verifier(), "verify.py", "text/x-python; charset=utf-8")


def consistency(request: MemberRequest, size: int) -> HttpResponse:
    """Hand out the proof that the register continues the one of an older checkpoint. Source: RFC 6962 §2.1.2."""
    found = found_or_404(proving.consistency_since(request.actor, size))
    return _file(found, f"{request.network.slug}-since-{size}.json", "application/json")


def _file(content: bytes, name: str, sort: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=sort, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
