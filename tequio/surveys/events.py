"""What happens to surveys; who answered what is told to nobody."""

from django.utils.translation import gettext_lazy as _

from tequio.register.events import Event

created = Event("surveys.created", _("%(who)s began to write the survey “%(title)s”."))
draft_changed = Event(
    "surveys.draft_changed", _("%(who)s changed what version %(number)s of the survey “%(title)s” asks.")
)
arranged = Event("surveys.arranged", _("%(who)s changed how the survey “%(title)s” is answered."))
version_begun = Event(
    "surveys.version_begun", _("%(who)s began version %(number)s of the survey “%(title)s”.")
)
version_dropped = Event(
    "surveys.version_dropped", _("%(who)s dropped version %(number)s of the survey “%(title)s”.")
)
dropped = Event("surveys.dropped", _("%(who)s threw away the draft of the survey “%(title)s”."))
opened = Event("surveys.opened", _("%(who)s opened the survey “%(title)s”."))
version_opened = Event(
    "surveys.version_opened",
    _("%(who)s put version %(number)s of the survey “%(title)s” before those who answer."),
)
closed = Event("surveys.closed", _("The survey “%(title)s” was closed, by %(who)s."))
reopened = Event("surveys.reopened", _("%(who)s opened the survey “%(title)s” again."))
candidates_made = Event(
    "surveys.candidates_made", _("%(who)s made candidates of those that would join, from “%(title)s”.")
)
reply_recorded = Event(
    "surveys.reply_recorded", _("%(who)s wrote down what somebody answered to the survey “%(title)s”.")
)
recording_added = Event(
    "surveys.recording_added",
    _("%(who)s kept the sound or the paper of an interview for the survey “%(title)s”."),
)
recording_dropped = Event(
    "surveys.recording_dropped",
    _("%(who)s took away the sound or the paper of an interview for the survey “%(title)s”."),
)
reply_forgotten = Event(
    "surveys.reply_forgotten",
    _("An answer to the survey “%(title)s” was erased, as whoever gave it asked."),
)
same_name_apart = Event(
    "surveys.same_name_apart",
    _("%(who)s let two organizations of the same name answer the survey “%(title)s”."),
)
same_name_aside = Event(
    "surveys.same_name_aside",
    _("%(who)s put a second answer under the same name to the survey “%(title)s” aside."),
)
links_made = Event(
    "surveys.links_made", _("%(who)s made %(number)s personal links to the survey “%(title)s”.")
)
reminded = Event(
    "surveys.reminded", _("Those who had not finished the survey “%(title)s” were reminded: %(number)s.")
)
answers_imported = Event(
    "surveys.answers_imported",
    _("%(who)s brought %(number)s answers from a file into the survey “%(title)s”."),
)
import_undone = Event(
    "surveys.import_undone",
    _("%(who)s took back %(number)s answers that came from a file into the survey “%(title)s”."),
)
answers_exported = Event(
    "surveys.answers_exported",
    _("%(who)s took %(number)s answers of the survey “%(title)s” out, row by row."),
)
release_prepared = Event(
    "surveys.release_prepared", _("%(who)s had the public tables of the survey “%(title)s” made.")
)
release_published = Event(
    "surveys.release_published",
    _("%(who)s published report %(number)s of the survey “%(title)s”, from %(respondents)s answers."),
    binding=True,
)
release_corrected = Event(
    "surveys.release_corrected",
    _(
        "%(who)s corrected report %(corrected)s of the survey “%(title)s”: report %(number)s says what changed."
    ),
    binding=True,
)
release_withdrawn = Event(
    "surveys.release_withdrawn",
    _("%(who)s took back report %(number)s of the survey “%(title)s”: %(reason)s"),
)

# What people read in the answers.
finding_signed = Event(
    "surveys.finding_signed",
    _("%(who)s signed version %(version)s of a finding about the survey “%(title)s”."),
)
finding_taken_back = Event(
    "surveys.finding_taken_back", _("%(who)s took back a finding about the survey “%(title)s”.")
)
codes_listed = Event(
    "surveys.codes_listed",
    _("%(who)s wrote %(number)s codes for an open question of the survey “%(title)s”."),
)
answers_coded = Event(
    "surveys.answers_coded",
    _("%(who)s put %(number)s open answers of the survey “%(title)s” into codes."),
)
codes_agreed = Event(
    "surveys.codes_agreed",
    _("%(who)s settled %(number)s open answers of the survey “%(title)s” after a talk."),
)
answers_weighed = Event(
    "surveys.answers_weighed",
    _("%(who)s set how much the answers to the survey “%(title)s” weigh."),
)
