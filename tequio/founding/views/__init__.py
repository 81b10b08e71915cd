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
from tequio.founding.views.priorities import (
    ask_priorities,
    bring_action,
    close_workshop,
    mark_actions,
    mark_around,
    more_time,
    plan_action,
)
from tequio.founding.views.public import bring, care, front, leave, start
from tequio.founding.views.steps import step
from tequio.founding.views.versions import text
from tequio.founding.views.workshop_facts import workshop_places, workshop_words_in
from tequio.founding.views.workshops import (
    came,
    edit_workshop,
    new_action,
    new_workshop,
    withdraw_action,
    workshop,
    workshops,
)

__all__ = [
    "amend_change",
    "areas",
    "article",
    "article_consent",
    "ask_priorities",
    "bring",
    "bring_action",
    "came",
    "care",
    "change",
    "changes",
    "charter",
    "charter_version",
    "charter_versions",
    "close_workshop",
    "compare",
    "consent",
    "document",
    "documents",
    "edit_workshop",
    "front",
    "invite",
    "leave",
    "mark_actions",
    "mark_around",
    "model_file",
    "model_json",
    "more_time",
    "new_action",
    "new_workshop",
    "others",
    "path",
    "plan_action",
    "planning",
    "propose_change",
    "ratify",
    "sharing",
    "start",
    "step",
    "text",
    "topic",
    "translate",
    "withdraw_action",
    "withdraw_remark",
    "workshop",
    "workshop_places",
    "workshop_words_in",
    "workshops",
]
