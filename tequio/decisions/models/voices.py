"""Whose voice something is: a member's where the whole network decides, a person's inside a circle. Source: G-6."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from tequio.core.scoping import NetworkModel
from tequio.governance.models import Seat
from tequio.governance.rules import Role
from tequio.people.models.memberships import VOICED

OF_A_MEMBER_OR_A_PERSON = Q(membership=None) ^ Q(participant=None)


class Voiced(NetworkModel):
    """A row of one voice. Within a decision all voices are of one kind, so that ``voice_id`` tells them apart there."""

    membership = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    participant = models.ForeignKey(
        "people.Participant", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(NetworkModel.Meta):
        abstract = True

    @property
    def voice_id(self) -> int:
        """The key of the member or person, told apart within one decision."""
        return self.membership_id or self.participant_id or 0

    @property
    def voice_name(self) -> str:
        """How the member, or the person, is called."""
        voice: Any = self.membership or self.participant
        return str(voice.name)

    @property
    def voice_uuid(self) -> UUID:
        """The identifier of the member, or the person, that the register knows."""
        voice: Any = self.membership or self.participant
        found: UUID = voice.uuid
        return found


MEMBER = Q(membership__status__in=VOICED)
MEMBERSHIP, PARTICIPANT = "membership", "participant"


def seated() -> Q:
    """The condition that a person with a voice in a round still is in its circle, and takes part.

    Whoever left the circle is not counted any more, as a member that left the network is not; a term that runs out
    meanwhile takes no voice away.
    """
    seat = Seat.objects.filter(
        circle=OuterRef("round__circle"), participant=OuterRef("participant"), role=Role.MEMBER, ended_at=None
    )
    member = Q(participant__membership=None) | Q(participant__membership__status__in=VOICED)
    return Q(Exists(seat)) & Q(participant__until_on=None, participant__person__is_active=True) & member


def counted(by_person: bool) -> Q:
    """The condition that a voice of a round still counts."""
    return seated() if by_person else MEMBER


def column(by_person: bool) -> str:
    """Which column names the voices of a decision."""
    return PARTICIPANT if by_person else MEMBERSHIP
