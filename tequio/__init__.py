"""Tequio: found, govern and grow a collaborative network, and prove that it was done democratically."""

__version__ = "0.1.0"
