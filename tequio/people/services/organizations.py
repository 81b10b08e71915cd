"""Recording organizations, changing what is known of them, and making one of two."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.people import access, events
from tequio.people.models import Alias, Membership, Operation, Organization, Place
from tequio.people.rules.names import folded_name
from tequio.people.rules.organizations import Details
from tequio.people.rules.places import is_national
from tequio.people.rules.showing import MEMBERS, OF_ORGANIZATIONS
from tequio.people.selectors.places import find_places
from tequio.people.selectors.showing import acts_for, hidden_of, reader_of
from tequio.people.services.listings import relist

PLAIN = (
    "sector", "kind", "country", "scope", "national_level", "size", "website", "email", "phone",
)  # fmt: skip


# The columns of each field that one may show or not; other names and cities are rows of their own.
COLUMNS: Mapping[str, Sequence[str]] = {
    **{field: (field,) for field in OF_ORGANIZATIONS},
    "aliases": (),
    "cities": ("national_level", "scope"),
    "kind": ("kind", "sector"),
    "themes": ("themes", "pillars"),
}


class CannotMerge(Refused):
    """These two cannot be made one; the message says why and what to do."""


@transaction.atomic
def record_organization(
    *,
    by: Actor,
    name: str,
    kind: str = "",
    sector: str = "",
    country: str = "",
    cities: Sequence[str] = (),
    national_level: bool = False,
    scope: str = "",
    size: str = "",
    themes: Sequence[str] = (),
    populations: Sequence[str] = (),
    languages: Sequence[str] = (),
    aliases: Sequence[str] = (),
    about: Mapping[str, str] | None = None,
    website: str = "",
    email: str = "",
    phone: str = "",
) -> Organization:
    """Record an organization; nobody of it needs an account. A city the table does not hold is kept as written."""
    details = Details(
        name=name, kind=kind, sector=sector, country=country, cities=tuple(cities), national_level=national_level,
        scope=scope, size=size, themes=tuple(themes), populations=tuple(populations), languages=tuple(languages),
        aliases=tuple(aliases), about=about or {}, website=website, email=email, phone=phone,
    )  # fmt: skip
    return record_details(by=by, details=details)


@transaction.atomic
def record_details(*, by: Actor, details: Details, uuid: UUID | None = None) -> Organization:
    """Record an organization as a form describes it; ``uuid`` is the one that its own people carry from elsewhere."""
    access.record_organization.require(by)
    organization = Organization(created_at=clock.now())
    if uuid is not None and not Organization.objects.filter(uuid=uuid).exists():
        organization.uuid = uuid
    _write(organization, settled(details=details))
    relist(organizations=[organization])
    organization.refresh_from_db()
    events.organization_recorded.record(organization, by=by, **_told(organization))
    return organization


@transaction.atomic
def change_organization(*, by: Actor, organization: Organization, details: Details) -> Organization:
    """Write down anew what is known of an organization; what the actor does not see of it stays as it is."""
    access.change_organization.require(by, organization)
    kept = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    before, organization.changed_at = kept.name, clock.now()
    organization.shows, organization.facets = kept.shows, kept.facets
    own = acts_for(by, organization)
    details = _keep_unseen(details, kept, hidden_of(kept.shows, reader=reader_of(by, own=own)))
    _write(organization, settled(details=details))
    relist(organizations=[organization])
    organization.refresh_from_db()
    events.organization_changed.record(organization, by=by, before=before, **_told(organization))
    return organization


def _keep_unseen(details: Details, kept: Organization, unseen: Collection[str]) -> Details:
    """Return the details with what the writer does not see as it stands."""
    stands: dict[str, Any] = {name: getattr(kept, name) for field in unseen for name in COLUMNS[field]}
    stands = {name: tuple(value) if isinstance(value, list) else value for name, value in stands.items()}
    if "aliases" in unseen:
        stands["aliases"] = tuple(Alias.objects.filter(organization=kept).values_list("name", flat=True))
    if "cities" in unseen:
        stands["cities"] = tuple(
            Operation.objects.filter(organization=kept).values_list("written", flat=True)
        )
    return replace(details, **stands)


def settled(*, details: Details) -> Details:
    """Return the details with "national level" moved from the cities to its own place, and no value twice."""
    national = any(is_national(city) for city in details.cities)
    cities = dict.fromkeys(city.strip() for city in details.cities if city.strip() and not is_national(city))
    return replace(
        details,
        name=details.name.strip(),
        cities=tuple(city[:200] for city in cities),
        national_level=details.national_level or national,
        aliases=tuple(dict.fromkeys(alias.strip() for alias in details.aliases if alias.strip())),
        about={language: text for language, text in details.about.items() if text},
    )


def fill(*, organization: Organization, details: Details) -> Organization:
    """Copy the details that are columns onto the row, without saving it."""
    for field in PLAIN:
        setattr(organization, field, getattr(details, field))
    organization.name, organization.folded = details.name, folded_name(details.name)
    organization.themes, organization.populations = list(details.themes), list(details.populations)
    organization.pillars = list(details.pillars)
    organization.languages, organization.about = list(details.languages), dict(details.about)
    return organization


def _write(organization: Organization, details: Details) -> None:
    """Save the row, its other names and its cities."""
    fill(organization=organization, details=details).save()
    Alias.objects.filter(organization=organization).exclude(name__in=details.aliases).delete()
    for alias in details.aliases:
        _add_alias(organization, alias)
    Operation.objects.filter(organization=organization).delete()
    Operation.objects.bulk_create(_operations(organization, details))


def _add_alias(organization: Organization, name: str) -> None:
    """Keep another name of the organization, unless it is known."""
    folded = folded_name(name)
    if folded != organization.folded:
        Alias.objects.get_or_create(organization=organization, folded=folded, defaults={"name": name[:200]})


def _operations(organization: Organization, details: Details) -> list[Operation]:
    """Return the cities as rows: each place once, and what nobody can tell as it was written."""
    found = find_places((details.country, city) for city in details.cities)
    rows: dict[object, Operation] = {}
    for city in details.cities:
        place = found.get((details.country, city))
        key = place.id if place else city
        rows.setdefault(
            key, Operation(organization=organization, written=city, place_id=place.id if place else None)
        )
    return list(rows.values())


def _told(organization: Organization) -> dict[str, Any]:
    """Return what the register tells of an organization: no address, no telephone, nothing hidden from members."""
    unseen = hidden_of(organization.shows, reader=MEMBERS)
    told = {"name": ("uuid", "name"), "kind": ("kind", "sector"), "country": ("country",)}
    columns = [column for field, columns in told.items() if field not in unseen for column in columns]
    return {column: getattr(organization, column) for column in columns}


@transaction.atomic
def merge_organizations(*, by: Actor, keep: Organization, gone: Organization) -> Organization:
    """Make one of two: ``gone`` stays whole beneath ``keep``, which is found by the names and cities of both.

    Raises ``CannotMerge`` where that would lose a membership or turn in a circle.
    """
    access.merge_organizations.require(by)
    _require_mergeable(keep, gone)
    gone.merged_into = keep
    gone.save(update_fields=["merged_into"])
    relist(organizations=[keep, gone])
    events.organizations_merged.record(keep, by=by, name=keep.name, gone=gone.name, gone_uuid=gone.uuid)
    return keep


def _require_mergeable(keep: Organization, gone: Organization) -> None:
    if keep.pk == gone.pk or keep.merged_into_id or gone.merged_into_id:
        raise CannotMerge(_("These two are one already."))
    members = set(
        Membership.objects.filter(organization__in=[keep, gone], ended_on=None).values_list(
            "organization", flat=True
        )
    )
    if members == {keep.pk, gone.pk}:
        raise CannotMerge(_("Both are members, each with a voice. One of them has to leave first."))
    if gone.pk in members:
        raise CannotMerge(
            _("%(name)s is a member. Keep that one, and merge the other into it.") % {"name": gone.name}
        )


@transaction.atomic
def part_organizations(*, by: Actor, organization: Organization) -> Organization:
    """Undo a merge: the organization stands for itself again, with all it had."""
    access.merge_organizations.require(by)
    keep = organization.merged_into
    if keep is None:
        raise CannotMerge(_("This organization is not merged into another one."))
    organization.merged_into = None
    organization.save(update_fields=["merged_into"])
    relist(organizations=[keep, organization])
    events.organizations_parted.record(organization, by=by, name=organization.name, keep=keep.name)
    return organization


@transaction.atomic
def name_place(*, by: Actor, written: str, country: str, place: Place) -> int:
    """Say which city a spelling means, wherever it was written for that country; return for how many organizations."""
    access.record_organization.require(by)
    asked = Operation.objects.filter(written=written, place=None, organization__country=country)
    rows = list(asked.select_related("organization"))
    for row in rows:
        if Operation.objects.filter(organization=row.organization, place=place).exists():
            row.delete()
        else:
            Operation.objects.filter(pk=row.pk).update(place=place)
    relist(organizations=[row.organization for row in rows])
    if rows:
        events.place_named.record(rows[0], by=by, written=written, place=place.name, organizations=len(rows))
    return len(rows)
