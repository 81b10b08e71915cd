"""The words of the founding path, translated when they are shown: questions, starters, articles, helplines."""

from tequio.founding.texts.answers import closed_in_words, in_words
from tequio.founding.texts.articles import CHAPTERS, CODES, ArticleDraft, article, articles, lacks
from tequio.founding.texts.comparison import COMPARISON, Rule, RuleCounted, compared
from tequio.founding.texts.consequences import consequence, strain
from tequio.founding.texts.headings import HEADINGS
from tequio.founding.texts.helplines import HELPLINES, Helpline
from tequio.founding.texts.planning import planning
from tequio.founding.texts.questions import QUESTIONS
from tequio.founding.texts.starters import STARTERS
from tequio.founding.texts.steps import STEPS, TOPICS
from tequio.founding.texts.words import (
    Choice,
    Said,
    Word,
    Words,
    in_each,
    in_languages,
    listed,
    named,
    own_names,
    said,
    whole_in,
)

__all__ = [
    "CHAPTERS",
    "CODES",
    "COMPARISON",
    "HEADINGS",
    "HELPLINES",
    "QUESTIONS",
    "STARTERS",
    "STEPS",
    "TOPICS",
    "ArticleDraft",
    "Choice",
    "Helpline",
    "Rule",
    "RuleCounted",
    "Said",
    "Word",
    "Words",
    "article",
    "articles",
    "closed_in_words",
    "compared",
    "consequence",
    "in_each",
    "in_languages",
    "in_words",
    "lacks",
    "listed",
    "named",
    "own_names",
    "planning",
    "said",
    "strain",
    "whole_in",
]
