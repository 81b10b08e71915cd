"""Keeping two circles tied: waivers, what flows, and telling both when a link breaks or holds again."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.core.texts import Texts, say
from tequio.governance import access, events, selectors
from tequio.governance.models import TROUBLES, Circle, FlowNote, Waiver
from tequio.governance.rules import Direction, Link
from tequio.governance.services.seats import require_decision
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.notify.rules import Reader
from tequio.notify.words import phrase
from tequio.people.models import Participant
from tequio.people.selectors.voices import network_today
from tequio.register.events import ref_of
from tequio.register.models import Entry

LONGEST_WAIVER = 366


@transaction.atomic
def waive_link(*, by: Actor, circle: Circle, reason: str, until: date, entry: UUID) -> Waiver:
    """Let the link of a circle hang on one person until before a day, by a decision and with the reason. Source: C9."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    access.waive_link.require(by, circle, selectors.standing(by, circle))
    today = network_today()
    if not reason.strip():
        raise Refused(_("Say why: it is written into the register."))
    if not 1 <= (until - today).days <= LONGEST_WAIVER:
        raise Refused(_("It lasts from one day to a year."))
    require_decision(entry=entry)
    Waiver.objects.filter(circle=circle, ended_at=None).update(ended_at=clock.now())
    waiver = Waiver.objects.create(
        circle=circle, reason=reason.strip(), since=today, until=until, entry=entry
    )
    events.link_waived.record(
        circle, by=by, circle=circle.name, uuid=circle.uuid, until=until, reason=waiver.reason, entry=entry
    )
    return waiver


@transaction.atomic
def end_waiver(*, by: Actor, circle: Circle) -> None:
    """Let a link need two people again."""
    access.waive_link.require(by, circle, selectors.standing(by, circle))
    if Waiver.objects.filter(circle=circle, ended_at=None).update(ended_at=clock.now()):
        events.waiver_ended.record(circle, by=by, circle=circle.name, uuid=circle.uuid)


@transaction.atomic
def write_flow(*, by: Actor, circle: Circle, direction: str, words: str, language: str) -> FlowNote:
    """Write what went down into a circle, or came up from it. Source: GOV-14, GOV-15."""
    access.write_flow.require(by, circle, selectors.standing(by, circle))
    if not words.strip() or circle.parent is None:
        raise Refused(_("Write down what it was."))
    note = FlowNote.objects.create(
        circle=circle, direction=Direction(direction), words=words.strip(), language=language,
        participant_id=by.participant_id or 0, at=clock.now(),
    )  # fmt: skip
    events.flowed.record(
        note, by=by, circle=circle.name, parent=circle.parent.name, uuid=circle.uuid, direction=note.direction
    )
    return note


@transaction.atomic
def mind_links(*, network: Network) -> int:
    """Tell both circles of links that broke, and ask the circle to mend them; let rest what holds again.

    Return how many changed. Whether a link is red is a question; that it was told is in the register, so that each
    break is told once. Source: GOV-13, GOV-14.
    """
    circles = {row.pk: row for row in _held()}
    links = [link for link in selectors.links() if link.child in circles]
    told = _told([circles[link.child] for link in links])
    changed = [link for link in links if link.is_red != (told.get(ref_of(circles[link.child])) == BROKEN)]
    for link in changed:
        tell = _tell_broken if link.is_red else _tell_mended
        tell(network, circles[link.child], circles[link.parent], link)
    return len(changed)


BROKEN, MENDED = events.link_broken.code, events.link_mended.code


def _held() -> Sequence[Circle]:
    return list(Circle.objects.select_for_update(of=("self",)).filter(closed_at=None).order_by("pk"))


def _told(circles: Sequence[Circle]) -> dict[str, str]:
    """Return by circle what was told last of its link."""
    refs = [ref_of(circle) for circle in circles]
    rows = Entry.objects.filter(ref__in=refs, kind__in=[BROKEN, MENDED]).order_by("turn")
    return dict(rows.values_list("ref", "kind"))


def _tell_broken(network: Network, circle: Circle, parent: Circle, link: Link) -> None:
    reasons = say_troubles(link=link)
    entry = events.link_broken.record(
        circle,
        by=system(network.pk),
        circle=circle.name,
        parent=parent.name,
        uuid=circle.uuid,
        reasons=reasons,
    )
    path = reverse("governance:circle", args=[network.slug, circle.uuid])
    asked = selectors.keepers_of(circle) or selectors.keepers_of(parent)
    notify.ask_each(
        person_ids=list(asked.values_list("person_id", flat=True)),
        kind="link",
        title=phrase(gettext_lazy("Mend the link of “%(circle)s”"), circle=circle.name),
        why=reasons,
        minutes=15,
        path=path,
        subject=ref_of(circle),
    )
    notify.mail_each(
        readers=_readers(circle, parent), kind="ask", template="governance/mail/link", key=f"{BROKEN}:{entry.pk}",
        context={"circle": circle, "parent": parent, "reasons": _Said(reasons), "link": settings.ORIGIN.rstrip("/") + path},
    )  # fmt: skip


class _Said:
    """A text per language that a letter says in its reader's."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def __str__(self) -> str:
        return say(self.texts)


def _readers(*circles: Circle) -> list[Reader]:
    seats = selectors.active().filter(circle__in=circles).values("participant")
    rows = Participant.objects.filter(pk__in=seats, person__is_active=True).order_by("pk")
    return [Reader(*row) for row in rows.values_list("person_id", "person__email", "person__language")]


def _tell_mended(network: Network, circle: Circle, parent: Circle, link: Link) -> None:
    notify.close_asks(subject=ref_of(circle), kind="link", because=notify.Closed.DONE)
    events.link_mended.record(
        circle, by=system(network.pk), circle=circle.name, parent=parent.name, uuid=circle.uuid
    )


def say_troubles(*, link: Link) -> Texts:
    """Return what a link lacks as a text per language."""
    people = [person for _trouble, person in link.troubles if person is not None]
    names = dict(Participant.objects.filter(pk__in=people).values_list("pk", "name"))
    parts = [phrase(TROUBLES[trouble], name=names.get(person or 0, "—")) for trouble, person in link.troubles]
    return {code: " ".join(part[code] for part in parts) for code, _name in settings.LANGUAGES}
