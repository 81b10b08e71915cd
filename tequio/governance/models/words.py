"""How the values of the structure are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tequio.governance.rules import Direction, Ended, Kind, Regime, Role, Trouble

KINDS = [
    (Kind.CIRCLE.value, _("circle")),
    (Kind.HELPING.value, _("helping circle")),
    (Kind.RING.value, _("ring")),
    (Kind.WORKING_GROUP.value, _("working group")),
    (Kind.COORDINATION.value, _("coordination body")),
]
REGIMES = [
    (Regime.EXPLORE.value, _("Explored: each objection is taken in and worked on together")),
    (Regime.TEST.value, _("Tested: the circle looks first whether it touches its aim, one after the other")),
]
ROLES = [
    (Role.MEMBER.value, pgettext_lazy("seat", "member")),
    (Role.LEADER.value, _("leader: carries news down")),
    (Role.DELEGATE.value, _("delegate: carries news up")),
    (Role.FACILITATOR.value, _("facilitator")),
    (Role.SECRETARY.value, _("secretary")),
    (Role.LOGBOOK.value, _("logbook keeper")),
]
ENDINGS = [
    (Ended.RESIGNED.value, _("gave it back")),
    (Ended.TERM.value, _("the term ended")),
    (Ended.REPLACED.value, _("somebody else took it over")),
    (Ended.REMOVED.value, _("by a decision of the circle")),
    (Ended.LEFT.value, _("left the circle")),
    (Ended.CLOSED.value, _("the circle was closed")),
]
DIRECTIONS = [
    (Direction.DOWN.value, _("went down")),
    (Direction.UP.value, _("came up")),
]
TROUBLES: dict[str, str | Promise] = {
    Trouble.NO_LEADER: _("Nobody leads the circle."),
    Trouble.SEVERAL_LEADERS: _("More than one person leads the circle."),
    Trouble.NO_DELEGATE: _("The circle has no delegate."),
    Trouble.SAME_PERSON: _("%(name)s leads and is delegate too: it takes two people."),
    Trouble.NOT_IN_CHILD: _("%(name)s is not a full member of the circle."),
    Trouble.NOT_IN_PARENT: _("%(name)s is not a full member of the circle around it yet."),
    Trouble.NO_DECISION: _("A seat of %(name)s rests on no decision."),
}

UNREAD = _("Whoever opens or decides a matter reads it too: let as many rings read as take part.")
UNGROUNDED = _("Here all read all, until the network decides otherwise. Choose that decision.")
