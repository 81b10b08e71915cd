"""A joint program: organizations in it with a role each, stages, a beginning and an end."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.core.texts import say
from tequio.people.models.organizations import Organization


class Program(NetworkModel):
    """What some organizations of the network do together for a fixed time. Source: CTX-04, CTX-05, CTX-06.

    ``title`` and ``about`` are texts per language. It lasts from ``starts_on`` until before ``ends_on``.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    title = models.JSONField(default=dict)
    about = models.JSONField(default=dict, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta(NetworkModel.Meta):
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="program_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"program {self.pk}"

    @property
    def name(self) -> str:
        """The title in the reader's language, or in the first one that has it."""
        return say(self.title)


class ProgramStage(NetworkModel):
    """One stage of a program, from ``starts_on`` until before ``ends_on``. Source: CTX-05."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    title = models.JSONField(default=dict)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta(NetworkModel.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["program", "position"], name="stage_position_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="stage_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"stage {self.position} of program {self.program_id}"


class ProgramRole(models.TextChoices):
    """What an organization is in a program. Source: CTX-04."""

    HOST = "HOST", _("host")
    RESIDENT = "RESIDENT", _("resident")
    PARTNER = "PARTNER", _("partner")


class ProgramPart(NetworkModel):
    """An organization in a program, with its role; it need not be a member of the network. Source: CTX-04."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="parts")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="programs")
    role = models.CharField(max_length=10, choices=ProgramRole)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["program", "organization"], name="one_role_in_a_program")
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.organization_id} in program {self.program_id}"
