"""The rule, what is still missing, and the outcome, said in words: what every decision shows on its first line."""

from __future__ import annotations

from datetime import datetime, timedelta

from babel import Locale
from babel.dates import format_date, format_time
from django.utils import timezone
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from tequio.core.texts import say
from tequio.decisions.models import Outcome, Proposal, Round, State
from tequio.decisions.rules import (
    Base,
    Kind,
    Matter,
    Rule,
    Silence,
    Step,
    model_inside,
    needed_of,
    quorum_of,
)
from tequio.networks.models import Governance, Model

PASTE = 700


def rule_of(proposal: Proposal, governance: Governance | None) -> Rule:
    """Return the rule by which a proposal will be decided, if its round opened now."""
    set_, circle = governance or Governance(), proposal.circle
    model = set_.model or Model.HORIZONTAL
    return Round(
        model=model_inside(circle.kind, model) if circle else model, matter=proposal.matter, purpose=proposal.kind,
        majority_numerator=set_.majority_numerator, majority_denominator=set_.majority_denominator, base=set_.base,
        quorum_percent=set_.quorum_percent, silence=set_.silence, tie_break=set_.tie_break,
        majority_strict=set_.majority_strict, least_yes=set_.least_yes,
    ).rule  # fmt: skip


def how_decided(rule: Rule) -> str:
    """Say by which rule it is decided. Source: P20, P26."""
    if rule.urgent:
        return _(
            "Urgent: it passes if nobody objects and half of the voices answer. It holds for 30 days, until an ordinary round confirms it."
        )
    if rule.kind is Kind.ELECTION:
        return _("Exclusively by consent: it is decided if nobody has an objection.")
    if rule.kind is Kind.CHARTER:
        return _("By consent only: the charter is adopted if nobody has an objection.")
    if rule.consent_only:
        return _("By consent: it is adopted only if nobody has an objection.")
    return _("By consent first: it is adopted if nobody has an objection.")


def fallback(rule: Rule, voices: int) -> str:
    """Say what happens when an objection stays; empty where only consent decides. Source: EXPERIENCE 3.4 (3)."""
    if rule.consent_only:
        return ""
    share = {"share": share_of(rule), "base": base_words(rule)}
    said = [_("If an objection stays after the round, a vote decides: %(share)s %(base)s.") % share]
    if voices:
        count = least_yes(rule, voices)
        said.append(
            _("With %(voices)s voices, that is %(count)s yes if all vote for or against.")
            % {"voices": voices, "count": count}
        )
    if rule.ties_go_to_coordination:
        said.append(_("On a tie, the coordination has the last word, because the matter is operational."))
    elif rule.matter is Matter.STRATEGIC:
        said.append(_("On a tie it is not adopted, because the matter is strategic."))
    return " ".join(said)


def share_of(rule: Rule) -> str:
    """Say the majority: 3/4, or more than 3/4."""
    share = f"{rule.majority.numerator}/{rule.majority.denominator}"
    return _("more than %(share)s") % {"share": share} if rule.strict else share


def least_yes(rule: Rule, whole: int) -> int:
    """Return the least yes that reach the majority of so many, in whole numbers."""
    return needed_of(whole, rule)


def base_words(rule: Rule) -> str:
    """Say of what the majority is a share, and the least yes where there is one. Source: G-1."""
    base = {
        Base.CAST: _("of the votes for and against"),
        Base.PRESENT: _("of all who answer, abstentions included"),
        Base.ENTITLED: _("of all who have a voice"),
    }[rule.base]
    if not rule.least_yes:
        return base
    return _("%(base)s, and %(least)s yes at least") % {"base": base, "least": rule.least_yes}


def silence_words(rule: Rule) -> str:
    """Say what no answer means. Source: G-7."""
    if rule.silence is Silence.CONSENTS:
        return _("Silence counts as consent once the quorum has answered.")
    return _("Silence is not consent: every voice has to answer.")


def quorum_words(rule: Rule, voices: int) -> str:
    """Say how many must answer. Source: G-3."""
    if not rule.quorum_percent:
        return _("No quorum is set.")
    told = {"count": quorum_of(voices, rule), "voices": voices, "percent": rule.quorum_percent}
    return _("Quorum: %(count)s of %(voices)s voices must answer (%(percent)s %%).") % told


def outcome_rule(outcome: Outcome) -> str:
    """Say the rule that decided, as it is printed in the record."""
    rule, step = outcome.round.rule, Step(outcome.step)
    if step is Step.ELECTED:
        return _("Exclusively by consent (no objections).")
    if step is Step.ADOPTED_BY_CONSENT and rule.urgent:
        return _("Urgent, by consent: nobody objected, and half of the voices answered.")
    if step is Step.ADOPTED_BY_CONSENT:
        return _("Consent: no objections within the range of tolerance.")
    if step is Step.INTEGRATE_OBJECTIONS:
        return _("Consent: it only moves forward if there are no objections.")
    if step is Step.OPEN_VOTE:
        return _("First step, consent: an objection stays, so a vote may be opened.")
    if step in (Step.UNANSWERED, Step.NO_QUORUM):
        return f"{silence_words(rule)} {quorum_words(rule, outcome.numbers['entitled'])}"
    if step in (Step.ADOPTED_BY_COORDINATION, Step.REJECTED_BY_COORDINATION, Step.COORDINATION_DECIDES):
        return _("Third step: on a tie in an operational matter the coordination has the last word.")
    return _("Second step: a majority of %(share)s %(base)s.") % {
        "share": share_of(rule),
        "base": base_words(rule),
    }


def outcome_numbers(outcome: Outcome) -> str:
    """Say the numbers of the record in one sentence."""
    told: dict[str, int] = outcome.numbers
    if "yes" in told:
        return (
            _(
                "%(yes)s yes, %(no)s no and %(abstain)s abstentions; %(answered)s of %(entitled)s voices answered. "
                "The base is %(base_count)s: %(needed)s yes were needed."
            )
            % told
        )
    return (
        _(
            "%(answered)s of %(entitled)s voices answered; %(open_objections)s open objections, %(stand_aside)s stood aside."
        )
        % told
    )


def paste_text(proposal: Proposal, round: Round, url: str) -> str:
    """Return a message of at most 700 characters that says it all without opening the address."""
    version = round.version
    rule = _("It is decided by vote.") if round.is_vote else how_decided(round.rule)
    title = _shortened(say(version.title), 120)
    end = _("Answer before %(when)s: %(url)s") % {"when": ending(round.closes_at), "url": url}
    question = _("How do we vote?") if round.is_vote else _("Can we live with this proposal?")
    fixed = f"*{title}*\n\n\n\n{question} {rule}\n{end}"
    summary = _shortened(say(version.summary), max(0, PASTE - len(fixed)))
    return f"*{title}*\n\n{summary}\n\n{question} {rule}\n{end}"


def _shortened(text: str, most: int) -> str:
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return text[: max(0, most - 1)].rsplit(" ", 1)[0] + "…" if most > 1 else ""


def ending(closes_at: datetime) -> str:
    """Say on which day a round ends, and at which hour; at midnight, that it is the end of the day before."""
    local = timezone.localtime(closes_at)
    reader = Locale.parse(to_locale(get_language() or "en"))
    patterns = {"es": "EEEE d 'de' MMMM", "pt": "EEEE, d 'de' MMMM", "en": "EEEE, MMMM d"}
    shape = patterns.get(reader.language, "full")
    if (local.hour, local.minute) == (0, 0):
        day = format_date(local.date() - timedelta(days=1), shape, locale=reader)
        return _("%(day)s, at the end of the day") % {"day": day}
    return f"{format_date(local.date(), shape, locale=reader)}, {format_time(local, 'H:mm', locale=reader)}"


def stages(proposal: Proposal, round: Round | None, *, talked: bool = False) -> tuple[list[str], int]:
    """Return the stages of this decision and which one it is in, from 1; ``talked`` when questions or first impressions came.

    Source: GOV-01, GOV-25 to GOV-27.
    """
    labels = [_("Proposal"), _("Questions"), _("Consent")]
    if round is not None and round.is_vote:
        labels.append(_("Vote"))
        if proposal.state == State.TIE or (round.closed_at and round.outcome.tie_entry_id):
            labels.append(_("Tie-break"))
    draft = 2 if talked else 1
    current = {State.DRAFT: draft, State.CONSENT: 3, State.OBJECTED: 3, State.VOTE: 4, State.TIE: 5}.get(
        State(proposal.state)
    )
    if proposal.state == State.NOT_ADOPTED:
        return [*labels, _("Not adopted")], len(labels) + 1
    return [*labels, _("Agreement"), _("Review")], current or len(labels) + 1
