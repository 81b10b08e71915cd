"""Every read of the atlas; the actor first."""

from tequio.atlas.selectors.counting import Shown, atlas, candidates, choices, public_atlas
from tequio.atlas.selectors.ties import (
    Named,
    Neighbor,
    agreed,
    around,
    circles,
    in_circle,
    matrix,
    own_organization,
    public_ties,
    tie,
    tied,
    waiting,
)

__all__ = [
    "Named",
    "Neighbor",
    "Shown",
    "agreed",
    "around",
    "atlas",
    "candidates",
    "choices",
    "circles",
    "in_circle",
    "matrix",
    "own_organization",
    "public_atlas",
    "public_ties",
    "tie",
    "tied",
    "waiting",
]
