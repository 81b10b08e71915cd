"""Papers into the box: once a voice, and of a secret ballot nothing that tells whose, or in which order."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.elections import access, events, selectors
from tequio.elections.models import Ballot, Paper, Participation, Voter
from tequio.elections.rules import papers as rules
from tequio.elections.services.ballot_facts import about, hold_ballot, path_of_ballot
from tequio.notify import services as notify
from tequio.people.models import Participant
from tequio.register.events import ref_of

MIXED = 40
MALFORMED = {
    "shape": gettext_lazy("This paper does not answer what the ballot asks."),
    "many": gettext_lazy("This paper chooses more than the ballot allows."),
    "foreign": gettext_lazy("This paper names something that is not in this ballot."),
    "twice": gettext_lazy("This paper names the same thing twice."),
    "empty": gettext_lazy("This paper says nothing. Choose something, or say that you prefer not to say."),
    "points": gettext_lazy("This paper gives points that the ballot does not allow."),
}
WRITTEN = gettext_lazy("%(who)s wrote down the paper of your voice in this ballot. Is it right?")


@transaction.atomic
def cast(*, by: Actor, ballot: Ballot, paper: Any, receipt: str) -> str:
    """Put the paper of the actor's voice into the box, once; return its code.

    Of a secret ballot nothing joins paper and voter, and no time is kept. Raises Refused with the reason for what is late,
    double, foreign or malformed. Source: GOVERNANCE 5.4.
    """
    ballot = hold_ballot(ballot=ballot, shared=True)
    voter, done = selectors.my_voter(by, ballot)
    access.cast.require(by, ballot, voter, done)
    assert voter is not None
    return _put(ballot, voter, paper, receipt)


@transaction.atomic
def cast_for(*, by: Actor, ballot: Ballot, voter: Voter, paper: Any) -> str:
    """Write down, in a named ballot, the paper of a voice that could not cast it, as it was told by a call or a visit.

    Those who speak for the voice are told at once; the paper is published with who wrote it down. Source: XCT-03.
    """
    ballot = hold_ballot(ballot=ballot, shared=True)
    voter = Voter.objects.select_related("membership", "participant").get(pk=voter.pk, ballot=ballot)
    access.cast_for.require(by, ballot)
    code = _put(ballot, voter, paper, secrets.token_hex(16), recorded=by.name)
    whose = voter.membership or voter.participant
    assert whose is not None
    events.paper_recorded.record(ballot, by=by, **about(ballot=ballot), voice=whose.name)
    asked = [one for one in selectors.persons_of_voice(voter) if one != by.person_id]
    notify.ask_each(
        person_ids=asked, kind="recorded", title=ballot.title, why=notify.phrase(WRITTEN, who=by.name), minutes=1,
        path=path_of_ballot(ballot=ballot), subject=ref_of(ballot), handable=False,
    )  # fmt: skip
    return code


def _put(ballot: Ballot, voter: Voter, paper: Any, receipt: str, *, recorded: str = "") -> str:
    says = _checked(ballot, paper)
    if not rules.RECEIPT.fullmatch(receipt):
        raise Refused(_("The receipt has 32 letters and figures, from 0 to 9 and a to f."))
    code = rules.code_of(says, receipt=receipt)
    # Whoever sends the same voice at the same moment waits here, and then reads that it is in the box.
    Voter.objects.select_for_update(of=("self",)).get(pk=voter.pk)
    if Participation.objects.filter(voter=voter).exists():
        raise Refused(_("Your paper is in the box already. It cannot be changed or cast again."))
    if Paper.objects.filter(ballot=ballot, code=code).exists():
        raise Refused(_("This receipt was used in this ballot before. Take a fresh one."))
    took_part = Participation.objects.create(voter=voter)
    row = Paper(ballot=ballot, code=code, says=says, recorded_name=recorded)
    if ballot.secret:
        _mix_in(ballot, row)
    else:
        row.participation = took_part
        row.save()
    _done_for(voter, ballot)
    return code


def _checked(ballot: Ballot, paper: Any) -> dict[str, Any]:
    numbers = set(ballot.options.values_list("number", flat=True))
    try:
        return rules.checked(
            paper, kind=ballot.kind, options=numbers, most=ballot.most, highest=ballot.highest
        )
    except rules.Malformed as wrong:
        raise Refused(str(MALFORMED[wrong.code])) from wrong


def _mix_in(ballot: Ballot, paper: Paper) -> None:
    """Put a paper into the box among others, taken out by chance and put back with it.

    Rows lie in a table in the order in which they were written, and tell which transaction wrote them: so neither tells which
    paper came last. What others hold at this moment stays where it is.
    """
    rows = Paper.objects.select_for_update(skip_locked=True).filter(ballot=ballot).order_by("?")
    others = list(rows[:MIXED])
    Paper.objects.filter(pk__in=[one.pk for one in others]).delete()
    lay_out(papers=[*others, paper], ballot=ballot)


def lay_out(*, papers: Sequence[Paper], ballot: Ballot) -> None:
    """Write secret papers by their codes, all at once."""
    by_code = sorted(papers, key=lambda one: one.code)
    Paper.objects.bulk_create(
        [Paper(ballot=ballot, code=one.code, says=one.says) for one in by_code], batch_size=1000
    )


def _done_for(voter: Voter, ballot: Ballot) -> None:
    """Take the question away from those who speak for this voice."""
    people = Participant.objects.filter(until_on=None)
    if voter.participant_id is not None:
        people = people.filter(pk=voter.participant_id)
    elif voter.membership_id is not None:
        people = people.filter(membership_id=voter.membership_id)
    for person_id in people.values_list("person_id", flat=True):
        notify.close_asks(subject=ref_of(ballot), person_id=person_id)
