"""Who reads exact figures, and who writes what they say. Everybody else reads what was published."""

from django.utils.translation import gettext as _

from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.surveys.access.answering import leads
from tequio.surveys.models import State, Survey


@permission("surveys.analyze")
def analyze(actor: Actor, survey: Survey) -> Answer:
    """Whoever made the survey, the coordination, and whoever has a duty in the network. Source: SUR-24."""
    if not leads(actor, survey) and not (actor.participant_id is not None and actor.duties):
        return _("Exact figures are for the coordination and for whoever has a duty in the network.")
    return survey.state != State.DRAFT or _("Nobody has been asked yet.")
