"""Consent article by article: each says what they can live with, and their member's voice follows from it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.texts import say
from tequio.decisions import services as decisions
from tequio.decisions.models import Proposal, Round
from tequio.decisions.rules import Position
from tequio.founding import access, events, rules, selectors, texts
from tequio.founding.models import Article, ArticleVoice, Charter, Stance
from tequio.people.models import Participant


@transaction.atomic
def speak(*, by: Actor, article: Article, stance: str, words: str = "") -> ArticleVoice:
    """Say whether one can live with an article, or change it, as long as the charter is being ratified.

    A concern or an objection needs its ``words``. Who carries no voice is heard, and not counted. Source: GOV-06.
    """
    access.speak.require(by, article.charter)
    stance, words = Stance(stance), words.strip()
    if stance != Stance.CONSENT and not words:
        raise Refused(_("A concern or an objection needs words."))
    voice, _made = ArticleVoice.objects.update_or_create(
        article=article,
        participant=Participant.objects.get(pk=by.participant_id or 0),
        defaults={
            "stance": stance,
            "words": words if stance != Stance.CONSENT else "",
            "membership_id": by.membership_id if by.votes else None,
            "at": clock.now(),
        },
    )
    events.article_answered.record(
        article,
        by=by,
        article=texts.in_languages(texts.HEADINGS[article.key]),
        version=article.charter.version,
        private={"stance": stance.value, "words": voice.words},
    )
    return voice


@transaction.atomic
def give_voice(*, by: Actor, charter: Charter, rest: bool = False) -> Position:
    """Give the member's voice in the ratification, as it follows from what was said to each article.

    ``rest`` consents to every article not yet answered; without it they must all be answered. One objection to an
    article is an objection to the charter, with its words.
    """
    access.speak.require(by, charter)
    voices = selectors.my_voices(by, charter)
    for article in charter.articles.all():
        if article.pk not in voices:
            if not rest:
                raise Refused(_("Some articles wait for your answer still."))
            article.charter = charter
            voices[article.pk] = speak(by=by, article=article, stance=Stance.CONSENT)
    position, words = rules.voice_of([
        (voice.article.number, say(voice.article.heading), voice.stance, voice.words) for voice in voices.values()
    ])  # fmt: skip
    harm, concern = (words, "") if position == "OBJECT" else ("", words)
    decisions.answer(
        by=by, round=_round_of(charter.proposal), position=Position(position), reason=harm, concern=concern
    )
    return Position(position)


def _round_of(proposal: UUID | None) -> Round:
    asked = Proposal.objects.select_related("round").filter(uuid=proposal).first() if proposal else None
    if asked is None or asked.round is None:
        raise Refused(_("The charter is not being ratified."))
    return asked.round


@transaction.atomic
def carry_over(*, charter: Charter, before: Charter | None) -> int:
    """Keep the consent that was given to articles whose words are the same as in the draft before; return how many."""
    if before is None:
        return 0
    same = {article.key: article for article in before.articles.all()}
    kept = [
        ArticleVoice(
            article=article,
            participant_id=voice.participant_id,
            membership_id=voice.membership_id,
            stance=Stance.CONSENT,
            at=voice.at,
        )
        for article in charter.articles.all()
        if article.key in same and same[article.key].texts == article.texts
        for voice in same[article.key].voices.filter(stance=Stance.CONSENT)
    ]
    ArticleVoice.objects.bulk_create(kept)
    return len(kept)
