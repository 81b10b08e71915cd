"""The words of the question how the charter itself changes."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tequio.founding.texts.words import Choice, Words

QUESTIONS: Mapping[str, Words] = {
    "changes": Words(
        ask=_("How does this charter change?"),
        why=_(
            "What you agree now holds until you change it together. Some articles are about the daily work."
        ),
        options={
            "CONSENT": Choice(
                _("Every article, only by consent"), _("One objection is enough to stop a change.")
            ),
            "TWO_WAYS": Choice(
                _("The daily work like any decision, the rest by consent"),
                _("What we need, when we meet, who does what: three quarters can change it."),
            ),
        },
    ),
}
