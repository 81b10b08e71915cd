"""Sessions in the database under a hash of their key, with the person they belong to.

No address and no browser is kept: the day a device came in, the day it last changed something, a name its owner gave.
"""

from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import CharField, DateTimeField

from tequio.core import clock
from tequio.core.prepared import prepared, slot
from tequio.people.models import Session


def hashed(session_key: str) -> str:
    """Return what the database holds instead of a key: a copy of the table signs nobody in."""
    return sha256(session_key.encode()).hexdigest()[:40]


_open_session = prepared(
    lambda: Session.objects.only("session_data").filter(
        session_key=slot("key", CharField()), expire_date__gt=slot("now", DateTimeField())
    )
)


class _AsText:
    """Leaves what was signed as it was written; a class because Django asks for one."""

    def loads(self, data: bytes) -> str:
        return data.decode()


@lru_cache(maxsize=2048)
def _proved(session_data: str, salt: str) -> str:
    """Return what was signed; raise ``BadSignature`` for what was not. A page costs less when its device was here before."""
    written: str = signing.loads(session_data, salt=salt, serializer=_AsText)  # type: ignore[arg-type]  # it only reads
    return written


class SessionStore(DatabaseStore):
    """Django's store; a class because Django's session engine is one."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Return what a session holds; nothing where somebody wrote it who has not the key."""
        try:
            kept: dict[str, Any] = self.serializer().loads(_proved(str(session_data), self.key_salt).encode())
        except signing.BadSignature:
            return {}
        return kept

    def _get_session_from_db(self) -> Session | None:
        found = _open_session.first(key=hashed(self.session_key or ""), now=clock.now())
        if found is None:
            self._session_key: str | None = None
        return found

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=hashed(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(session_key=hashed(key)).delete()

    def save(self, must_create: bool = False) -> None:
        """Write the session; a device keeps its name and the day it came in."""
        if self.session_key is None:
            self.create()
            return
        data: dict[str, Any] = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        values = {
            "session_data": self.encode(data),
            "expire_date": self.get_expiry_date(),
            "person_id": int(data[SESSION_KEY]) if SESSION_KEY in data else None,
            "seen_on": clock.today(),
        }
        if must_create:
            self._insert(values)
        elif not Session.objects.filter(session_key=hashed(self.session_key)).update(**values):
            raise UpdateError

    def _insert(self, values: dict[str, Any]) -> None:
        key = hashed(self.session_key or "")
        try:
            with transaction.atomic():
                Session.objects.create(session_key=key, created_on=clock.today(), **values)
        except IntegrityError as error:
            raise CreateError from error
