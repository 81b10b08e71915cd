"""The letter to whoever answered and gave an address: how to change the answers until the survey closes."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tequio.core.texts import say
from tequio.notify import services as notify
from tequio.surveys.models import Reply
from tequio.surveys.rules.instrument import Instrument, Value, Values
from tequio.surveys.selectors.addresses import reply_address


@transaction.atomic
def mail_address(*, reply: Reply, instrument: Instrument, values: Values) -> bool:
    """Write to the address that the answers give, once; say whether there is one. An interview is not written to."""
    question = instrument.with_role("EMAIL")
    email = values.get(question.key, Value()).text if question else ""
    if not is_address(text=email) or reply.recorded_by_id is not None:
        return False
    _write(reply, email, key=f"surveys.taken:{reply.uuid}:{email}")
    return True


@transaction.atomic
def mail_first(*, reply: Reply) -> bool:
    """Send its address again to whoever answered first for an organization; say whether an address is known."""
    question = reply.version.instrument.with_role("EMAIL")
    said = reply.answers.filter(question=question.key).first() if question else None
    if said is None or not is_address(text=said.text):
        return False
    _write(reply, said.text, key=f"surveys.again:{reply.uuid}:{reply.changed_at:%Y%m%d%H%M}")
    return True


def is_address(*, text: str) -> bool:
    """Say whether a text is an address to which a letter can be written."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def _write(reply: Reply, email: str, *, key: str) -> None:
    notify.mail(
        person_id=None,
        address=email,
        language=language_of_letters(language=reply.language),
        kind="survey",
        template="surveys/mail/taken",
        context={
            "title": say(reply.survey.title, reply.language),
            "link": settings.ORIGIN.rstrip("/") + reply_address(reply.network.slug, reply),
            "closes_at": reply.survey.closes_at,
        },
        key=key,
    )


def language_of_letters(*, language: str) -> str:
    """Return the language of the interface in which somebody is written to who answered in this one."""
    codes = [code for code, _name in settings.LANGUAGES]
    return language if language in codes else settings.LANGUAGE_CODE
