"""The next selection of the coordination: a lot or a ballot, as the charter says, prepared before anybody asks for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from babel.dates import format_date
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy, to_locale

from tequio.core import clock
from tequio.core.actor import system
from tequio.elections import access, events
from tequio.elections.models import Ballot, BallotKind, BallotState, Lot, LotState
from tequio.elections.services.ballot_facts import path_of_ballot
from tequio.elections.services.ballots import Draft, prepare
from tequio.elections.services.lots import path_of
from tequio.governance import selectors as structure
from tequio.governance.models import Circle
from tequio.governance.rules import Role
from tequio.governance.rules.terms import SELECT_BEFORE_DAYS
from tequio.networks.selectors import governance
from tequio.notify import services as notify
from tequio.notify.models import Ask
from tequio.notify.words import phrase
from tequio.people.selectors.voices import network_today
from tequio.register.events import ref_of

TITLE = gettext_lazy("Who coordinates next")
ABOUT = gettext_lazy(
    "The mandate ends on %(until)s. Whoever follows is chosen or drawn, never kept on by silence."
)
PREPARED = gettext_lazy("It is prepared. Look at it, and open it.")


@transaction.atomic
def prepare_selection(*, body: Circle, until: date) -> Lot | Ballot | None:
    """Prepare who follows in the coordination, once: a lot or a secret ballot, as the charter says; the coordination opens it.

    Nothing is prepared while a selection for the body is under way. Source: GOV-17, GOV-18, GOV-19.
    """
    body = Circle.objects.select_for_update(of=("self",)).get(pk=body.pk)
    under_way = Lot.objects.filter(body=body, state__in=access.UNDER_WAY).exists()
    if under_way or Ballot.objects.filter(body=body).exclude(state=BallotState.CLOSED).exists():
        return None
    last = network_today() + timedelta(days=SELECT_BEFORE_DAYS)
    seats = structure.active().filter(circle=body, role=Role.MEMBER, until__lte=last).count()
    about = phrase(ABOUT, until=_in_words(until))
    if governance().coordination_by_lot:
        lot = _lot(body, max(seats, 1), about, until)
        _ask(body, until, path_of(lot=lot))
        return lot
    ballot = _ballot(body, max(seats, 1), about)
    _ask(body, until, path_of_ballot(ballot=ballot))
    return ballot


def _in_words(day: date) -> dict[str, str]:
    """Write a day out, in each language of the interface."""
    return {code: format_date(day, "long", locale=to_locale(code)) for code, _name in settings.LANGUAGES}


def _lot(body: Circle, seats: int, about: dict[str, str], until: date) -> Lot:
    """Write a lot whose list nobody has opened, balanced as the last one was."""
    before = Lot.objects.filter(body=body).order_by("-opened_at", "-pk").first()
    now = clock.now()
    lot = Lot.objects.create(
        title=phrase(TITLE), about=about, of=before.of if before else "PEOPLE", body=body, size=seats,
        features=before.features if before else [], state=LotState.DRAFT, opened_at=now, correct_until=now,
    )  # fmt: skip
    events.lot_prepared.record(
        lot,
        by=system(lot.network_id),
        title=lot.title,
        circle=body.name,
        until=until,
        size=seats,
        draft=lot.uuid,
    )
    return lot


def _ballot(body: Circle, seats: int, about: dict[str, str]) -> Ballot:
    kind = BallotKind.RANKED_SEATS if seats > 1 else BallotKind.RANKED_ONE
    draft = Draft(
        kind=kind, title=phrase(TITLE), about=about, secret=True, seats=seats, body=body, role=Role.MEMBER,
        months=structure.mandate_rule(body).months,
    )  # fmt: skip
    return prepare(by=system(body.network_id), draft=draft)


def _ask(body: Circle, until: date, path: str) -> None:
    """Lead those who were asked for the next selection to what is prepared."""
    subject = f"{ref_of(body)}/{until}"
    asked = Ask.objects.filter(kind="mandate", subject=subject, closed_at=None)
    notify.ask_each(
        person_ids=list(asked.values_list("person_id", flat=True)), kind="mandate", title=TITLE, why=PREPARED, minutes=10,
        path=path, subject=subject, due_at=datetime.combine(until, time(12), tzinfo=UTC),
    )  # fmt: skip
