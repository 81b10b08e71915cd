"""Every read of the founding path and of the charter."""

from tequio.founding.selectors.charters import (
    charter_of,
    charter_to_read,
    latest_charter,
    public_articles,
)
from tequio.founding.selectors.path import (
    Chosen,
    Path,
    Voices,
    draft,
    founders,
    invited_founders,
    is_here,
    label_of,
    membership_names,
    path,
    place_of,
    shown_members,
    versions,
    voices,
    writing_language,
    written_in,
)

__all__ = [
    "Chosen",
    "Path",
    "Voices",
    "charter_of",
    "charter_to_read",
    "draft",
    "founders",
    "invited_founders",
    "is_here",
    "label_of",
    "latest_charter",
    "membership_names",
    "path",
    "place_of",
    "public_articles",
    "shown_members",
    "versions",
    "voices",
    "writing_language",
    "written_in",
]
