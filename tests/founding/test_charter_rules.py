"""The charter can never disagree with the program: every setting that an article governs, changed through the flow.

Each closed question of each article gets another answer, all members consent, and then the words of the article,
the rows that the program reads, and what the program does, must say the same.
"""

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tequio.core import clock
from tequio.decisions import sentences
from tequio.decisions import services as decisions
from tequio.decisions.models import Proposal
from tequio.decisions.rules import Matter
from tequio.founding import rules, services, texts
from tequio.founding.models import Article, Charter, CharterState
from tequio.membership.forms import Join
from tequio.networks import selectors as networks
from tequio.networks.models import Criterion, Network
from tests.founding.world import CONTACTS, answer_enough, decide, ratify, save

GOVERNED = [(key, code) for key, codes in texts.CODES.items() for code in codes]
PROOF = os.environ.get("PROOF") == "1"
WORDS = {"es": "Otras palabras de todas.", "pt-br": "Outras palavras de todas."}
# What must stand before a setting means anything.
FIRST = {
    "urgent_by": {"urgent": "24"},
    "team": {"admission": "TEAM"},
    "period": {"contribution": "FIXED", "fixed": "10"},
    "currency": {"contribution": "FIXED", "fixed": "10"},
    "fixed": {"contribution": "FIXED"},
    "small": {"contribution": "VARIABLE"},
    "medium": {"contribution": "VARIABLE"},
    "large": {"contribution": "VARIABLE"},
}


def another(question: rules.Question, now: Any) -> Any:
    """Return another answer than the one that stands."""
    if question.kind is rules.Kind.ROWS:
        return [_row(question, number) for number in range(2)]
    if question.shared:
        return WORDS
    if question.kind is rules.Kind.NUMBER:
        return question.bounds[1]
    if question.kind is rules.Kind.MONEY:
        return "77.50"
    other = [option for option in question.options if option != now]
    return [other[-1]] if question.kind is rules.Kind.CHOICES else other[-1]


def _row(question: rules.Question, number: int) -> dict[str, Any]:
    """Return a row in which every part says something."""
    if question.code == "contacts":
        return {**CONTACTS[number], "name": f"Otra persona {number}", "id": f"r{number}"}
    row: dict[str, Any] = {"id": f"r{number}"}
    for part in question.parts:
        if part.kind is rules.PartKind.PICK:
            row[part.code] = part.options[-1]
        elif part.kind is rules.PartKind.MARK:
            row[part.code] = True
        elif part.kind in (rules.PartKind.DATE, rules.PartKind.ROW):
            row[part.code] = ""
        elif part.spoken:
            row[part.code] = {"es": f"Fila {number} {part.code}", "pt-br": f"Linha {number} {part.code}"}
        else:
            row[part.code] = f"Nombre {number}"
    return row


def rows_in_force() -> dict[str, Any]:
    """Return what the program reads, as the charter keeps it."""
    governance, joining = networks.governance(), networks.joining()
    kept = Charter.objects.get(state=CharterState.IN_FORCE).settings
    return {
        "governance": {name: getattr(governance, name) for name in kept["governance"]},
        "joining": {name: getattr(joining, name) for name in kept["joining"]},
        "statements": {key: row.texts for key, row in networks.statements().items() if row.texts},
        "rhythms": dict(networks.rhythms()),
        "contacts": [_columns(row, kept["contacts"]) for row in networks.contacts()],
        "pillars": [_columns(row, kept["pillars"]) for row in networks.pillars()],
        "needs": [_columns(row, kept["needs"]) for row in networks.needs()],
        "criteria": [_columns(row, kept["criteria"]) for row in networks.criteria()],
    }


def _columns(row: Any, like: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (like[0] if like else ())}


def behaviour(network: Network, by: Any) -> dict[str, Any]:
    """Return what the program does, asked where it does it."""
    governance, joining = networks.governance(), networks.joining()
    proposal = decisions.propose(
        by=by,
        title={"es": "Algo"},
        summary={"es": "Algo"},
        body={},
        matter=Matter.OPERATIONAL,
        leading_team="Uno",
    )
    opened = decisions.open_round(by=by, proposal=proposal)
    rule = opened.rule
    done = {
        "model": rule.consent_only,
        "base": rule.base,
        "tie_break": rule.ties_go_to_coordination,
        "silence": rule.silence,
        "quorum": rule.quorum_percent,
        "round_hours": (opened.closes_at - opened.opened_at).total_seconds() // 3600 // 24,
        "answers_shown": opened.answers_shown,
        "changes": rules.way_of("rhythms", Charter.objects.get(state="IN_FORCE").settings).consent_only,
        "admission": governance.admission,
        "joiners": sorted(value for value, _label in _kinds(joining)),
        "how": sentences.how_decided(rule),
    }
    Proposal.objects.filter(pk=proposal.pk).update(round=None)
    return done


def _kinds(joining: Any) -> list[Any]:
    from tequio.membership.forms import _kinds as offered

    return offered(joining)


@pytest.fixture
def ratified(first, second, founding, run_jobs):
    answer_enough(first, founding)
    save(first, founding, "entry", {"joiners": ["ORGANIZATIONS"]})
    ratify(founding, first, second)
    run_jobs()
    founding.refresh_from_db()
    return founding


def change(network: Network, actors: Any, article: str, answers: Any, run_jobs: Any) -> None:
    told = services.propose_change(
        by=actors[0], network=network, article=article, answers=answers, why="Prueba."
    )
    decide(told, *actors)
    run_jobs()
    told.refresh_from_db()
    assert told.state == "APPLIED"


# Articles that say something and set nothing that the program reads yet.
WORDS_ALONE = ("area", "source", "place", "channel", "specific")
SHOWN_IN = {
    "model", "base", "tie_break", "silence", "quorum", "round_hours", "answers_shown", "changes", "admission", "joiners",
}  # fmt: skip


class _Undo(Exception):
    """What a case changed is taken back, so that the cases do not depend on one another."""


def test_a_setting_its_article_and_what_the_program_does_change_together(first, second, ratified, run_jobs):
    """Other settings each day, all with PROOF=1. Source: GOV-03, GOV-17 to GOV-28 as settings; XCT-01 for texts."""
    troubles = []
    chosen = GOVERNED if PROOF else random.Random(clock.today().toordinal()).sample(GOVERNED, 16)
    for article, code in chosen:
        try:
            with transaction.atomic():
                troubles += [f"{code}: {trouble}" for trouble in disagreements(
                    ratified, (first, second), article, code, run_jobs
                )]  # fmt: skip
                raise _Undo
        except _Undo:
            continue
    assert len(GOVERNED) > 40
    assert not troubles, "\n".join(troubles)


def disagreements(network: Network, actors: Any, article: str, code: str, run_jobs: Any) -> Iterator[str]:
    """Change one setting through the flow, and yield what does not follow."""
    if code in FIRST:
        change(network, actors, article, FIRST[code], run_jobs)
    before = Charter.objects.get(state=CharterState.IN_FORCE)
    settled = rules.settled_from(before.answers)
    did = behaviour(network, actors[0]) if code in SHOWN_IN else {}
    old = Article.objects.get(charter=before, key=article).texts
    wanted = another(rules.BY_CODE[code], rules.answer_of(settled, code))

    change(network, actors, article, {code: wanted}, run_jobs)

    after = Charter.objects.get(state=CharterState.IN_FORCE)
    new = Article.objects.get(charter=after, key=article).texts
    now, read = rules.settled_from(after.answers), rows_in_force()
    if rules.answer_of(now, code) != wanted:
        yield "the answer was not kept"
    if new["es"] == old.get("es"):
        yield "the words did not change"
    if {key: value for key, value in after.settings.items() if key in read} != read:
        yield "the program reads something else than the charter keeps"
    if after.settings != rules.settings_of(now):
        yield "the settings do not follow from the answers"
    written = texts.articles(now, name=network.name, languages=network.languages)
    if [(one.key, dict(one.texts)) for one in written] != list(
        Article.objects.filter(charter=after).values_list("key", "texts")
    ):
        yield "the articles do not follow from the answers"
    if code in SHOWN_IN:
        if behaviour(network, actors[0])[code] == did[code]:
            yield "the program did not follow"
    elif not rules.BY_CODE[code].governs.startswith(WORDS_ALONE) and after.settings == before.settings:
        yield "nothing that the program reads changed"


def test_every_setting_that_a_charter_keeps_is_governed_by_an_article(first, ratified):
    """A setting without an article could change without anybody reading it."""
    governed = {rules.BY_CODE[code].governs for _key, code in GOVERNED}
    closed = {q.governs for q in rules.ALL if not q.shared and not q.governs.startswith(("fit.", "channel"))}
    assert closed <= governed
    kept = Charter.objects.get(state=CharterState.IN_FORCE).settings
    named = {name.partition(".")[2] for name in governed if name.startswith("governance.")}
    assert set(kept["governance"]) - named <= {"mandate_renewable"}, "it follows from renewals_at_most"


def test_criteria_reach_the_request_to_join(first, second, ratified, run_jobs):
    change(ratified, (first, second), "members", {"criteria": [_row(rules.BY_CODE["criteria"], 0)]}, run_jobs)
    form = Join(criteria=list(Criterion.objects.all()), joining=networks.joining(), with_code=False)
    assert any("Fila 0" in str(field.label) for field in form.fields.values())
