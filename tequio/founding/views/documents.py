"""The charter to carry away: on paper, as a tagged PDF, as a text document."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import public
from tequio.founding import formats, selectors, services, texts

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@public
def documents(request: MemberRequest) -> HttpResponse:
    """List the documents of the charter in force; ask for those that are missing."""
    charter = found_or_404(selectors.charter_in_force())
    if request.method == "POST":
        language, _colon, kind = request.POST.get("want", "").partition(":")
        services.ask_for_document(charter=charter, language=language, kind=kind)
        return see_other(reverse("founding:documents", args=[request.network.slug]))
    kept = {(one.language, one.kind): one for one in selectors.documents(request.actor, charter)}
    kinds = services.kinds_possible()
    rows = [
        (code, name, [(kind, kept.get((code, kind))) for kind in kinds])
        for code, name in texts.named(charter.languages)
    ]
    context = {
        "layout": "web/base.html" if request.actor else "web/public.html",
        "charter": charter,
        "rows": rows,
        "making": any(one.state == "ASKED" for one in kept.values()),
        "pdf": formats.pdf_possible(),
        "crumbs": [(_("Charter"), reverse("founding:charter", args=[request.network.slug]))],
    }
    return render(request, "founding/documents.html", context)


@public
def document(request: MemberRequest, language: str, kind: str) -> HttpResponse:
    """Send a document of the charter in force."""
    found_or_404(TYPES.get(kind))
    charter = found_or_404(selectors.charter_in_force())
    kept = found_or_404(selectors.document(request.actor, charter, language=language, kind=kind.upper()))
    response = HttpResponse(bytes(kept.content or b""), content_type=TYPES[kind])
    name = f"{request.network.slug}-{charter.version}-{language}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Language"] = language
    return response
