"""Who may follow how a survey is answered, invite to it, and write answers down for somebody."""

from django.utils.translation import gettext as _

from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.people.models import Duty
from tequio.surveys.models import Access, Reply, Source, State, Survey


def leads(actor: Actor, survey: Survey) -> bool:
    """Say whether the survey is in the actor's hands: of whoever made it, and of the coordination."""
    return actor.has(Duty.COORDINATION) or (
        actor.participant_id is not None and actor.participant_id == survey.created_by_id
    )


@permission("surveys.follow")
def follow(actor: Actor, survey: Survey) -> Answer:
    return leads(actor, survey) or _("Who made the survey and the coordination see how it goes.")


@permission("surveys.invite")
def invite(actor: Actor, survey: Survey) -> Answer:
    if not leads(actor, survey):
        return _("Who made the survey and the coordination invite to it.")
    return survey.state == State.OPEN or _("This survey is not open: nobody can answer it now.")


@permission("surveys.record")
def record(actor: Actor, survey: Survey) -> Answer:
    if actor.participant_id is None:
        return _("Only people of this network write answers down for somebody.")
    return survey.state == State.OPEN or _("This survey is not open: nobody can answer it now.")


@permission("surveys.hear")
def hear(actor: Actor, reply: Reply) -> Answer:
    """Whoever wrote the interview down, and whoever leads the survey; nobody else hears a voice."""
    if reply.source != Source.INTERVIEW:
        return _("Only an interview has sounds and papers.")
    own = actor.participant_id is not None and actor.participant_id == reply.recorded_by_id
    return (
        own
        or leads(actor, reply.survey)
        or _("Who wrote the interview down and who leads the survey hear it.")
    )


def why_not_answer(survey: Survey, *, has_link: bool, by: Actor | None) -> str:
    """Return why somebody may not answer, or nothing; most who answer are nobody whom the network knows."""
    if survey.access == Access.PERSONAL and not has_link:
        return _("This survey is answered by whoever got a link of their own. Open yours.")
    if survey.access == Access.MEMBERS and not has_link and (by is None or by.participant_id is None):
        return _("This survey is for the people of this network. Sign in first.")
    return ""
