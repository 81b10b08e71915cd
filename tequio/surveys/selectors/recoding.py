"""What was read in the answers to an open question, by whom, and what is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import override

from tequio.people.models.quotes import Aspect
from tequio.surveys.models import CodeList, Coding, Survey
from tequio.surveys.selectors import sheets


@dataclass(frozen=True)
class Coded:
    """The answers by number, the codes by key, what each person read alone (by name), and what a talk decided."""

    texts: dict[int, str]
    codes: dict[str, str]
    alone: dict[tuple[int, str], dict[int, list[str]]]
    agreed: dict[int, list[str]]


def coded(study: sheets.Study, question: str) -> Coded:
    """Return everything about the coding of one question, in three queries."""
    texts = dict(sheets.texts(study, question))
    alone: dict[tuple[int, str], dict[int, list[str]]] = {}
    agreed: dict[int, list[str]] = {}
    rows = Coding.objects.filter(answer__in=list(texts)).order_by("coder__name", "coder_id", "pk")
    for answer, coder, name, settled, keys in rows.values_list(
        "answer_id", "coder_id", "coder__name", "agreed", "codes"
    ):
        if settled:
            agreed[answer] = keys
        else:
            alone.setdefault((coder, name), {})[answer] = keys
    return Coded(texts, codes_of(study.survey, question), alone, agreed)


def codes_of(survey: Survey, question: str) -> dict[str, str]:
    """Return the codes of one question, key to text."""
    found = CodeList.objects.filter(survey=survey, question=question).first()
    return {row["key"]: row["text"] for row in found.codes} if found else {}


def spoken(codes: Mapping[str, str]) -> dict[str, str]:
    """Return codes as the reader says them: the six aspects in their language, what people wrote as they wrote it."""
    return {key: _own_word(key, text) for key, text in codes.items()}


def _own_word(key: str, text: str) -> str:
    if key not in Aspect.values:
        return text
    aspect = Aspect(key)
    known = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            known.add(str(aspect.label))
    return str(aspect.label) if text in known else text
