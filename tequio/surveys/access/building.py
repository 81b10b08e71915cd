"""Who may write a survey, change it, open and close it."""

from django.utils.translation import gettext as _

from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.surveys.access.answering import leads
from tequio.surveys.models import State, Survey


@permission("surveys.create")
def create(actor: Actor) -> Answer:
    """Whoever the network gave a duty."""
    if actor.participant_id is not None and actor.duties:
        return True
    return _("Surveys are made by the coordination and by whoever has a duty in the network.")


@permission("surveys.tend")
def tend(actor: Actor, survey: Survey) -> Answer:
    """Whoever began it, and the coordination."""
    return leads(actor, survey) or _("A survey is looked after by whoever began it, and by the coordination.")


@permission("surveys.open")
def open_it(actor: Actor, survey: Survey, faults: int) -> Answer:
    """Opened once nothing in it has to be mended."""
    if reason := tend.why_not(actor, survey):
        return reason
    return not faults or _("Something has to be mended before anybody can answer.")


@permission("surveys.close")
def close(actor: Actor, survey: Survey) -> Answer:
    if reason := tend.why_not(actor, survey):
        return reason
    return survey.state != State.DRAFT or _("Nobody has been asked yet.")


@permission("surveys.drop")
def drop(actor: Actor, survey: Survey) -> Answer:
    """Only what nobody was asked can go."""
    if reason := tend.why_not(actor, survey):
        return reason
    return survey.state == State.DRAFT or _("This survey was opened: it stays, with what was answered.")


@permission("surveys.forget")
def forget(actor: Actor, survey: Survey) -> Answer:
    """Whoever leads it; with the secret address of a reply, whoever gave it. Source: XCT-02."""
    return leads(actor, survey) or _("Who made the survey and the coordination erase answers.")
