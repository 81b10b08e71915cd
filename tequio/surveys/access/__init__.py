"""Who may do what with surveys: one file a room, all of it reachable from here."""

from tequio.surveys.access.answering import follow, invite, leads, record

__all__ = ["follow", "invite", "leads", "record"]
