"""What this app does when a charter comes into force, a member joins, a delegate is seated, an admission is decided."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from tequio.decisions import events as decisions
from tequio.decisions.models import Answer
from tequio.decisions.rules import Kind
from tequio.membership import events, services
from tequio.membership.models import Application, Removal
from tequio.networks import events as networks
from tequio.networks.models import Network
from tequio.notify import selectors as notify
from tequio.people import events as people
from tequio.people.models import Membership, Participant, Voice
from tequio.register.events import ref_of
from tequio.register.models import Entry


@networks.rules_set.then
def follow_charter(entry: Entry) -> None:
    """Put the charter's code of ethics in force."""
    services.follow_charter(network=_network(entry))


@people.joined.then
def review_standing(entry: Entry) -> None:
    """Start a new member where everybody starts: it has yet to sign."""
    membership = Membership.objects.filter(pk=_key(entry)).first()
    if membership is not None:
        services.review_standing(network=_network(entry), membership=membership)


@people.seated.then
def ask_the_seated(entry: Entry) -> None:
    """Ask a delegate who has just arrived to sign."""
    _ask_to_sign(entry)


@people.seated.then
@people.delegate_named.then
def welcome(entry: Entry) -> None:
    """Ask who speaks for a new member for the few things of its first two weeks."""
    participant = Participant.objects.select_related("membership").filter(pk=_key(entry)).first()
    if participant is not None:
        services.welcome(network=_network(entry), participant=participant)


@people.seated.then
@people.substitute_named.then
def second_voice(entry: Entry) -> None:
    """Close what asked for a second person who can speak, once there is one."""
    participant = Participant.objects.select_related("membership").filter(pk=_key(entry)).first()
    if participant is not None and participant.membership and participant.voice == Voice.SUBSTITUTE:
        services.done_by_member(membership=participant.membership, kind="second")


def _was_to_look(answer: Answer) -> bool:
    """Say whether the member who answers was asked to look at the decisions: thousands may answer who were not."""
    member = answer.elector.membership
    return member is not None and notify.is_asked(subject=ref_of(member), kind="look")


@decisions.answered.then_where(_was_to_look)
def looked(entry: Entry) -> None:
    """Close what asked to look at the decisions, once the member has answered one."""
    answer = Answer.objects.select_related("elector__membership").filter(pk=_key(entry)).first()
    if answer is not None and answer.elector.membership is not None:
        services.done_by_member(membership=answer.elector.membership, kind="look")


@people.resumed.then
def back_from_pause(entry: Entry) -> None:
    """Ask a member that is back to sign what it missed, and write its standing anew."""
    membership = Membership.objects.filter(pk=_key(entry)).first()
    if membership is not None:
        services.review_standing(network=_network(entry), membership=membership)
        for participant in Participant.objects.filter(membership=membership, until_on=None):
            services.ask_to_sign(network=_network(entry), participant=participant)


@people.delegate_named.then
def ask_the_delegate(entry: Entry) -> None:
    """Ask a new delegate to sign, when their member has not."""
    _ask_to_sign(entry)


@people.duty_given.then
@people.duty_taken.then
def pass_requests(entry: Entry) -> None:
    """Let the open requests wait for whoever looks after them now."""
    participant = Participant.objects.filter(pk=_key(entry)).first()
    if participant is not None:
        services.pass_requests(network=_network(entry), participant=participant)


@people.voice_ended.then
def stop_asking_to_sign(entry: Entry) -> None:
    """Take the code from whom it waited: somebody else signs for the member now."""
    participant = Participant.objects.filter(pk=_key(entry)).first()
    if participant is not None and participant.voice != Voice.DELEGATE:
        services.stop_asking_to_sign(participant=participant)


def _ask_to_sign(entry: Entry) -> None:
    participant = Participant.objects.filter(pk=_key(entry)).first()
    if participant is not None:
        services.ask_to_sign(network=_network(entry), participant=participant)


@events.admitted.then
def note_joined(entry: Entry) -> None:
    """Note that the candidate who was invited is a member now."""
    if application := Application.objects.filter(pk=_key(entry)).first():
        services.note_joined(application=application)


@decisions.adopted.then
def admit(entry: Entry) -> None:
    """Admit whom all members admitted."""
    if application := _application(entry):
        services.settle_decision(network=_network(entry), application=application, adopted=True)


@decisions.not_adopted.then
def decline(entry: Entry) -> None:
    """Tell the applicant that the members did not agree, and where the record is."""
    if application := _application(entry):
        with override(application.language):
            reasons = _(
                "All members decided together, and no consent was reached. The network keeps the record."
            )
        services.settle_decision(
            network=_network(entry), application=application, adopted=False, reasons=reasons
        )


@decisions.adopted.then
def remove(entry: Entry) -> None:
    """End the membership that the others decided to end."""
    if removal := _removal(entry):
        services.settle_removal(removal=removal, adopted=True)


@decisions.not_adopted.then
def keep(entry: Entry) -> None:
    """Close a removal to which the others did not agree."""
    if removal := _removal(entry):
        services.settle_removal(removal=removal, adopted=False)


def _removal(entry: Entry) -> Removal | None:
    if entry.facts.get("kind") != Kind.REMOVAL:
        return None
    return Removal.objects.filter(proposal=entry.facts.get("uuid")).first()


def _application(entry: Entry) -> Application | None:
    if entry.facts.get("kind") != Kind.ADMISSION:
        return None
    _label, _colon, key = str(entry.facts.get("subject", "")).rpartition(":")
    return Application.objects.filter(pk=int(key)).first() if key.isdigit() else None


def _key(entry: Entry) -> int:
    return int(entry.ref.rpartition(":")[2])


def _network(entry: Entry) -> Network:
    return Network.objects.get(pk=entry.network_id)
