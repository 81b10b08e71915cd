"""The words of the founding path, translated when they are shown: questions, starters, articles, helplines."""

from tequio.founding.texts.articles import ArticleDraft, articles
from tequio.founding.texts.belonging import QUESTIONS as _BELONGING
from tequio.founding.texts.comparison import COMPARISON, Rule
from tequio.founding.texts.governance import QUESTIONS as _GOVERNANCE
from tequio.founding.texts.helplines import HELPLINES, Helpline
from tequio.founding.texts.purposes import QUESTIONS as _PURPOSES
from tequio.founding.texts.reach import QUESTIONS as _REACH
from tequio.founding.texts.starters import STARTERS
from tequio.founding.texts.steps import STEPS, TOPICS
from tequio.founding.texts.words import Choice, Said, Word, Words, in_each, in_languages, own_names, said

QUESTIONS: dict[str, Words] = {**_REACH, **_GOVERNANCE, **_BELONGING, **_PURPOSES}

__all__ = [
    "COMPARISON",
    "HELPLINES",
    "QUESTIONS",
    "STARTERS",
    "STEPS",
    "TOPICS",
    "ArticleDraft",
    "Choice",
    "Helpline",
    "Rule",
    "Said",
    "Word",
    "Words",
    "articles",
    "in_each",
    "in_languages",
    "own_names",
    "said",
]
