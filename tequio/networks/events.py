from django.utils.translation import gettext_lazy as _

from tequio.register.events import Event

network_started = Event("networks.started", _("%(who)s started the network “%(title)s”."))
rules_set = Event(
    "networks.rules_set",
    _("The rules of the network follow its charter, version %(version)s."),
)
network_shown = Event("networks.shown", _("%(who)s changed who finds the network: %(listed)s."))
