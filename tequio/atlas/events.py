"""What happens between members. Who asked whom, and who said no, is told to those two alone, not to the register."""

from django.utils.translation import gettext_lazy as _

from tequio.register.events import Event

match_put_away = Event("atlas.match_put_away", _("A member put a possible match away."))
match_taken_up = Event("atlas.match_taken_up", _("A member took a match up again."))
introduction_asked = Event("atlas.introduction_asked", _("A member asked to be introduced to another."))
introduced = Event("atlas.introduced", _("Two members were introduced to each other: both agreed."))
introduction_ended = Event("atlas.introduction_ended", _("An introduction did not come about."))
