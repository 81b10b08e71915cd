"""What happens to a ballot. Of papers nothing is told until it closes; then everything is, at once."""

from django.utils.translation import gettext_lazy as _

from tequio.register.events import Event

prepared = Event("elections.ballot_prepared", _("%(who)s prepared the ballot “%(title)s”."))
option_added = Event("elections.option_added", _("%(who)s added “%(name)s” to the ballot “%(title)s”."))
option_removed = Event(
    "elections.option_removed", _("%(who)s took “%(name)s” away from the ballot “%(title)s”.")
)
opened = Event(
    "elections.ballot_opened",
    _("%(who)s opened the ballot “%(title)s” for %(entitled)s voices."),
    binding=True,
)
counted = Event(
    "elections.ballot_counted",
    _("The ballot “%(title)s” was counted. %(cast)s of %(entitled)s took part. Result: %(won)s."),
    binding=True,
)
