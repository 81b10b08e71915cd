"""An answer kept as a quote: what is known of it is not typed again. Source: CTX-10."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404
from tequio.people.models.quotes import Aspect, Byline, Origin
from tequio.people.views.quotes import keep
from tequio.surveys.models import Source
from tequio.surveys.selectors import quoting as selectors
from tequio.surveys.views.analysis_parts import crumbs_of, study_of, url_of

# Which step an aspect of the interview helps with first; whoever keeps the quote chooses.
STEPS = {
    Aspect.BACKGROUND: 1, Aspect.INNOVATION: 6, Aspect.GOVERNANCE: 2, Aspect.SUSTAINABILITY: 4, Aspect.INCLUSION: 3,
    Aspect.VALUE: 5,
}  # fmt: skip


def quote(request: MemberRequest, survey: str, answer: int) -> HttpResponse:
    """Keep an answer as a quote, where the person let themselves be quoted."""
    study = study_of(request, survey)
    found = found_or_404(selectors.quotable(study, answer))
    if not found.allowed:
        raise Refused(_("This person did not agree to be quoted."))
    section = next(
        (
            part.key
            for part in study.instrument.sections
            if any(one.key == found.question for one in part.questions)
        ),
        "",
    )
    start: dict[str, Any] = {
        "words": found.words, "language": found.language, "organization": found.organization, "role": found.role,
        "byline": Byline.NONE,
        "origin": Origin.INTERVIEW if found.source == Source.INTERVIEW else Origin.ANSWER,
        "consent": _("Agreed to be quoted when answering"),
    }  # fmt: skip
    if section in Aspect.values:
        start |= {"aspect": section, "step": STEPS[Aspect(section)]}
    back = [
        *crumbs_of(request, study.survey),
        (_("Open answers"), url_of(request, "results-coding", study.survey, found.question)),
    ]
    return keep(request, start=start, source=f"surveys.Answer:{answer}", crumbs=back)
