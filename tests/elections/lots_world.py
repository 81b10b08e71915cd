"""What tests of lots share: the days of a real round of the beacon, and a network with people enough."""

from datetime import UTC, datetime, timedelta

from tequio.core import clock
from tequio.elections import services
from tequio.elections.models import Entrant
from tequio.elections.rules import beacon
from tequio.governance import services as governance
from tequio.people.models import Person
from tequio.people.selectors import find_actor
from tequio.register.models import Entry
from tests.jobs import run_due_jobs

ROUND = 657413
SIGNATURE = "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
PUBLISHED_AT = datetime.fromtimestamp(beacon.time_of(beacon.QUICKNET, round_number=ROUND), tz=UTC)
OPENED_AT = PUBLISHED_AT - timedelta(days=6)
CLOSED_AT = PUBLISHED_AT - timedelta(days=2)
DRAWN_AT = PUBLISHED_AT + timedelta(minutes=1)


def open_lot(by, *, at=OPENED_AT, **more):
    facts = {"title": "Coordinación", "about": "", "of": "PEOPLE", "size": 2} | more
    with clock.at(at):
        return services.hold_lot(by=by, **facts)


def close_lot(by, lot):
    with clock.at(CLOSED_AT):
        services.freeze_lot(by=by, lot=lot)
        run_due_jobs()
    lot.refresh_from_db()
    return lot


def announce(by, lot):
    with clock.at(CLOSED_AT):
        return services.announce_draw(by=by, lot=lot, at=PUBLISHED_AT)


def drawn(by, lot):
    announce(by, close_lot(by, lot))
    with clock.at(DRAWN_AT):
        return services.draw_lots(by=by, lot=lot, signature=SIGNATURE)


def close_lot_jobs(lot):
    with clock.at(CLOSED_AT):
        run_due_jobs()
    lot.refresh_from_db()


def entrant(lot, name):
    return Entrant.objects.select_related("lot").get(lot=lot, participant__name=name)


def actor(name):
    return find_actor(Person.objects.get(email=f"{name.lower()}@example.org"))


def facts_of(kind):
    return Entry.objects.filter(kind=kind).order_by("-turn").first().payload.facts


def body(ana, **more):
    with clock.at(OPENED_AT):
        return governance.open_circle(
            by=ana, name={"es": "Coordinación"}, aim={"es": "Coordinar"}, kind="COORDINATION", **more
        )


def address(lot, rest=""):
    return f"/andina/lots/{lot.uuid}/{rest}"
