"""Organizations, recorded with or without any account, and where they work."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel


class Sector(models.TextChoices):
    """The four sectors. Source: DIG-01."""

    SOCIAL = "SOCIAL", _("Social")
    PRIVATE = "PRIVATE", _("Private")
    PUBLIC = "PUBLIC", _("Public")
    MEDIA = "MEDIA", _("Media")


class Kind(models.TextChoices):
    """The kinds of member seen in the field. Source: CTX-15, DIG-02, DIG-03, DIG-04."""

    NGO = "NGO", _("Non-governmental organization")
    COLLECTIVE = "COLLECTIVE", _("Collective")
    COMMUNITY = "COMMUNITY", _("Community-based group")
    BOARD = "BOARD", _("Neighborhood board")
    COUNCIL = "COUNCIL", _("Municipal council or roundtable")
    UNIVERSITY = "UNIVERSITY", _("University or academic institution")
    AGENCY = "AGENCY", _("International or regional agency")
    NETWORK = "NETWORK", _("Network of organizations")
    COMPANY = "COMPANY", _("Company")
    FUND = "FUND", _("Fund or foundation that finances")
    GOVERNMENT = "GOVERNMENT", _("Government institution")
    PARTY = "PARTY", _("Political party or movement")
    OUTLET = "OUTLET", _("Media outlet")
    PERSON = "PERSON", _("A person")
    OTHER = "OTHER", _("Other")


class Scope(models.TextChoices):
    """How far an organization works. Source: CTX-18, SUR-05."""

    LOCAL = "LOCAL", _("Local")
    NATIONAL = "NATIONAL", _("National")
    REGIONAL = "REGIONAL", _("Regional")
    GLOBAL = "GLOBAL", _("Global")


class Level(models.TextChoices):
    """Who sees a field of a person or an organization. Source: XCT-02."""

    COORDINATION = "COORDINATION", _("only the coordination")
    MEMBERS = "MEMBERS", _("the people of this network")
    EVERYBODY = "EVERYBODY", _("everybody")


class Size(models.TextChoices):
    SMALL = "SMALL", _("Small")
    MEDIUM = "MEDIUM", _("Medium")
    LARGE = "LARGE", _("Large")


class Place(models.Model):
    """A city of the GeoNames table that ships with Tequio (CC BY 4.0). Read only; the same for every network."""

    geonameid = models.BigIntegerField(primary_key=True)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    admin1 = models.CharField(max_length=20, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)
    population = models.PositiveIntegerField()
    time_zone = models.CharField(max_length=60, blank=True)
    folded = ArrayField(models.CharField(max_length=200), default=list)

    class Meta:
        indexes = [GinIndex(fields=["folded"], name="place_folded")]

    def __str__(self) -> str:
        return f"{self.name}, {self.country}"


class Organization(NetworkModel):
    """An organization as one network knows it. ``uuid`` is what its own people carry to another network.

    ``country`` is where it is incorporated (ISO 3166-1 alpha-2), which may differ from where it works.
    ``pillars`` are the numbers of the charter's pillars to which it belongs (CTX-12).
    ``shows`` says who sees a field (field -> level) where that is not as usual: ``rules.showing``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False)
    sector = models.CharField(max_length=20, choices=Sector, blank=True, default="")
    kind = models.CharField(max_length=20, choices=Kind, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    scope = models.CharField(max_length=20, choices=Scope, blank=True, default="")
    national_level = models.BooleanField(default=False)
    size = models.CharField(max_length=20, choices=Size, blank=True, default="")
    themes = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    populations = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    pillars = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    about = models.JSONField(default=dict, blank=True)
    website = models.URLField(blank=True, default="")
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    shows = models.JSONField(default=dict, blank=True)
    facets = ArrayField(models.CharField(max_length=120), default=list, blank=True, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    imported = models.ForeignKey(
        "people.Import", models.SET_NULL, null=True, blank=True, related_name="organizations", editable=False
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["network", "folded", "id"], name="organization_by_name")]
        constraints = [models.UniqueConstraint(fields=["network", "uuid"], name="organization_uuid_once")]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class Alias(NetworkModel):
    """Another name under which an organization is known. Source: CTX-19."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "folded"], name="alias_once")]

    def __str__(self) -> str:
        return self.name


class Operation(NetworkModel):
    """A city where an organization works. ``place`` is null while nobody knows which city ``written`` is."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="operations")
    written = models.CharField(max_length=200)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "place"], name="operates_once_in_a_place"),
            models.UniqueConstraint(
                fields=["organization", "written"], condition=Q(place=None), name="unknown_place_once"
            ),
        ]

    def __str__(self) -> str:
        return self.written
