"""What happens to a proposal. What a voice answered stays private until the round closes and publishes all."""

from django.utils.translation import gettext_lazy as _

from tequio.register.events import Event

proposed = Event("decisions.proposed", _("%(who)s proposed “%(title)s” (decision %(number)s)."))
changed = Event(
    "decisions.proposal_changed", _("%(who)s changed the text of decision %(number)s: “%(title)s”.")
)
translated = Event(
    "decisions.proposal_translated",
    _("%(who)s wrote decision %(number)s, “%(title)s”, in one more language."),
)
attached = Event("decisions.file_added", _("%(who)s added the file “%(label)s” to decision %(number)s."))
detached = Event(
    "decisions.file_removed", _("%(who)s took the file “%(label)s” away from decision %(number)s.")
)
related = Event("decisions.related", _("%(who)s related decision %(number)s to “%(title)s”."))
unrelated = Event("decisions.unrelated", _("%(who)s no longer relates decision %(number)s to “%(title)s”."))
asked = Event("decisions.question_asked", _("%(who)s asked about “%(title)s” (decision %(number)s)."))
replied = Event(
    "decisions.question_replied", _("%(who)s replied to a question of %(asked_by)s about “%(title)s”.")
)
reacted = Event("decisions.reacted", _("%(member)s gave its quick reaction to “%(title)s”."))
amended = Event(
    "decisions.amended",
    _("%(who)s amended “%(title)s”: version %(version)s. Everybody is asked what changed."),
)
round_opened = Event(
    "decisions.round_opened", _("%(who)s opened a consent round on “%(title)s” for %(entitled)s voices.")
)
vote_opened = Event(
    "decisions.vote_opened", _("%(who)s opened a vote on “%(title)s” for %(entitled)s voices.")
)
round_extended = Event("decisions.round_extended", _("%(who)s extended the round on “%(title)s”, once."))
answered = Event("decisions.answered", _("%(member)s answered on “%(title)s”."))
answer_changed = Event("decisions.answer_changed", _("%(member)s changed its answer on “%(title)s”."))
integrated = Event(
    "decisions.objection_integrated",
    _("%(who)s integrated the objection of %(member)s into version %(version)s of “%(title)s”."),
)
objection_withdrawn = Event(
    "decisions.objection_withdrawn", _("%(member)s withdrew its objection to “%(title)s”.")
)
objected = Event(
    "decisions.objected",
    _("The round on “%(title)s” ended with objections: it is not adopted."),
    binding=True,
)
tied = Event("decisions.tied", _("The vote on “%(title)s” ended in a tie."), binding=True)
adopted = Event("decisions.adopted", _("“%(title)s” was adopted."), binding=True)
not_adopted = Event("decisions.not_adopted", _("“%(title)s” was not adopted."), binding=True)

# What follows an agreement. Source: GOV-01.
task_planned = Event(
    "decisions.task_planned",
    _("%(who)s gave a task of “%(title)s” to %(owner)s, until %(due_on)s: %(what)s"),
)
task_settled = Event(
    "decisions.task_settled", _("%(who)s said how a task of “%(title)s” went: %(what)s (%(note)s)")
)
evaluated = Event("decisions.evaluated", _("%(who)s evaluated “%(title)s” and wrote what was learned."))
replaced = Event("decisions.replaced", _("“%(title)s” ended: “%(by_title)s” took its place."))
brought = Event(
    "decisions.agreement_brought",
    _("%(who)s brought “%(title)s” from %(network)s, as a proposal to decide (decision %(number)s)."),
)
called_urgent = Event("decisions.called_urgent", _("%(who)s called “%(title)s” urgent: %(why)s"))
answer_recorded = Event(
    "decisions.answer_recorded",
    _("%(who)s wrote down the answer of %(member)s on “%(title)s”, as %(given)s said it."),
)

# Voices given to others for a vote.
proxy_given = Event("decisions.proxy_given", _("%(giver)s gave its voice to %(holder)s for a vote."))
proxy_taken_back = Event(
    "decisions.proxy_taken_back", _("%(giver)s took back the voice that it had given to %(holder)s.")
)

# A decision taken through its steps in a meeting.
meeting_started = Event(
    "decisions.meeting_started",
    _("%(who)s took “%(title)s” into a meeting. It is facilitated by %(facilitator)s."),
)
meeting_stepped = Event("decisions.meeting_stepped", _("The meeting on “%(title)s” took a step."))
meeting_ended = Event("decisions.meeting_ended", _("The meeting on “%(title)s” ended."))
judgement_recorded = Event(
    "decisions.judgement_recorded",
    _(
        "%(who)s wrote down what %(member)s says of the objection of %(objector)s to “%(title)s”, as %(given)s "
        "said it."
    ),
)
judged = Event(
    "decisions.objection_judged", _("%(member)s looked at the objection of %(objector)s to “%(title)s”.")
)
found_harm = Event(
    "decisions.objection_found", _("The group found a harm in the objection of %(member)s to “%(title)s”.")
)
found_no_harm = Event(
    "decisions.objection_fell", _("The group found no harm in the objection of %(member)s to “%(title)s”.")
)
way_chosen = Event(
    "decisions.way_out_chosen", _("%(who)s chose a way out for “%(title)s”, after three texts: %(reason)s")
)
dropped = Event("decisions.dropped", _("“%(title)s” was not adopted: no text found consent."), binding=True)
