"""What follows from a workshop's order: an action of the strategic plan, or a proposal, without typing it again."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.texts import Texts, say
from tequio.decisions import services as decisions
from tequio.decisions.models import Proposal
from tequio.decisions.rules import Matter
from tequio.founding import access, events, selectors, texts
from tequio.founding.models import WorkshopAction, WorkshopState
from tequio.founding.selectors.workshops import objectives
from tequio.founding.services.answering import hold_still
from tequio.founding.services.ground import add_row
from tequio.networks.models import Network, Stage

PLAN = "plan"


def _ordered(action: WorkshopAction) -> WorkshopAction:
    if action.workshop.state != WorkshopState.CLOSED:
        raise Refused(_("First those present say what comes first, and somebody signs the order."))
    return WorkshopAction.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=action.pk)


@transaction.atomic
def plan_action(
    *, by: Actor, network: Network, action: WorkshopAction, who: str, until: date | None, language: str,
    means: str = "",
) -> WorkshopAction:  # fmt: skip
    """Put an action into the strategic plan, under the objective that it serves. Source: CTX-07, STR-11."""
    hold_still(network=network)
    access.answer.require(by, network, selectors.latest_charter(), PLAN)
    action = _ordered(action)
    if action.planned:
        return action
    row = {
        "objective": action.objective if action.objective in objectives() else "",
        "text": {code: text[:300] for code, text in action.words.items()},
        "who": who[:120], "until": until.isoformat() if until else "", "means": {language: means} if means else {},
    }  # fmt: skip
    action.planned = add_row(by=by, question="actions", language=language, row=row)
    action.save(update_fields=["planned"])
    event = events.answered if network.stage == Stage.FOUNDING else events.brought_up_to_date
    event.record(network, by=by, topic=texts.in_languages(texts.TOPICS[PLAN]))
    events.action_planned.record(action, by=by, uuid=action.workshop.uuid, action=action.words)
    return action


@transaction.atomic
def bring_action(*, by: Actor, action: WorkshopAction, reason: Texts) -> Proposal:
    """Make a proposal of an action, to be worked on before anybody is asked. ``reason`` says how it came out first."""
    action = _ordered(action)
    if action.proposal is not None:
        return Proposal.objects.get(uuid=action.proposal)
    proposal = decisions.propose(
        by=by, title={code: text[:200] for code, text in action.words.items()},
        summary=action.why if any(action.why.values()) else reason, body=_joined(action.why, reason),
        matter=Matter.OPERATIONAL,
    )  # fmt: skip
    action.proposal, action.proposal_number = proposal.uuid, proposal.number
    action.save(update_fields=["proposal", "proposal_number"])
    events.action_brought.record(action, by=by, uuid=action.workshop.uuid, action=action.words)
    return proposal


def _joined(why: Mapping[str, str], reason: Texts) -> dict[str, str]:
    return {
        code: "\n\n".join(part for part in (why.get(code) or say(why), text) if part)
        for code, text in reason.items()
    }
