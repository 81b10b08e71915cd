"""Reading what somebody kept: a checkpoint as a text, or a whole e-mail that carries one."""

from email import message_from_bytes, policy
from email.message import EmailMessage


def kept_text(raw: bytes) -> str:
    """Return the text of a file that somebody kept; a saved e-mail is unpacked, however its parts are written."""
    whole = raw.decode("utf-8", "replace").replace("\r\n", "\n")
    message = message_from_bytes(raw, policy=policy.default)
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    if "Message-ID" not in message or not parts:
        return whole
    plain = [part for part in parts if part.get_content_subtype() == "plain"] or parts
    return "\n".join(_content(part) for part in plain)


def _content(part: EmailMessage) -> str:
    try:
        return str(part.get_content()).replace("\r\n", "\n")
    except (LookupError, ValueError):  # an unknown alphabet: its letters are enough for a checkpoint
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
