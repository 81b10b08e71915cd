"""What somebody in the room without a screen finds of an objection, written down by who facilitates. Source: XCT-03."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.decisions import access, events, selectors
from tequio.decisions.models import Elector, Judgement, Live, Objection, Round
from tequio.decisions.services.amending import latest_round
from tequio.decisions.services.holding import hold
from tequio.decisions.services.ways_out import find
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.notify.rules import Reader
from tequio.people.models import Participant, Voice
from tequio.register.events import ref_of

ITS_WORD = gettext_lazy("%(who)s wrote down what your voice says of an objection. Is it right?")


@transaction.atomic
def record_judgement(
    *, by: Actor, live: Live, elector: Elector, given: str, harms: bool, words: str = ""
) -> Judgement:
    """Write down in a meeting what a voice, said aloud by ``given``, finds of the objection that the group looks at.

    Those who speak for the voice are told at once, and can say it themselves until the group has found. What a voice
    said by itself is never touched: raises Refused.
    """
    round = hold(round=latest_round(proposal_id=live.proposal_id))
    first = selectors.under_test(round)
    access.record_judgement.require(by, live, round, first, elector)
    if first is None or not given.strip() or (not harms and not words.strip()):
        raise Refused(_("Say whose answer it is, and why they see no harm."))
    objection = Objection.objects.select_for_update(of=("self",)).get(pk=first.pk)
    voice = selectors.of_voice(round, elector.voice_id)
    before = Judgement.objects.filter(objection=objection, **voice).first()
    if before is not None and before.given_by_id != by.participant_id:
        raise Refused(_("This voice has spoken for itself."))
    found, _new = Judgement.objects.update_or_create(
        objection=objection, **voice,
        defaults={
            "qualifies": harms, "words": words.strip()[:500], "given_at": clock.now(),
            "given_name": f"{given.strip()[:60]} ({by.name})"[:120],
            "given_by": Participant.objects.get(pk=by.participant_id or 0),
        },
    )  # fmt: skip
    events.judgement_recorded.record(
        found, by=by, member=found.voice_name, objector=first.voice_name, qualifies=harms, given=given.strip()[:60],
        number=round.proposal.number, title=round.version.title,
    )  # fmt: skip
    _tell(by, round, elector, found)
    find(by=by, objection=objection, round=round)
    return found


def _tell(by: Actor, round: Round, elector: Elector, found: Judgement) -> None:
    """Write to those who speak for the voice, and put it before them."""
    whose = Q(membership=elector.membership_id or 0, voice__in=[Voice.DELEGATE, Voice.SUBSTITUTE])
    if round.by_person:
        whose = Q(pk=elector.participant_id)
    people = Participant.objects.filter(whose, until_on=None, person__is_active=True)
    people = people.exclude(person_id=by.person_id or 0).order_by("pk")
    rows = list(people.values_list("person_id", "person__email", "person__language"))
    slug = Network.objects.values_list("slug", flat=True).get(pk=round.network_id)
    path = reverse("decisions:live", args=[slug, round.proposal.number])
    notify.ask_each(
        person_ids=[row[0] for row in rows], kind="recorded", title=round.version.title,
        why=notify.phrase(ITS_WORD, who=by.name), minutes=1, due_at=round.closes_at, path=path,
        subject=ref_of(round),
    )  # fmt: skip
    notify.mail_each(
        readers=[Reader(*row) for row in rows], kind="decision", template="decisions/mail/judged",
        context={
            "judgement": found, "objection": found.objection, "version": round.version, "member": elector.voice_name,
            "path": path,
        },
        key=f"decisions.judged:{found.pk}:{found.given_at.timestamp()}",
    )  # fmt: skip
