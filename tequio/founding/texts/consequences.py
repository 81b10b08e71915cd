"""What an answer means for this network, in one sentence counted by the rules themselves. Source: GOV-03."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.decisions import rules as deciding
from tequio.decisions.rules import Matter, Step, Tally, Voices
from tequio.founding import rules

Values = Mapping[str, Any]


def consequence(code: str, option: str, values: Values) -> str:
    """Return what choosing an option means, with this network's number of members; empty where there is no more to say."""
    tell = TOLD.get(code)
    return tell(option, {**values, code: option}) if tell else ""


def _members(values: Values) -> int:
    return rules.ourselves(values).members


def model(option: str, values: Values) -> str:
    members = _members(values)
    rule = rules.rule_of(values, matter=Matter.STRATEGIC)
    if rule.consent_only:
        stops = deciding.after_consent(
            Voices(members, agree=members - 1, object=1, objections=1), rule, over=True
        )
        if stops is Step.INTEGRATE_OBJECTIONS:
            return _("With %(members)s members: one objection stops it, until it is mended.") % {
                "members": members
            }
    return enough(members)


def enough(members: int) -> str:
    """Say how many yes carry a vote of three quarters in which all vote."""
    yes = rules.least_yes(members)
    return _("With %(members)s members: %(yes)s yes pass, %(fewer)s do not.") % {
        "members": members,
        "yes": yes,
        "fewer": yes - 1,
    }


def base(_option: str, values: Values) -> str:
    members = _members(values)
    split = rules.split_of(members)
    rule = rules.rule_of({**values, "model": rules.VERTICAL}, matter=Matter.STRATEGIC)
    present = rule.base is deciding.Base.PRESENT
    tally = Tally(members, split.yes, split.no, split.silent if present else 0)
    words = {"yes": split.yes, "no": split.no, "rest": split.silent}
    if present:
        said = _("%(yes)s yes, %(no)s no, %(rest)s abstain") % words
    else:
        said = _("%(yes)s yes, %(no)s no, %(rest)s silent") % words
    passes = deciding.carries(tally, rule)
    return (
        _("%(count)s: it passes.") % {"count": said}
        if passes
        else _("%(count)s: it does not pass.") % {"count": said}
    )


def tie(_option: str, values: Values) -> str:
    members = _members(values)
    half, odd = divmod(members, 2)
    rule = rules.rule_of({**values, "model": rules.VERTICAL, "quorum": "NONE"}, matter=Matter.OPERATIONAL)
    step = deciding.after_vote(Tally(members, half, half, odd), rule, over=True)
    if step is Step.COORDINATION_DECIDES:
        return _("%(half)s to %(half)s: the coordination decides, and writes why.") % {"half": half}
    return _("%(half)s to %(half)s: nothing changes.") % {"half": half}


def silence(_option: str, values: Values) -> str:
    members = _members(values)
    rule = rules.rule_of(values, matter=Matter.STRATEGIC)
    silent = min(members - 1, rules.split_of(members).silent or 1)
    step = deciding.after_consent(Voices(members, agree=members - silent), rule, over=True)
    words = {"silent": silent, "members": members}
    if step is Step.ADOPTED_BY_CONSENT:
        return (
            ngettext(
                "With %(silent)s of %(members)s silent, it is adopted.",
                "With %(silent)s of %(members)s silent, it is adopted.",
                silent,
            )
            % words
        )
    return (
        ngettext(
            "With %(silent)s of %(members)s silent, the round waits.",
            "With %(silent)s of %(members)s silent, the round waits.",
            silent,
        )
        % words
    )


def quorum(_option: str, values: Values) -> str:
    members = _members(values)
    least = deciding.quorum_of(members, rules.rule_of(values, matter=Matter.STRATEGIC))
    return ngettext(
        "Of %(members)s members, %(least)s has to answer.",
        "Of %(members)s members, %(least)s have to answer.",
        least,
    ) % {"members": members, "least": least}


def renewals(option: str, values: Values) -> str:
    if option == "9":
        return _("Nothing ends it but a decision.")
    months = int(values["mandate_months"]) * (1 + int(option))
    return ngettext("At most %(months)s month in a row.", "At most %(months)s months in a row.", months) % {
        "months": months
    }


def everybody(option: str, values: Values) -> str:
    if option != "EVERYBODY":
        return ""
    return _("%(members)s answers for each request.") % {"members": _members(values)}


TOLD: Mapping[str, Callable[[str, Values], str]] = {
    "model": model,
    "base": base,
    "tie_break": tie,
    "silence": silence,
    "quorum": quorum,
    "renewals": renewals,
    "admission": everybody,
}


def circles(values: Values) -> str:
    """Say how the members would sit in circles."""
    members = _members(values)
    shape = rules.circles_of(members)
    if not shape.middle:
        return _("With %(members)s members: one circle is enough.") % {"members": members}
    return _("With %(members)s members: %(circles)s circles, and %(middle)s people who join them.") % {
        "members": members,
        "circles": shape.circles,
        "middle": shape.middle,
    }


def strain(values: Values) -> str:
    """Warn where horizontal ways get hard, with the number that says so; empty where they do not. Source: GOV-05."""
    members = _members(values)
    shape = rules.circles_of(members)
    if not shape.strained:
        return ""
    return _(
        "You expect %(members)s members. In circles of %(circle)s, the circle that joins them all would have %(middle)s people: too many to talk in one round."
    ) % {"members": members, "circle": rules.CIRCLE, "middle": shape.middle}


def in_a_row(values: Values) -> str:
    """Say how long somebody can coordinate."""
    return renewals(str(values["renewals"]), values)
