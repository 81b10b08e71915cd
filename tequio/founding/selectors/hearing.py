"""Every read of what was said to the articles of a charter that is being ratified."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tequio.core.actor import Actor
from tequio.founding.models import Article, ArticleVoice, Charter, CharterState, Stance


@dataclass(frozen=True)
class Heard:
    """An article, what I said to it, and how many voices said what."""

    article: Article
    mine: ArticleVoice | None
    counted: Mapping[str, int]
    advice: int
    words: Sequence[ArticleVoice]


def ratifying(actor: Actor) -> Charter | None:
    """The charter that is being ratified."""
    return Charter.objects.filter(state=CharterState.RATIFYING).first()


def my_voices(actor: Actor, charter: Charter) -> dict[int, ArticleVoice]:
    """What I said, by article."""
    rows = ArticleVoice.objects.select_related("article").filter(
        article__charter=charter, participant_id=actor.participant_id or 0
    )
    return {voice.article_id: voice for voice in rows}


def heard(actor: Actor, charter: Charter) -> list[Heard]:
    """Every article with what was said to it; others' words only where I have spoken. Source: GOV-06."""
    articles = list(charter.articles.all())
    rows = ArticleVoice.objects.select_related("participant").filter(article__charter=charter).order_by("pk")
    voices: dict[int, list[ArticleVoice]] = {}
    for voice in rows:
        voices.setdefault(voice.article_id, []).append(voice)
    return [_heard(actor, article, voices.get(article.pk, [])) for article in articles]


def _heard(actor: Actor, article: Article, voices: Sequence[ArticleVoice]) -> Heard:
    mine = next((voice for voice in voices if voice.participant_id == actor.participant_id), None)
    counting = [voice for voice in voices if voice.membership_id is not None]
    return Heard(
        article,
        mine,
        {stance: sum(voice.stance == stance for voice in counting) for stance in Stance.values},
        len(voices) - len(counting),
        [voice for voice in voices if voice.words] if mine else [],
    )
