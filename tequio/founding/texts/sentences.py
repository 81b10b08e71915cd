"""The sentences of the articles that are composed from closed answers, in the language that is active."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.core.money import Money
from tequio.core.texts import quoted
from tequio.founding import rules
from tequio.founding.rules import Settled
from tequio.founding.rules.settings import minor
from tequio.founding.texts.belonging import QUESTIONS as BELONGING
from tequio.founding.texts.governance import QUESTIONS as GOVERNANCE
from tequio.founding.texts.headings import HEADINGS
from tequio.founding.texts.purposes import QUESTIONS as PURPOSES
from tequio.founding.texts.words import Choice, listed


def _label(code: str, settled: Settled) -> str:
    """Return the label of the option that stands, or nothing."""
    option = _options(code).get(str(settled.values.get(code)))
    return str(option) if option else ""


def _options(code: str) -> Mapping[str, Choice]:
    return next(each[code].options for each in (GOVERNANCE, BELONGING, PURPOSES) if code in each)


def purpose(_settled: Settled, name: str) -> list[str]:
    return [_("This network is called %(name)s.") % {"name": name}]


def members(settled: Settled, _name: str) -> list[str]:
    joiners = settled.values.get("joiners") or ["ORGANIZATIONS"]
    names = {
        "ORGANIZATIONS": _("organizations"),
        "PEOPLE": _("people on their own"),
        "COMPANIES": _("companies"),
    }
    said = listed([str(names[code]) for code in ("ORGANIZATIONS", "PEOPLE", "COMPANIES") if code in joiners])
    sentences = [_("These can be members: %(who)s.") % {"who": said}, _("Each member has one voice.")]
    if settled.rows("criteria"):
        sentences.append(_("Whoever asks to join answers this:"))
    return sentences


def model(settled: Settled, _name: str) -> list[str]:
    if settled.values["model"] == "HORIZONTAL":
        return [
            _("We decide by consent (no objections)."),
            _("Circles share the authority, and two people join each circle to the next."),
            _("Each circle chooses its leader only by consent."),
        ]
    if settled.values["model"] == "VERTICAL":
        return [
            _("We look for consent (no objections) first."),
            _("A coordination, first among equals, looks after the whole."),
            _("Working groups carry the work and report to the coordination."),
        ]
    return []


def round(settled: Settled, _name: str) -> list[str]:
    values = settled.values
    said = [_("Each round stays open for %(time)s.") % {"time": _label("round_hours", settled).lower()}]
    if values["silence"] == "BLOCKS":
        said.append(_("Silence is not consent."))
    else:
        said.append(_("When the time is over, silence is consent, if enough members answered."))
    if values["quorum"] == "NONE":
        said.append(_("There is no quorum."))
    else:
        said.append(
            _("At least %(percent)s %% of the members have to answer.") % {"percent": values["quorum"]}
        )
    shown = {
        "AFTER_MINE": _("First one answers; then one sees what the others said."),
        "AT_CLOSE": _("Answers can be seen when the round closes."),
        "ALWAYS": _("Answers can be seen from the beginning."),
    }
    if values.get("regime") == "TEST":
        said.append(
            _("The group looks at one objection at a time. It falls only if nobody else sees that harm.")
        )
    return [*said, shown[values["answers_shown"]], *_urgent(values), *_behalf(values)]


def _urgent(values: Mapping[str, Any]) -> list[str]:
    """Say how urgent matters are decided, where the network wants such a way. Source: GOV-04."""
    if values.get("urgent") not in ("24", "48"):
        return []
    by = {
        "COORDINATION": _("In urgent daily matters the coordination can open a round of %(hours)s hours."),
        "ANYBODY": _(
            "In urgent daily matters whoever speaks for a member can open a round of %(hours)s hours."
        ),
    }[values.get("urgent_by") or "COORDINATION"]
    return [
        by % {"hours": values["urgent"]},
        _("It passes if nobody objects and half of the members answer."),
        _("It holds for 30 days. An ordinary round confirms it, or it ends."),
    ]


def _behalf(values: Mapping[str, Any]) -> list[str]:
    if values.get("records_for") != "COORDINATION":
        return []
    return [
        _("The coordination can write down the answer of somebody without a device."),
        _("The record says so, and that person can correct it until the round closes."),
    ]


def objection(settled: Settled, _name: str) -> list[str]:
    said = [
        _("An objection names a harm. It stops the agreement until it is mended, and who raised it agrees.")
    ]
    if settled.values["model"] != "VERTICAL":
        return [*said, _("No vote is ever opened.")]
    passes = {
        "CAST": _("It passes with three quarters of the votes for and against."),
        "PRESENT": _("It passes with three quarters of all who answered."),
        "ENTITLED": _("It passes with three quarters of all members."),
    }
    said += [_("If it stays, a vote can be opened."), passes[settled.values["base"]], *_more(settled.values)]
    if settled.values["tie_break"] == "YES":
        said.append(
            _("With a tie in daily matters, the coordination has the last word and writes its reason.")
        )
    return [*said, _("In strategic matters a tie changes nothing.")]


def _more(values: Mapping[str, Any]) -> list[str]:
    """Say what else a vote needs, and who may give its voice to whom."""
    said = []
    if values.get("strict") == "YES":
        said.append(_("Exactly three quarters are not enough."))
    if least := int(values.get("least_yes") or 0):
        said.append(
            ngettext("It needs %(least)s yes at least.", "It needs %(least)s yes at least.", least)
            % {"least": least}
        )
    if most := int(values.get("proxies") or 0):
        said.append(
            ngettext(
                "For a vote a member can give its voice to another. Nobody carries more than %(most)s.",
                "For a vote a member can give its voice to another. Nobody carries more than %(most)s.",
                most,
            )
            % {"most": most}
        )
    return said


def mandates(settled: Settled, _name: str) -> list[str]:
    said = []
    if settled.values["model"] == "VERTICAL":
        chosen = _("The coordination is elected.")
        said.append(
            _("The coordination is drawn by lot.") if settled.values["coordination"] == "LOT" else chosen
        )
    months = int(settled.values["mandate_months"])
    said.append(
        ngettext("A mandate lasts %(months)s month.", "A mandate lasts %(months)s months.", months)
        % {"months": months}
    )
    renewals = {
        "0": _("It is not renewed."),
        "1": _("It can be renewed once."),
        "2": _("It can be renewed twice."),
        "9": _("It can be renewed."),
    }
    return [*said, str(renewals[settled.values["renewals"]])]


def admission(settled: Settled, _name: str) -> list[str]:
    who = {
        "COORDINATION": _("The coordination decides who joins."),
        "TEAM": _("A team decides who joins."),
        "EVERYBODY": _("All members decide who joins, by consent."),
    }
    said = [who[settled.values["admission"]]]
    if settled.rows("team"):
        names = listed([row["name"] for row in settled.rows("team")])
        said.append(_("The team: %(names)s.") % {"names": names})
    if settled.text("joining_contact"):
        said.append(_("To join:"))
    return said


def removal(settled: Settled, _name: str) -> list[str]:
    """Say the only way in which a member is removed. Source: P18."""
    said = [
        _("A member is removed in this way only."),
        _("The coordination writes its reasons, and the member has %(days)s days to answer.")
        % {"days": settled.values["hearing"]},
        _("Then the others decide, by consent. The voice of that member is not counted."),
    ]
    if settled.values["model"] == "VERTICAL":
        said.append(_("If an objection stays, they can vote."))
    return [*said, _("Each step is written in the register.")]


def protocol(settled: Settled, _name: str) -> list[str]:
    """Say what the protocol covers, by which four kinds of action, and how. Source: GOV-30, GOV-31."""
    said = [
        _("The protocol is about violence, and about discrimination by gender."),
        _("The network does four things: it prevents, guides, counsels, and goes to meet who needs it."),
        _("Whoever suffers violence or discrimination in the network is listened to, in confidence."),
        _("Nobody has to tell it twice, or meet who did the harm."),
        _("The person decides what happens next, and can ask how it goes."),
    ]
    return [*said, _("These people receive them:")] if settled.rows("contacts") else said


def code(settled: Settled, _name: str) -> list[str]:
    said = [_("All members sign this code. When it changes, all sign again.")]
    days = settled.values.get("standing")
    if days not in (None, "NEVER"):
        said.append(
            _("Whoever has not signed after %(days)s days has no voice in new decisions until it signs.")
            % {"days": days}
        )
    return said


def contributions(settled: Settled, _name: str) -> list[str]:
    contribution = settled.values["contribution"]
    if contribution == "OPEN":
        said = [_("No money is asked from members.")]
    elif contribution == "FIXED":
        said = [_("All members pay the same dues: %(amount)s.") % {"amount": _dues("fixed", settled)}]
    else:
        said = [
            _("Dues go by size. Small: %(small)s. Medium: %(medium)s. Large: %(large)s.")
            % {code: _dues(code, settled) for code in ("small", "medium", "large")},
            _("If team and budget say different sizes, the larger one counts."),
        ]
    kinds = settled.values.get("in_kind") or []
    if kinds:
        words = BELONGING["in_kind"].options
        named = listed([str(words[kind]).lower() for kind in kinds])
        said.append(_("This counts too, in place of money: %(kinds)s.") % {"kinds": named})
    return said


def _dues(code: str, settled: Settled) -> str:
    currency = settled.values["currency"]
    amount = minor(settled.values.get(code), currency)
    if amount is None:
        return _("still open")
    language = translation.get_language() or "en"
    return f"{Money(amount, currency).say(language)} {_label('period', settled).lower()}"


def channels(settled: Settled, _name: str) -> list[str]:
    chosen = settled.values.get("channels") or []
    if not chosen:
        return []
    named = listed([str(_options("channels")[code]).lower() for code in chosen])
    return [_("We talk to each other by: %(channels)s.") % {"channels": named}]


def rhythms(settled: Settled, _name: str) -> list[str]:
    said = {
        "digest": _("News by mail: %(times)s."),
        "meeting": _("Meeting online: %(times)s."),
        "face_to_face": _("Meeting in person: %(times)s."),
        "workshop": _("Workshop: %(times)s."),
    }
    return [sentence % {"times": _label(code, settled).lower()} for code, sentence in said.items()]


def change(settled: Settled, _name: str) -> list[str]:
    kept = _("Each version stays in the register.")
    if settled.values.get("changes") != rules.TWO_WAYS or settled.values["model"] != "VERTICAL":
        return [
            _("This charter changes only by a decision of the members, by consent."),
            _("In the same way they decide whether the network is closed."),
            kept,
        ]
    practical = ", ".join(quoted(str(HEADINGS[key])) for key in HEADINGS if key in rules.PRACTICAL)
    return [
        _("This charter changes by a decision of the members."),
        _("These articles change like any other decision: %(articles)s.") % {"articles": practical},
        _("All others change only by consent."),
        _("To close the network, consent is sought first. If there is none, they can vote."),
        kept,
    ]
