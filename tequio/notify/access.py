"""Who may answer an ask, hand it on, or choose how often to be written to."""

from django.utils.translation import gettext as _

from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.notify.kinds import LETTERS
from tequio.notify.models import Ask, Closed


@permission("notify.answer_ask")
def answer_ask(actor: Actor, ask: Ask) -> Answer:
    """The person whom it waits for."""
    return actor.person_id == ask.person_id or _("This waits for somebody else.")


@permission("notify.hand_ask")
def hand_ask(actor: Actor, ask: Ask) -> Answer:
    """The person whom it waits for, when somebody else may do it too."""
    if actor.person_id != ask.person_id:
        return _("This waits for somebody else.")
    if ask.closed_at is not None and ask.closed_because != Closed.DECLINED:
        return _("This waits no more.")
    return ask.handable or _("Only you can do this.")


@permission("notify.choose_how_often")
def choose_how_often(actor: Actor, kind: str) -> Answer:
    """Anybody, for themselves, of the letters that can be switched off."""
    if actor.person_id is None:
        return _("Sign in first.")
    if kind not in LETTERS or LETTERS[kind].always:
        return _("These letters always come: somebody waits for them.")
    return True
