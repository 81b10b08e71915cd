"""The one reminder, a day before a round ends, to those whose voice is missing."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tequio.core import clock
from tequio.decisions import selectors
from tequio.decisions.models import Round
from tequio.decisions.services.holding import hold
from tequio.decisions.services.rounds import REMINDER
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people.models import Person


@transaction.atomic
def remind(*, round: Round) -> int:
    """Write to those who have not answered, once a round; return to how many. Source: EXPERIENCE 3.4 (9)."""
    round = hold(round=round)
    now = clock.now()
    if not round.takes_answers(now) or round.reminded_at or round.closes_at - now > REMINDER:
        return 0
    Round.objects.filter(pk=round.pk).update(reminded_at=now)
    people = list(Person.objects.filter(pk__in=selectors.voices_to_ask(round, unanswered=True)))
    slug = Network.objects.values_list("slug", flat=True).get(pk=round.network_id)
    url = settings.ORIGIN.rstrip("/") + reverse("decisions:open", args=[slug, round.proposal.number])
    for person in people:
        notify.mail(
            person_id=person.pk, address=person.email, language=person.language, kind="reminder",
            template="decisions/mail/reminder", context={"round": round, "version": round.version, "url": url},
            key=f"decisions.reminder:{round.uuid}:{person.pk}",
        )  # fmt: skip
    return len(people)
