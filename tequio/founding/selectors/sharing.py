"""How other networks of this installation did it, of those that allow it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tequio.core.texts import Texts
from tequio.founding import rules, texts
from tequio.founding.models import SharedAnswers
from tequio.networks.models import Network

MOST = 12


@dataclass(frozen=True)
class Example:
    """What another network answered to one question, in words."""

    name: Texts
    slug: str
    said: str


def examples(network: Network, question: rules.Question) -> Sequence[Example]:
    """The answers of other networks to a question; of those in force that anyone can find, and that said yes."""
    rows = SharedAnswers.objects.exclude(network=network).filter(network__listed=True)
    named = rows.order_by("-at").values_list("name", "network__slug", "answers")[:MOST]
    found = [
        Example(name, slug, texts.in_words(rules.settled_from(answers), question.code))
        for name, slug, answers in named
        if _answered(question, answers)
    ]
    return [each for each in found if each.said]


def _answered(question: rules.Question, answers: dict[str, dict[str, object]]) -> bool:
    kind = "texts" if question.shared else "values"
    return bool(answers.get(kind, {}).get(question.code))


def is_shared(network: Network) -> bool:
    """Say whether this network lets others read what it agreed on."""
    return SharedAnswers.objects.filter(network=network).exists()
