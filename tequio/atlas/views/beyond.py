"""Who fits beyond the members: matches with their reasons, and introductions that the coordination makes. Source: SUR-20."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.atlas import access
from tequio.atlas.forms.beyond import AnswerBridgeForm, AskBridgeForm
from tequio.atlas.forms.introductions import YES
from tequio.atlas.models import Bridge, BridgeState, Prospect
from tequio.atlas.rules.matching import Match, Party, why_matched
from tequio.atlas.selectors import beyond as selectors
from tequio.atlas.selectors.matching import member_by_key
from tequio.atlas.services import bridges as services
from tequio.atlas.told import sentence
from tequio.core.access import Refused
from tequio.core.http import MemberRequest, address, found_or_404, see_other
from tequio.core.pages import by_token
from tequio.people.rules.countries import country_name

Context = dict[str, Any]


def beyond(request: MemberRequest) -> HttpResponse:
    """Show who beyond the members could help one's own and be helped by it; candidates without a name stay so."""
    found = selectors.beyond(request.actor)
    context: Context = {"found": found, "crumbs": _crumbs(request)}
    if found is not None:
        context |= {
            "matches": [_drawn(match, found) for match in found.matches],
            "bridges": [{"row": row, "name": _called(row.prospect)} for row in found.bridges],
            "away": [
                {"uuid": row.prospect.uuid, "name": _called(row.prospect)}
                for row in found.away
                if row.prospect
            ],
            "nothing_said": not found.ours.party.said,
        }
    return render(request, "atlas/beyond.html", context)


def _crumbs(request: MemberRequest) -> list[tuple[str, str]]:
    return [(_("Who could help whom"), address("atlas:matches", request.network.slug))]


def _language() -> str:
    return get_language() or "en"


def _nameless(country: str) -> str:
    if country:
        return _("An organization in %(country)s") % {"country": country_name(country, _language())}
    return _("An organization")


def _called(row: Prospect) -> str:
    country = row.candidate.country if row.candidate is not None else ""
    return selectors.name_of(row) or _nameless(country)


def _named(party: Party) -> str:
    return party.name or _nameless(party.country)


def _drawn(match: Match, found: selectors.Beyond) -> Context:
    return {
        "name": _named(match.other),
        "mutual": match.mutual,
        "uuid": found.uuids[match.other.key],
        "reasons": [sentence(reason, _language()) for reason in match.reasons],
    }


def beyond_one(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show one organization beyond the members, and why it fits; ask the coordination for an introduction."""
    ours = found_or_404(member_by_key(request.actor, request.actor.membership_id or 0))
    prospect, party = found_or_404(selectors.prospect(request.actor, uuid))
    between = selectors.between(request.actor, prospect)
    form = AskBridgeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _asked(request, form, prospect):
        return see_other(address("atlas:beyond-one", request.network.slug, prospect.uuid))
    context = {
        "name": _named(party),
        "reasons": [sentence(reason, _language()) for reason in why_matched(ours.party, party)],
        "between": between,
        "contact": selectors.contact_of(request.actor, between) if between else "",
        "why_not": access.ask_bridge.why_not(request.actor, between),
        "may_take_back": between is not None and access.take_bridge_back.allows(request.actor, between),
        "form": form,
        "crumbs": [
            *_crumbs(request),
            (_("Beyond the members"), address("atlas:beyond", request.network.slug)),
        ],
    }
    return render(request, "atlas/beyond_one.html", context, status=422 if form.errors else 200)


def _asked(request: MemberRequest, form: AskBridgeForm, prospect: Prospect) -> bool:
    try:
        services.ask_bridge(
            by=request.actor, network=request.network, prospect=prospect, words=form.cleaned_data["words"],
            language=request.LANGUAGE_CODE,
        )  # fmt: skip
    except Refused as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _prospect(request: MemberRequest, uuid: UUID) -> Prospect:
    found_or_404(request.actor.membership_id)
    return found_or_404(Prospect.objects.filter(uuid=uuid).first())


@require_POST
def put_prospect_away(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Put a match beyond the members away; it can be taken up again."""
    services.put_prospect_away(by=request.actor, prospect=_prospect(request, uuid))
    return see_other(address("atlas:beyond", request.network.slug))


@require_POST
def take_prospect_up(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Undo putting a match beyond the members away."""
    services.take_prospect_up(by=request.actor, prospect=_prospect(request, uuid))
    return see_other(address("atlas:beyond", request.network.slug))


def take_bridge_back(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Ask whether to take back what the coordination was asked for; act on the button."""
    row = _asked_of_coordination(request, uuid)
    access.take_bridge_back.require(request.actor, row)
    own = row.asking_id == request.actor.membership_id
    name, key = ("atlas:beyond-one", [row.prospect.uuid]) if own else ("atlas:introductions", [])
    back = address(name, request.network.slug, *key)
    if request.POST.get("confirmed") == "yes":
        services.take_bridge_back(by=request.actor, bridge=row)
        return see_other(back)
    context = {
        "question": _("Take back what you asked?") if own else _("Leave this introduction?"),
        "consequences": [
            _called(row.prospect) if own else row.asking.name,
            _("They are not asked any more. You can ask again later.")
            if own
            else _("Who asked sees that it was taken back, and can ask again."),
        ],
        "verb": _("Take it back"),
        "back_url": back,
    }
    return render(request, "web/confirm.html", context)


def _asked_of_coordination(request: MemberRequest, uuid: UUID) -> Bridge:
    """Return it to who asked, and to the coordination; for everybody else there is none."""
    rows = Bridge.objects.select_related("asking", "prospect__organization", "prospect__candidate")
    mine = rows.filter(uuid=uuid, asking=request.actor.membership_id or 0).first()
    return mine or found_or_404(selectors.bridge(request.actor, uuid))


def send_bridge(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show the coordination who asks to be introduced to whom; write to them on the button."""
    row = found_or_404(selectors.bridge(request.actor, uuid))
    back = address("atlas:introductions", request.network.slug)
    if row.state != BridgeState.ASKED:
        return see_other(back)
    found = selectors.address_of(row.prospect) if selectors.there(row.prospect) else None
    if request.method == "POST":
        services.send_bridge(by=request.actor, network=request.network, bridge=row)
        return see_other(back)
    context = {
        "row": row,
        "name": selectors.name_inside(row.prospect),
        "reasons": _reasons_for(request, row),
        "why_not": access.send_bridge.why_not(request.actor, row, found is not None),
        "crumbs": [(_("Introductions of the network"), back)],
    }
    return render(request, "atlas/bridge.html", context)


def _reasons_for(request: MemberRequest, row: Bridge) -> list[str]:
    """Say why the two fit, to the side that asked."""
    ours = member_by_key(request.actor, row.asking_id)
    theirs = selectors.prospect(request.actor, row.prospect.uuid)
    if ours is None or theirs is None:
        return []
    return [sentence(reason, _language()) for reason in why_matched(ours.party, theirs[1])]


@by_token
def answer_bridge(request: MemberRequest, uuid: UUID, token: str) -> HttpResponse:
    """Let an organization beyond the members say whether it wants to be introduced, without an account."""
    row = found_or_404(selectors.bridge_by_link(uuid, token))
    form = AnswerBridgeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.answer_bridge(
                network=request.network, bridge=row, accept=form.cleaned_data["answer"] == YES
            )
        except Refused:
            row.refresh_from_db(fields=["state"])
    context = {"row": row, "name": selectors.name_inside(row.prospect), "form": form}
    return render(request, "atlas/bridge_answer.html", context, status=422 if form.errors else 200)
