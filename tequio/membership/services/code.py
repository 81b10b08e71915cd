"""The code of ethics: its versions, who signs, and what signing means for a member's standing. Source: GOV-38."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tequio.core import clock
from tequio.core.actor import Actor, system
from tequio.core.texts import Texts
from tequio.membership import access, events, selectors
from tequio.membership.models import CodeVersion, Signature
from tequio.networks import selectors as networks
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people import services as people
from tequio.people.models import Membership, Participant, Voice
from tequio.people.models.memberships import VOICED
from tequio.register.events import ref_of


@transaction.atomic
def follow_charter(*, network: Network) -> CodeVersion | None:
    """Make a version of the code that the charter holds, unless it is the one in force; None without any."""
    said = networks.statements(*selectors.CODE_KEYS)
    row = next((said[key] for key in selectors.CODE_KEYS if key in said), None)
    if row is None or not any(row.texts.values()):
        return None
    current = selectors.current_code()
    if current is not None and current.texts.items() <= row.texts.items():
        return current  # the same words, or one more translation of them: what was signed stays, nobody signs again
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
    for membership in Membership.objects.filter(status__in=VOICED):
        review_standing(network=network, membership=membership)
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
    """Write whether a member is in good standing: it has signed the code that holds, where there is one."""
    code = selectors.current_code()
    good = code is None or selectors.has_signed(membership.pk, code)
    return people.set_standing(by=system(network.pk), membership=membership, good=good)


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
