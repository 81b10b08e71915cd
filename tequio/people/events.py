"""What happened to persons, memberships and organizations."""

from django.utils.translation import gettext_lazy as _

from tequio.register.events import Event

joined = Event("people.joined", _("%(name)s joined the network."))
membership_ended = Event("people.membership_ended", _("%(name)s is no longer part of the network."))
pause_planned = Event("people.pause_planned", _("%(name)s will pause from %(from_on)s on."))
paused = Event("people.paused", _("%(name)s takes a pause: it has no voice until it comes back."))
pause_dropped = Event("people.pause_dropped", _("%(name)s does not pause after all."))
resumed = Event("people.resumed", _("%(name)s is back from its pause."))
standing_changed = Event("people.standing_changed", _("%(who)s wrote down the standing of %(name)s."))

seated = Event("people.seated", _("%(name)s takes part, for %(membership)s."))
renamed = Event("people.renamed", _("%(who)s chose another name here."))
delegate_named = Event("people.delegate_named", _("%(who)s named %(name)s as delegate of %(membership)s."))
substitute_named = Event(
    "people.substitute_named", _("%(who)s named %(name)s as substitute of %(membership)s.")
)
voice_ended = Event("people.voice_ended", _("%(name)s no longer speaks for %(membership)s."))
voice_inherited = Event(
    "people.voice_inherited", _("%(left)s left: %(name)s is the delegate of %(membership)s now.")
)
stands_in = Event(
    "people.stands_in",
    _("%(name)s carries the voice of %(membership)s from %(first)s to %(last)s."),
)
stands_in_no_more = Event(
    "people.stands_in_no_more", _("%(name)s no longer stands in for the delegate of %(membership)s.")
)
duty_given = Event("people.duty_given", _("%(who)s gave %(name)s a duty: %(duty)s."))
duty_taken = Event("people.duty_taken", _("%(who)s ended a duty of %(name)s: %(duty)s."))
name_erased = Event(
    "people.name_erased", _("Somebody left, and their name was erased: %(pseudonym)s stands for it.")
)
participation_ended = Event("people.participation_ended", _("%(name)s no longer takes part."))

contacts_set = Event(
    "people.contacts_set",
    _("%(who)s wrote down who listens to those who suffered violence: %(number)s people."),
)

program_recorded = Event(
    "people.program_recorded", _("%(who)s wrote down the program “%(title)s”, from %(first)s to %(last)s.")
)
program_changed = Event(
    "people.program_changed", _("%(who)s changed the program “%(title)s”, from %(first)s to %(last)s.")
)
program_joined = Event("people.program_joined", _("%(name)s takes part in the program “%(title)s”."))
program_left = Event("people.program_left", _("%(name)s is no longer in the program “%(title)s”."))

hosts_set = Event("people.hosts_set", _("%(who)s wrote down who stands behind the network: %(names)s."))
consortium_handed_over = Event(
    "people.consortium_handed_over", _("%(name)s coordinates the consortium now, after %(before)s.")
)
hosting_asked = Event("people.hosting_asked", _("%(who)s asked the network “%(title)s” to host this one."))
hosting_requested = Event("people.hosting_requested", _("The network “%(title)s” asks this one to host it."))
hosting_accepted = Event("people.hosting_accepted", _("%(who)s agreed to host the network “%(title)s”."))
hosted_now = Event("people.hosted_now", _("The network “%(title)s” hosts this one from now on."))
hosting_declined = Event(
    "people.hosting_declined", _("%(who)s declined to host the network “%(title)s”: %(reason)s")
)
hosting_refused = Event(
    "people.hosting_refused", _("The network “%(title)s” declined to host this one: %(reason)s")
)
hosting_ended = Event(
    "people.hosting_ended", _("This network and “%(title)s” are no longer host and hosted.")
)

invited = Event("people.invited", _("%(who)s invited somebody to take part, for %(organization)s."))
invitation_accepted = Event("people.invitation_accepted", _("%(who)s accepted an invitation."))
invitation_revoked = Event("people.invitation_revoked", _("%(who)s took an invitation back."))

recovery_asked = Event(
    "people.recovery_asked", _("%(name)s lost access and asks two people to confirm a new address.")
)
recovery_vouched = Event("people.recovery_vouched", _("%(who)s confirmed the new address of %(name)s."))
recovery_refused = Event("people.recovery_refused", _("The new address of %(name)s was refused."))
recovered = Event("people.recovered", _("%(name)s came back with a new address, confirmed by two people."))

account_closed = Event(
    "people.account_closed", _("Who runs the server closed an account of this network: %(because)s")
)
account_opened = Event(
    "people.account_opened", _("Who runs the server opened an account of this network again: %(because)s")
)

organization_recorded = Event(
    "people.organization_recorded", _("%(who)s recorded the organization %(name)s.")
)
organization_changed = Event("people.organization_changed", _("%(who)s changed what is known of %(name)s."))
organization_shows = Event("people.organization_shows", _("%(who)s said who sees what of %(name)s."))
organizations_merged = Event("people.organizations_merged", _("%(who)s made one of %(name)s and %(gone)s."))
organizations_parted = Event("people.organizations_parted", _("%(who)s parted %(name)s from %(keep)s."))
organizations_imported = Event(
    "people.organizations_imported", _("%(who)s imported %(imported)s organizations from the file %(file)s.")
)
import_undone = Event(
    "people.import_undone",
    _("%(who)s undid the import of the file %(file)s: %(removed)s organizations went."),
)
place_named = Event("people.place_named", _("%(who)s said which city “%(written)s” is: %(place)s."))
candidate_forgotten = Event(
    "people.candidate_forgotten", _("A candidate asked to be forgotten: nothing of it is kept here.")
)

# What was said is not written here: words that their author withdraws are gone.
quote_kept = Event("people.quote_kept", _("%(who)s kept what somebody said, with their consent."))
quote_agreed = Event("people.quote_agreed", _("%(who)s said how their words may be shown."))
quote_translated = Event("people.quote_translated", _("%(who)s translated a quote."))
quote_withdrawn = Event("people.quote_withdrawn", _("A quote was withdrawn."))
