"""Django's own backend, which asks a kept connection "are you there?" without a round trip."""

import select

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """A class, and of this name, because Django's backends are."""

    def is_usable(self) -> bool:
        """Say whether the connection still stands: a server that hung up leaves its farewell to be read."""
        if self.connection is None or self.connection.closed:
            return False
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return True if not waiting.poll(0) else bool(super().is_usable())
