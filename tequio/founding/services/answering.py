"""Answering: each founder's own answers, the texts they write together, and agreeing to a step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.founding import access, events, rules, selectors, texts
from tequio.founding.models import Answer, Place, SharedText, StepAgreement, TextState
from tequio.founding.services.ground import founder_of, save_rows
from tequio.networks.models import Network, Stage


@dataclass(frozen=True)
class Save:
    """What came of saving a topic: the shared texts that somebody else had changed meanwhile."""

    apart: Sequence[SharedText]


@transaction.atomic
def save_topic(
    *,
    by: Actor,
    network: Network,
    topic: str,
    answers: Mapping[str, Any],
    shared: Mapping[str, tuple[int, str, Sequence[Mapping[str, Any]]]],
    language: str,
) -> Save:
    """Save what a founder answered on one page. Raises ``Refused`` when the path is closed.

    ``answers`` maps closed questions to a value, or None for "we don't know yet"; ``shared`` maps texts to
    (the version it was written on, body, rows).
    """
    hold_still(network=network)
    access.answer.require(by, network, selectors.latest_charter(), topic)
    for code, value in answers.items():
        save_answer(by=by, question=code, value=value)
    written = [
        save_text(by=by, question=code, language=language, base=base, body=body, rows=rows)
        for code, (base, body, rows) in shared.items()
    ]
    for code, (_base, body, _rows) in shared.items():
        _spread_starter(by=by, network=network, question=code, language=language, body=body)
    now = clock.now()
    Place.objects.update_or_create(
        participant_id=founder_of(by=by),
        defaults={"topic": topic, "at": now, "seen_at": now, "seen_topic": topic},
    )
    event = events.answered if network.stage == Stage.FOUNDING else events.brought_up_to_date
    event.record(network, by=by, topic=texts.in_languages(texts.TOPICS[topic]))
    return Save([each for each in written if each is not None and each.state == TextState.APART])


def hold_still(*, network: Network) -> None:
    """Let one founder save at a time; the others wait for a moment."""
    Network.objects.select_for_update(no_key=True).get(pk=network.pk)


@transaction.atomic
def save_answer(*, by: Actor, question: str, value: Any) -> Answer:
    """Keep a founder's own answer to a closed question; None is "we don't know yet"."""
    answer, _made = Answer.objects.update_or_create(
        participant_id=founder_of(by=by),
        question=rules.BY_CODE[question].code,
        defaults={"value": value, "unknown": value is None, "at": clock.now()},
    )
    return answer


@transaction.atomic
def save_text(
    *,
    by: Actor,
    question: str,
    language: str,
    base: int,
    body: str = "",
    rows: Sequence[Mapping[str, Any]] = (),
) -> SharedText | None:
    """Keep a new version of a shared text, or None when nothing changed.

    Written on an old version, it is kept apart: both texts stay until somebody chooses or joins them. The rows of a
    table are merged one by one.
    """
    if rules.BY_CODE[question].kind is rules.Kind.ROWS:
        return save_rows(by=by, question=question, language=language, base=base, rows=rows)
    versions = SharedText.objects.filter(question=rules.BY_CODE[question].code, language=language)
    current = versions.filter(state=TextState.CURRENT).first()
    if _same(current, body) or (current is None and not body.strip()):
        return None
    behind = current is not None and base < current.version
    if behind and base and _same(versions.filter(version=base).first(), body):
        return None  # sent back, untouched, the version that they had been shown
    if current is not None and not behind:
        _set_state(current, TextState.OLD)
    return SharedText.objects.create(
        question=question,
        language=language,
        version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
        base=base,
        body=body,
        state=TextState.APART if behind else TextState.CURRENT,
        participant_id=founder_of(by=by),
        at=clock.now(),
    )


def _spread_starter(*, by: Actor, network: Network, question: str, language: str, body: str) -> None:
    """Keep a starter that was taken as it is in the network's other languages too, where nothing is written."""
    starter = texts.STARTERS.get(question)
    if starter is None:
        return
    spoken = texts.in_each(network.languages, lambda _language: str(starter))
    if body.strip() != spoken.get(language, ""):
        return
    written = set(SharedText.objects.filter(question=question).values_list("language", flat=True))
    for other in network.languages:
        if other not in written:
            save_text(by=by, question=question, language=other, base=0, body=spoken[other])


def _same(row: SharedText | None, body: str) -> bool:
    return row is not None and row.body.strip() == body.strip()


def _set_state(row: SharedText, state: str) -> None:
    row.state = state
    row.save(update_fields=["state"])


@transaction.atomic
def choose_text(
    *,
    by: Actor,
    network: Network,
    question: str,
    language: str,
    body: str,
    rows: Sequence[Mapping[str, Any]] = (),
    met: tuple[int, int],
) -> SharedText | None:
    """Settle two texts that were written at the same time: what is given here stands; every version stays.

    ``met`` are the versions that were read: the one that stands, and the other. Raises ``Refused`` when one of them
    is no longer the case. Texts of a third founder go on waiting.
    """
    hold_still(network=network)
    access.answer.require(by, network, selectors.latest_charter(), rules.BY_CODE[question].topic)
    versions = SharedText.objects.filter(question=question, language=language)
    current = versions.filter(state=TextState.CURRENT).first()
    other = versions.filter(state=TextState.APART, version=met[1]).first()
    if current is None or other is None:
        raise Refused(_("There is nothing to choose any more: somebody has done it."))
    if current.version != met[0]:
        raise Refused(_("Somebody wrote meanwhile. Read both texts again, please."))
    _set_state(other, TextState.SETTLED)
    chosen = save_text(
        by=by, question=question, language=language, base=current.version, body=body, rows=rows
    )
    events.text_joined.record(network, by=by, question=texts.in_languages(texts.QUESTIONS[question].ask))
    return chosen


@transaction.atomic
def agree_step(*, by: Actor, network: Network, step: int, state: str) -> StepAgreement:
    """Agree to a step as the founder read it.

    Raises ``Refused`` when it changed meanwhile, or when step 2 lacks its protocol against violence (GOV-29).
    """
    hold_still(network=network)
    path = selectors.path(by, network)
    access.answer.require(by, network, path.charter)
    if path.state(step) != state:
        raise Refused(_("This step changed while you were reading it. Read it again, please."))
    missing = [question for question in path.missing if question.step == step]
    if missing:
        raise Refused(_("Something is missing in this step without which a network cannot work."))
    agreement, _made = StepAgreement.objects.update_or_create(
        participant_id=founder_of(by=by), step=step, defaults={"step_state": state, "at": clock.now()}
    )
    events.step_agreed.record(network, by=by, step=step)
    return agreement
