"""The code of ethics: its versions, who signs, and what signing means for a member's standing. Source: GOV-38."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tequio.core import clock
from tequio.core.actor import Actor, system
from tequio.core.texts import Texts
from tequio.membership import access, events, selectors
from tequio.membership.models import CodeVersion, Signature
from tequio.membership.rules import rests_on
from tequio.networks import selectors as networks
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.notify.models import Ask
from tequio.people import services as people
from tequio.people.models import Membership, Participant, Voice
from tequio.people.models.memberships import VOICED
from tequio.register.events import ref_of

REMIND_AFTER = timedelta(days=7)


@transaction.atomic
def follow_charter(*, network: Network) -> CodeVersion | None:
    """Make a version of the code that the charter holds, unless it is the one in force; None without any."""
    said = networks.statements(*selectors.CODE_KEYS)
    row = next((said[key] for key in selectors.CODE_KEYS if key in said), None)
    if row is None or not any(row.texts.values()):
        return None
    current = selectors.current_code()
    if current is not None and current.texts.items() <= row.texts.items():
        # The same words, or one more translation of them: what was signed stays, nobody signs again.
        review_standings(network=network)
        return current
    return publish_code(network=network, texts=row.texts)


@transaction.atomic
def publish_code(*, network: Network, texts: Texts) -> CodeVersion:
    """Put a version in force; every member is asked to sign it, whatever they signed before."""
    Network.objects.select_for_update(no_key=True).get(pk=network.pk)  # two at once take two numbers
    before = selectors.current_code()
    number = before.number + 1 if before else 1
    code = CodeVersion.objects.create(number=number, texts=dict(texts), in_force_at=clock.now())
    events.code_published.record(code, by=system(network.pk), number=number, texts=dict(texts))
    if before:
        notify.close_asks(subject=ref_of(before))
    review_standings(network=network)
    _ask(network, code, Participant.objects.filter(membership__status__in=VOICED))
    return code


def _ask(network: Network, code: CodeVersion, participants: object) -> None:
    speaking = participants.filter(voice=Voice.DELEGATE, until_on=None)  # type: ignore[attr-defined]
    unsigned = speaking.exclude(membership__signatures__code=code)
    notify.ask_each(
        person_ids=list(unsigned.values_list("person_id", flat=True)),
        kind="code",
        title=_("Sign the code of ethics"),
        why=_("It says how we treat each other. Your organization signs by your hand."),
        minutes=5,
        path=reverse("membership:code", args=[network.slug]),
        subject=ref_of(code),
    )


@transaction.atomic
def ask_to_sign(*, network: Network, participant: Participant) -> None:
    """Ask a delegate to sign for their member, when it has not signed the code that holds."""
    code = selectors.current_code()
    if code is not None:
        _ask(network, code, Participant.objects.filter(pk=participant.pk))


@transaction.atomic
def stop_asking_to_sign(*, participant: Participant) -> None:
    """Let nothing about the code wait for somebody who no longer signs for a member."""
    code = selectors.current_code()
    if code is not None:
        notify.close_asks(subject=ref_of(code), person_id=participant.person_id, because=notify.Closed.OVER)


@transaction.atomic
def review_standing(*, network: Network, membership: Membership) -> Membership:
    """Write whether a member is in good standing: it has signed the code that holds, where there is one.

    Where the charter says so, the voice of one that has not rests from some day on. Source: GOV-38, P19.
    """
    code = selectors.current_code()
    good = code is None or selectors.has_signed(membership.pk, code)
    return people.set_standing(
        by=system(network.pk), membership=membership, good=good, rests_on=_rests_on(code, membership)
    )


def _rests_on(code: CodeVersion | None, membership: Membership) -> date | None:
    if code is None:
        return None
    days = networks.joining().sign_within_days
    return rests_on(code.in_force_at.date(), membership.joined_on, days=days)


@transaction.atomic
def review_standings(*, network: Network) -> int:
    """Write the standing of all members anew; only those whose standing changes are touched; return how many."""
    code, days = selectors.current_code(), networks.joining().sign_within_days
    signed = set(Signature.objects.filter(code=code).values_list("membership_id", flat=True))
    changed = 0
    for one in Membership.objects.filter(status__in=VOICED).order_by("pk"):
        good = code is None or one.pk in signed
        since = None if good or code is None else rests_on(code.in_force_at.date(), one.joined_on, days=days)
        if (one.in_good_standing, one.rests_on) != (good, since):
            people.set_standing(by=system(network.pk), membership=one, good=good, rests_on=since)
            changed += 1
    return changed


@transaction.atomic
def remind_to_sign(*, network: Network) -> int:
    """Write once to each delegate whose member has not signed a week after it was asked; return to how many."""
    code = selectors.current_code()
    if code is None:
        return 0
    late = Ask.objects.filter(
        subject=ref_of(code), kind="code", closed_at=None, opened_at__lte=clock.now() - REMIND_AFTER
    )
    readers = Participant.objects.filter(
        until_on=None, person_id__in=late.values("person_id"), membership__status__in=VOICED
    )
    context = {
        "network": network,
        "link": settings.ORIGIN.rstrip("/") + reverse("membership:code", args=[network.slug]),
    }
    for reader in readers.select_related("person", "membership"):
        notify.mail(
            person_id=reader.person_id,
            address=reader.person.email,
            language=reader.person.language,
            kind="reminder",
            template="membership/mail/sign",
            context={**context, "membership": reader.membership},
            key=f"membership.sign:{network.pk}:{code.number}:{reader.membership_id}",
        )
    return len(readers)


@transaction.atomic
def sign_code(*, by: Actor, network: Network, code: CodeVersion) -> Signature:
    """Sign a version for the actor's member; signing twice is signing once."""
    access.sign_code.require(by)
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=by.membership_id or 0)
    known = Signature.objects.filter(code=code, membership=membership).first()
    if known:
        return known
    signature = Signature.objects.create(
        code=code, membership=membership, participant_id=by.participant_id or 0, at=clock.now()
    )
    events.code_signed.record(
        code, by=by, name=membership.name, number=code.number, membership=membership.uuid
    )
    people_of = Participant.objects.filter(membership=membership, until_on=None)
    for person_id in people_of.values_list("person_id", flat=True):
        notify.close_asks(subject=ref_of(code), person_id=person_id)
    review_standing(network=network, membership=membership)
    return signature
