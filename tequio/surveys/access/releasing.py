"""Who may publish what a survey says, and take it back."""

from django.utils.translation import gettext as _

from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.surveys.access.answering import leads
from tequio.surveys.models import Making, Preparation, Release, State, Survey


@permission("surveys.prepare_release")
def prepare_release(actor: Actor, survey: Survey) -> Answer:
    if not leads(actor, survey):
        return _("Who made the survey and the coordination publish its report.")
    return survey.state != State.DRAFT or _("Nobody was asked yet: there is nothing to publish.")


@permission("surveys.publish_release")
def publish_release(actor: Actor, survey: Survey, preparation: Preparation | None) -> Answer:
    if reason := prepare_release.why_not(actor, survey):
        return reason
    ready = preparation is not None and preparation.state == Making.READY
    return ready or _("The tables are not ready: prepare them first.")


@permission("surveys.withdraw_release")
def withdraw_release(actor: Actor, survey: Survey, release: Release) -> Answer:
    if reason := prepare_release.why_not(actor, survey):
        return reason
    return not hasattr(release, "withdrawal") or _("This report was already taken back.")


@permission("surveys.correct_release")
def correct_release(actor: Actor, survey: Survey, release: Release) -> Answer:
    if reason := withdraw_release.why_not(actor, survey, release):
        return reason
    newer = Release.objects.filter(survey=survey, number__gt=release.number).exists()
    return not newer or _("A newer report stands: correct that one.")
