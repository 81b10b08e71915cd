"""The pages of founding: the path, the charter, the public face, help."""

from tequio.founding.views.areas import areas
from tequio.founding.views.articles import article, translate, withdraw_remark
from tequio.founding.views.changes import amend_change, change, changes, propose_change
from tequio.founding.views.charter import charter, ratify
from tequio.founding.views.comparing import compare
from tequio.founding.views.consent import article_consent, consent
from tequio.founding.views.documents import document, documents
from tequio.founding.views.history import charter_version, charter_versions
from tequio.founding.views.models import model_file, model_json
from tequio.founding.views.others import others, sharing
from tequio.founding.views.path import invite, path, topic
from tequio.founding.views.planning import planning
from tequio.founding.views.public import bring, care, front, leave, start
from tequio.founding.views.steps import step
from tequio.founding.views.versions import text

__all__ = [
    "amend_change",
    "areas",
    "article",
    "article_consent",
    "bring",
    "care",
    "change",
    "changes",
    "charter",
    "charter_version",
    "charter_versions",
    "compare",
    "consent",
    "document",
    "documents",
    "front",
    "invite",
    "leave",
    "model_file",
    "model_json",
    "others",
    "path",
    "planning",
    "propose_change",
    "ratify",
    "sharing",
    "start",
    "step",
    "text",
    "topic",
    "translate",
    "withdraw_remark",
]
