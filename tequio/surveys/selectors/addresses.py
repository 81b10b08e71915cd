"""Secret parts of addresses: derived from the installation's key, so that only their SHA-256 need be kept."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from tequio.core.http import address
from tequio.surveys.models import Link, Reply, Survey

_REPLY, _LINK, _FORM = "tequio.surveys.reply", "tequio.surveys.link", "tequio.surveys.form"


def _secret(salt: str, text: str) -> str:
    key = salted_hmac(salt, text, algorithm="sha256").digest()
    return urlsafe_b64encode(key).decode().rstrip("=")


def hash_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def secret_of_reply(survey: Survey, once: UUID) -> str:
    """Return the secret with which the reply of this key is resumed: the same each time, 256 bits."""
    return _secret(_REPLY, f"{survey.uuid}:{once}")


def secret_of_link(link: Link) -> str:
    """Return the secret of a respondent's own link."""
    return _secret(_LINK, str(link.uuid))


def reply_address(network: str, reply: Reply) -> str:
    """Return the path under which whoever has it goes on with a reply."""
    return address("surveys:reply", network, secret_of_reply(reply.survey, reply.once))


def link_address(network: str, link: Link) -> str:
    """Return the path of a respondent's own link."""
    return address("surveys:invited", network, secret_of_link(link))


def key_of_form(survey: Survey, once: UUID, *, participant_id: int | None = None) -> str:
    """Return the signed key that a form for answering carries in place of a cookie.

    It is bound to the survey, and to whoever is signed in: no other site can put a form together that is taken.
    """
    return f"{once}.{_secret(_FORM, f'{survey.uuid}:{once}:{participant_id or 0}')}"


def once_of_form(survey: Survey, key: str, *, participant_id: int | None = None) -> UUID | None:
    """Return the key under which what a form sent is taken once, or None for a form that was not made here."""
    try:
        once = UUID(key.partition(".")[0])
    except ValueError:
        return None
    expected = key_of_form(survey, once, participant_id=participant_id)
    return once if constant_time_compare(expected, key) else None
