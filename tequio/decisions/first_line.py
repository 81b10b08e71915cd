"""How it will be decided and what is still needed, in words: the first line of every decision, in every state.

Source: P20, P26, EXPERIENCE 3.4 (3).
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tequio.decisions.models import State
from tequio.decisions.rules import Outlook, Prospect, Rule, Silence, Tally, Voices, outlook, quorum_of
from tequio.decisions.sentences import base_words, ending, share_of


def of_round(
    result: Voices | Tally, rule: Rule, *, closes_at: datetime, over: bool = False, shown: bool = True
) -> str:
    """Say how an open round stands; without what was answered while that is not to be shown yet."""
    reader = get_language(), timezone.get_current_timezone_name()
    return _of_round(result, rule, closes_at, over, shown, reader)


@lru_cache(maxsize=2048)
def _of_round(
    result: Voices | Tally, rule: Rule, closes_at: datetime, over: bool, shown: bool, _reader: tuple[Any, ...]
) -> str:
    found = outlook(result, rule)
    answered = ngettext(
        "%(answered)s of %(entitled)s has answered.", "%(answered)s of %(entitled)s have answered.", found.answered
    ) % {"answered": found.answered, "entitled": found.entitled}  # fmt: skip
    if over:
        return f"{answered} {_lapsed(found)}"
    if not shown:
        return f"{answered} {_hidden(result, rule, closes_at)}"
    said = _of_vote(found, result, rule) if isinstance(result, Tally) else _of_consent(found, rule)
    return f"{answered} {said}" % {"end": ending(closes_at)}


def of_proposal(state: str, rule: Rule, *, objections: int) -> str:
    """Say what a proposal needs that is in no round: a draft, objections to integrate, a tie; nothing once decided."""
    if state == State.DRAFT:
        return _("Nobody has been asked yet.")
    if state == State.TIE:
        return _("A tie: the coordination has the last word, and says why.")
    if state != State.OBJECTED:
        return ""
    if not objections:
        return _("No objection stays: it needs a new round.")
    said = _objections(objections)
    if rule.consent_only:
        return _joined(said, _("It waits for an amendment that mends them."))
    majority = {"share": share_of(rule), "base": base_words(rule)}
    vote = _("It waits for an amendment, or for a vote: %(share)s %(base)s.") % majority
    return f"{said} {vote}"


def _joined(*said: str) -> str:
    return " ".join(said)


def _objections(count: int) -> str:
    return ngettext("There is %(count)s objection.", "There are %(count)s objections.", count) % {
        "count": count
    }


def _lapsed(found: Outlook) -> str:
    if found.prospect in (Prospect.ANSWERS, Prospect.QUORUM):
        return _("The time is over and voices are missing: it is not adopted as it stands.")
    return _("The time is over.")


def _of_consent(found: Outlook, rule: Rule) -> str:
    if found.objections:
        said = _objections(found.objections)
        if found.prospect is Prospect.OBJECTED:
            mended = _(
                "It passes only if they are mended and who raised them agrees. The round ends on %(end)s."
            )
            return _joined(said, mended)
        majority = {"share": share_of(rule), "base": base_words(rule), "end": "%(end)s"}
        vote = (
            _("If this stays so, a vote can follow: %(share)s %(base)s. The round ends on %(end)s.")
            % majority
        )
        return f"{said} {vote}"
    nobody = _("Nobody objects.")
    if found.prospect is Prospect.ANSWERS:
        lacks = ngettext(
            "It passes once the %(count)s voice that is missing answers and does not object, by %(end)s.",
            "It passes once the %(count)s voices that are missing answer and nobody objects, by %(end)s.",
            found.missing,
        ) % {"count": found.missing, "end": "%(end)s"}
        return f"{nobody} {lacks}"
    if found.prospect is Prospect.QUORUM:
        lacks = ngettext(
            "For the quorum %(count)s more answer is needed, by %(end)s.",
            "For the quorum %(count)s more answers are needed, by %(end)s.",
            found.missing,
        ) % {"count": found.missing, "end": "%(end)s"}
        return f"{nobody} {lacks}"
    if found.prospect is Prospect.COMPLETE:
        return _joined(nobody, _("Nothing is missing: it passes when the round closes."))
    return _joined(nobody, _("It passes on %(end)s if nobody objects."))


def _of_vote(found: Outlook, tally: Tally, rule: Rule) -> str:
    now = _("So far %(yes)s yes and %(no)s no.") % {"yes": tally.yes, "no": tally.no}
    told = {"share": share_of(rule), "end": "%(end)s"}
    said = {
        Prospect.COMPLETE: _("It reaches %(share)s: it passes when the vote closes."),
        Prospect.PASSES: _("As it stands it reaches %(share)s. The vote ends on %(end)s."),
        Prospect.TIED: _(
            "As it stands it is a tie, and the coordination would decide. The vote ends on %(end)s."
        ),
        Prospect.OUT_OF_REACH: _("Even if all who are missing said yes, it would not reach %(share)s."),
    }.get(found.prospect)
    if said is not None:
        return f"{now} {said % told}"
    parts = [now]
    if found.missing:
        parts.append(
            ngettext(
                "For the quorum %(count)s more answer is needed.",
                "For the quorum %(count)s more answers are needed.",
                found.missing,
            )
            % {"count": found.missing}
        )
    if found.yes:
        parts.append(
            ngettext(
                "It needs %(count)s more yes to reach %(share)s.",
                "It needs %(count)s more yes to reach %(share)s.",
                found.yes,
            )
            % {"count": found.yes, "share": share_of(rule)}
        )
    return " ".join([*parts, _("The vote ends on %(end)s.")])


def _hidden(result: Voices | Tally, rule: Rule, closes_at: datetime) -> str:
    """Say what a round needs whatever was answered."""
    told = {"share": share_of(rule), "base": base_words(rule), "end": ending(closes_at)}
    if isinstance(result, Tally):
        return _("It needs %(share)s %(base)s. The vote ends on %(end)s.") % told
    if rule.silence is Silence.CONSENTS:
        quorum = quorum_of(result.entitled, rule)
        lacks = ngettext(
            "It passes on %(end)s if nobody objects and %(count)s voice at least has answered.",
            "It passes on %(end)s if nobody objects and %(count)s voices at least have answered.",
            quorum,
        ) % {**told, "count": quorum}
        return lacks
    return _("It passes if all answer by %(end)s and nobody objects.") % told
