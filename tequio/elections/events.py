"""What happens to a ballot. Of papers nothing is told until it closes; then everything is, at once."""

from django.utils.translation import gettext_lazy as _

from tequio.register.events import Event

prepared = Event("elections.ballot_prepared", _("%(who)s prepared the ballot “%(title)s”."))
option_added = Event("elections.option_added", _("%(who)s added “%(name)s” to the ballot “%(title)s”."))
option_removed = Event(
    "elections.option_removed", _("%(who)s took “%(name)s” away from the ballot “%(title)s”.")
)
statement_written = Event(
    "elections.statement_written", _("%(who)s wrote the statement of %(name)s in the ballot “%(title)s”.")
)
weighed = Event("elections.ballot_weighed", _("%(who)s wrote what each voice counts in “%(title)s”."))
extended = Event(
    "elections.ballot_extended",
    _("%(who)s gave the ballot “%(title)s” more time, once, until %(closes_at)s. The reason: %(why)s"),
    binding=True,
)
paper_recorded = Event(
    "elections.paper_recorded", _("%(who)s wrote down the paper of %(voice)s in the ballot “%(title)s”.")
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

# A lot. Of people, only codes are written: whose code it is stays in the network.
lot_prepared = Event(
    "elections.lot_prepared",
    _(
        "The next lot for “%(circle)s” is prepared: its mandate ends on %(until)s. The coordination opens the list."
    ),
)
lot_opened = Event(
    "elections.lot_opened",
    _("%(who)s opened the list for a lot: “%(title)s”, %(size)s seats. %(entrants)s are on it."),
)
row_corrected = Event("elections.row_corrected", _("%(code)s corrected their row in “%(title)s”."))
left_lot = Event("elections.left_lot", _("%(code)s does not want to be drawn in “%(title)s”."))
quotas_set = Event("elections.quotas_set", _("%(who)s wrote the quotas of “%(title)s”."))
odds_published = Event(
    "elections.odds_published",
    _("The list of “%(title)s” is closed. Each of the %(entrants)s knows their odds."),
    binding=True,
)
draw_announced = Event(
    "elections.draw_announced",
    _("%(who)s announced which number decides “%(title)s”: round %(round)s, published at %(draws_at)s."),
    binding=True,
)
secrets_asked = Event(
    "elections.secrets_asked",
    _(
        "%(who)s asked the organizations for secrets that decide “%(title)s”. They are promised until %(until)s."
    ),
    binding=True,
)
secret_promised = Event(
    "elections.secret_promised", _("%(name)s promised a secret for “%(title)s”: %(promise)s.")
)
secrets_fixed = Event(
    "elections.secrets_fixed",
    _(
        "%(who)s announced which secrets decide “%(title)s”: those of %(names)s, shown until %(draws_at)s. "
        "For one that is missing, round %(round)s of the source outside decides."
    ),
    binding=True,
)
secret_shown = Event(
    "elections.secret_shown", _("%(name)s showed their secret for “%(title)s”."), binding=True
)
lot_drawn = Event("elections.lot_drawn", _("“%(title)s” was drawn: %(drawn)s."), binding=True)
seat_accepted = Event("elections.seat_accepted", _("%(code)s accepted the seat of “%(title)s”."))
seat_refused = Event(
    "elections.seat_refused", _("%(code)s did not accept the seat of “%(title)s”. Next: %(next)s.")
)
lot_cancelled = Event(
    "elections.lot_cancelled", _("%(who)s called off the lot “%(title)s”. The reason: %(why)s"), binding=True
)
BY_CODE = tuple(one.code for one in (lot_drawn, seat_accepted, seat_refused))

# Open elections by consent. Who was named stays sealed until all names are opened; how often is told nowhere.
election_opened = Event(
    "elections.opened", _("%(who)s opened the election of a role in “%(circle)s”: %(role)s.")
)
election_stepped = Event("elections.stepped", _("The election in “%(circle)s” went on: %(role)s."))
nominated = Event("elections.nominated", _("%(who)s wrote a name for “%(circle)s”, sealed: %(role)s."))
nominations_opened = Event(
    "elections.nominations_opened", _("The names for “%(circle)s” were opened, all at once: %(role)s.")
)
nomination_changed = Event(
    "elections.nomination_changed", _("%(who)s changed the name for “%(circle)s”, with a reason: %(role)s.")
)
nominee_proposed = Event(
    "elections.nominee_proposed",
    _("%(nominee)s was proposed in “%(circle)s” for %(months)s months: %(role)s."),
)
election_answered = Event(
    "elections.answered", _("%(who)s answered in the election of “%(circle)s”: %(role)s.")
)
voice_excused = Event(
    "elections.voice_excused",
    _("%(who)s excused %(name)s in the election of “%(circle)s” (%(role)s): %(why)s"),
)
elected = Event(
    "elections.elected",
    _("“%(circle)s” chose %(name)s without objections, until %(until)s: %(role)s."),
    binding=True,
)
confirmed = Event(
    "elections.confirmed",
    _("“%(parent)s” confirmed %(name)s, from “%(circle)s”, as its member."),
    binding=True,
)
election_ended = Event(
    "elections.ended", _("The election in “%(circle)s” ended without anybody chosen (%(role)s): %(why)s")
)
