"""Whom an open election asks in each step, and for whom it does not wait."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.elections import access, events, selectors
from tequio.elections.models import OpenElection, OpenVoice
from tequio.elections.rules import open_election as rules
from tequio.elections.rules.open_election import Stage
from tequio.governance.models import ROLES
from tequio.governance.services.seats import said_in_all
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.register.events import ref_of

WHY = {
    Stage.NOMINATIONS: gettext_lazy("Whom do you see in this role? Write it before anybody speaks."),
    Stage.CONSENT: gettext_lazy("Somebody is proposed for a role of your circle. Can you live with it?"),
    Stage.CONFIRMATION: gettext_lazy("A circle sends somebody into yours. Can you live with it?"),
}


def hold_election(*, election: OpenElection) -> OpenElection:
    """Return the election as it stands now, held until the transaction ends."""
    rows = OpenElection.objects.select_for_update(of=("self",)).select_related(
        "circle__parent", "nominee", "facilitator"
    )
    return rows.get(pk=election.pk)


def about_election(*, election: OpenElection) -> dict[str, Any]:
    """Return what each entry of the register says of an open election."""
    return {
        "circle": election.circle.name, "uuid": election.uuid, "role": said_in_all(label=dict(ROLES)[election.role]),
    }  # fmt: skip


def ask_in_step(*, election: OpenElection) -> None:
    """Put what is asked in this step before those who are asked, the nominee last."""
    stage = Stage(election.stage)
    if stage not in WHY:
        return
    rows = OpenVoice.objects.filter(election=election, around=stage is Stage.CONFIRMATION)
    if stage is Stage.CONSENT:
        rows = rows.exclude(participant=election.nominee)
    _put(election, list(rows.values_list("participant__person_id", flat=True)))
    if stage is Stage.CONSENT:
        ask_nominee(election=election)


def ask_nominee(*, election: OpenElection) -> None:
    """Ask the nominee once all the others have answered."""
    asked = [one for one in selectors.asked(election) if one.counts]
    others = [one for one in asked if one.participant_id != election.nominee_id]
    if election.nominee is not None and all(one.word for one in others):
        _put(election, [election.nominee.person_id])


def _put(election: OpenElection, person_ids: list[int]) -> None:
    slug = Network.objects.values_list("slug", flat=True).get(pk=election.network_id)
    notify.ask_each(
        person_ids=person_ids, kind="election", title=election.circle.name, why=WHY[Stage(election.stage)], minutes=3,
        path=reverse("elections:election", args=[slug, election.uuid]), subject=ref_of(election),
    )  # fmt: skip


@transaction.atomic
def excuse_voice(*, by: Actor, election: OpenElection, voice: OpenVoice, why: str) -> OpenVoice:
    """Let the step not wait for somebody who is absent, for a reason that all read; who speaks again is asked again.

    Raises Refused for the nominee, who is asked last, and where no more voices would be there than away. Source: GOV-16.
    """
    election = hold_election(election=election)
    access.facilitate.require(by, election)
    voice = OpenVoice.objects.select_related("participant").get(pk=voice.pk, election=election)
    asked = [one for one in selectors.asked(election) if one.present]
    mine = next((one for one in asked if one.pk == voice.pk), None)
    if mine is None or mine.excused or mine.word or (mine.wrote and election.stage == Stage.NOMINATIONS):
        raise Refused(_("Nobody waits for this person."))
    if not why.strip():
        raise Refused(_("Say why: everybody reads it."))
    if election.stage == Stage.CONSENT and voice.participant_id == election.nominee_id:
        raise Refused(_("Who is proposed has to answer: nobody is chosen in their absence."))
    if not rules.may_excuse(voices=len(asked), excused=1 + sum(bool(one.excused) for one in asked)):
        raise Refused(_("More voices have to be there than away. Choose another day."))
    voice.excused_at, voice.excused_why = clock.now(), why.strip()[:300]
    voice.save(update_fields=["excused_at", "excused_why"])
    events.voice_excused.record(
        voice, by=by, name=voice.participant.name, why=voice.excused_why, **about_election(election=election)
    )
    notify.close_asks(subject=ref_of(election), person_id=voice.participant.person_id)
    if election.stage == Stage.CONSENT:
        ask_nominee(election=election)
    return voice


def is_back(*, voice: OpenVoice) -> None:
    """Count on somebody again who was excused, and speaks."""
    OpenVoice.objects.filter(pk=voice.pk).exclude(excused_at=None).update(excused_at=None, excused_why="")
