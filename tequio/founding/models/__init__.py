"""What founders answer, write together and agree to, and the charter that comes out of it."""

from tequio.founding.models.changes import (
    ArticleVoice,
    ChangeState,
    CharterChange,
    Document,
    DocumentKind,
    DocumentState,
    Remark,
    RemarkKind,
    Stance,
)
from tequio.founding.models.charters import Article, Charter, CharterState
from tequio.founding.models.path import Answer, Place, SharedText, StepAgreement, TextState
from tequio.founding.models.sharing import SharedAnswers
from tequio.founding.models.workshops import (
    Workshop,
    WorkshopAction,
    WorkshopPaper,
    WorkshopPart,
    WorkshopState,
)

__all__ = [
    "Answer",
    "Article",
    "ArticleVoice",
    "ChangeState",
    "Charter",
    "CharterChange",
    "CharterState",
    "Document",
    "DocumentKind",
    "DocumentState",
    "Place",
    "Remark",
    "RemarkKind",
    "SharedAnswers",
    "SharedText",
    "Stance",
    "StepAgreement",
    "TextState",
    "Workshop",
    "WorkshopAction",
    "WorkshopPaper",
    "WorkshopPart",
    "WorkshopState",
]
