"""Writing down the answer of somebody without a device: marked so, told to them, corrected by them. Source: XCT-03, P7."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.decisions import access, events
from tequio.decisions.models import Answer, Elector, Objection, Round, Way
from tequio.decisions.rules import Position
from tequio.decisions.services.holding import hold
from tequio.decisions.services.rounds import Said, take
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.notify.rules import Reader
from tequio.people.models import Participant, Voice
from tequio.register.events import ref_of

OF_YOUR_ORGANIZATION = gettext_lazy("%(who)s wrote down an answer of your organization. Is it right?")
YOURS = gettext_lazy("%(who)s wrote down an answer of yours. Is it right?")


@transaction.atomic
def record_answer(
    *,
    by: Actor,
    round: Round,
    elector: Elector,
    given: str,
    position: Position,
    reason: str = "",
    mend: str = "",
    concern: str = "",
) -> Answer:
    """Write down what somebody (``given``) answered for their member by a call or a visit; the record says by whom.

    Those who speak for the member are told at once, and can correct it until the round closes. An answer that a
    voice gave itself is never touched: raises Refused.
    """
    round = hold(round=round)
    elector = (
        Elector.objects.select_for_update(of=("self",))
        .select_related("membership", "participant", "answer")
        .get(pk=elector.pk, round=round)
    )
    access.record_answer.require(by, round, elector)
    if not given.strip():
        raise Refused(_("Say whose answer it is."))
    said = Said(given.strip()[:120], Way.BEHALF, recorder=by.name, reason=reason, mend=mend, concern=concern)
    answer = take(by=by, round=round, elector=elector, position=position, said=said)
    events.answer_recorded.record(
        answer, by=by, uuid=round.proposal.uuid, number=round.proposal.number, title=round.version.title,
        member=elector.voice_name, given=answer.given_name,
    )  # fmt: skip
    _tell(by, round, elector, answer)
    return answer


def _tell(by: Actor, round: Round, elector: Elector, answer: Answer) -> None:
    """Write to those who speak for the member, and put it before them while it can be corrected."""
    whose = Q(membership=elector.membership, voice__in=[Voice.DELEGATE, Voice.SUBSTITUTE])
    if round.by_person:
        whose = Q(pk=elector.participant_id)
    voices = Participant.objects.filter(whose, until_on=None, person__is_active=True)
    voices = voices.exclude(person_id=by.person_id or 0)
    rows = list(voices.order_by("pk").values_list("person_id", "person__email", "person__language"))
    slug = Network.objects.values_list("slug", flat=True).get(pk=round.network_id)
    path = reverse("decisions:open", args=[slug, round.proposal.number])
    still_open = Round.objects.filter(pk=round.pk, closed_at=None).exists()
    if still_open:
        notify.ask_each(
            person_ids=[row[0] for row in rows], kind="recorded", title=round.version.title,
            why=notify.phrase(YOURS if round.by_person else OF_YOUR_ORGANIZATION, who=by.name),
            minutes=1, due_at=round.closes_at, path=path, subject=ref_of(round),
        )  # fmt: skip
    notify.mail_each(
        readers=[Reader(*row) for row in rows], kind="decision", template="decisions/mail/recorded",
        context={
            "answer": answer, "round": round, "version": round.version, "member": elector.voice_name, "path": path,
            "still_open": still_open, "objection": _objection(round, elector, answer),
        },
        key=f"decisions.recorded:{answer.pk}:{(answer.changed_at or answer.given_at).timestamp()}",
    )  # fmt: skip


def _objection(round: Round, elector: Elector, answer: Answer) -> Objection | None:
    """Return what was written down as the harm, if it is an objection: whose word it is reads all of it."""
    if answer.position != Position.OBJECT:
        return None
    own = Q(membership=elector.membership, participant=elector.participant)
    return Objection.objects.filter(own, round=round).order_by("-pk").first()
