"""Erasing requests to join when whoever wrote them asks for it; and a name, once somebody left for good, also where a
membership was in doubt."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.decisions.services import erase_from_decisions_about
from tequio.membership import events, selectors
from tequio.membership.models import Application, Removal, State
from tequio.membership.services.applications import withdraw
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.notify.models import Ask, Letter
from tequio.people.models import Candidate, Participant
from tequio.people.rules.names import folded_name
from tequio.people.services.candidates import forget_candidate
from tequio.people.services.erasing import Erased, empty_entries, rewrite
from tequio.people.services.leaving import NOBODY
from tequio.register import services as register
from tequio.register.events import ref_of
from tequio.register.models import Entry

GROUND = _("Whoever asked to join asked for erasure.")


@transaction.atomic
def erase_from_removals(*, erased: Erased) -> None:
    """Rewrite the reasons and the answer without the name, and empty what the register said with it."""
    rows = list(Removal.objects.filter(membership__in=sorted(erased.memberships)))
    for row in rows:
        rewrite(row=row, erased=erased)
    if rows:
        empty_entries(refs={ref_of(row) for row in rows}, erased=erased)


@transaction.atomic
def erase_from_applications(*, erased: Erased) -> None:
    """Erase name and address from requests to join that somebody wrote; one that still waits is taken back.

    What an organization asked for stays. A person's own request loses the name everywhere, also in the decision about it.
    """
    rows = list(Application.objects.filter(selectors.applied_by(erased.participant.person.email)))
    for row in rows:
        if row.state == State.RECEIVED:
            row = withdraw(network=Network.objects.get(pk=row.network_id), application=row)
        if row.of_a_person:
            rewrite(row=row, erased=erased)
            row.name = erased.participant.name
            row.folded = folded_name(row.name)
        row.contact_name, row.contact_email = erased.participant.name, f"{row.uuid}@left.invalid"
        row.save()
    refs = {ref_of(row) for row in rows}
    for ask in Ask.objects.filter(subject__in=sorted(refs)):
        rewrite(row=ask, erased=erased)
    if refs:
        empty_entries(refs=refs, erased=erased)
        erase_from_decisions_about(subjects=refs, erased=erased)


@transaction.atomic
def erase_request(*, network: Network, application: Application) -> None:
    """Erase a request that made nobody a member, and what the same applicant asked before, by the link that only it has.

    Those in charge lose it from their list, the decision about it loses name and text, and the register's entries are
    emptied; letters, reminders and the candidate from which it came go. Source: XCT-02.
    """
    held = Application.objects.select_for_update(of=("self",)).order_by("pk")
    asked = list(held.filter(selectors.applied_by(application.contact_email), folded=application.folded))
    if application not in asked:
        return
    rows = [one for one in asked if one.state != State.ADMITTED or one == application]
    for one in rows:
        require_over(application=one)
    for one in rows:
        _erase_traces(one, network)
    events.request_erased.record(network, by=system(network.pk))
    erased = {one.pk for one in rows}
    Application.objects.filter(before__in=erased).update(before=None)
    Application.objects.filter(pk__in=erased).delete()


def require_over(*, application: Application) -> None:
    """Refuse to erase what all are deciding on, or what made somebody a member."""
    if application.state == State.ADMITTED:
        raise Refused(_("With this request you became a member. In your account you erase what is yours."))
    if application.state == State.DECIDING:
        raise Refused(_("All members are deciding on it. Once there is an answer, you can erase it."))


def _erase_traces(application: Application, network: Network) -> None:
    """Erase what others keep of a request: letters, what waited, the decision's text, words of the register."""
    by, ref = system(network.pk), ref_of(application)
    Ask.objects.filter(subject=ref).delete()
    kinds = ("received", "admitted", "declined", "reminder")
    about = (Q(key__startswith=f"membership.{kind}:{application.uuid}") for kind in kinds)
    Letter.objects.filter(Q(*about, _connector=Q.OR)).delete()
    source = (application.carried or {}).get("candidate")
    for candidate in Candidate.objects.filter(uuid=source).exclude(name="") if source else ():
        forget_candidate(by=by, candidate=candidate)
    erase_from_decisions_about(subjects=[ref], erased=_nobody(application), whole=True)
    entries = Entry.objects.filter(ref=ref, payload__erased_at=None).exclude(kind__startswith="register.")
    ground = notify.phrase(GROUND)
    register.erase_all(by=by, network=network, entries=list(entries.order_by("turn")), ground=ground)


def _nobody(application: Application) -> Erased:
    """Say what goes, and a word made by lot that stands for it."""
    names = (application.name, application.contact_name, application.contact_email, application.website)
    stands = Participant(network_id=application.network_id, name=f"{NOBODY} {secrets.token_hex(3)}")
    return Erased(stands, frozenset(name for name in names if name), parts=application.of_a_person)
