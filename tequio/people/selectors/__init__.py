"""Every read of persons, organizations and memberships."""

from tequio.people.selectors.accounts import (
    devices_of,
    find_recovery_to_refuse,
    networks_ever,
    networks_of,
    open_invitation,
    open_membership,
    participations_of,
)
from tequio.people.selectors.acting import (
    colleagues,
    coordinates_alone,
    invitation,
    invitations,
    my_membership,
    open_recoveries,
    participant,
    people,
    recovery,
    successors,
    who_may_vouch,
)
from tequio.people.selectors.organizations import (
    acting_for,
    find_import,
    imports,
    named,
    organization,
    organizations,
    unknown_places,
)
from tequio.people.selectors.participants import (
    actor_of,
    carries_voice,
    find_actor,
    find_participant,
    voiced_memberships,
)

__all__ = [
    "acting_for", "find_import", "imports", "named", "organization", "organizations", "unknown_places",
    
    "actor_of",
    "carries_voice",
    "colleagues",
    "coordinates_alone",
    "devices_of",
    "find_actor",
    "find_participant",
    "find_recovery_to_refuse",
    "invitation",
    "invitations",
    "my_membership",
    "networks_ever",
    "networks_of",
    "open_invitation",
    "open_membership",
    "open_recoveries",
    "participant",
    "participations_of",
    "people",
    "recovery",
    "successors",
    "voiced_memberships",
    "who_may_vouch",
]
