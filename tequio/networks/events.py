from django.utils.translation import gettext_lazy as _

from tequio.register.events import Event

network_started = Event("networks.started", _("%(who)s started the network “%(title)s”."))
rules_set = Event(
    "networks.rules_set",
    _("The rules of the network follow its charter, version %(version)s."),
)
network_listed = Event("networks.listed", _("%(who)s listed the network: anybody finds it."))
network_unlisted = Event(
    "networks.unlisted", _("%(who)s took the network off the list: strangers find it no more.")
)
closed = Event("networks.closed", _("The network was closed: %(why)s"), binding=True)
reopened = Event("networks.reopened", _("%(who)s opened the network again: %(why)s"), binding=True)
