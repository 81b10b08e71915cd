"""What a network knows of where it stands, as rows of their own: written by its founders, read by strategy and others."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel


class Effect(models.TextChoices):
    """How what happens in the region affects somebody. Source: REA-05."""

    HARMED = "HARMED", _("is harmed")
    MIXED = "MIXED", _("both")
    HELPED = "HELPED", _("is helped")


class Influence(models.TextChoices):
    HIGH = "HIGH", _("high")
    MEDIUM = "MEDIUM", _("medium")
    LOW = "LOW", _("low")


class MappedActor(NetworkModel):
    """Somebody on the map of actors, and how what happens affects them (``texts``). Source: REA-04, REA-05.

    ``key`` is the name of the row in the table that founders fill: the same row stays the same actor.
    """

    key = models.CharField(max_length=20)
    name = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    effect = models.CharField(max_length=10, choices=Effect, blank=True, default="")
    influence = models.CharField(max_length=10, choices=Influence, blank=True, default="")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="actor_once")]

    def __str__(self) -> str:
        return f"actor {self.key}"


class Level(models.TextChoices):
    COUNTRY = "COUNTRY", _("a country")
    REGION = "REGION", _("a region")
    CITY = "CITY", _("a city")


class Territory(NetworkModel):
    """A place where the network works; ``city`` is its number in the table of places, where that holds it. Source: REA-02."""

    key = models.CharField(max_length=20)
    level = models.CharField(max_length=10, choices=Level)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2, blank=True, default="")
    city = models.BigIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="territory_once")]

    def __str__(self) -> str:
        return f"{self.level} {self.name}"


class SpecificObjective(NetworkModel):
    """One of the objectives that lead to the general one. Source: REA-10."""

    key = models.CharField(max_length=20)
    texts = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="specific_objective_once")]

    def __str__(self) -> str:
        return f"specific objective {self.key}"


class PlannedAction(NetworkModel):
    """What will be done for an objective, by whom, until when, with what. Source: REA-10.

    ``objective`` is the key of a specific one; empty for the general objective.
    """

    key = models.CharField(max_length=20)
    objective = models.CharField(max_length=20, blank=True, default="")
    texts = models.JSONField(default=dict)
    who = models.CharField(max_length=120, blank=True, default="")
    until = models.DateField(null=True, blank=True)
    means = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="planned_action_once")]

    def __str__(self) -> str:
        return f"action {self.key}"
