"""The articles of the charter, composed from what was settled, in every language of the network."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tequio.core.money import Money
from tequio.core.texts import Texts, say
from tequio.founding import rules
from tequio.founding.rules import Settled
from tequio.founding.rules.settings import minor
from tequio.founding.texts.belonging import QUESTIONS as BELONGING
from tequio.founding.texts.governance import QUESTIONS as GOVERNANCE
from tequio.founding.texts.purposes import QUESTIONS as PURPOSES
from tequio.founding.texts.words import Word


@dataclass(frozen=True)
class ArticleDraft:
    """An article before it is numbered; ``missing`` are the languages that lack part of it."""

    key: str
    heading: Mapping[str, str]
    texts: Mapping[str, str]
    governs: Sequence[str]
    missing: Sequence[str]


Sentences = Callable[[Settled, str], list[str]]


@dataclass(frozen=True)
class _Plan:
    """What an article is made of: sentences that are composed, then what founders wrote under ``written``."""

    key: str
    heading: Word
    sentences: Sentences | None = None
    written: tuple[str, ...] = ()
    governs: tuple[str, ...] = ()


def articles(settled: Settled, *, name: Texts, languages: Sequence[str]) -> list[ArticleDraft]:
    """Return the articles, in order, in each language; what is missing is named, nothing is made up."""
    return [_draft(plan, settled, name=name, languages=languages) for plan in PLANS]


def _draft(plan: _Plan, settled: Settled, *, name: Texts, languages: Sequence[str]) -> ArticleDraft:
    heading, texts, missing = {}, {}, []
    for language in languages:
        with translation.override(language):
            heading[language] = str(plan.heading)
            composed = plan.sentences(settled, say(name, language)) if plan.sentences else []
            own = [_written(settled, code, language) for code in plan.written]
            if _lacks(settled, plan, language):
                missing.append(language)
            body = "\n\n".join(part for part in (" ".join(composed), *own) if part)
            if not body and language not in missing:
                body = _("Still open: the network will settle it later.")
            if body:
                texts[language] = body
    return ArticleDraft(plan.key, heading, texts, plan.governs or tuple(_governs(plan)), missing)


def _governs(plan: _Plan) -> list[str]:
    return [rules.BY_CODE[code].governs for code in plan.written]


def _lacks(settled: Settled, plan: _Plan, language: str) -> bool:
    """Say whether something was written in another language and not in this one."""
    for code in plan.written:
        spoken = {key for key, each in settled.texts.get(code, {}).items() if not each.empty}
        if rules.BY_CODE[code].spoken and spoken and language not in spoken:
            return True
    return False


def _written(settled: Settled, code: str, language: str) -> str:
    question = rules.BY_CODE[code]
    if question.kind is rules.Kind.TEXT:
        return settled.text(code).get(language, "").strip()
    if question.kind is rules.Kind.LIST:
        return _bullets([line[language] for line in settled.lines(code) if language in line])
    return _bullets([line for row in settled.rows(code) if (line := ROWS[code](row, language))])


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _pillar(row: Mapping[str, Texts], language: str) -> str:
    name, text, group = (row[part].get(language, "") for part in ("name", "text", "group"))
    if not name:
        return ""
    said = f"**{name}.** {text}".strip()
    return said + (" " + _("For: %(group)s.") % {"group": group.rstrip(".")} if group else "")


def _need(row: Mapping[str, object], language: str) -> str:
    text = row["text"].get(language, "") if isinstance(row["text"], dict) else ""
    kind = BELONGING["needs"].options.get(str(row["kind"]))
    return f"{text} ({str(kind).lower()})" if text and kind else text


def _contact(row: Mapping[str, object], _language: str) -> str:
    outside = " " + _("(from outside the network)") if row["outside"] else ""
    return f"{row['name']}: {row['reach']}{outside}"


ROWS: Mapping[str, Callable[..., str]] = {"pillars": _pillar, "needs": _need, "contacts": _contact}


def _label(code: str, settled: Settled) -> str:
    """Return the label of the option that stands, or nothing."""
    words = {**GOVERNANCE, **BELONGING, **PURPOSES}[code]
    option = words.options.get(str(settled.values.get(code)))
    return str(option) if option else ""


def _purpose(_settled: Settled, name: str) -> list[str]:
    return [_("This network is called %(name)s.") % {"name": name}]


def _members(settled: Settled, _name: str) -> list[str]:
    joiners = settled.values.get("joiners") or ["ORGANIZATIONS"]
    names = {
        "ORGANIZATIONS": _("organizations"),
        "PEOPLE": _("people on their own"),
        "COMPANIES": _("companies"),
    }
    said = ", ".join(str(names[code]) for code in ("ORGANIZATIONS", "PEOPLE", "COMPANIES") if code in joiners)
    sentences = [_("These can be members: %(who)s.") % {"who": said}, _("Each member has one voice.")]
    if settled.lines("criteria"):
        sentences.append(_("Whoever joins meets this:"))
    return sentences


def _model(settled: Settled, _name: str) -> list[str]:
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


def _round(settled: Settled, _name: str) -> list[str]:
    values = settled.values
    said = [_("A round is open for this long: %(time)s.") % {"time": _label("round_hours", settled).lower()}]
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
    shown = _label("answers_shown", settled).lower()
    return [*said, _("One sees what others answered: %(when)s.") % {"when": shown}]


def _objection(settled: Settled, _name: str) -> list[str]:
    said = [
        _("An objection names a harm. It stops the agreement until it is mended, and who raised it agrees.")
    ]
    if settled.values["model"] != "VERTICAL":
        return [*said, _("No vote is ever opened.")]
    said.append(
        _("If it stays, a vote can be opened. It passes with three quarters: %(base)s.")
        % {"base": _label("base", settled).lower()}
    )
    if settled.values["tie_break"] == "YES":
        said.append(
            _("With a tie in daily matters, the coordination has the last word and writes its reason.")
        )
    return [*said, _("In strategic matters a tie changes nothing.")]


def _mandates(settled: Settled, _name: str) -> list[str]:
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


def _admission(settled: Settled, _name: str) -> list[str]:
    said = [_("New members are admitted by: %(who)s.") % {"who": _label("admission", settled).lower()}]
    if settled.text("joining_contact"):
        said.append(_("Whoever wants to join writes to:"))
    return said


def _protocol(settled: Settled, _name: str) -> list[str]:
    said = [
        _("Whoever suffers violence or discrimination in the network is listened to, in confidence."),
        _("Nobody has to tell it twice, or meet who did the harm."),
        _("The person decides what happens next, and can ask how it goes."),
    ]
    return [*said, _("These people receive them:")] if settled.rows("contacts") else said


def _code(_settled: Settled, _name: str) -> list[str]:
    return [_("All members sign this code. When it changes, all sign again.")]


def _contributions(settled: Settled, _name: str) -> list[str]:
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
        listed = ", ".join(str(words[kind]).lower() for kind in kinds)
        said.append(_("This counts too, in place of money: %(kinds)s.") % {"kinds": listed})
    return said


def _dues(code: str, settled: Settled) -> str:
    currency = settled.values["currency"]
    amount = minor(settled.values.get(code), currency)
    if amount is None:
        return _("still open")
    language = translation.get_language() or "en"
    return f"{Money(amount, currency).say(language)} {_label('period', settled).lower()}"


def _rhythms(settled: Settled, _name: str) -> list[str]:
    said = {
        "digest": _("News by mail: %(times)s."),
        "meeting": _("Meeting online: %(times)s."),
        "face_to_face": _("Meeting in person: %(times)s."),
        "workshop": _("Workshop: %(times)s."),
    }
    return [sentence % {"times": _label(code, settled).lower()} for code, sentence in said.items()]


def _change(_settled: Settled, _name: str) -> list[str]:
    return [
        _("This charter changes only by a decision of the members, by consent."),
        _("Each version stays in the register."),
    ]


PLANS: Sequence[_Plan] = (
    _Plan("purpose", gettext_lazy("Name and purpose"), _purpose, ("purpose",)),
    _Plan("objective", gettext_lazy("General objective"), None, ("objective",)),
    _Plan("reach", gettext_lazy("Where and with whom"), None, ("territory", "audience")),
    _Plan("members", gettext_lazy("Who can be a member"), _members, ("criteria",), ("joining.accepts", "criterion")),
    _Plan("model", gettext_lazy("How we decide"), _model, (), ("governance.model",)),
    _Plan(
        "rounds", gettext_lazy("How a round goes"), _round, (),
        ("governance.round_hours", "governance.silence", "governance.quorum_percent", "governance.answers_shown"),
    ),
    _Plan(
        "objections", gettext_lazy("When there is an objection"), _objection, (),
        ("governance.base", "governance.majority", "governance.tie_break"),
    ),
    _Plan(
        "mandates", gettext_lazy("Mandates"), _mandates, (),
        ("governance.coordination_by_lot", "governance.mandate_months", "governance.renewals_at_most"),
    ),
    _Plan(
        "admission", gettext_lazy("How one joins"), _admission, ("joining_contact",),
        ("governance.admission", "statement.joining_contact"),
    ),
    _Plan("protocol", gettext_lazy("Protocol against violence"), _protocol, ("contacts",)),
    _Plan("code", gettext_lazy("Code of ethics"), _code, ("code",)),
    _Plan("commitments", gettext_lazy("What we do to prevent violence"), None, ("commitments",)),
    _Plan(
        "contributions", gettext_lazy("What members contribute"), _contributions, (),
        ("joining.contribution", "joining.period", "joining.amounts", "joining.in_kind"),
    ),
    _Plan("needs", gettext_lazy("What we need money for"), None, ("needs",)),
    _Plan("benefits", gettext_lazy("What members gain"), None, ("benefits",)),
    _Plan("rhythms", gettext_lazy("How often we meet"), _rhythms, (), ("rhythm",)),
    _Plan("mission", gettext_lazy("Mission"), None, ("mission",)),
    _Plan("vision", gettext_lazy("Vision"), None, ("vision",)),
    _Plan("values", gettext_lazy("Values"), None, ("values",)),
    _Plan("pillars", gettext_lazy("Pillars"), None, ("pillars",)),
    _Plan("change", gettext_lazy("How this charter changes"), _change, (), ("charter",)),
)  # fmt: skip
