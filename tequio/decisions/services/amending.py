"""A new text after a round opened: everybody is asked again, and sees what changed since they answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.texts import Texts
from tequio.decisions import access, events
from tequio.decisions.models import PARTS, Answer, Proposal, Round, RoundKind, Version
from tequio.decisions.rules import Position
from tequio.decisions.selectors import talking
from tequio.decisions.services.holding import hold
from tequio.decisions.services.proposing import require_base, write_version
from tequio.decisions.services.rounds import answer, require_way, start
from tequio.notify import services as notify
from tequio.register.events import ref_of


@transaction.atomic
def amend(
    *,
    by: Actor,
    proposal: Proposal,
    why: str,
    title: Texts | None = None,
    summary: Texts | None = None,
    body: Texts | None = None,
    cost_now: Texts | None = None,
    cost_then: Texts | None = None,
    review_on: date | None = None,
    hours: int | None = None,
    base: int | None = None,
) -> Version:
    """Change a text on which a round was opened: a new version, said in the register, and a round on it.

    What is not given stays as it was. Answers to the text before stay with that text; whoever gave one sees what
    changed and may keep it (``keep_answer``). Raises Overtaken when somebody else amended it since ``base``.
    Source: GOV-25, EXPERIENCE 3.4 (2).
    """
    hold(round=latest_round(proposal_id=proposal.pk))
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("version").get(pk=proposal.pk)
    require_base(proposal=proposal, base=base)
    access.amend.require(by, proposal)
    require_way(proposal=proposal)
    if not why.strip():
        raise Refused(_("Say what changes, and why."))
    sooner = review_on is not None and review_on != proposal.review_on
    if review_on is not None and sooner:
        _review(proposal, review_on)
    given = {"title": title, "summary": summary, "body": body, "cost_now": cost_now, "cost_then": cost_then}
    version = put_in_place(by=by, proposal=proposal, why=why.strip(), texts=given, even_so=sooner)
    events.amended.record(
        version, by=by, uuid=proposal.uuid, number=proposal.number, title=version.title, version=version.number,
        why=version.why, text=version.fingerprint, review_on=proposal.review_on,
    )  # fmt: skip
    ask_again(by=by, proposal=proposal, hours=hours)
    return version


def _review(proposal: Proposal, review_on: date) -> None:
    if review_on <= clock.today():
        raise Refused(_("The review comes after today."))
    proposal.review_on = review_on
    proposal.save()


def put_in_place(
    *, by: Actor, proposal: Proposal, why: str, texts: Mapping[str, Texts | None], even_so: bool = False
) -> Version:
    """Write the next version of a text; raise Refused when not a word would change, unless something else does."""
    old = proposal.version
    assert old is not None
    if proposal.subject:
        texts = _with_its_name(old, texts)
    new = {name: _or_as_it_was(texts.get(name), getattr(old, name), name) for name in PARTS}
    if not even_so and all(new[name] == getattr(old, name) for name in PARTS):
        raise Refused(_("The text is the same as before: change what would mend the harm."))
    return write_version(by=by, proposal=proposal, why=why, **new)


def _with_its_name(old: Version, texts: Mapping[str, Texts | None]) -> Mapping[str, Texts | None]:
    """Return the new words under the old name; raise Refused for another: what follows by itself is what was named."""
    for name in ("title", "summary"):
        before: Texts = getattr(old, name)
        if any(before.get(code) != words for code, words in (texts.get(name) or {}).items()):
            raise Refused(
                _(
                    "Once adopted, this proposal acts by itself: its title and its few words stay. Change the whole text."
                )
            )
    return {**texts, "title": None, "summary": None}


def _or_as_it_was(given: Texts | None, old: Texts, name: str) -> Texts:
    """Return the new words; a title and a summary are never emptied."""
    if given is None or (name in ("title", "summary") and not any(given.values())):
        return old
    return given


def ask_again(*, by: Actor, proposal: Proposal, hours: int | None) -> Round:
    """End the round on the old text, if it is still open, and ask every voice about the new one."""
    open_ones = Round.objects.filter(proposal=proposal, closed_at=None)
    for left in open_ones:
        notify.close_asks(subject=ref_of(left))
    open_ones.update(closed_at=clock.now(), superseded=True)
    return start(by=by, proposal=proposal, kind=RoundKind.CONSENT, hours=hours)


def latest_round(*, proposal_id: int) -> Round:
    """Return the last round of a proposal; raise Refused when none was opened."""
    found = Round.objects.filter(proposal=proposal_id).order_by("-number").first()
    if found is None:
        raise Refused(_("No round was opened on this text yet: change it where it is written."))
    return found


@transaction.atomic
def keep_answer(*, by: Actor, round: Round) -> Answer:
    """Give to the new text the answer that the actor's voice gave to the last one that it answered.

    Raises Refused when it had answered none.
    """
    earlier = talking.earlier_answer(by, round)
    if earlier is None:
        raise Refused(_("Your voice has not answered an earlier text."))
    return answer(
        by=by,
        round=round,
        position=Position(earlier.position),
        reason=earlier.harm,
        mend=earlier.mend,
        concern=earlier.concern,
        kept_from=earlier.version.number,
    )
