"""What founders answer, write together and agree to, and the charter that comes out of it."""

from tequio.founding.models.charters import Article, Charter, CharterState
from tequio.founding.models.path import Answer, Place, SharedText, StepAgreement, TextState

__all__ = [
    "Answer",
    "Article",
    "Charter",
    "CharterState",
    "Place",
    "SharedText",
    "StepAgreement",
    "TextState",
]
