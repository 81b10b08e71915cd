"""Every read of the atlas; the actor first."""

from tequio.atlas.selectors.counting import Shown, atlas, candidates, choices, public_atlas
from tequio.atlas.selectors.events import Event, events, held
from tequio.atlas.selectors.representation import censuses, latest_census, representation, showcase
from tequio.atlas.selectors.rhythms import promises
from tequio.atlas.selectors.ties import (
    Named,
    Neighbor,
    all_ties,
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
    "all_ties",
    "around",
    "atlas",
    "candidates",
    "censuses",
    "choices",
    "circles",
    "events",
    "held",
    "in_circle",
    "latest_census",
    "matrix",
    "own_organization",
    "own_ties",
    "promises",
    "public_atlas",
    "public_ties",
    "representation",
    "showcase",
    "tie",
    "tied",
]
