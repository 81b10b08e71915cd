"""Calling members to reflect or to act, and writing down who came; what helps from outside. Source: GOV-39, GOV-40."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.membership import access, events
from tequio.membership.models import Attendance, Occasion, Resource
from tequio.people.models import Membership
from tequio.people.models.memberships import VOICED


@transaction.atomic
def call_members(
    *,
    by: Actor,
    kind: str,
    title: str,
    at: datetime,
    place: str,
    language: str,
    about: str = "",
    cause: str = "",
    online: bool = False,
) -> Occasion:
    """Call the members to a space of reflection, or to an action of a campaign. Source: GOV-39, MEM-04."""
    access.call_members.require(by)
    if at <= clock.now():
        raise Refused(_("Choose a time that has not passed."))
    occasion = Occasion.objects.create(
        kind=kind, title=title.strip(), about=about.strip(), cause=cause.strip(), language=language, at=at,
        online=online, place=place.strip(), called_by_id=by.participant_id or 0,
    )  # fmt: skip
    events.occasion_called.record(occasion, by=by, title=occasion.title, at=at, uuid=occasion.uuid, kind=kind)
    return occasion


@transaction.atomic
def attend(*, by: Actor, occasion: Occasion, comes: bool) -> Attendance:
    """Say whether one's member comes; it may be said anew until it begins."""
    access.attend.require(by, occasion, occasion.at <= clock.now())
    attendance, _new = Attendance.objects.update_or_create(
        occasion=occasion, membership_id=by.membership_id or 0, defaults={"comes": comes}
    )
    return attendance


@transaction.atomic
def write_attendance(*, by: Actor, occasion: Occasion, came: Collection[int]) -> Occasion:
    """Write down which members came; the others did not. It may be mended later. Source: GOV-39."""
    access.write_attendance.require(by, occasion)
    if occasion.at > clock.now():
        raise Refused(_("It has not begun yet."))
    members = list(Membership.objects.filter(pk__in=came, status__in=VOICED).values_list("pk", flat=True))
    Attendance.objects.filter(occasion=occasion).exclude(membership_id__in=members).update(came=False)
    for pk in members:
        Attendance.objects.update_or_create(occasion=occasion, membership_id=pk, defaults={"came": True})
    occasion.held_at = clock.now()
    occasion.save(update_fields=["held_at"])
    events.attendance_written.record(
        occasion, by=by, title=occasion.title, number=len(members), uuid=occasion.uuid
    )
    return occasion


@transaction.atomic
def call_off(*, by: Actor, occasion: Occasion) -> Occasion:
    """Call off what was called, before it begins."""
    access.write_attendance.require(by, occasion)
    if occasion.at <= clock.now():
        raise Refused(_("It is over."))
    occasion.called_off_at = clock.now()
    occasion.save(update_fields=["called_off_at"])
    events.occasion_called_off.record(occasion, by=by, title=occasion.title, uuid=occasion.uuid)
    return occasion


@transaction.atomic
def add_resource(
    *, by: Actor, title: str, url: str, language: str, by_whom: str = "", about: str = ""
) -> Resource:
    """Add something from outside that helps to prevent violence; the same address is one resource. Source: GOV-40."""
    access.keep_resources.require(by)
    known = Resource.objects.filter(url=url).first()
    if known:
        return known
    resource = Resource.objects.create(
        title=title.strip(), by_whom=by_whom.strip(), url=url, about=about.strip(), language=language,
        added_by_id=by.participant_id or 0, added_at=clock.now(),
    )  # fmt: skip
    events.resource_added.record(resource, by=by, title=resource.title)
    return resource


@transaction.atomic
def remove_resource(*, by: Actor, resource: Resource) -> None:
    """Take something from the list of what helps from outside."""
    access.keep_resources.require(by)
    events.resource_removed.record(resource, by=by, title=resource.title)
    resource.delete()
