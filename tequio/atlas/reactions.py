"""What matching reads anew when somebody said what they need, has just joined, or is a candidate."""

from dataclasses import asdict

from procrastinate.contrib.django import app as jobs

from tequio.atlas.services.matching import read_members
from tequio.atlas.services.prospects import drop_forgotten, read_everybody, speaker_of
from tequio.membership import events as membership
from tequio.membership.models import Application, Exchange
from tequio.people import events as people
from tequio.register.models import Entry
from tequio.surveys import events as surveys
from tequio.surveys.models import Reply
from tequio.surveys.services.forgetting import FORGETTERS
from tequio.surveys.services.replying import READERS


@membership.exchange_said.then
def read_exchange(entry: Entry) -> None:
    """Read what a member has just said."""
    found = Exchange.objects.filter(pk=_key(entry)).first()
    if found is not None:
        read_members(memberships=[found.membership_id])


@membership.admitted.then
def read_new_member(entry: Entry) -> None:
    """Read what a new member said before it was one."""
    found = Application.objects.filter(pk=_key(entry)).first()
    if found is not None and found.membership_id is not None:
        read_members(memberships=[found.membership_id])


@surveys.candidates_made.then
@surveys.answers_imported.then
@surveys.import_undone.then
def read_surveys(entry: Entry) -> None:
    """Read what many answered."""
    read_everybody()


@people.candidate_forgotten.then
def forget_prospect(entry: Entry) -> None:
    """Let a candidate that was forgotten be no match any more."""
    drop_forgotten()


def read_later(reply: Reply) -> None:
    """Have a reply read by a job, where it can matter: of an organization that is known, or changed once it was sent."""
    if reply.organization_id or reply.sent_at != reply.changed_at:
        job = jobs.configure_task("tequio.atlas.tasks.read_answers")
        job.defer(network_id=reply.network_id, reply_id=reply.pk)


def forget_later(reply: Reply) -> None:
    """Have a job read anew, once a reply is erased, what else its organization said: matching forgets the rest."""
    speaker = speaker_of(reply=reply)
    if speaker.member or speaker.organization:  # a candidate goes with its reply
        job = jobs.configure_task("tequio.atlas.tasks.read_again")
        job.defer(network_id=reply.network_id, speaker=asdict(speaker))


READERS.append(read_later)
FORGETTERS.append(forget_later)


def _key(entry: Entry) -> int:
    return int(entry.ref.rpartition(":")[2])
