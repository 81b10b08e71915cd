"""Open elections by consent, from the look at the role to the mandate. Source: GOV-16, GOVERNANCE 1.4."""

from __future__ import annotations

import secrets
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.core.scoping import tell_database
from tequio.elections import access, events, selectors
from tequio.elections.models import Nomination, OpenAnswer, OpenElection, OpenVoice
from tequio.elections.rules import open_election as rules
from tequio.elections.rules.open_election import AGREED, Bar, Stage, Word
from tequio.elections.services.open_asking import (
    about_election,
    ask_in_step,
    ask_nominee,
    hold_election,
    is_back,
)
from tequio.governance import selectors as governance
from tequio.governance import services as structure
from tequio.governance.models import Circle
from tequio.governance.rules import Role
from tequio.governance.rules.terms import months_after
from tequio.notify import services as notify
from tequio.people.models import Participant
from tequio.people.selectors.voices import network_today
from tequio.register.events import ref_of

BARS: dict[Bar, str | Promise] = {
    Bar.NOT_THERE: gettext_lazy("This step does not follow from where the election is."),
    Bar.NO_TERM: gettext_lazy("Say first for how many months."),
    Bar.NO_QUALIFICATIONS: gettext_lazy("Write first what the role needs."),
    Bar.OBJECTED: gettext_lazy("Somebody objects: it is mended first."),
    Bar.NOT_ALL_WROTE: gettext_lazy("Not all have written a name, or passed."),
    Bar.NOBODY_NOMINATED: gettext_lazy("Nobody was named: go back to what the role needs."),
    Bar.NOBODY_PROPOSED: gettext_lazy("Propose somebody first, with reasons."),
    Bar.NOT_ALL_ANSWERED: gettext_lazy("Voices are missing: each one answers first."),
}


@transaction.atomic
def open_election(*, by: Actor, circle: Circle, role: str, facilitator: Participant) -> OpenElection:
    """Begin to choose who holds a role of a circle; its members of today are those who are asked."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    access.open_election.require(by, circle, governance.standing(by, circle))
    if OpenElection.objects.filter(circle=circle, role=role, over_at=None).exists():
        raise Refused(_("This role is being filled already."))
    members = list(governance.members_of(circle))
    if facilitator not in members:
        raise Refused(_("Who facilitates is a member of the circle."))
    election = OpenElection.objects.create(
        circle=circle, role=Role(role).value, facilitator=facilitator, opened_by=_participant(by),
        months=circle.term_months, opened_at=clock.now(),
    )  # fmt: skip
    OpenVoice.objects.bulk_create(OpenVoice(election=election, participant=one) for one in members)
    events.election_opened.record(
        election, by=by, entitled=[one.uuid for one in members], **about_election(election=election)
    )
    return election


@transaction.atomic
def describe_role(
    *, by: Actor, election: OpenElection, about: str, months: int | None, qualifications: str
) -> OpenElection:
    """Write what the role is, for how long, and what it needs; what was answered about the words before is asked again."""
    election = hold_election(election=election)
    access.facilitate.require(by, election)
    if election.stage not in (Stage.ROLE, *AGREED):
        raise Refused(_("Names are being written for this role: it stays as it was described."))
    if months is not None and not 1 <= months <= 120:
        raise Refused(_("Say first for how many months."))
    election.about, election.months, election.qualifications = about.strip(), months, qualifications.strip()
    election.number += 1
    election.save()
    return election


@transaction.atomic
def step_election(*, by: Actor, election: OpenElection, to: Stage) -> OpenElection:
    """Go on to a step; raise Refused with what stands against it. The last one seats whoever was chosen."""
    election = hold_election(election=election)
    access.facilitate.require(by, election)
    voices = selectors.asked(election)
    if bar := rules.guard(selectors.facts_of(election, voices), to):
        raise Refused(BARS[bar])
    was = Stage(election.stage)
    if was is Stage.CONSENT and to is not Stage.PROPOSAL:
        _elect(by, election, voices)
    if was is Stage.CONFIRMATION and to is Stage.ELECTED:
        _confirm(by, election, voices)
    election.stage = to
    election.number += 1
    if was is Stage.NOMINATIONS:
        election.opened_nominations_at = clock.now()
    if to is Stage.ELECTED:
        election.over_at = clock.now()
    election.save()
    if was is Stage.NOMINATIONS:
        _opened(by, election)
    else:
        events.election_stepped.record(
            election, by=by, was=was.value, now=to.value, **about_election(election=election)
        )
    notify.close_asks(subject=ref_of(election))
    if to is Stage.CONFIRMATION:
        _ask_around(election)
    if to is Stage.ELECTED:
        _seat(election)
    ask_in_step(election=election)
    return election


def _opened(by: Actor, election: OpenElection) -> None:
    """Say in the register when all names were opened; refuse it where nobody was named."""
    rows = Nomination.objects.filter(election=election)
    if not rows.filter(nominee__isnull=False).exists():
        raise Refused(BARS[Bar.NOBODY_NOMINATED])
    sealed = sorted(rows.values_list("commitment", flat=True))
    events.nominations_opened.record(
        election, by=by, at=election.opened_nominations_at, sealed=sealed, **about_election(election=election)
    )


@transaction.atomic
def nominate(
    *, by: Actor, election: OpenElection, nominee: Participant | None, reason: str = ""
) -> Nomination:
    """Write a name and why, sealed until all are opened together; None passes. It can be written anew until then."""
    election = hold_election(election=election)
    voice = selectors.voice_of(by, election)
    access.nominate.require(by, election, voice)
    if voice is None or by.person_id is None:
        raise Refused(_("The members of the circle choose: they were counted when the election opened."))
    if nominee is not None and selectors.candidate(election, nominee.pk) is None:
        raise Refused(_("One names members of the circle; who leads it is not its delegate."))
    if nominee is not None and not reason.strip():
        raise Refused(_("Say what you see in this person."))
    is_back(voice=voice)
    tell_database(
        network_id=election.network_id, person_id=by.person_id
    )  # a sealed row shows to its writer alone
    salt = secrets.token_hex(32)
    written = f"{salt}|{nominee.uuid if nominee else ''}|{reason.strip()}"
    given, _new = Nomination.objects.update_or_create(
        voice=voice,
        defaults={
            "election": election, "person_id": by.person_id, "nominee": nominee, "reason": reason.strip(),
            "salt": salt, "commitment": sha256(written.encode()).hexdigest(),
        },
    )  # fmt: skip
    voice.wrote_at = clock.now()
    voice.save(update_fields=["wrote_at"])
    events.nominated.record(given, by=by, commitment=given.commitment, **about_election(election=election))
    notify.close_asks(subject=ref_of(election), person_id=by.person_id)
    return given


@transaction.atomic
def change_nomination(*, by: Actor, election: OpenElection, nominee: Participant, reason: str) -> Nomination:
    """Name somebody else after hearing the reasons of the others, and say why; what was written stays readable."""
    election = hold_election(election=election)
    voice = selectors.voice_of(by, election)
    access.change_nomination.require(by, election, voice)
    given = Nomination.objects.select_for_update().filter(voice=voice).first()
    if given is None or selectors.candidate(election, nominee.pk) is None:
        raise Refused(_("One names members of the circle; who leads it is not its delegate."))
    if not reason.strip():
        raise Refused(_("Say what moved you."))
    given.changed_to, given.changed_why, given.changed_at = nominee, reason.strip(), clock.now()
    given.save()
    events.nomination_changed.record(given, by=by, nominee=nominee.name, **about_election(election=election))
    return given


@transaction.atomic
def propose_nominee(
    *, by: Actor, election: OpenElection, nominee: Participant, reasons: str, months: int, measures: str = ""
) -> OpenElection:
    """Propose somebody, for so many months, with the reasons that were heard and what answers the objections.

    Everybody is asked anew. A shorter term or a measure may answer an objection; so may somebody else.
    """
    election = hold_election(election=election)
    access.facilitate.require(by, election)
    if election.stage != Stage.PROPOSAL:
        raise Refused(_("A person is proposed after the reasons were heard."))
    if selectors.candidate(election, nominee.pk) is None:
        raise Refused(_("One names members of the circle; who leads it is not its delegate."))
    if not reasons.strip() or not 1 <= months <= 120:
        raise Refused(BARS[Bar.NOBODY_PROPOSED])
    for voice in OpenVoice.objects.filter(election=election, participant=nominee):
        is_back(voice=voice)  # nobody is chosen in their absence
    election.nominee, election.reasons, election.months = nominee, reasons.strip(), months
    election.measures, election.attempt = measures.strip(), election.attempt + 1
    election.number += 1
    election.save()
    events.nominee_proposed.record(
        election, by=by, nominee=nominee.name, chosen=nominee.uuid, months=months, attempt=election.attempt,
        **about_election(election=election),
    )  # fmt: skip
    return election


@transaction.atomic
def answer_election(*, by: Actor, election: OpenElection, word: Word, words: str = "") -> OpenAnswer:
    """Answer what is asked in this step, once more if one changed one's mind; the nominee after all the others.

    An objection, and a concern, need words.
    """
    election = hold_election(election=election)
    voice = selectors.voice_of(by, election)
    access.answer.require(by, election, voice)
    if voice is None:
        raise Refused(_("Nothing is asked of you in this step."))
    if Word(word) is not Word.CONSENT and not words.strip():
        raise Refused(_("Say it in words: what would be harmed?"))
    is_back(voice=voice)
    asked = [one for one in selectors.asked(election) if one.counts]
    nominee = str(election.nominee.uuid) if election.nominee and election.stage == Stage.CONSENT else ""
    mine = next((one.uuid for one in asked if one.pk == voice.pk), None)
    if mine is None:
        raise Refused(_("You are no longer a member of the circle."))
    if not rules.may_answer(
        mine,
        nominee=nominee,
        voices=[one.uuid for one in asked],
        answered=[one.uuid for one in asked if one.word],
    ):
        raise Refused(_("Who is proposed answers last, after all the others."))
    given, _new = OpenAnswer.objects.update_or_create(
        voice=voice, stage=election.stage, attempt=_attempt(election),
        defaults={"word": Word(word).value, "words": words.strip(), "given_at": clock.now()},
    )  # fmt: skip
    if nominee and mine != nominee:  # who answered last no longer did
        late = OpenAnswer.objects.filter(
            voice__election=election, voice__participant=election.nominee, stage=Stage.CONSENT,
            attempt=election.attempt,
        )  # fmt: skip
        late.delete()
    events.election_answered.record(
        given, by=by, private={"word": given.word, "words": given.words}, **about_election(election=election)
    )
    notify.close_asks(subject=ref_of(election), person_id=by.person_id)
    if nominee and mine != nominee:
        ask_nominee(election=election)
    return given


def _attempt(election: OpenElection) -> int:
    return election.number if election.stage in AGREED else election.attempt


@transaction.atomic
def end_election(*, by: Actor, election: OpenElection, why: str) -> OpenElection:
    """End an election in which nobody is chosen, saying why."""
    election = hold_election(election=election)
    access.facilitate.require(by, election)
    if not why.strip():
        raise Refused(_("Say why: it is written into the register."))
    election.stage, election.over_at, election.over_why = Stage.ENDED, clock.now(), why.strip()[:300]
    election.number += 1
    election.save()
    events.election_ended.record(election, by=by, why=election.over_why, **about_election(election=election))
    notify.close_asks(subject=ref_of(election))
    return election


def _facts(election: OpenElection, voices: list[selectors.Asked], *, first: bool) -> dict[str, Any]:
    """Return what the register exports of a consent: each voice in the order in which it answered."""
    assert election.nominee is not None
    stage = Stage.CONSENT if first else Stage.CONFIRMATION
    given = OpenAnswer.objects.filter(voice__election=election, stage=stage, attempt=election.attempt)
    order = list(given.order_by("given_at", "pk").values_list("voice_id", flat=True))
    rows = sorted(voices, key=lambda one: (order.index(one.pk) if one.pk in order else len(order), one.pk))
    return {
        "rule": rules.RULE, "how": "consent", "step": Stage.ELECTED.value, "first": first,
        "nominee": str(election.nominee.uuid), "name": election.nominee.name, "attempt": election.attempt,
        "answers": [{"person": one.uuid, "answer": one.word, "left": not one.present}
                    | ({"excused": True} if one.excused else {}) for one in rows],
    }  # fmt: skip


def _elect(by: Actor, election: OpenElection, voices: list[selectors.Asked]) -> None:
    entry = events.elected.record(
        election,
        by=by,
        until=_until(election),
        **_facts(election, voices, first=True),
        **about_election(election=election),
    )
    election.elected_entry = entry.pk


def _confirm(by: Actor, election: OpenElection, voices: list[selectors.Asked]) -> None:
    assert election.circle.parent is not None
    entry = events.confirmed.record(
        election, by=by, parent=election.circle.parent.name, **_facts(election, voices, first=False),
        **about_election(election=election),
    )  # fmt: skip
    election.confirmed_entry = entry.pk


def _until(election: OpenElection) -> date:
    return months_after(network_today(), election.months or election.circle.term_months)


def _ask_around(election: OpenElection) -> None:
    """Count those of the circle around who consent to the one who comes: its members of today, without them."""
    assert election.circle.parent is not None
    members = governance.members_of(election.circle.parent).exclude(pk=election.nominee_id or 0)
    OpenVoice.objects.filter(election=election, around=True).delete()
    OpenVoice.objects.bulk_create(
        OpenVoice(election=election, participant=one, around=True) for one in members
    )
    if not members:
        raise Refused(_("The circle around has no members who could consent. Seat them first."))


def _seat(election: OpenElection) -> None:
    """Give the mandate, on the ground of the entries that were made."""
    assert election.nominee is not None
    until, by = _until(election), system(election.network_id)
    if selectors.confirms(election) and election.circle.parent is not None:
        parent = election.circle.parent
        if not governance.members_of(parent).filter(pk=election.nominee_id or 0).exists():
            structure.seat(
                by=by, circle=parent, participant=election.nominee, role=Role.MEMBER, until=until,
                entry=election.confirmed_entry, sent_by=election.circle,
            )  # fmt: skip
    election.seat = structure.seat(
        by=by, circle=election.circle, participant=election.nominee, role=election.role, until=until,
        entry=election.elected_entry,
    )  # fmt: skip
    election.save(update_fields=["seat"])


def _participant(by: Actor) -> Participant | None:
    return Participant.objects.get(pk=by.participant_id) if by.participant_id else None
