"""The pages of founding: the path, the charter, the public face, help."""

from tequio.founding.views.charter import charter, ratify
from tequio.founding.views.path import compare, invite, path, step, text, topic
from tequio.founding.views.public import care, front, leave, start

__all__ = [
    "care",
    "charter",
    "compare",
    "front",
    "invite",
    "leave",
    "path",
    "ratify",
    "start",
    "step",
    "text",
    "topic",
]
