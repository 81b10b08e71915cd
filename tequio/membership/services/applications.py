"""A request to join: received, decided by those whom the charter names or by all, answered with reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.decisions import services as decisions
from tequio.decisions.rules import Kind, Matter
from tequio.membership import access, events, selectors
from tequio.membership.models import OPEN, Application, State
from tequio.membership.rules import BROUGHT, Answered
from tequio.membership.services.exchanging import carry_over
from tequio.membership.services.telling import told
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people import services as people
from tequio.people.models import Membership, Organization, Participant, Status, Voice
from tequio.people.rules.names import folded_name
from tequio.people.rules.organizations import Details
from tequio.register.events import ref_of


@transaction.atomic
def apply(
    *,
    network: Network,
    name: str,
    kind: str,
    why: str,
    contact_name: str,
    contact_email: str,
    language: str,
    country: str = "",
    cities: Sequence[str] = (),
    website: str = "",
    about: str = "",
    needs: str = "",
    brings: str = "",
    benefits: Sequence[str] = (),
    offers: Sequence[str] = (),
    answers: Sequence[Answered] = (),
    carried: Mapping[str, Any] | None = None,
) -> Application:
    """Receive a request to join from somebody without an account; asked twice, it is one request.

    Those in charge are asked to read it, and the applicant gets a link to follow it.
    """
    email = contact_email.strip().lower()
    same = Application.objects.filter(folded=folded_name(name), contact_email=email, state__in=OPEN)
    if known := same.first():
        return known
    request = Application(
        name=name.strip(), folded=folded_name(name), kind=kind, country=country, cities=list(cities), website=website,
        about=about, why=why, needs=needs, brings=brings, benefits=list(benefits), offers=list(offers),
        answers=[one.plain() for one in answers], contact_name=contact_name, contact_email=email, language=language,
        received_at=clock.now(), before=_before(folded_name(name), email),
        carried=dict(carried) if carried else None,
    )  # fmt: skip
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError:
        return same.get()
    events.asked_to_join.record(
        request, by=system(network.pk), private={"name": request.name}, name=shown(application=request)
    )
    ask_those_in_charge(application=request, network=network)
    _write(request, network, template="membership/mail/received", key="received")
    return request


def _before(folded: str, email: str) -> Application | None:
    """Return the last request of the same applicant that was answered."""
    answered = Application.objects.filter(folded=folded, contact_email=email).exclude(state__in=OPEN)
    return answered.order_by("-received_at", "-pk").first()


def shown(*, application: Application) -> dict[str, str]:
    """Return how the register names an applicant: a person on their own stays unnamed until they are a member."""
    return notify.phrase(
        _("A person") if application.of_a_person else {application.language: application.name}
    )


def ask_those_in_charge(*, application: Application, network: Network) -> None:
    """Let a request wait on the home of those in charge, again if somebody put it away."""
    path = reverse("membership:application", args=[network.slug, application.uuid])
    notify.ask_each(
        person_ids=[each.person_id for each in selectors.in_charge()],
        kind="application",
        title=notify.phrase(_("%(name)s asks to join"), name=application.name),
        why=_("Read the request and answer it: somebody waits."),
        minutes=5,
        path=path,
        subject=ref_of(application),
    )


@transaction.atomic
def pass_requests(*, network: Network, participant: Participant) -> None:
    """Put the open requests before somebody who looks after them now, or take them from somebody who no longer does."""
    in_charge = participant.pk in {each.pk for each in selectors.in_charge()}
    for application in Application.objects.filter(state=State.RECEIVED):
        if in_charge:
            ask_those_in_charge(application=application, network=network)
        else:
            over = notify.Closed.OVER
            notify.close_asks(subject=ref_of(application), person_id=participant.person_id, because=over)


@transaction.atomic
def check_criteria(*, by: Actor, application: Application, found: Sequence[bool | None]) -> Application:
    """Write down what those in charge found about each criterion, in order; None where they have not looked.

    Source: MEM-03.
    """
    application = _hold(application)
    access.check_criteria.require(by, application, selectors.admission())
    rows = application.answered
    if len(found) != len(rows):
        raise Refused(_("The request has other criteria than these. Open it again."))
    checked = [replace(row, checked=one) for row, one in zip(rows, found, strict=True)]
    application.answers = [row.plain() for row in checked]
    application.save(update_fields=["answers"])
    events.criteria_checked.record(
        application,
        by=by,
        name=shown(application=application),
        private={"found": [{"criterion": dict(row.criterion), "met": row.checked} for row in checked]},
    )
    return application


def _link_of(application: Application, network: Network) -> str:
    """Return the address at which the applicant follows the request, without signing in."""
    path = reverse(
        "membership:follow", args=[network.slug, application.uuid, selectors.token_of(application)]
    )
    return settings.ORIGIN.rstrip("/") + path


def _write(application: Application, network: Network, *, template: str, key: str) -> None:
    notify.mail(
        person_id=None,
        address=application.contact_email,
        language=application.language,
        kind="application",
        template=template,
        context={"application": application, "network": network, "link": _link_of(application, network)},
        key=f"membership.{key}:{application.uuid}",
    )


@transaction.atomic
def admit(
    *, by: Actor, network: Network, application: Application, organization: Organization | None = None
) -> Membership:
    """Make the applicant a member and invite its contact person as delegate.

    ``organization`` is the recorded one it turns out to be; without it, one is recorded, or found by its name.
    """
    application = _hold(application)
    access.admit.require(by, application, selectors.admission())
    membership = _become_member(by, application, organization)
    _close(application, State.ADMITTED, by=by)
    Application.objects.filter(pk=application.pk).update(
        membership=membership, organization=membership.organization
    )
    carry_over(application=application, membership=membership)
    events.admitted.record(application, by=by, name=application.name, membership=membership.uuid)
    _write(application, network, template="membership/mail/admitted", key="admitted")
    return membership


def _hold(application: Application) -> Application:
    """Return the request as it is now, kept from others until the transaction ends."""
    return Application.objects.select_for_update(of=("self",)).get(pk=application.pk)


def _become_member(by: Actor, application: Application, organization: Organization | None) -> Membership:
    if application.of_a_person:
        person = people.person_for(
            email=application.contact_email, name=application.contact_name, language=application.language
        )
        membership = people.join(by=by, person=person, name=application.contact_name, status=Status.ACTIVE)
        people.seat(
            by=by, person=person, name=application.contact_name, membership=membership, voice=Voice.DELEGATE
        )
        return membership
    organization = (
        organization or next(iter(selectors.same_name(application)), None) or _record(by, application)
    )
    if Membership.objects.filter(organization=organization, ended_on=None).exists():
        raise Refused(_("This organization is a member already."))
    membership = people.join(by=by, organization=organization, name=organization.name, status=Status.ACTIVE)
    people.invite(
        by=by,
        email=application.contact_email,
        name=application.contact_name,
        organization=organization,
        voice=Voice.DELEGATE,
        language=application.language,
    )
    return membership


def _record(by: Actor, application: Application) -> Organization:
    brought: Mapping[str, Any] = application.carried or {}
    details = Details(
        name=application.name,
        kind=application.kind,
        country=application.country,
        cities=tuple(application.cities),
        website=application.website,
        about={**brought.get("about", {}), **_about(application)},
    )
    along: dict[str, Any] = {key: tuple(brought.get(key, ())) for key in BROUGHT}
    details = replace(details, **along)
    return people.record_details(
        by=by, details=details, uuid=UUID(brought["uuid"]) if "uuid" in brought else None
    )


def _about(application: Application) -> dict[str, str]:
    return {application.language: application.about} if application.about else {}


@transaction.atomic
def decline(*, by: Actor, network: Network, application: Application, reasons: str) -> Application:
    """Tell an applicant that they are not admitted, and why."""
    application = _hold(application)
    access.decline.require(by, application, selectors.admission(), selectors.stopped(application))
    if not reasons.strip():
        raise Refused(_("Say why: the applicant has a right to know."))
    _close(application, State.DECLINED, by=by, reasons=reasons.strip())
    events.declined.record(
        application,
        by=by,
        private={"reasons": reasons.strip(), "name": application.name},
        name=shown(application=application),
    )
    _write(application, network, template="membership/mail/declined", key="declined")
    return application


def _close(application: Application, state: State, *, by: Actor, reasons: str = "") -> None:
    application.state, application.reasons, application.decided_at = state, reasons, clock.now()
    application.decided_by_id = by.participant_id
    application.save()
    notify.close_asks(subject=ref_of(application), because=notify.Closed.DONE)


@transaction.atomic
def withdraw(*, network: Network, application: Application) -> Application:
    """Take a request back, by the link that only the applicant has."""
    application = _hold(application)
    if application.state == State.WITHDRAWN:
        return application
    if application.state != State.RECEIVED:
        raise Refused(_("This request has been answered, or all members are deciding on it."))
    _close(application, State.WITHDRAWN, by=system(network.pk))
    events.withdrawn.record(
        application,
        by=system(network.pk),
        private={"name": application.name},
        name=shown(application=application),
    )
    return application


@transaction.atomic
def open_decision(*, by: Actor, network: Network, application: Application) -> Application:
    """Put an admission before all members, who decide by consent."""
    application = _hold(application)
    access.open_decision.require(by, application, selectors.admission())
    proposal = decisions.propose(
        by=by,
        title=notify.phrase(_("Admit %(name)s"), name=application.name),
        summary=notify.phrase(
            _("%(name)s asks to join the network. Can you live with it?"), name=application.name
        ),
        body={application.language: told(application=application)},
        matter=Matter.STRATEGIC,
        kind=Kind.ADMISSION,
        subject=ref_of(application),
    )
    decisions.open_round(by=by, proposal=proposal)
    application.state, application.proposal = State.DECIDING, proposal.uuid
    application.save()
    notify.close_asks(subject=ref_of(application), because=notify.Closed.DONE)
    events.decision_opened.record(application, by=by, name=application.name, proposal=proposal.uuid)
    return application


@transaction.atomic
def settle_decision(*, network: Network, application: Application, adopted: bool, reasons: str = "") -> None:
    """Do what all members decided about a request; told twice, it acts once."""
    application = _hold(application)
    if application.state != State.DECIDING:
        return
    by = system(network.pk)
    application.state = State.RECEIVED
    application.save()
    if adopted:
        admit(by=by, network=network, application=application)
    else:
        decline(by=by, network=network, application=application, reasons=reasons)
