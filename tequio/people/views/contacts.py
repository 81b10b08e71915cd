"""Who listens to those who suffered violence: changed by the coordination."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, see_other
from tequio.core.pages import needs
from tequio.people import access, selectors, services
from tequio.people.forms.contacts import ContactsForm
from tequio.people.rules.contacts import Listener


@needs(access.set_contacts)
def contacts(request: MemberRequest) -> HttpResponse:
    """Let the coordination say who listens from now on. Source: GOV-29, GOV-31."""
    known = [Listener(row.name, row.reach, row.outside) for row in selectors.contacts()]
    form = ContactsForm(request.POST if request.method == "POST" else None, listeners=known)
    if form.is_valid():
        try:
            services.set_contacts(by=request.actor, network=request.network, listeners=form.listeners())
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            return see_other(reverse("people:contacts", args=[request.network.slug]) + "?kept=1")
    context = {"form": form, "kept": "kept" in request.GET}
    return render(request, "people/contacts.html", context, status=422 if form.is_bound else 200)
