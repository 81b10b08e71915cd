"""Who stands behind the network, and the networks that it stands behind."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import needs
from tequio.people import access, selectors, services
from tequio.people.forms.hosting import AnswerForm, AskForm, HandOverForm, HostsForm
from tequio.people.models import Side


def hosts(request: MemberRequest) -> HttpResponse:
    """Show who stands behind the network, and which networks it hosts."""
    rows = selectors.hosts(request.actor)
    leads = next((row for row in rows if row.coordinates), None)
    context = {
        "hosts": rows,
        "between": selectors.hostings(request.actor),
        "may_set": access.set_hosts.allows(request.actor),
        "may_agree": access.agree_on_hosting.allows(request.actor),
        "may_hand_over": leads is not None
        and len(rows) > 1
        and access.hand_over_consortium.allows(request.actor, leads),
    }
    return render(request, "people/hosts.html", context)


def _here(request: MemberRequest) -> str:
    return reverse("people:hosts", args=[request.network.slug])


def _crumbs(request: MemberRequest) -> list[tuple[str, str]]:
    return [(_("Who stands behind it"), _here(request))]


def _form_page(request: MemberRequest, form: Any, *, title: str, lead: str, verb: str) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "verb": verb, "back_url": _here(request)}
    context["crumbs"] = _crumbs(request)
    return render(request, "people/hosts_form.html", context, status=422 if form.errors else 200)


def _sent(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


@needs(access.set_hosts)
def set_hosts(request: MemberRequest) -> HttpResponse:
    """Say who stands behind the network."""
    rows = selectors.hosts(request.actor)
    leads = next((row.organization.uuid for row in rows if row.coordinates), None)
    first = {
        "kind": request.network.host_kind,
        "organizations": [row.organization.uuid for row in rows],
        "coordinating": leads,
    }
    form = HostsForm(_sent(request), could=selectors.could_host(), initial=first)
    if form.is_valid():
        services.set_hosts(by=request.actor, network=request.network, **form.cleaned_data)
        return see_other(_here(request))
    return _form_page(
        request,
        form,
        title=_("Say who stands behind it"),
        lead=_("The organizations that found and carry the network. They must be members."),
        verb=_("Save"),
    )


def hand_over_consortium(request: MemberRequest) -> HttpResponse:
    """Let another organization coordinate the consortium."""
    rows = selectors.hosts(request.actor)
    leads = found_or_404(next((row for row in rows if row.coordinates), None))
    access.hand_over_consortium.require(request.actor, leads)
    others = [row.organization_id for row in rows if not row.coordinates]
    form = HandOverForm(_sent(request), could=selectors.could_host().filter(pk__in=others))
    if form.is_valid():
        services.hand_over_consortium(by=request.actor, to=form.cleaned_data["to"])
        return see_other(_here(request))
    lead = _("Today it is %(name)s. The register keeps the change.") % {"name": leads.organization.name}
    title = _("Hand the consortium over")
    return _form_page(request, form, title=title, lead=lead, verb=_("Hand over"))


@needs(access.agree_on_hosting)
def ask_hosting(request: MemberRequest) -> HttpResponse:
    """Ask another network to host this one."""
    form = AskForm(_sent(request))
    if form.is_valid() and form.network:
        try:
            services.ask_to_be_hosted(by=request.actor, network=request.network, host=form.network)
            return see_other(_here(request))
        except Refused as refused:
            form.add_error("host", str(refused))
    return _form_page(
        request,
        form,
        title=_("Ask a network to host this one"),
        lead=_(
            "Its coordination agrees or declines. It sees the name and the address of this network, nothing else."
        ),
        verb=_("Ask it"),
    )


@needs(access.agree_on_hosting)
def answer_hosting(request: MemberRequest, number: int) -> HttpResponse:
    """Agree to host a network that asked, or decline."""
    row = found_or_404(selectors.hosting(request.actor, number))
    if row.side != Side.HOSTS or row.state != "ASKED":
        return see_other(_here(request))
    form = AnswerForm(_sent(request))
    if form.is_valid():
        accept = form.cleaned_data["answer"] == "yes"
        services.answer_hosting(
            by=request.actor,
            network=request.network,
            row=row,
            accept=accept,
            reason=form.cleaned_data["reason"],
        )
        return see_other(_here(request))
    lead = _("It asks this one to stand behind it.")
    return _form_page(request, form, title=row.other.title, lead=lead, verb=_("Answer"))


@needs(access.agree_on_hosting)
def end_hosting(request: MemberRequest, number: int) -> HttpResponse:
    """End what was agreed or asked, after asking."""
    row = found_or_404(selectors.hosting(request.actor, number))
    if request.POST.get("confirmed") == "yes":
        services.end_hosting(by=request.actor, network=request.network, row=row)
        return see_other(_here(request))
    context = {
        "question": _("End it with “%(name)s”?") % {"name": row.other.title},
        "consequences": [_("Neither page names the other any more. Both registers say so.")],
        "verb": _("Yes, end it"),
        "back_url": _here(request),
    }
    return render(request, "web/confirm.html", context)
