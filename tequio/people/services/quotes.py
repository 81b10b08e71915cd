"""Keeping what people said, with their consent; translating it; withdrawing it at any time. Source: CTX-10."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people import access, events
from tequio.people.models import Participant, Person
from tequio.people.models.quotes import Byline, Origin, Quote, Reach, SharedQuote
from tequio.people.rules.words import fold
from tequio.people.selectors.programs import called
from tequio.people.selectors.quotes import byline_of, kept_from

ASK = gettext_lazy("May the network show your words?")
WHY = gettext_lazy("Somebody kept what you said. Nobody else reads it until you say yes.")


@dataclass(frozen=True)
class Said:
    """What somebody said, how they want to be called, and how they consented."""

    words: str
    language: str
    step: int
    aspect: str
    byline: str = Byline.NONE
    name: str = ""
    role: str = ""
    organization: str = ""
    origin: str = Origin.INTERVIEW
    reach: str = Reach.NETWORK
    consent: str = ""
    source: str = ""


@transaction.atomic
def keep_quote(*, by: Actor, network: Network, said: Said, author: Participant | None = None) -> Quote:
    """Keep somebody's words. Who takes part in the network consents on their own; of others, whoever keeps it says how.

    A name that is not to be shown is not kept. Raises ``Refused`` without a consent, and for what was kept already.
    """
    access.keep_quote.require(by)
    assert by.participant_id is not None
    if author is None and not said.consent.strip():
        raise Refused(_("Say how the person agreed. Without that, nothing is kept."))
    if said.source and kept_from(said.source):
        raise Refused(_("This has been kept as a quote already."))
    shows_name = said.byline == Byline.CHOSEN or (said.byline == Byline.NAME and author is None)
    own = author is None or author.pk == by.participant_id
    quote = Quote(
        words={said.language: said.words.strip()}, language=said.language, participant=author, byline=said.byline,
        name=said.name.strip() if shows_name else "", role=said.role.strip(),
        organization=called(by, said.organization) if said.organization.strip() else None,
        organization_name=said.organization.strip(), step=said.step, aspect=said.aspect, origin=said.origin,
        source=said.source, reach=said.reach, consent=said.consent.strip(), recorded_by_id=by.participant_id,
        recorded_at=clock.now(), agreed_at=clock.now() if own else None,
    )  # fmt: skip
    _write(quote)
    events.quote_kept.record(quote, by=by, uuid=quote.uuid)
    if author is not None and not own:
        notify.ask(
            person_id=author.person_id, kind="quote", title=ASK, why=WHY, minutes=2, alone=True, handable=False,
            path=reverse("people:quote", args=[network.slug, quote.uuid]), subject=_subject(quote),
        )  # fmt: skip
    return quote


def _subject(quote: Quote) -> str:
    return f"people.Quote:{quote.pk}"


def _write(quote: Quote) -> None:
    """Save a quote with its index, and its copy for other networks as far as its author lets it go there."""
    told = [*quote.words.values(), byline_of(quote), quote.role, quote.organization_name]
    quote.folded = "" if quote.withdrawn_at else " ".join(fold(part) for part in told if part)
    quote.save()
    if quote.reach == Reach.OTHERS and quote.agreed_at and not quote.withdrawn_at:
        SharedQuote.objects.update_or_create(
            uuid=quote.uuid,
            defaults={
                "network_id": quote.network_id, "words": quote.words, "said_by": byline_of(quote), "role": quote.role,
                "organization_name": quote.organization_name, "step": quote.step, "aspect": quote.aspect,
                "at": quote.recorded_at,
            },
        )  # fmt: skip
    else:
        SharedQuote.objects.filter(uuid=quote.uuid, network=quote.network_id).delete()


@transaction.atomic
def agree_to_quote(*, by: Actor, quote: Quote, byline: str, name: str, reach: str) -> Quote:
    """Let one's own words be shown, under which name and how far; said again, it changes."""
    access.agree_to_quote.require(by, quote)
    quote.byline, quote.reach = Byline(byline).value, Reach(reach).value
    quote.name = name.strip() if quote.byline == Byline.CHOSEN else ""
    quote.agreed_at = quote.agreed_at or clock.now()
    _write(quote)
    notify.close_asks(subject=_subject(quote))
    events.quote_agreed.record(quote, by=by, uuid=quote.uuid)
    return quote


@transaction.atomic
def translate_quote(*, by: Actor, quote: Quote, language: str, words: str) -> Quote:
    """Put a translation beside the words, or take it away when it is empty; the words themselves stay as they were said."""
    access.translate_quote.require(by, quote)
    if language == quote.language:
        raise Refused(_("These are the words as they were said. They do not change."))
    kept = {code: text for code, text in quote.words.items() if code != language}
    quote.words = {**kept, language: words.strip()} if words.strip() else kept
    _write(quote)
    events.quote_translated.record(quote, by=by, uuid=quote.uuid, language=language)
    return quote


@transaction.atomic
def withdraw_quote(*, by: Actor, quote: Quote) -> Quote:
    """Take words back: by their author, who kept them, or the coordination. The words go at once, everywhere."""
    access.withdraw_quote.require(by, quote)
    _withdraw(quote)
    events.quote_withdrawn.record(quote, by=by, uuid=quote.uuid)
    return quote


def _withdraw(quote: Quote) -> None:
    quote.withdrawn_at = quote.withdrawn_at or clock.now()
    quote.words, quote.name, quote.role, quote.consent = {}, "", "", ""
    quote.organization, quote.organization_name = None, ""
    _write(quote)
    notify.close_asks(subject=_subject(quote))


@transaction.atomic
def forget_quotes_of(*, person: Person) -> None:
    """Take back all that a person who asked for erasure said here."""
    for quote in Quote.objects.filter(participant__person=person, withdrawn_at=None):
        _withdraw(quote)
        events.quote_withdrawn.record(quote, by=system(quote.network_id), uuid=quote.uuid)


def author_called(*, name: str) -> Participant | None:
    """Return the one person of the network of this name, or None: then the author is somebody from outside."""
    found: list[Any] = list(Participant.objects.filter(name__iexact=name.strip(), until_on=None)[:2])
    return found[0] if len(found) == 1 else None
