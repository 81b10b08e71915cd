"""The pages of whoever answers: no account, no cookie, the secret of an address or the survey's own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from tequio.core import clock
from tequio.core.catalogs import gather
from tequio.core.http import MemberRequest, bring_style, found_or_404, see_other
from tequio.core.pages import by_token
from tequio.people.accounts import client_key
from tequio.people.services.limits import allowed
from tequio.surveys import access
from tequio.surveys.forms.answering import Questionnaire, own_name, spoken_in, written_out
from tequio.surveys.models import Link, Reply, Survey, Version
from tequio.surveys.rules.instrument import Values
from tequio.surveys.rules.posted import read
from tequio.surveys.rules.showing import style as style_of
from tequio.surveys.selectors import addresses
from tequio.surveys.selectors import answering as selectors
from tequio.surveys.selectors.releases import has_report
from tequio.surveys.services import replying, thanking

A_DAY = 600  # a hall full of people answers behind one address


@dataclass(frozen=True)
class Asking:
    """One page for answering: what is asked, of whom, in which language, and under which key it is taken."""

    request: MemberRequest
    survey: Survey
    version: Version
    language: str
    once: UUID
    link: Link | None = None
    reply: Reply | None = None
    values: Values = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, Any] = field(default_factory=dict)

    @property
    def network(self) -> str:
        """The name of the network in addresses."""
        return self.request.network.slug


@csrf_exempt
@by_token
def answer(request: MemberRequest, token: str) -> HttpResponse:
    """Ask what a survey asks, of whoever has its address. Source: SUR-01."""
    survey = found_or_404(selectors.survey_by_token(token))
    return _serve(request, survey)


@csrf_exempt
@by_token
def invited(request: MemberRequest, secret: str) -> HttpResponse:
    """Ask what a survey asks, of whoever got a link of their own; once answered, lead to the reply."""
    link = found_or_404(selectors.link_by_secret(secret))
    if link.reply is not None:
        return HttpResponseRedirect(addresses.reply_address(request.network.slug, link.reply))
    return _serve(request, link.survey, link=link)


@csrf_exempt
@by_token
def reply(request: MemberRequest, secret: str) -> HttpResponse:
    """Go on with a reply that was begun, or change one that was sent, on any device that has its address."""
    found = found_or_404(selectors.reply_by_secret(secret))
    return _serve(request, found.survey, reply=found)


@by_token
def style(request: MemberRequest, token: str, number: int) -> HttpResponse:
    """Send the rules that hide what is not asked."""
    survey = found_or_404(selectors.survey_by_token(token))
    version = found_or_404(selectors.version_of(survey, number))
    sheet = HttpResponse(style_of(version.instrument), content_type="text/css; charset=utf-8")
    sheet.headers["Cache-Control"] = "private, max-age=86400"
    return sheet


def speaking(language: str) -> override:
    """Speak the language of the survey where the interface has it, else the one that the reader chose."""
    codes = [code for code, _name in settings.LANGUAGES]
    chosen = language if language in codes else get_language() or settings.LANGUAGE_CODE
    gather(chosen)
    return override(chosen)


def _serve(
    request: MemberRequest, survey: Survey, *, link: Link | None = None, reply: Reply | None = None
) -> HttpResponse:
    language = spoken_in(
        survey.languages,
        request.POST.get("go", ""),
        request.POST.get("language") or request.GET.get("language", ""),
    )
    with speaking(language):
        posted = {name: request.POST.getlist(name) for name in request.POST}
        number = request.POST.get("version", "")
        known = reply.version if reply else selectors.version_of(survey, _whole(number))
        version = found_or_404(known)
        once = reply.once if reply else link.once if link else _key(request, survey) or uuid4()
        asking = Asking(request, survey, version, language, once, link=link, reply=reply)
        if request.method == "POST":
            asking = replace(asking, values=read(version.instrument, posted))
        elif reply is not None:
            asking = replace(asking, values=selectors.values_of(reply))
        return told(_answer(asking))


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _key(request: MemberRequest, survey: Survey) -> UUID | None:
    return addresses.once_of_form(survey, request.POST.get("key", ""), participant_id=_participant(request))


def _participant(request: MemberRequest) -> int | None:
    return request.actor.participant_id if request.actor else None


def told(answer: HttpResponse) -> HttpResponse:
    """Say in which language a page speaks, and keep it out of search engines."""
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Content-Language"] = get_language() or settings.LANGUAGE_CODE
    return answer


def _answer(asking: Asking) -> HttpResponse:
    """Show the questions, or take what was sent."""
    request, survey = asking.request, asking.survey
    has_link = asking.link is not None or asking.reply is not None
    if reason := access.why_not_answer(survey, has_link=has_link, by=request.actor):
        return _shut(asking, reason, 403)
    if request.method != "POST":
        open_now = selectors.is_open(survey, clock.now())
        return _page(asking) if open_now else _shut(asking, _over(), 200)
    if asking.reply is None and _key(request, survey) is None:
        notes = {"fresh": True, "reasons": [_("This page was open for long. Look at it, and send it again.")]}
        return _page(replace(asking, notes=notes, once=asking.link.once if asking.link else uuid4()), 422)
    if request.POST.get("go", "").startswith("language:"):
        return _page(asking)
    if not allowed(action="surveys.answer", who=client_key(request), most=A_DAY, minutes=24 * 60):
        many = _("Many answers came from your connection today. Try again tomorrow.")
        return _page(replace(asking, notes={"reasons": [many]}), 422)
    return _write_to_first(asking) if request.POST.get("go") == "first" else _take(asking)


def _take(asking: Asking) -> HttpResponse:
    """Take the answers, or show them again with the reason why not."""
    try:
        taken = _sent(asking)
    except replying.SurveyOverError:
        return _shut(asking, _over(), 422)
    except replying.NotTakenError as why:
        return _page(refusal(asking, why), 422)
    secret = addresses.secret_of_reply(asking.survey, taken.once)
    return see_other(reverse("surveys:answered", args=[asking.network, secret]))


def _sent(asking: Asking) -> Reply:
    another = asking.request.POST.get("another") == "yes"
    if asking.request.POST.get("go") == "later" and not (asking.reply and asking.reply.sent_at):
        return replying.save_begun(
            survey=asking.survey, version=asking.version, once=asking.once, values=asking.values,
            language=asking.language, link=asking.link, by=asking.request.actor,
        )  # fmt: skip
    if asking.reply is not None:
        return replying.change_reply(
            reply=asking.reply, values=asking.values, language=asking.language, another=another
        )
    return replying.take_reply(
        survey=asking.survey, version=asking.version, once=asking.once, values=asking.values,
        language=asking.language, link=asking.link, by=asking.request.actor, another=another,
    )  # fmt: skip


def refusal(asking: Asking, why: replying.NotTakenError) -> Asking:
    """Return the page with what was typed and the reason why it is not taken."""
    if isinstance(why, replying.MistakesError):
        return replace(asking, asked={"wrong": why.wrong})
    if isinstance(why, replying.QuotaFullError):
        return replace(asking, notes={"reasons": [_full(asking, why.quota)]})
    if isinstance(why, replying.SameNameError):
        words = _("%(name)s has answered already, and this survey takes one answer from each organization.")
        return replace(asking, notes={"same_name": words % {"name": why.first.organization_name}})
    return replace(asking, notes={"reasons": [_over()]})


def _write_to_first(asking: Asking) -> HttpResponse:
    """Send its link to the organization that answered first, and show the page again: nothing is taken."""
    try:
        with transaction.atomic():
            _sent(asking)
            transaction.set_rollback(True)
    except replying.SameNameError as same:
        thanking.mail_first(reply=same.first)
        shown = refusal(asking, same)
        return _page(replace(shown, notes={**shown.notes, "first_told": True}))
    except replying.NotTakenError as why:
        return _page(refusal(asking, why), 422)
    return _page(asking)


def _over() -> str:
    return _("This survey is closed. It takes no more answers.")


def _full(asking: Asking, quota: selectors.Quota) -> str:
    question = asking.version.instrument.question(quota.question)
    questionnaire = Questionnaire(asking.version.instrument, asking.language)
    name = questionnaire.option_text(question, quota.option) if question else quota.option
    return _("Enough have answered of: %(group)s. Thank you; no more are taken of these.") % {"group": name}


def _page(asking: Asking, status: int = 200) -> HttpResponse:
    return styled(render(asking.request, "surveys/answer.html", page_context(asking), status=status), asking)


def styled(page: HttpResponse, asking: Asking) -> HttpResponse:
    """Let a page bring the rules that hide what is not asked."""
    return bring_style(page, href=_style_url(asking), rules=style_of(asking.version.instrument))


def _style_url(asking: Asking) -> str:
    return reverse("surveys:answer-style", args=[asking.network, asking.survey.token, asking.version.number])


def page_context(asking: Asking) -> dict[str, Any]:
    """Return what a page for answering shows."""
    instrument = asking.version.instrument
    full = [quota for quota in selectors.quotas_of(asking.survey, besides=asking.reply) if quota.full]
    asked = Questionnaire(
        instrument, asking.language, asking.values,
        wrong=asking.asked.get("wrong", {}),
        full={(quota.question, quota.option) for quota in full},
        cities=selectors.city_names(instrument, asking.values),
        reasons=asking.notes.get("reasons", ()),
    )  # fmt: skip
    return {
        "survey": asking.survey, "version": asking.version, "asked": asked, "form": asked, "link": asking.link,
        "title": asked.say(instrument.title), "about": asked.say(instrument.about), "length": _length(asked),
        "full": [_full(asking, quota) for quota in full],
        "cities": selectors.large_cities(instrument),
        "signed_in": asking.request.actor is not None,
        "languages": [(code, own_name(code)) for code in asking.survey.languages],
        "key": addresses.key_of_form(asking.survey, asking.once, participant_id=_participant(asking.request)),
        "keep": _kept_as(asking),
        "action": asking.request.path,
        "style_url": _style_url(asking),
        "forget_url": _forgotten_at(asking),
        "sent": asking.reply is not None and asking.reply.sent_at is not None,
        **asking.notes,
    }  # fmt: skip


def _forgotten_at(asking: Asking) -> str:
    return f"{addresses.reply_address(asking.network, asking.reply)}forget/" if asking.reply else ""


def _report_at(asking: Asking) -> str:
    """Return where a closed survey's report is read, if whoever asks may go there."""
    seen = asking.request.network.listed or asking.request.actor is not None
    if not (seen and has_report(asking.request.actor, asking.survey)):
        return ""
    return reverse("surveys:report", args=[asking.network, asking.survey.slug])


def _kept_as(asking: Asking) -> str:
    """Return the name under which a phone keeps what is typed: what the server has newer than that comes first."""
    if asking.reply is not None:
        return f"{asking.once}:{asking.reply.changed_at:%y%m%d%H%M%S}"
    return str(asking.link.once) if asking.link else asking.survey.token


def _length(asked: Questionnaire) -> str:
    questions = ngettext("%(count)s question", "%(count)s questions", asked.how_many) % {
        "count": asked.how_many
    }
    some = ngettext("about %(count)s minute.", "about %(count)s minutes.", asked.minutes) % {
        "count": asked.minutes
    }
    return f"{questions}, {some}"


def _shut(asking: Asking, reason: str, status: int) -> HttpResponse:
    """Say why nothing is taken, and show what was typed, so that it can be copied."""
    instrument = asking.version.instrument
    asked = Questionnaire(instrument, asking.language, asking.values)
    sign_in = reverse("account_login") + f"?next={asking.request.path}"
    context = {
        "title": asked.say(instrument.title),
        "reason": reason,
        "forget_url": _forgotten_at(asking),
        "report_url": _report_at(asking),
        "said": written_out(asked, selectors.city_names(instrument, asking.values)),
        "sign_in": sign_in if status == 403 and asking.request.actor is None and not selectors.needs_link(asking.survey) else "",
    }  # fmt: skip
    return render(asking.request, "surveys/shut.html", context, status=status)
