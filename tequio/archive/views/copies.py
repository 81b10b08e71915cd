"""The network as a whole: its copies to carry away."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.archive import access, selectors, services
from tequio.archive.forms import CopyForm
from tequio.archive.models import UNDER_WAY, CopyKind
from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import needs, when_closed


def _crumbs(request: MemberRequest) -> list[tuple[str, str]]:
    return [(_("Settings of the network"), reverse("networks:settings", args=[request.network.slug]))]


@when_closed
@needs(access.copy)
def copies(request: MemberRequest) -> HttpResponse:
    """List the copies, with how far each is, and ask for one; the page can be left and come back to."""
    form = CopyForm(request.POST if request.method == "POST" else None, initial={"kind": CopyKind.PRIVATE})
    if form.is_valid():
        try:
            services.ask_for_copy(by=request.actor, network=request.network, kind=form.cleaned_data["kind"])
            return see_other(reverse("archive:copies", args=[request.network.slug]))
        except Refused as why_not:
            form.add_error("kind", str(why_not))
    found = selectors.copies(request.actor)
    context = {
        "form": form,
        "copies": found,
        "making": any(copy.state in UNDER_WAY for copy in found),
        "crumbs": _crumbs(request),
    }
    return render(request, "archive/copies.html", context, status=422 if form.is_bound else 200)


def download(request: MemberRequest, uuid: UUID) -> HttpResponseBase:
    """Send a copy; no address but this page's, and nobody but the coordination, leads to the file."""
    access.copy.require(request.actor)
    copy = found_or_404(selectors.copy(request.actor, uuid))
    found_or_404(default_storage.exists(copy.path) or None)
    end = "-public" if copy.kind == CopyKind.PUBLIC else ""
    name = f"{request.network.slug}{end}.zip"
    return FileResponse(
        default_storage.open(copy.path), as_attachment=True, filename=name, content_type="application/zip"
    )
