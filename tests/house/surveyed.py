"""A survey that is open, with a reply begun, for the addresses of those who answer. What it asks is public: no canary."""

from typing import Any
from uuid import uuid5

from tequio.core.actor import Actor
from tequio.networks.models import Network
from tequio.surveys.models import Survey
from tequio.surveys.rules.instrument import Value
from tequio.surveys.rules.invited import Invited
from tequio.surveys.selectors import addresses
from tequio.surveys.selectors.answering import version_of
from tequio.surveys.services import links as services
from tequio.surveys.services import recordings, replying
from tests.core.sounding import M4A
from tests.surveys.field import open_a_survey

HEARD = ("interview", "forget-interview", "sound", "drop-recording")
NONE = "no-such-token"  # first, so that an unlisted network gives itself away to nobody who guesses


def answered(network: Network, by: Actor) -> tuple[Survey, dict[str, list[Any]]]:
    """Return a survey and what can stand in the addresses of those who answer it."""
    survey = open_a_survey(by, token=f"campo-{network.slug}")
    reply = replying.save_begun(
        survey=survey,
        version=version_of(survey),
        once=uuid5(survey.uuid, "begun"),
        values={"name": Value(text="Casa de prueba")},
        language="es",
    )
    (link,) = services.make_links(
        by=by, network=network, survey=survey, people=[Invited("Otra casa", "")], language="es"
    )
    interview = replying.record_reply(
        by=by, survey=survey, version=version_of(survey), once=uuid5(survey.uuid, "heard"), language="es", manner="PHONE",
        values={"name": Value(text="Casa oída"), "country": Value(chosen=("CL",)), "joins": Value(chosen=("no",))},
    )  # fmt: skip
    sound = recordings.keep_sound(by=by, reply=interview, content=M4A)
    own = addresses.secret_of_link(link)
    secret = addresses.secret_of_reply(survey, reply.once)
    return survey, {
        "surveys:answer token": [NONE, survey.token],
        "surveys:answer-style token": [NONE, survey.token],
        "surveys:answer-style number": [1],
        **{f"surveys:{name} secret": [NONE, own] for name in ("invited", "stop-letters")},
        **{f"surveys:{name} survey": [survey.slug] for name in ("links", "progress", "record", "same-names")},
        "surveys:reply secret": [NONE, secret],
        **{f"surveys:{name} secret": [NONE, secret] for name in ("stop-begun", "forget-own")},
        **{f"surveys:{name} survey": [survey.slug] for name in HEARD},
        **{f"surveys:{name} uuid": [interview.uuid] for name in HEARD},
        **{f"surveys:{name} recording": [sound.uuid] for name in ("sound", "drop-recording")},
        "surveys:forget survey": [survey.slug],
        "surveys:answered secret": [NONE, secret],
    }
