from django.utils.translation import gettext_lazy as _

from tequio.register.events import Event

founder_invited = Event(
    "founding.founder_invited", _("%(who)s invited somebody to found the network with them.")
)
answered = Event("founding.answered", _("%(who)s answered a founding question: %(topic)s."))
text_joined = Event("founding.text_joined", _("%(who)s made one text of two: %(question)s."))
step_agreed = Event("founding.step_agreed", _("%(who)s agreed to step %(step)s."))
charter_drafted = Event("founding.charter_drafted", _("%(who)s drafted the charter, version %(version)s."))
ratification_opened = Event(
    "founding.ratification_opened",
    _("%(who)s asked the founders to ratify the charter, version %(version)s."),
)
charter_returned = Event(
    "founding.charter_returned", _("The charter, version %(version)s, goes back to the founders.")
)
charter_in_force = Event(
    "founding.charter_in_force", _("The charter, version %(version)s, is in force."), binding=True
)
