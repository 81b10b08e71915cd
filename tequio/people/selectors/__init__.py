"""Every read of persons, organizations and memberships."""

from tequio.people.selectors.accounts import networks_of, participations_of
from tequio.people.selectors.participants import (
    actor_of,
    carries_voice,
    find_actor,
    find_participant,
    voiced_memberships,
)

__all__ = ["actor_of", "carries_voice", "find_actor", "find_participant", "networks_of", "participations_of", "voiced_memberships"]
