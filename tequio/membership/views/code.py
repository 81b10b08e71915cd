"""The code of ethics and its signatures; handing to a colleague what waits for me."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.membership import access, selectors, services
from tequio.membership.forms import Hand, Sign
from tequio.notify import access as notify_access
from tequio.notify import selectors as notify
from tequio.notify import services as notify_services


def code(request: MemberRequest) -> HttpResponse:
    """Show the code of ethics in force, who signed it and who is missing; sign it. Source: GOV-38."""
    versions = selectors.codes()
    if not versions:
        return render(request, "membership/no_code.html")
    current = versions[0]
    form = Sign(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.sign_code(by=request.actor, network=request.network, code=current)
        return see_other(reverse("membership:code", args=[request.network.slug]))
    told = selectors.signed(current)
    mine = next((one for one in told.signatures if one.membership_id == request.actor.membership_id), None)
    context = {
        "code": current,
        "translations": selectors.translations(current),
        "earlier": versions[1:],
        "signed": told,
        "mine": mine,
        "why_not": access.sign_code.why_not(request.actor),
        "form": form,
    }
    return render(request, "membership/code.html", context, status=422 if form.errors else 200)


def hand(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Hand something that waits for me to a colleague of my organization. Source: EXPERIENCE 3.3."""
    ask = found_or_404(notify.ask_of(request.actor, uuid))
    notify_access.hand_ask.require(request.actor, ask)
    colleagues = {each.pk: each for each in selectors.colleagues(request.actor)}
    form = Hand(
        request.POST if request.method == "POST" else None,
        colleagues=[(pk, each.name) for pk, each in colleagues.items()],
    )
    home = reverse("web:home", args=[request.network.slug])
    if request.method == "POST" and form.is_valid():
        to = colleagues[int(form.cleaned_data["to"])]
        notify_services.hand_ask(by=request.actor, ask=ask, to_person_id=to.person_id)
        return see_other(home)
    context = {"form": form, "ask": ask, "colleagues": list(colleagues), "crumbs": [(_("Home"), home)]}
    return render(request, "membership/hand.html", context, status=422 if form.errors else 200)
