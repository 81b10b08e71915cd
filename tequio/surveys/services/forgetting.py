"""Erasing what somebody answered when they ask for it: the reply, and everything that hangs on it. Source: XCT-02.

What was published stays: the tables of releases hold sums of at least five. The names printed beside them go. Quotas
count the replies that there are, so the place is free again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from tequio.core.actor import Actor
from tequio.notify.models import Letter
from tequio.people.models import Candidate
from tequio.people.rules.names import folded_name
from tequio.surveys import access, events
from tequio.surveys.models import Answer, Batch, Link, Recipe, Reply, Survey
from tequio.surveys.selectors.forgetting import links_with, mentions_of, replies_with, without
from tequio.surveys.services.candidates import forget_candidate
from tequio.surveys.services.counting import count_without
from tequio.surveys.services.forgetting_files import put_away_files
from tequio.surveys.services.recordings import drop_sounds
from tequio.surveys.services.releasing import leave_out_name, prepare_anew

ERASED = "—"
# Who has read a reply that is about to be erased, in the same transaction: apps above this one add themselves.
FORGETTERS: list[Callable[[Reply], None]] = []


@transaction.atomic
def forget_reply(*, by: Actor, reply: Reply) -> None:
    """Erase a reply with its link, its letters, its sounds and the candidate that rests on it.

    Who holds its secret address asks through ``system``; otherwise it takes whoever leads the survey.
    """
    survey = reply.survey
    access.forget.require(by, survey)
    for forget in FORGETTERS:
        forget(reply)
    forget_candidate(by=by, reply=reply)
    for link in Link.objects.filter(reply=reply):
        _forget_link(link)
    Letter.objects.filter(_letters_about(reply)).delete()
    drop_sounds(reply=reply)
    reply.delete()
    _leave_unnamed(reply)
    count_without(survey=survey)
    prepare_anew(survey=survey)
    events.reply_forgotten.record(survey, by=by, title=survey.title)


@transaction.atomic
def forget_address(*, by: Actor, email: str, survey: Survey | None = None) -> int:
    """Erase every reply and link of an address, and the address in what others wrote; return how many there were.

    ``survey`` is the one that is meant; without it, all of the network.
    """
    files = put_away_files(by=by, email=email, survey=survey)
    within = Q(survey=survey) if survey is not None else Q()
    replies = list(Reply.objects.select_related("survey").filter(replies_with(email), within))
    for reply in replies:
        forget_reply(by=by, reply=reply)
    links = list(Link.objects.select_related("survey").filter(links_with(email), within))
    for link in links:
        access.forget.require(by, link.survey)
        _forget_link(link)
    return files + len(replies) + len(links) + _blank_mentions(email, survey) + _blank_files(email, survey)


def _leave_unnamed(reply: Reply) -> None:
    """Take the name of an erased reply out of the reports, unless another of this name answered."""
    name = reply.organization_name.strip()
    if (
        name
        and not Reply.objects.filter(survey=reply.survey, organization_name=reply.organization_name).exists()
    ):
        leave_out_name(survey=reply.survey, name=name)


def _forget_link(link: Link) -> None:
    Letter.objects.filter(
        Q(key=f"surveys.invited:{link.uuid}") | _begins(f"surveys.reminder:{link.uuid}:")
    ).delete()
    link.delete()


def _letters_about(reply: Reply) -> Q:
    kinds = ("taken", "again", "begun")
    return Q(*(_begins(f"surveys.{kind}:{reply.uuid}") for kind in kinds), _connector=Q.OR)


def _begins(text: str) -> Q:
    return Q(key__startswith=text)


def _blank_mentions(email: str, survey: Survey | None) -> int:
    """Take the address out of what others wrote, also where it stands as a name; their words stay."""
    rows = mentions_of(email) if survey is None else mentions_of(email).filter(reply__survey=survey)
    changed = 0
    for answer in rows.select_related("reply__survey"):
        text = without(email, answer.text, instead=ERASED)
        if text != answer.text:
            Answer.objects.filter(pk=answer.pk).update(text=text)
            _blank_name(email, answer.reply)
            changed += 1
    return changed


def _blank_name(email: str, reply: Reply) -> None:
    name = without(email, reply.organization_name, instead=ERASED)
    if name != reply.organization_name:
        leave_out_name(survey=reply.survey, name=reply.organization_name.strip())
        Reply.objects.filter(pk=reply.pk).update(organization_name=name, folded=folded_name(name))
        Candidate.objects.filter(source=reply.uuid).update(name=name, folded=folded_name(name))


def _blank_files(email: str, survey: Survey | None) -> int:
    """Take the address out of what is remembered of files of answers: cells that were not understood."""
    within = Q(survey=survey) if survey is not None else Q()
    return sum(
        _blank_column(model.objects.filter(within), column, email)
        for model, column in ((Batch, "report"), (Batch, "decisions"), (Recipe, "decisions"))
    )


def _blank_column(rows: QuerySet[Any], column: str, email: str) -> int:
    found = rows.annotate(_said=Cast(column, TextField())).filter(_said__icontains=email)
    changed = list(found.values_list("pk", column))
    for pk, document in changed:
        text = without(email, json.dumps(document, ensure_ascii=False), instead=ERASED)
        rows.filter(pk=pk).update(**{column: json.loads(text)})
    return len(changed)
