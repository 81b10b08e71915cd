"""Quotes: found without accents, by step, aspect and organization; told with the name that their author wants."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf

from tequio.core.actor import Actor
from tequio.people.models.quotes import Byline, Quote
from tequio.people.rules.words import fold

FIELDS = (
    "uuid", "words", "said_by", "role", "organization_name", "step", "aspect",
)  # fmt: skip
_SIGNER = Signer(salt="tequio.people.quote", sep=".")


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is empty does not matter."""

    step: int | None = None
    aspect: str = ""
    organization: str = ""
    words: str = ""


def standing() -> "QuerySet[Any, Any]":
    """The quotes that their authors agreed to and have not withdrawn, each with ``said_by``."""
    by_name = Coalesce(NullIf("name", Value("")), F("participant__name"), Value(""))
    said_by = Case(
        When(byline=Byline.NONE, then=Value("")),
        When(byline=Byline.CHOSEN, then=F("name")),
        default=by_name,
        output_field=CharField(),
    )
    return Quote.objects.filter(agreed_at__isnull=False, withdrawn_at=None).annotate(said_by=said_by)


def quotes(actor: Actor, wanted: Wanted) -> "QuerySet[Any, Any]":
    """The quotes that are looked for, as rows of ``FIELDS``, the newest first."""
    rows = standing()
    if wanted.step:
        rows = rows.filter(step=wanted.step)
    if wanted.aspect:
        rows = rows.filter(aspect=wanted.aspect)
    if wanted.organization:
        rows = rows.filter(organization_name=wanted.organization)
    for word in fold(wanted.words).split()[:12]:
        rows = rows.filter(folded__contains=word)
    return rows.order_by("-recorded_at", "-pk").values(*FIELDS)


def quoted_organizations(actor: Actor) -> list[str]:
    """The organizations that somebody spoke of themselves as being of."""
    names = standing().exclude(organization_name="").order_by("organization_name")
    return list(names.values_list("organization_name", flat=True).distinct()[:300])


def quote(actor: Actor, uuid: UUID) -> Quote | None:
    """One quote: what stands for everybody, what waits only for its author, who kept it and the coordination."""
    own = Q(participant=actor.participant_id or 0) | Q(recorded_by=actor.participant_id or 0)
    seen = Q(agreed_at__isnull=False, withdrawn_at=None)
    if not actor.has("COORDINATION"):
        own |= seen
        return _whole().filter(own, uuid=uuid).first()
    return _whole().filter(uuid=uuid).first()


def _whole() -> "QuerySet[Quote]":
    return Quote.objects.select_related("participant", "recorded_by")


def waiting_for(actor: Actor) -> list[dict[str, Any]]:
    """The reader's own words that somebody else kept, and to which they have not agreed yet."""
    rows: QuerySet[Any, Any] = Quote.objects.filter(
        participant=actor.participant_id or 0, agreed_at=None, withdrawn_at=None
    )
    return list(rows.values("uuid", "words")[:20])


def kept_from(source: str) -> Quote | None:
    """The quote that was taken from this already, if it stands."""
    return Quote.objects.filter(source=source, withdrawn_at=None).first()


def token_of(quote: Quote) -> str:
    """Return the secret part of the address with which an author without an account withdraws their words."""
    return _SIGNER.sign(str(quote.uuid))


def quote_by_token(token: str) -> Quote | None:
    """Return the quote of such an address, or None for one that was not made here."""
    try:
        return _whole().filter(uuid=UUID(_SIGNER.unsign(token))).first()
    except (BadSignature, ValueError):
        return None


def byline_of(quote: Quote) -> str:
    """Return how the author is called, if at all."""
    if quote.byline == Byline.NONE:
        return ""
    return quote.name or (quote.participant.name if quote.participant and quote.byline == Byline.NAME else "")
