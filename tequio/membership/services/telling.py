"""A request in words, for those who decide on it together."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from tequio.core.texts import say
from tequio.membership.models import Application, Benefit, InKind, Meets
from tequio.membership.rules import YES_NO, Answered


def told(*, application: Application) -> str:
    """Return the request as a text in the applicant's language: each answer stands beside its criterion.

    Source: MEM-02, REA-09.
    """
    with override(application.language):
        parts = [
            application.about,
            _block(_("Why they want to join"), [], application.why),
            _block(_("What is asked, and what they say"), [_line(row) for row in application.answered]),
            _block(_("What they look for"), _named(application.benefits, Benefit), application.needs),
            _block(_("What they could bring"), _named(application.offers, InKind), application.brings),
        ]
    return "\n\n".join(part for part in parts if part.strip())


def _line(row: Answered) -> str:
    answer = row.said if row.kind != YES_NO else dict(Meets.choices).get(row.meets, "")
    need = _("Nobody joins without it.") if row.required else ""
    return " ".join(part for part in (say(row.criterion), need, f"**{answer}**") if part)


def _named(values: list[str], kinds: type[Benefit] | type[InKind]) -> list[str]:
    return [str(kinds(value).label) for value in values if value in kinds.values]


def _block(title: str, lines: list[str], words: str = "") -> str:
    listed = "\n".join(f"- {line}" for line in lines)
    said = "\n\n".join(part for part in (listed, words) if part)
    return f"**{title}**\n\n{said}" if said else ""
