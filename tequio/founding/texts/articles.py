"""The articles of the charter, composed from what was settled, in every language of the network."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.texts import Texts, say
from tequio.founding import rules
from tequio.founding.rules import Settled
from tequio.founding.texts import sentences
from tequio.founding.texts.headings import HEADINGS
from tequio.founding.texts.steps import STEPS
from tequio.founding.texts.tables import bullets, lines_of
from tequio.founding.texts.words import Word


@dataclass(frozen=True)
class ArticleDraft:
    """An article before it is numbered; ``missing`` are the languages that lack part of it."""

    key: str
    heading: Mapping[str, str]
    texts: Mapping[str, str]
    governs: Sequence[str]
    missing: Sequence[str]


Sentences = Callable[[Settled, str], list[str]]


@dataclass(frozen=True)
class _Plan:
    """What an article is made of: sentences composed from ``closed`` questions, then what was ``written``."""

    key: str
    sentences: Sentences | None = None
    closed: tuple[str, ...] = ()
    written: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The questions of the catalogue that the article governs."""
        return self.closed + self.written


def articles(settled: Settled, *, name: Texts, languages: Sequence[str]) -> list[ArticleDraft]:
    """Return the articles, in order, in each language; what is missing is named, nothing is made up."""
    return [_draft(plan, settled, name=name, languages=languages) for plan in PLANS]


def article(key: str, settled: Settled, *, name: Texts, languages: Sequence[str]) -> ArticleDraft:
    """Return one article."""
    plan = next(plan for plan in PLANS if plan.key == key)
    return _draft(plan, settled, name=name, languages=languages)


def _draft(plan: _Plan, settled: Settled, *, name: Texts, languages: Sequence[str]) -> ArticleDraft:
    heading, texts, missing = {}, {}, []
    for language in languages:
        with translation.override(language):
            heading[language] = str(HEADINGS[plan.key])
            composed = plan.sentences(settled, say(name, language)) if plan.sentences else []
            own = [written(settled, code, language) for code in plan.written]
            if any(lacks(settled, code, language) for code in plan.written):
                missing.append(language)
            body = "\n\n".join(part for part in (" ".join(composed), *own) if part)
            if not body and language not in missing:
                body = _("Still open: the network will settle it later.")
            if body:
                texts[language] = body
    governs = tuple(dict.fromkeys(rules.BY_CODE[code].governs for code in plan.codes)) or ("charter",)
    return ArticleDraft(plan.key, heading, texts, governs, missing)


def lacks(settled: Settled, code: str, language: str) -> bool:
    """Say whether something was written in another language and not in this one."""
    question = rules.BY_CODE[code]
    if question.kind is rules.Kind.ROWS:
        return bool(rules.untold_in(question, settled.rows(code), language))
    spoken = settled.text(code)
    return bool(spoken) and language not in spoken


def written(settled: Settled, code: str, language: str) -> str:
    """Return what founders wrote, in one language, as Markdown; empty where it is not said in it."""
    question = rules.BY_CODE[code]
    if question.kind is rules.Kind.TEXT:
        return settled.text(code).get(language, "").strip()
    if question.kind is rules.Kind.LIST:
        return bullets([line[language] for line in settled.lines(code) if language in line])
    return lines_of(settled, code, language)


PLANS: Sequence[_Plan] = (
    _Plan("purpose", sentences.purpose, (), ("purpose",)),
    _Plan("objective", None, (), ("objective", "specific")),
    _Plan("reach", None, (), ("territory", "places", "audience")),
    _Plan("members", sentences.members, ("joiners",), ("criteria",)),
    _Plan("model", sentences.model, ("model",)),
    _Plan(
        "rounds", sentences.round,
        ("round_hours", "silence", "quorum", "regime", "answers_shown", "urgent", "urgent_by", "records_for"),
    ),
    _Plan(
        "objections", sentences.objection, ("base", "strict", "least_yes", "proxies", "tie_break")
    ),
    _Plan(
        "mandates", sentences.mandates, ("coordination", "mandate_months", "renewals")
    ),
    _Plan("areas", None, (), ("areas",)),
    _Plan("admission", sentences.admission, ("admission", "team"), ("joining_contact",)),
    _Plan("removal", sentences.removal, ("hearing",)),
    _Plan("protocol", sentences.protocol, (), ("contacts",)),
    _Plan("code", sentences.code, ("standing",), ("code",)),
    _Plan("commitments", None, (), ("commitments",)),
    _Plan(
        "contributions", sentences.contributions,
        ("contribution", "period", "currency", "fixed", "small", "medium", "large", "in_kind"),
    ),
    _Plan("needs", None, (), ("needs",)),
    _Plan("sources", None, (), ("sources",)),
    _Plan("benefits", None, (), ("benefits",)),
    _Plan("channels", sentences.channels, ("channels",), ("five_minutes",)),
    _Plan(
        "rhythms", sentences.rhythms,
        ("digest", "meeting", "face_to_face", "workshop"),
    ),
    _Plan("mission", None, (), ("mission",)),
    _Plan("vision", None, (), ("vision",)),
    _Plan("values", None, (), ("values",)),
    _Plan("pillars", None, (), ("pillars",)),
    _Plan("change", sentences.change, ("changes",)),
)  # fmt: skip

CODES: Mapping[str, tuple[str, ...]] = {plan.key: plan.codes for plan in PLANS}


def _chapters() -> Mapping[str, Word]:
    """Return what each article is part of: its step of the path; how the charter changes stands by itself."""
    steps = {plan.key: STEPS[rules.BY_CODE[plan.codes[0]].step][0] for plan in PLANS}
    return {**steps, "change": gettext_lazy("The charter itself")}


CHAPTERS: Mapping[str, Word] = _chapters()
