"""Changing the charter in force: proposed for one article, decided by the members, applied in one piece."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.core.texts import Texts, say
from tequio.decisions import rules as deciding
from tequio.decisions import services as decisions
from tequio.decisions.models import Proposal
from tequio.founding import access, events, rules, selectors, texts
from tequio.founding.models import ChangeState, Charter, CharterChange, CharterState
from tequio.founding.services.answering import hold_still
from tequio.founding.services.chartering import rule, write_charter
from tequio.networks.models import Network
from tequio.people.models import Participant

MATTERS = {True: deciding.Matter.STRATEGIC, False: deciding.Matter.OPERATIONAL}
KINDS = {True: deciding.Kind.CHARTER, False: deciding.Kind.GENERAL}


@transaction.atomic
def propose_change(
    *, by: Actor, network: Network, article: str, answers: Mapping[str, Any], why: str
) -> CharterChange:
    """Ask the members to change one article: the settings it governs, and with them its words.

    ``answers`` maps questions of the article to the answer that would stand (``rules.answer_of``). Raises
    ``Refused`` when nothing would change, or when the network could not work with it.
    """
    access.propose_change.require(by, network)
    hold_still(network=network)
    charter = selectors.charter_in_force()
    if charter is None:
        raise Refused(_("There is no charter in force to change."))
    before, after = consider(
        network=network, settled=selectors.settled_in(charter, network), article=article, answers=answers
    )
    if not why.strip():
        raise Refused(_("Say why: everybody reads it first."))
    change = CharterChange.objects.create(
        article=article,
        base=charter.version,
        before=before,
        after=after,
        why=why.strip(),
        participant=Participant.objects.get(pk=by.participant_id or 0),
        proposed_at=clock.now(),
    )
    proposal = _open(by=by, network=network, charter=charter, change=change)
    change.proposal, change.proposal_number = proposal.uuid, proposal.number
    change.save(update_fields=["proposal", "proposal_number"])
    events.change_proposed.record(
        change,
        by=by,
        article=texts.in_languages(texts.HEADINGS[article]),
        uuid=change.uuid,
        proposal=proposal.uuid,
        base=charter.version,
        before=before,
        after=after,
    )
    return change


def consider(
    *, network: Network, settled: rules.Settled, article: str, answers: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what would change, before and after; raise ``Refused`` when it cannot."""
    known = texts.CODES.get(article, ())
    after = {
        code: answer
        for code, answer in answers.items()
        if code in known and answer != rules.answer_of(settled, code)
    }
    if not after:
        raise Refused(_("Nothing would change: the article says this already."))
    for code, answer in after.items():
        if not rules.is_answer(rules.BY_CODE[code], answer, languages=network.languages):
            raise Refused(_("This answer is not one that the charter knows."))
    changed = rules.with_answers(settled, after)
    if rules.open_questions(changed.values, changed.texts):
        raise Refused(_("Without this the network cannot work: it can be changed, not emptied."))
    return rules.answers_of(settled, after), after


@transaction.atomic
def amend_change(
    *, by: Actor, network: Network, change: CharterChange, answers: Mapping[str, Any], why: str
) -> CharterChange:
    """Put other answers in the place of those that a change proposes, and ask every voice again.

    What it proposed before stays with it, and with the rounds on it. It starts from the charter as it stands today.
    Raises ``Refused`` when nothing would be other than before, or when the change is settled. Source: GOV-09.
    """
    hold_still(network=network)
    change = CharterChange.objects.select_for_update().get(pk=change.pk)
    access.amend_change.require(by, network, change)
    charter = selectors.charter_in_force()
    asked = Proposal.objects.filter(number=change.proposal_number or 0).first()
    if charter is None or asked is None:
        raise Refused(_("There is no charter in force to change."))
    settled = selectors.settled_in(charter, network)
    before, after = consider(network=network, settled=settled, article=change.article, answers=answers)
    if (before, after) == (change.before, change.after):
        raise Refused(_("The change says this already."))
    replaced = {"before": change.before, "after": change.after, "base": change.base}
    told = {"who": by.participant_id, "at": clock.now().isoformat(), "why": why.strip()}
    change.earlier = [*change.earlier, {**replaced, **told}]
    change.before, change.after, change.base = before, after, charter.version
    change.state, change.settled_at = ChangeState.OPEN, None
    change.save(update_fields=["earlier", "before", "after", "base", "state", "settled_at"])
    body = _body(network=network, charter=charter, change=change)
    version = decisions.restate(by=by, proposal=asked, body=body, why=why)
    events.change_amended.record(
        change, by=by, article=texts.in_languages(texts.HEADINGS[change.article]), uuid=change.uuid,
        proposal=change.proposal, base=charter.version, before=before, after=after, version=version.number,
    )  # fmt: skip
    return change


def _open(*, by: Actor, network: Network, charter: Charter, change: CharterChange) -> Proposal:
    """Write the proposal in every language of the network, and open its round."""
    way = rules.way_of(change.article, charter.settings)
    proposal = decisions.propose(
        by=by,
        title=texts.in_each(network.languages, lambda _language: _title(charter, change)),
        summary=_summary(network, change),
        body=_body(network=network, charter=charter, change=change),
        matter=MATTERS[way.strategic],
        kind=KINDS[way.consent_only].value,
        subject=f"{selectors.CHANGE}{change.uuid}",
        leading_team="" if way.strategic else _("Coordination"),
    )
    decisions.open_round(by=by, proposal=proposal)
    return proposal


def _body(*, network: Network, charter: Charter, change: CharterChange) -> Texts:
    """Return what a change does to the words of its article, in every language of the network."""
    told = selectors.told(network, selectors.settled_in(charter, network), change)
    address = reverse("founding:change", args=[network.slug, change.uuid])

    def body(language: str) -> str:
        old, new = (say(each, language) for each in (told.before, told.after))
        link = _("Word by word, and the settings that change with it")
        today, then = _("Today"), _("With the change")
        return "\n\n".join([
            f"### {today}", old or "—", f"### {then}", new or "—", f"[{link}]({address})",
        ])  # fmt: skip

    return texts.in_each(network.languages, body)


def _title(charter: Charter, change: CharterChange) -> str:
    number = list(texts.HEADINGS).index(change.article) + 1
    return _("Change article %(number)s: %(heading)s") % {
        "number": number,
        "heading": texts.HEADINGS[change.article],
    }


def _summary(network: Network, change: CharterChange) -> Texts:
    """Return why, as it was written: nobody translates it for who wrote it."""
    language = network.languages[0]
    return {language: change.why}


@transaction.atomic
def apply_change(*, network: Network, change: CharterChange) -> CharterChange:
    """Change the setting and the article in one transaction, unless the charter has moved on meanwhile.

    A change whose starting point no longer holds becomes ``OUTDATED``, and changes nothing.
    """
    access.put_in_force.require(system(network.pk))
    hold_still(network=network)
    change = CharterChange.objects.select_for_update().get(pk=change.pk)
    charter = selectors.charter_in_force()
    if change.state in (ChangeState.APPLIED, ChangeState.OUTDATED) or charter is None:
        return change
    settled = selectors.settled_in(charter, network)
    if not rules.still_holds(settled, change.before):
        return _settle(change, ChangeState.OUTDATED, network)
    changed = rules.with_answers(settled, change.after)
    new = write_charter(
        network=network, settled=changed, state=CharterState.RETURNED, before=charter, was=settled
    )
    new.proposal_number = change.proposal_number
    new.save(update_fields=["proposal_number"])
    rule(network=network, charter=new, proposal=change.proposal)
    change.applied_in = new.version
    return _settle(change, ChangeState.APPLIED, network)


@transaction.atomic
def close_change(*, network: Network, change: CharterChange, objected: bool) -> CharterChange:
    """Keep that the members did not adopt a change; the charter stays as it is."""
    if change.state != ChangeState.OPEN and change.state != ChangeState.RETURNED:
        return change
    return _settle(change, ChangeState.RETURNED if objected else ChangeState.REFUSED, network)


EVENTS = {
    ChangeState.APPLIED: events.change_applied,
    ChangeState.OUTDATED: events.change_outdated,
    ChangeState.RETURNED: events.change_returned,
    ChangeState.REFUSED: events.change_refused,
}


def _settle(change: CharterChange, state: ChangeState, network: Network) -> CharterChange:
    change.state, change.settled_at = state, clock.now()
    change.save(update_fields=["state", "settled_at", "applied_in"])
    EVENTS[state].record(
        change,
        by=system(network.pk),
        article=texts.in_languages(texts.HEADINGS[change.article]),
        uuid=change.uuid,
        proposal=change.proposal,
        version=change.applied_in or change.base,
    )
    return change
