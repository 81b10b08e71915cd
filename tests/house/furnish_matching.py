"""Candidates, matches and introductions behind the addresses of a network, each with a mark of that network."""

from collections.abc import Iterator
from typing import Any

from tequio.atlas import services
from tequio.atlas.models import Bridge, Introduction, Prospect
from tequio.core import clock
from tequio.core.actor import Actor
from tequio.networks.models import Network
from tequio.people.models import Candidate, Membership

BY_CANDIDATE = ("invited", "decline-invitation", "be-forgotten", "forget-candidate")
BY_MEMBER = ("match", "put-away", "take-up")
BY_INTRODUCTION = ("introduction", "take-back")
BY_PROSPECT = ("beyond-one", "put-prospect-away", "take-prospect-up")
BY_BRIDGE = ("send-bridge", "take-bridge-back", "answer-bridge")


def matching(by: Actor, taken: Iterator[str]) -> dict[str, list[Any]]:
    """Return what stands in the addresses of candidates."""
    name = f"Candidata {next(taken)}"
    carried = {"themes": [{"key": "water", "text": {"es": next(taken)}}]}
    candidate = Candidate.objects.create(
        name=name, folded=name.lower(), email=f"{next(taken)}@example.org", language="es", themes=["water"],
        carried=carried, created_at=clock.now(),
    )  # fmt: skip
    other = Membership.objects.exclude(pk=by.membership_id).filter(ended_on=None).order_by("pk")[0]
    introduction = Introduction.objects.create(
        asking_id=by.membership_id, asked=other, words=next(taken), language="es", asked_by_id=by.participant_id,
        asked_at=clock.now(),
    )  # fmt: skip
    prospect = Prospect.objects.create(candidate=candidate, named=True)
    bridge = Bridge.objects.create(
        asking_id=by.membership_id, prospect=prospect, words=next(taken), language="es", asked_by_id=by.participant_id,
        asked_at=clock.now(),
    )  # fmt: skip
    services.open_showcase(by=by, network=Network.objects.get(pk=by.network_id))
    return {
        **{f"membership:{page} uuid": [candidate.uuid] for page in BY_CANDIDATE},
        **{f"atlas:{page} uuid": [other.uuid] for page in BY_MEMBER},
        **{f"atlas:{page} uuid": [introduction.uuid] for page in BY_INTRODUCTION},
        **{f"atlas:{page} uuid": [prospect.uuid] for page in BY_PROSPECT},
        **{f"atlas:{page} uuid": [bridge.uuid] for page in BY_BRIDGE},
        "atlas:table name": ["representation"],
        "atlas:public-table name": ["representation"],
        **{f"atlas:{page} kind": ["csv"] for page in ("table", "public-table")},
    }
