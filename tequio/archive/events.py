from django.utils.translation import gettext_lazy as _

from tequio.register.events import Event

copied = Event(
    "archive.copied", _("%(who)s asked for a copy of the whole network, with everybody's addresses.")
)
copied_in_public = Event("archive.copied_in_public", _("%(who)s asked for a public copy of the network."))
offered = Event("archive.coordination_offered", _("%(who)s offered the coordination to %(name)s."))
accepted = Event(
    "archive.coordination_accepted", _("%(who)s accepted the coordination that %(giver)s had offered.")
)
declined = Event(
    "archive.coordination_declined", _("%(who)s did not accept the coordination that %(giver)s had offered.")
)
withdrawn = Event(
    "archive.offer_withdrawn", _("%(who)s took back the offer of the coordination to %(name)s.")
)
