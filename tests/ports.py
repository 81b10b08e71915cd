"""Ports for programs that tests start."""

import random
import socket

# Below those that a system hands out by itself (from 32,768 on Linux, from 49,152 elsewhere): there, whoever knocks at a
# program that is down may get its port as their own, and it never comes up again.
PORTS = range(20_000, 32_000)


def free_port() -> int:
    """Return a port of this machine at which nobody listens."""
    while True:
        port = random.SystemRandom().choice(PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
