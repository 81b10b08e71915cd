"""Saying who sees what of a person and of an organization. Source: XCT-02."""

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.people import access, events
from tequio.people.models import Organization, Participant
from tequio.people.rules.showing import OF_ORGANIZATIONS, OF_PEOPLE, Fields, Levels, settled
from tequio.people.services.listings import relist


@transaction.atomic
def show_organization(*, by: Actor, organization: Organization, levels: Levels) -> Organization:
    """Say who sees each field of an organization; what is not named goes back to the usual.

    The directory stops to list, count and find it by what is only for the coordination.
    """
    access.show_organization.require(by, organization)
    wanted = _settled(levels, OF_ORGANIZATIONS)
    kept = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    if kept.shows == wanted:
        return kept
    kept.shows = wanted
    kept.save(update_fields=["shows"])
    relist(organizations=[kept])
    events.organization_shows.record(kept, by=by, name=kept.name, uuid=kept.uuid, shows=wanted)
    return kept


@transaction.atomic
def show_myself(
    *,
    by: Actor,
    participant: Participant,
    levels: Levels,
    role: str = "",
    about: str = "",
    phone: str = "",
    gender: str = "",
) -> Participant:
    """Write what I tell of myself here, and who sees it; a private setting, so no event.

    ``gender`` is seen by nobody else: it is counted among many. Source: XCT-05, P27.
    """
    access.show_myself.require(by, participant)
    Participant.objects.filter(pk=participant.pk).update(
        shows=_settled(levels, OF_PEOPLE), role=role, about=about, phone=phone, gender=gender
    )
    return Participant.objects.get(pk=participant.pk)


def _settled(levels: Levels, fields: Fields) -> dict[str, str]:
    try:
        return settled(levels, fields)
    except ValueError as wrong:
        raise Refused(_("This cannot be shown to these readers.")) from wrong
