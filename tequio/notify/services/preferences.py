"""How often somebody wants to be written to: a private setting, so the register does not hear of it."""

from django.db import transaction

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.scoping import network_scope
from tequio.notify import access
from tequio.notify.kinds import LETTERS
from tequio.notify.models import HowOften, Letter, Preference, State
from tequio.notify.tokens import Stop


@transaction.atomic
def choose_how_often(*, by: Actor, kind: str, how_often: HowOften) -> None:
    """Keep how often the actor wants letters of this kind from this network."""
    access.choose_how_often.require(by, kind)
    assert by.person_id is not None
    _keep(by.person_id, kind, how_often)


@transaction.atomic
def stop(*, what: Stop) -> bool:
    """Write no more about this, as a signed link asks, with nobody signed in; return whether it can be stopped."""
    if what.kind not in LETTERS or LETTERS[what.kind].always:
        return False
    with network_scope(what.network_id):
        _keep(what.person_id, what.kind, HowOften.NEVER)
    return True


def _keep(person_id: int, kind: str, how_often: HowOften) -> None:
    Preference.objects.update_or_create(
        person_id=person_id, kind=kind, defaults={"how_often": how_often, "changed_at": clock.now()}
    )
    if how_often == HowOften.NEVER:
        Letter.objects.filter(person_id=person_id, kind=kind, state=State.HELD).delete()
