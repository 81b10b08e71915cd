"""What happens between members. Who asked whom, and who said no, is told to those two alone, not to the register."""

from django.utils.translation import gettext_lazy as _

from tequio.register.events import Event

match_put_away = Event("atlas.match_put_away", _("A member put a possible match away."))
match_taken_up = Event("atlas.match_taken_up", _("A member took a match up again."))
introduction_asked = Event("atlas.introduction_asked", _("A member asked to be introduced to another."))
introduced = Event("atlas.introduced", _("Two members were introduced to each other: both agreed."))
introduction_ended = Event("atlas.introduction_ended", _("An introduction did not come about."))
bridge_asked = Event(
    "atlas.bridge_asked",
    _("A member asked the coordination to introduce it to an organization beyond the members."),
)
bridge_sent = Event(
    "atlas.bridge_sent", _("%(who)s wrote to an organization that a member would like to get to know.")
)
bridged = Event(
    "atlas.bridged", _("A member and an organization beyond the members were introduced: both agreed.")
)
bridge_ended = Event("atlas.bridge_ended", _("An introduction by the coordination did not come about."))

# Of a tie, the register names the two only once both said so.
tie_declared = Event("atlas.tie_declared", _("%(who)s asked another organization to confirm a tie."))
tie_agreed = Event("atlas.tie_agreed", _("%(name)s and %(other)s work together: both said so."))
tie_declined = Event("atlas.tie_declined", _("A tie was not confirmed."))
tie_taken_back = Event("atlas.tie_taken_back", _("%(who)s took back what waited for an answer."))
tie_ended = Event("atlas.tie_ended", _("%(name)s and %(other)s no longer say that they work together."))
census_taken = Event(
    "atlas.census_taken", _("People were counted by what they say of themselves, without names.")
)
showcase_opened = Event("atlas.showcase_opened", _("%(who)s let everybody see who is represented here."))
showcase_shut = Event(
    "atlas.showcase_shut", _("%(who)s let strangers no longer see who is represented here.")
)
showcase_counted = Event(
    "atlas.showcase_counted", _("What everybody sees of who is represented was counted anew.")
)
