"""How addresses and tokens are kept."""

from hashlib import sha256


def normal(email: str) -> str:
    """Return an address as it is kept: capital letters do not matter."""
    return email.strip().lower()


def hashed(token: str) -> str:
    """Return what the database keeps of a token."""
    return sha256(token.encode()).hexdigest()
