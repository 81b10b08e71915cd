from django.utils.translation import gettext_lazy as _

from tequio.register.events import Event

founder_invited = Event(
    "founding.founder_invited", _("%(who)s invited somebody to found the network with them.")
)
answered = Event("founding.answered", _("%(who)s answered a founding question: %(topic)s."))
brought_up_to_date = Event(
    "founding.brought_up_to_date", _("%(who)s brought the strategic plan up to date: %(topic)s.")
)
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
change_proposed = Event(
    "founding.change_proposed", _("%(who)s proposed to change an article of the charter: %(article)s.")
)
change_amended = Event(
    "founding.change_amended", _("%(who)s amended the change of the article “%(article)s”, and said why.")
)
change_applied = Event(
    "founding.change_applied",
    _("The article “%(article)s” changed, and with it what it sets: version %(version)s of the charter."),
)
change_outdated = Event(
    "founding.change_outdated",
    _(
        "The change of the article “%(article)s” was adopted, but the charter had changed meanwhile: it changes nothing."
    ),
)
change_returned = Event(
    "founding.change_returned", _("An objection stopped the change of the article “%(article)s”.")
)
change_refused = Event(
    "founding.change_refused", _("The change of the article “%(article)s” was not adopted.")
)
remarked = Event("founding.remarked", _("%(who)s said something about the article “%(article)s”."))
remark_withdrawn = Event(
    "founding.remark_withdrawn", _("%(who)s took back what they had said about the article “%(article)s”.")
)
article_translated = Event(
    "founding.article_translated", _("%(who)s translated the article “%(article)s” of the charter.")
)
article_answered = Event(
    "founding.article_answered",
    _("%(who)s answered on the article “%(article)s” of the charter, version %(version)s."),
)
model_taken = Event(
    "founding.model_taken", _("%(who)s took the governance model of %(origin)s, version %(version)s.")
)
answers_shared = Event(
    "founding.answers_shared", _("%(who)s let the founders of other networks read what this one agreed on.")
)
answers_unshared = Event(
    "founding.answers_unshared", _("%(who)s no longer lets other networks read what this one agreed on.")
)
workshop_held = Event("founding.workshop_held", _("%(who)s wrote a workshop down: %(title)s."))
workshop_changed = Event(
    "founding.workshop_changed", _("%(who)s changed what is written about a workshop: %(title)s.")
)
workshop_said = Event(
    "founding.workshop_said", _("%(who)s wrote a workshop in one more language: %(title)s.")
)
more_time_given = Event(
    "founding.more_time_given",
    _("%(who)s gave more time to mark in the workshop “%(title)s”: until %(until)s."),
)
workshop_joined = Event(
    "founding.workshop_joined", _("%(who)s wrote down who took part in a workshop: %(title)s.")
)
action_proposed = Event(
    "founding.action_proposed", _("%(who)s proposed an action in the workshop “%(title)s”.")
)
action_withdrawn = Event(
    "founding.action_withdrawn", _("%(who)s took an action back in the workshop “%(title)s”.")
)
priorities_asked = Event(
    "founding.priorities_asked", _("%(who)s asked what comes first after the workshop “%(title)s”.")
)
# Who marked is no secret among those present; what each marked is told to nobody, and to the register without names.
priorities_marked = Event(
    "founding.priorities_marked", _("Somebody said what comes first after the workshop “%(title)s”.")
)
workshop_closed = Event(
    "founding.workshop_closed", _("%(who)s signed the order of actions of the workshop “%(title)s”.")
)
action_planned = Event(
    "founding.action_planned", _("%(who)s put an action of a workshop into the plan: %(action)s.")
)
action_brought = Event(
    "founding.action_brought", _("%(who)s made a proposal of an action of a workshop: %(action)s.")
)
