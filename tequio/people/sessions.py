"""Sessions in the database under a hash of their key, with the person they belong to."""

from hashlib import sha256
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession

from tequio.people.models import Session


def hashed(session_key: str) -> str:
    """Return what the database holds instead of a key: a copy of the table signs nobody in."""
    return sha256(session_key.encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    """Django's store; a class because Django's session engine is one."""

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        return Session

    def _get_session_from_db(self) -> Any:
        key = self.session_key
        self._session_key = hashed(key) if key else None  # type: ignore[attr-defined]
        try:
            return super()._get_session_from_db()  # type: ignore[misc]
        finally:
            self._session_key = key if self._session_key else None  # type: ignore[attr-defined]

    def exists(self, session_key: str) -> bool:
        return super().exists(hashed(session_key))

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(hashed(key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = hashed(row.session_key)
        row.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None  # type: ignore[attr-defined]
        return row
