"""Who may bring files of answers into a survey, and take its answers out row by row."""

from django.utils.translation import gettext as _

from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.surveys.access.answering import leads
from tequio.surveys.models import Survey


@permission("surveys.bring")
def bring(actor: Actor, survey: Survey) -> Answer:
    if actor.participant_id is None:
        return _("Only people of this network bring answers from a file.")
    return leads(actor, survey) or _("Who made the survey and the coordination bring answers from a file.")


@permission("surveys.export")
def export(actor: Actor, survey: Survey) -> Answer:
    return leads(actor, survey) or _("Who made the survey and the coordination take its answers out.")
