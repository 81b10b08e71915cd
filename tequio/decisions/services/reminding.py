"""The letters that ask for an answer: one when a round opens, if the weekly letter would come too late, one a day before it ends."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.core import clock
from tequio.decisions import selectors
from tequio.decisions.models import Round
from tequio.decisions.services.asking import REMINDER
from tequio.decisions.services.holding import hold
from tequio.decisions.services.links import answer_links
from tequio.networks.models import Gathering, Network
from tequio.networks.rules import WEEKLY, digest_is_due
from tequio.networks.selectors import rhythms
from tequio.notify import services as notify
from tequio.notify.models import Ask
from tequio.notify.rules import Reader, next_weekly
from tequio.people.models import Person

Words = str | Promise
CONSENT_MARKS: Sequence[tuple[str, Words]] = (
    ("yes", _("Yes, I can live with it")),
    ("concern", _("Yes, and I leave a concern")),
    ("object", _("I see a harm: I have an objection")),
    ("pass", _("I pass this time")),
)
VOTE_MARKS: Sequence[tuple[str, Words]] = (("yes", _("Yes")), ("no", _("No")), ("abstain", _("I abstain")))


@transaction.atomic
def remind(*, round: Round) -> int:
    """Write to those who have not answered, once a round; return to how many. Source: EXPERIENCE 3.4 (9)."""
    round = hold(round=round)
    now = clock.now()
    if not round.takes_answers(now) or round.reminded_at or round.closes_at - now > REMINDER:
        return 0
    Round.objects.filter(pk=round.pk).update(reminded_at=now)
    people = selectors.voices_to_ask(round, unanswered=True)
    _write(round, people, kind="reminder", template="decisions/mail/reminder")
    return len(people)


@transaction.atomic
def ask_by_letter(*, round: Round) -> int:
    """Ask by letter right after a round opened, unless the weekly letter does it in time; return how many letters.

    In time is a day before the end, when the one reminder goes out. Source: EXPERIENCE 3.10.
    """
    round = hold(round=round, shared=True)
    now = clock.now()
    in_time = not round.urgent and _weekly_letter_comes(now, before=round.closes_at - REMINDER)
    if not round.takes_answers(now) or in_time:
        return 0
    return _write(
        round, selectors.voices_to_ask(round, unanswered=True), kind="asked", template="decisions/mail/asked"
    )


def _weekly_letter_comes(now: datetime, *, before: datetime) -> bool:
    """Say whether a weekly letter that lists what waits goes out in time; how often it does, the charter says."""
    times, monday = rhythms().get(Gathering.DIGEST, WEEKLY), next_weekly(now)
    while monday < before:
        if digest_is_due(times, on=monday.date()):
            return True
        monday = next_weekly(monday)
    return False


def _write(round: Round, person_ids: Collection[int], *, kind: str, template: str) -> int:
    tokens = answer_links(round=round, person_ids=person_ids)
    rows = Person.objects.filter(pk__in=person_ids).order_by("pk")
    slug = Network.objects.values_list("slug", flat=True).get(pk=round.network_id)
    origin = settings.ORIGIN.rstrip("/")
    return notify.mail_each(
        readers=[Reader(*row) for row in rows.values_list("pk", "email", "language")],
        kind=kind, template=template,
        context={
            "round": round, "version": round.version, "marks": marks_of(round=round),
            "url": origin + reverse("decisions:open", args=[slug, round.proposal.number]),
            "answer_url": f"{origin}/{slug}/answer",
        },
        key=f"decisions.{kind}:{round.uuid}",
        personal={person_id: {"token": token} for person_id, token in tokens.items()},
    )  # fmt: skip


def marks_of(*, round: Round) -> Sequence[tuple[str, Words]]:
    """Return the answers of a round as their addresses name them, with their words."""
    return VOTE_MARKS if round.is_vote else CONSENT_MARKS


def answers_of(*, asks: Sequence[Ask]) -> dict[int, list[tuple[Words, str]]]:
    """Return the links with which these asks are answered from the weekly letter."""
    by_round: dict[int, list[Ask]] = {}
    for ask in asks:
        label, _colon, number = ask.subject.partition(":")
        if label == Round._meta.label and number.isdecimal():
            by_round.setdefault(int(number), []).append(ask)
    rows = Round.objects.filter(pk__in=by_round, closed_at=None, closes_at__gt=clock.now()).select_related(
        "version", "proposal"
    )
    slug = Network.objects.values_list("slug", flat=True).get(pk=asks[0].network_id)
    found: dict[int, list[tuple[Words, str]]] = {}
    for round in rows:
        mine = by_round[round.pk]
        tokens = answer_links(round=round, person_ids=[ask.person_id for ask in mine])
        for ask in mine:
            if token := tokens.get(ask.person_id):
                found[ask.pk] = [
                    (words, reverse("decisions:mailed-marked", args=[slug, token, mark]))
                    for mark, words in marks_of(round=round)
                ]
    return found
