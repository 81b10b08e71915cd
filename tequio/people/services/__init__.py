"""Every write of persons, memberships and organizations."""

from tequio.people.services.accounts import choose_language, person_for
from tequio.people.services.memberships import (
    NeedsSuccessor,
    end_membership,
    end_participation,
    end_voice,
    give_duty,
    join,
    name_delegate,
    name_substitute,
    rename,
    seat,
    set_standing,
    take_duty,
)
from tequio.people.services.organizations import (
    CannotMerge,
    change_organization,
    merge_organizations,
    name_place,
    part_organizations,
    record_organization,
)

__all__ = [
    "CannotMerge",
    "change_organization",
    "merge_organizations",
    "name_place",
    "part_organizations",
    "record_organization",
    "NeedsSuccessor",
    "choose_language",
    "end_membership",
    "end_participation",
    "end_voice",
    "give_duty",
    "join",
    "name_delegate",
    "name_substitute",
    "person_for",
    "rename",
    "seat",
    "set_standing",
    "take_duty",
]
