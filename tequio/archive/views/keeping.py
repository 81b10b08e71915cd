"""What is kept about people, and how long: said where they can read it, with the figures that the program uses."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tequio.archive.services.copying import DAYS
from tequio.core import once
from tequio.notify.services.upkeep import KEEP_ASKS_DAYS, KEEP_FAILED_DAYS, KEEP_SENT_DAYS
from tequio.people.services import invitations

WHILE_ACCOUNT = _("as long as your account")
WHILE_NETWORK = _("as long as the network")
UNTIL_ERASED = _("as long as the network, or until you erase them")


def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, how long, and what goes when somebody leaves. Source: XCT-02; LGPD article 9, GDPR article 13."""
    return render(request, "archive/privacy.html", {"rows": _rows()})


def _rows() -> list[tuple[str | Promise, str | Promise]]:
    """Return what is kept, and how long."""
    devices = _days(settings.SESSION_COOKIE_AGE // 86_400)
    return [
        (_("Your address, your name, your language, your passkeys"), WHILE_ACCOUNT),
        (_("The devices where you are signed in: a day, and a name if you gave one"), devices),
        (_("What you wrote in a network, under the name you chose there"), WHILE_NETWORK),
        (
            _("Your answers to surveys, and the address that you gave there; no account is needed"),
            UNTIL_ERASED,
        ),
        (_("Your own link to a survey: your name and your address"), UNTIL_ERASED),
        (_("The sound of an interview, if you agreed"), _("as long as its answers")),
        (_("Entries of the register: who did what, sealed"), WHILE_NETWORK),
        (_("Letters that were sent: their text"), _days(KEEP_SENT_DAYS)),
        (_("Letters that could not be sent"), _days(KEEP_FAILED_DAYS)),
        (_("What waited for you at home, once it is done"), _days(KEEP_ASKS_DAYS)),
        (_("Invitations: the link in the letter"), _days(invitations.DAYS)),
        (_("Keys of forms, so that none counts twice"), _days(once.KEEP_DAYS)),
        (_("Copies of a network that its coordination asked for"), _days(DAYS.days)),
        (_("Your internet address, your browser, the pages you read"), _("never")),
    ]


def _days(number: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", number) % {"n": number}
