"""My voice in votes: to whom I gave it, whose I carry."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.texts import say
from tequio.decisions import access, selectors, services
from tequio.decisions.forms import VoteForm
from tequio.decisions.forms.proxies import ProxyForm
from tequio.decisions.models import Proxy
from tequio.decisions.views.common import crumbs_of, form_page, url_of, with_round
from tequio.networks.models import Governance


def proxies(request: MemberRequest) -> HttpResponse:
    """Give my voice to another for a vote, and see which I gave and carry."""
    actor, governance = request.actor, Governance.objects.first()
    if request.method == "POST":
        access.give_proxy.require(actor, governance)
    form = ProxyForm(
        request.POST if request.method == "POST" else None,
        members=selectors.members_to_carry(actor), decisions=selectors.votable(actor),
    )  # fmt: skip
    here = reverse("decisions:proxies", args=[request.network.slug])
    if form.is_bound and form.is_valid():
        number = form.cleaned_data["decision"]
        try:
            services.give_proxy(
                by=actor, holder=found_or_404(selectors.member_to_carry(actor, form.cleaned_data["holder"])),
                proposal=found_or_404(selectors.draft(actor, number)) if number else None,
                on_day=form.cleaned_data["on_day"],
            )  # fmt: skip
            return see_other(here)
        except Refused as trouble:
            form.add_error(None, str(trouble))
    rows = selectors.proxies(actor)
    context = {
        "form": form,
        "given": [_row(request, one) for one in rows if one.giver_id == actor.membership_id],
        "carried": [_row(request, one) for one in rows if one.holder_id == actor.membership_id],
        "why_not": access.give_proxy.why_not(actor, governance),
        "most": governance.proxies_at_most if governance else 0,
        "crumbs": [(_("Decisions"), reverse("decisions:list", args=[request.network.slug]))],
    }
    return form_page(request, "decisions/proxies.html", context)


def _row(request: MemberRequest, one: Proxy) -> dict[str, object]:
    version = one.proposal.version if one.proposal else None
    return {
        "pk": one.pk,
        "giver": one.giver.name,
        "holder": one.holder.name,
        "title": say(version.title) if version else "",
        "day": one.on_day,
        "may": access.take_proxy_back.allows(request.actor, one),
    }


def take_back(request: MemberRequest, proxy_id: int) -> HttpResponse:
    """Take my voice back, after asking."""
    found = found_or_404(selectors.proxy(request.actor, proxy_id))
    access.take_proxy_back.require(request.actor, found)
    here = reverse("decisions:proxies", args=[request.network.slug])
    if request.method == "POST":
        services.take_proxy_back(by=request.actor, proxy=found)
        return see_other(here)
    lines = [_("%(name)s no longer votes for you. You answer by yourself.") % {"name": found.holder.name}]
    context = {
        "question": _("Take your voice back?"), "consequences": lines, "verb": _("Take my voice back"), "back_url": here,
        "crumbs": [(_("My voice in votes"), here)],
    }  # fmt: skip
    return render(request, "web/confirm.html", context)


def carried(request: MemberRequest, number: int, elector_id: int) -> HttpResponse:
    """Vote with a voice that another member gave to mine."""
    proposal, round = with_round(request, number)
    elector = found_or_404(selectors.carried_voice(request.actor, round, elector_id))
    access.vote_for.require(request.actor, round, elector)
    given = getattr(elector, "answer", None)
    form = VoteForm(
        request.POST if request.method == "POST" else None,
        initial={"answer": given.position, "words": given.concern} if given else {},
    )
    if form.is_bound and form.is_valid():
        services.vote_for(by=request.actor, round=round, elector=elector, **form.given())
        return see_other(url_of(request, "open", number))
    context = {
        "form": form, "proposal": proposal, "version": proposal.version, "round": round,
        "member": elector.voice_name, "crumbs": crumbs_of(request, proposal),
    }  # fmt: skip
    return form_page(request, "decisions/carried.html", context)
