"""What happened to circles, seats and links."""

from django.utils.translation import gettext_lazy as _

from tequio.register.events import Event

circle_opened = Event("governance.circle_opened", _("%(who)s opened the group “%(circle)s”."))
circle_changed = Event(
    "governance.circle_changed", _("%(who)s changed what the group “%(circle)s” is for, or how it works.")
)
circle_closed = Event("governance.circle_closed", _("The group “%(circle)s” was closed: %(why)s"))
asked_in = Event("governance.asked_in", _("%(who)s asked to join “%(circle)s”."))
seated = Event("governance.seated", _("%(name)s has a seat in “%(circle)s”: %(role)s, until %(until)s."))
member_seated = Event("governance.member_seated", _("%(name)s is a member of “%(circle)s” now."))
seat_ended = Event(
    "governance.seat_ended", _("%(name)s no longer has the seat in “%(circle)s”: %(role)s (%(why)s).")
)
selection_due = Event(
    "governance.selection_due",
    _("The mandate of “%(circle)s” ends on %(until)s: it is time for the next selection."),
)
interim_began = Event(
    "governance.interim_began",
    _("%(name)s stays in “%(circle)s” until somebody is chosen, at most until %(until)s."),
)
link_waived = Event(
    "governance.link_waived",
    _("The link of “%(circle)s” may hang on one person until %(until)s: %(reason)s"),
)
waiver_ended = Event("governance.waiver_ended", _("The link of “%(circle)s” needs two people again."))
link_broken = Event(
    "governance.link_broken", _("The link between “%(circle)s” and “%(parent)s” is broken: %(reasons)s")
)
link_mended = Event(
    "governance.link_mended", _("The link between “%(circle)s” and “%(parent)s” holds again.")
)
flowed = Event("governance.flowed", _("%(who)s wrote what went between “%(circle)s” and “%(parent)s”."))
reported = Event("governance.reported", _("%(who)s reported for “%(circle)s”, from %(starts_on)s on."))
ring_rights_set = Event(
    "governance.ring_rights_set",
    _("%(who)s wrote down what each ring may open, vote on and see."),
    binding=True,
)
