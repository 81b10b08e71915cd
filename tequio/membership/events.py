"""What happens at the door of a network. Who asked is told to those in charge, not to the register."""

from django.utils.translation import gettext_lazy as _

from tequio.register.events import Event

asked_to_join = Event("membership.asked_to_join", _("%(name)s asked to join."))
decision_opened = Event(
    "membership.decision_opened", _("%(who)s put the admission of %(name)s before all members.")
)
admitted = Event("membership.admitted", _("%(who)s admitted %(name)s."))
declined = Event(
    "membership.declined", _("%(who)s did not admit %(name)s. Only the applicant reads the reasons.")
)
withdrawn = Event("membership.withdrawn", _("%(name)s withdrew its request to join."))
request_erased = Event("membership.request_erased", _("Whoever wrote a request to join erased it."))
criteria_checked = Event(
    "membership.criteria_checked", _("%(who)s looked at what %(name)s says of the criteria.")
)
reminded = Event(
    "membership.reminded", _("Those in charge were reminded of the request of %(name)s, time %(times)s.")
)
exchange_said = Event("membership.exchange_said", _("%(name)s said what it needs and what it offers."))
removal_opened = Event(
    "membership.removal_opened",
    _("%(who)s asked to decide whether %(name)s stays a member. It may speak until %(until)s."),
)
removal_heard = Event("membership.removal_heard", _("%(name)s answered to the reasons for removing it."))
removal_decision_opened = Event(
    "membership.removal_decision_opened", _("%(who)s put the removal of %(name)s before the other members.")
)
removal_dropped = Event("membership.removal_dropped", _("%(who)s dropped the removal of %(name)s."))
removed = Event("membership.removed", _("The others decided that %(name)s is no longer a member."))
kept = Event("membership.kept", _("The others did not agree to remove %(name)s: it stays a member."))
occasion_called = Event("membership.occasion_called", _("%(who)s called members to “%(title)s”."))
occasion_called_off = Event("membership.occasion_called_off", _("%(who)s called off “%(title)s”."))
attendance_written = Event(
    "membership.attendance_written", _("%(who)s wrote down who came to “%(title)s”: %(number)s members.")
)
resource_added = Event(
    "membership.resource_added", _("%(who)s added “%(title)s” to what helps from outside.")
)
resource_removed = Event(
    "membership.resource_removed", _("%(who)s took “%(title)s” from what helps from outside.")
)
code_published = Event(
    "membership.code_published", _("Version %(number)s of the code of ethics is in force.")
)
code_signed = Event(
    "membership.code_signed", _("%(name)s signed version %(number)s of the code of ethics, by %(who)s.")
)
candidates_invited = Event(
    "membership.candidates_invited", _("%(who)s invited %(number)s candidates to ask to join.")
)
invitation_declined = Event("membership.invitation_declined", _("A candidate would rather not join."))
