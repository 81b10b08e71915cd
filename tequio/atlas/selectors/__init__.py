"""Every read of the atlas; the actor first."""

from tequio.atlas.selectors.counting import Shown, atlas, candidates, choices, public_atlas
from tequio.atlas.selectors.events import Event, events, held
from tequio.atlas.selectors.representation import censuses, representation
from tequio.atlas.selectors.ties import (
    Named,
    Neighbor,
    around,
    circles,
    in_circle,
    matrix,
    own_organization,
    own_ties,
    public_ties,
    tie,
    tied,
)

__all__ = [
    "Event",
    "Named",
    "Neighbor",
    "Shown",
    "around",
    "atlas",
    "candidates",
    "censuses",
    "choices",
    "circles",
    "events",
    "held",
    "in_circle",
    "matrix",
    "own_organization",
    "own_ties",
    "public_atlas",
    "public_ties",
    "representation",
    "tie",
    "tied",
]
