"""Put something behind the addresses of workshops."""

from datetime import date
from typing import Any

from tequio.core.actor import Actor
from tequio.founding.models import Workshop
from tequio.founding.services import workshops as services
from tequio.networks.models import Network

WRITING = (
    "edit-workshop", "came", "ask-priorities", "new-action", "withdraw-action", "workshop-words", "workshop-places",
)  # fmt: skip
MARKING = ("mark-actions", "mark-around", "more-time", "close-workshop")


def workshops(network: Network, by: Actor, taken: Any) -> dict[str, list[Any]]:
    """Write three workshops down: one whose actions are written, one that is marked, one that is signed."""
    writing, marking, signed = (_workshop(by, taken) for _number in range(3))
    for one in (marking, signed):
        services.ask_for_priorities(
            by=by, network=network, workshop=one, each=3, until_at=None, everybody=True
        )
        services.mark_actions(by=by, workshop=Workshop.objects.get(pk=one.pk), numbers=[1], words=next(taken))
    services.close_workshop(by=by, workshop=signed)
    return {
        "founding:workshop uuid": [writing.uuid, marking.uuid, signed.uuid],
        **{f"founding:{name} uuid": [writing.uuid] for name in WRITING},
        **{f"founding:{name} uuid": [marking.uuid] for name in MARKING},
        **{f"founding:{name} uuid": [signed.uuid] for name in ("plan-action", "bring-action")},
        "founding:workshop-words language": ["pt-br"],
        **{f"founding:{name} number": [1] for name in ("withdraw-action", "plan-action", "bring-action")},
    }


def _workshop(by: Actor, taken: Any) -> Workshop:
    facts = services.Facts(
        held_on=date(2026, 9, 5), place=next(taken), cities=[next(taken)], sectors={"academia": 6}
    )
    made = services.hold_workshop(
        by=by, title={"es": next(taken)}, questions={"es": next(taken)}, language="es", facts=facts
    )
    for _number in range(2):
        services.propose_action(by=by, workshop=made, words={"es": next(taken)}, why={"es": next(taken)})
    return made
