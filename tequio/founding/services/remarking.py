"""Saying something about an article, and writing what it lacks in a language."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.founding import access, events, rules, selectors, texts
from tequio.founding.models import Article, Charter, CharterState, Remark, RemarkKind
from tequio.founding.services.answering import hold_still
from tequio.founding.services.rendering import forget_documents
from tequio.networks import services as networks
from tequio.networks.models import Network
from tequio.people.models import Participant
from tequio.people.services.erasing import Erased, rewrite_talk

MOST_ANSWERS = 6


@transaction.atomic
def remark(
    *,
    by: Actor,
    network: Network,
    article: Article,
    body: str,
    proposal: bool = False,
    under: int | None = None,
) -> Remark:
    """Say something about the words of an article, or answer who did; threads are short.

    Raises ``Refused`` when the words have changed meanwhile, or when a thread is full.
    """
    access.remark.require(by)
    if not body.strip():
        raise Refused(_("Write your words first."))
    said = Remark.objects.create(
        article=article.key,
        since=article.since,
        kind=RemarkKind.PROPOSAL if proposal and under is None else RemarkKind.COMMENT,
        body=body.strip(),
        under=_thread(article, under),
        participant=Participant.objects.get(pk=by.participant_id or 0),
        at=clock.now(),
    )
    events.remarked.record(
        said,
        by=by,
        article=texts.in_languages(texts.HEADINGS[article.key]),
        private={"words": said.body},
    )
    return said


@transaction.atomic
def withdraw_remark(*, by: Actor, remark: Remark) -> Remark:
    """Take back what one said about an article: no page shows its words any more, and that it was said stays."""
    remark = Remark.objects.select_for_update().get(pk=remark.pk)
    access.withdraw_remark.require(by, remark)
    remark.withdrawn_at = clock.now()
    remark.save(update_fields=["withdrawn_at"])
    events.remark_withdrawn.record(remark, by=by, article=texts.in_languages(texts.HEADINGS[remark.article]))
    return remark


def _thread(article: Article, under: int | None) -> Remark | None:
    if under is None:
        return None
    first = Remark.objects.filter(pk=under, article=article.key, since=article.since, under=None).first()
    if first is None:
        raise Refused(_("This conversation is closed: the words of the article have changed."))
    if first.replies.count() >= MOST_ANSWERS:
        raise Refused(_("This conversation is long enough. Write other words, or propose a change."))
    return first


@transaction.atomic
def translate_article(
    *, by: Actor, network: Network, article: Article, answers: Mapping[str, Any]
) -> Article:
    """Write what an article lacks in a language: what was agreed stays, word by word.

    Raises ``Refused`` when this would change anything but add a language.
    """
    access.translate.require(by)
    hold_still(network=network)
    charter = Charter.objects.select_for_update().get(pk=article.charter_id)
    settled = selectors.settled_in(charter, network)
    known = texts.CODES[article.key]
    for code, answer in answers.items():
        if code not in known or not rules.only_adds(rules.answer_of(settled, code), answer):
            raise Refused(_("A translation adds a language. It changes nothing that was agreed."))
        if not rules.is_answer(rules.BY_CODE[code], answer, languages=network.languages):
            raise Refused(_("This answer is not one that the charter knows."))
    told = rules.with_answers(settled, answers)
    charter.answers, charter.settings = rules.kept(told), rules.settings_of(told)
    charter.save(update_fields=["answers", "settings"])
    draft = texts.article(article.key, told, name=network.name, languages=network.languages)
    agreed = {code: said for code, said in article.texts.items() if code not in article.missing}
    article.texts, article.missing = {**draft.texts, **agreed}, list(draft.missing)
    article.save(update_fields=["texts", "missing"])
    if charter.state == CharterState.IN_FORCE:
        networks.put_rules_in_force(
            by=system(network.pk),
            network=network,
            rules=networks.Rules(**charter.settings),
            version=charter.version,
        )
    if charter.state == CharterState.IN_FORCE:
        forget_documents(charter=charter)
    events.article_translated.record(
        article,
        by=by,
        article=texts.in_languages(texts.HEADINGS[article.key]),
        version=charter.version,
        texts=article.texts,
        settings=charter.settings,
    )
    return article


@transaction.atomic
def erase_from_remarks(*, erased: Erased) -> None:
    """Put the pseudonym where somebody's whole name stands in comments on the charter."""
    rewrite_talk(model=Remark, columns=["body"], erased=erased)
