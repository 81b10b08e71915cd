"""Put something behind the addresses of quotes, and of interviews coded on their six aspects."""

from typing import Any
from uuid import uuid4

from tequio.core.actor import Actor
from tequio.networks.models import Network
from tequio.people.models import Participant
from tequio.people.selectors.quotes import token_of
from tequio.people.services.quotes import Said, keep_quote
from tequio.surveys.models import Answer, Survey, Version
from tequio.surveys.rules.instrument import Value
from tequio.surveys.rules.templates import INTERVIEW
from tequio.surveys.services.building import create_survey, open_survey
from tequio.surveys.services.recoding import list_aspects
from tequio.surveys.services.replying import record_reply

PAGES = ("quote", "translate-quote", "withdraw-quote")


def quotes(network: Network, by: Actor, taken: Any) -> dict[str, list[Any]]:
    """Keep a quote of somebody outside and one that waits for its author; record an interview."""
    outside = keep_quote(by=by, network=network, said=OPEN, author=None)  # whoever has its address reads it
    waiting = keep_quote(by=by, network=network, said=_said(taken), author=_other(by))
    survey, answer = _interview(by, taken)
    return {
        **{f"people:{name} uuid": [outside.uuid, waiting.uuid] for name in PAGES},
        "people:translate-quote language": ["pt-br"],
        "people:own-quote token": ["no-such-token", token_of(outside)],
        "surveys:results-aspects survey": [survey.slug],
        "surveys:results-quote survey": [survey.slug],
        "answer": [answer.pk],
    }


OPEN = Said(
    words="Nos fuimos encontrando.", language="es", step=2, aspect="governance", byline="CHOSEN", name="Una vecina",
    role="vecina", organization="La cuadra", consent="De palabra, en su casa",
)  # fmt: skip


def _said(taken: Any) -> Said:
    return Said(
        words=next(taken), language="es", step=2, aspect="governance", byline="CHOSEN", name=next(taken),
        role=next(taken), organization=next(taken), consent=next(taken),
    )  # fmt: skip


def _other(by: Actor) -> Participant | None:
    return Participant.objects.exclude(pk=by.participant_id).filter(until_on=None).order_by("pk").first()


def _interview(by: Actor, taken: Any) -> tuple[Survey, Answer]:
    made = create_survey(by=by, title={"es": next(taken)}, languages=["es"], template=INTERVIEW)
    survey = open_survey(by=by, survey=made) or made
    values = {
        "organization_name": Value(text=next(taken)), "may_quote": Value(chosen=("yes",)), "decide": Value(text=next(taken)),
    }  # fmt: skip
    reply = record_reply(
        by=by, survey=survey, version=Version.objects.get(survey=survey), once=uuid4(), values=values, language="es",
        manner="PHONE",
    )  # fmt: skip
    list_aspects(by=by, survey=survey, questions=["decide"], texts={"governance": next(taken)})
    return survey, Answer.objects.get(reply=reply, question="decide")
