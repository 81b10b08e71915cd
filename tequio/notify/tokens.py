"""The signed link that stops letters of one kind from one network to one person, without signing in. RFC 8058."""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

_SALT = "tequio.notify.stop"


@dataclass(frozen=True)
class Stop:
    """What a link stops."""

    person_id: int
    network_id: int
    kind: str


def stop_token(*, person_id: int, network_id: int, kind: str) -> str:
    """Return the signed part of a link; it never expires, as mail programs keep letters for years."""
    return Signer(salt=_SALT).sign(f"{person_id}.{network_id}.{kind}")


def read_stop_token(token: str) -> Stop | None:
    """Return what a link stops, or None for a link that was not written here."""
    try:
        person_id, network_id, kind = Signer(salt=_SALT).unsign(token).split(".", 2)
        return Stop(int(person_id), int(network_id), kind)
    except (BadSignature, ValueError):
        return None
