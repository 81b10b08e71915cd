"""Who could help whom: matches with their reasons, peers, two side by side, introductions. Source: SUR-20, SUR-25, LRN-07."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.atlas import access
from tequio.atlas.forms.introductions import YES, AnswerIntroductionForm, AskIntroductionForm
from tequio.atlas.models import Introduction
from tequio.atlas.rules.matching import Match, side_by_side, why_matched
from tequio.atlas.selectors import beyond
from tequio.atlas.selectors import matching as selectors
from tequio.atlas.selectors.beyond import name_inside
from tequio.atlas.services import introductions as services
from tequio.atlas.told import TOPICS, sentence, told_of
from tequio.core.access import Refused
from tequio.core.http import MemberRequest, address, found_or_404, see_other
from tequio.core.pages import needs
from tequio.people.models import Membership


def matches(request: MemberRequest) -> HttpResponse:
    """Show whom one's own member could help and be helped by, and who faces the same. Source: SUR-20, LRN-07."""
    found = selectors.matching(request.actor)
    if found is None:
        return render(request, "atlas/matches.html", {"found": None})
    ours = request.actor.membership_id
    context = {
        "found": found,
        "matches": [_drawn(request, one, found) for one in found.matches],
        "peers": [_drawn(request, one, found) for one in found.peers],
        "asked": [_waiting(one, ours) for one in found.introductions],
        "nothing_said": not found.ours.party.said,
        "counts": access.see_introductions.allows(request.actor),
    }
    return render(request, "atlas/matches.html", context)


def _drawn(request: MemberRequest, match: Match, found: selectors.Matching) -> dict[str, Any]:
    uuid = found.members[match.other.key].uuid
    return {
        "name": match.other.name,
        "mutual": match.mutual,
        "uuid": uuid,
        "reasons": [sentence(reason, _language()) for reason in match.reasons],
    }


def _language() -> str:
    return get_language() or "en"


def _waiting(row: Introduction, ours: int | None) -> dict[str, Any]:
    theirs = row.asked_id == ours
    return {"row": row, "theirs": theirs, "other": (row.asking if theirs else row.asked).name}


def _find(request: MemberRequest, uuid: UUID) -> tuple[Membership, selectors.Member]:
    return found_or_404(selectors.member_of(request.actor, uuid))


def _crumbs(request: MemberRequest) -> list[tuple[str, str]]:
    return [(_("Who could help whom"), address("atlas:matches", request.network.slug))]


def match(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show another member beside one's own: reasons, what both share, what each has; ask for an introduction."""
    ours = found_or_404(selectors.member_by_key(request.actor, request.actor.membership_id or 0))
    membership, theirs = _find(request, uuid)
    between = selectors.between(request.actor, membership)
    form = AskIntroductionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.ask_introduction(
                by=request.actor,
                network=request.network,
                other=membership,
                words=form.cleaned_data["words"],
                language=request.LANGUAGE_CODE,
            )
            return see_other(address("atlas:introduction", request.network.slug, row.uuid))
        except Refused as reason:
            form.add_error(None, str(reason))
    topics = side_by_side(told_of(ours, _language()), told_of(theirs, _language()))
    context = {
        "other": membership,
        "ours": ours.party.name,
        "reasons": [sentence(reason, _language()) for reason in why_matched(ours.party, theirs.party)],
        "topics": [(TOPICS[topic.key], topic) for topic in topics],
        "between": between,
        "why_not": access.ask_introduction.why_not(request.actor, membership, between),
        "form": form,
        "crumbs": _crumbs(request),
    }
    return render(request, "atlas/match.html", context, status=422 if form.errors else 200)


@require_POST
def put_away(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Put a match away; it can be taken up again."""
    services.put_away(by=request.actor, other=_find(request, uuid)[0])
    return see_other(address("atlas:away", request.network.slug))


@require_POST
def take_up(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Undo putting a match away."""
    services.take_up(by=request.actor, other=_find(request, uuid)[0])
    return see_other(address("atlas:matches", request.network.slug))


def away(request: MemberRequest) -> HttpResponse:
    """Show what one's own member put away."""
    context = {"rows": selectors.put_away(request.actor), "crumbs": _crumbs(request)}
    return render(request, "atlas/matches_away.html", context)


def introduction(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show an introduction to its two sides: answer it, wait for it, or see whom to write to."""
    row = found_or_404(selectors.introduction(request.actor, uuid))
    theirs = row.asked_id == request.actor.membership_id
    form = AnswerIntroductionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.answer_introduction(
            by=request.actor,
            network=request.network,
            introduction=row,
            accept=form.cleaned_data["answer"] == YES,
        )
        return see_other(address("atlas:introduction", request.network.slug, row.uuid))
    context = {
        "row": row,
        "other": row.asking if theirs else row.asked,
        "theirs": theirs,
        "reasons": _reasons(request, row.asking_id if theirs else row.asked_id),
        "contacts": selectors.contacts(request.actor, row),
        "form": form if access.answer_introduction.allows(request.actor, row) else None,
        "may_take_back": access.take_back.allows(request.actor, row),
        "crumbs": _crumbs(request),
    }
    return render(request, "atlas/match_introduction.html", context, status=422 if form.errors else 200)


def _reasons(request: MemberRequest, other: int) -> list[str]:
    ours = selectors.member_by_key(request.actor, request.actor.membership_id or 0)
    theirs = selectors.member_by_key(request.actor, other)
    if ours is None or theirs is None:
        return []
    return [sentence(reason, _language()) for reason in why_matched(ours.party, theirs.party)]


def take_back(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Ask whether to take back what was asked; act on the button."""
    row = found_or_404(selectors.introduction(request.actor, uuid))
    access.take_back.require(request.actor, row)
    if request.POST.get("confirmed") == "yes":
        services.take_back(by=request.actor, introduction=row)
        return see_other(address("atlas:matches", request.network.slug))
    context = {
        "question": _("Take back what you asked?"),
        "consequences": [row.asked.name, _("They are not asked any more. You can ask again later.")],
        "verb": _("Take it back"),
        "back_url": address("atlas:introduction", request.network.slug, row.uuid),
    }
    return render(request, "web/confirm.html", context)


@needs(access.see_introductions)
def introductions(request: MemberRequest) -> HttpResponse:
    """Show the coordination how many introductions there are, and which were made."""
    found = found_or_404(selectors.counted(request.actor))
    bridges = [{"row": row, "name": name_inside(row.prospect)} for row in beyond.bridges(request.actor)]
    context = {"found": found, "bridges": bridges, "crumbs": _crumbs(request)}
    return render(request, "atlas/match_counts.html", context)
