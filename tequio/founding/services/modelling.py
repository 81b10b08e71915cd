"""Starting from the governance model of another network: a founder takes it as their own answers."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tequio.core.actor import Actor
from tequio.founding import access, events, formats, selectors
from tequio.founding.models import SharedText
from tequio.founding.services.answering import hold_still, save_answer, save_text
from tequio.networks.models import Network


@transaction.atomic
def take_model(*, by: Actor, network: Network, model: formats.Model) -> list[str]:
    """Take a model's closed answers as one's own, and its texts where nothing is written yet; return the questions.

    The other founders still answer for themselves; texts come in the languages of the network.
    """
    hold_still(network=network)
    access.answer.require(by, network, selectors.latest_charter())
    written = set(SharedText.objects.values_list("question", flat=True))
    for code, value in model.answers.items():
        save_answer(by=by, question=code, value=value)
    taken = list(model.answers)
    for code, spoken in model.texts.items():
        for language in network.languages:
            if code not in written and spoken.get(language):
                save_text(by=by, question=code, language=language, base=0, body=spoken[language])
                taken.append(code)
    for code, rows in model.tables.items():
        kept = [_in_languages(row, network.languages) for row in rows]
        if code not in written and kept:
            save_text(by=by, question=code, language=network.languages[0], base=0, body="", rows=kept)
            taken.append(code)
    events.model_taken.record(network, by=by, origin=dict(model.name), version=model.version)
    return list(dict.fromkeys(taken))


def _in_languages(row: Mapping[str, Any], languages: list[str]) -> dict[str, object]:
    """Return a row with the texts that the network speaks; in none of its languages, with those there are."""
    told: dict[str, object] = {}
    for part, value in row.items():
        own = {key: value[key] for key in languages if value.get(key)} if isinstance(value, dict) else value
        told[part] = own or value
    return told
