"""Reading what members said that they need, give and find hard, so that matching finds it. Source: SUR-20, COM-03, COM-19."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Q

from tequio.atlas.models import Mention
from tequio.atlas.rules.matching import NEEDS_CALLED, OFFERS_CALLED, Side, tags_of
from tequio.membership.models import Exchange
from tequio.people.models import Candidate, Membership
from tequio.surveys.models import Reply
from tequio.surveys.selectors.willing import Told, told_of

AT_ONCE = 500
ROLES = {"NEEDS": Side.NEED, "OFFERS": Side.OFFER, "CHALLENGES": Side.CHALLENGE}
CALLED: Mapping[Side, Mapping[str, str]] = {
    Side.NEED: NEEDS_CALLED,
    Side.OFFER: OFFERS_CALLED,
    Side.CHALLENGE: {},
}
Words = Mapping[str, str]
Heard = dict[tuple[str, str], Words]


@transaction.atomic
def read_members(*, memberships: Sequence[int]) -> int:
    """Read anew what these members said, in their needs and offers and in surveys; return how many things.

    An answer to a survey counts while whoever gave it agreed to be named, or did not say, and would join.
    """
    heard: dict[int, Heard] = defaultdict(dict)
    for exchange in Exchange.objects.filter(membership__in=memberships):
        heard[exchange.membership_id] |= _exchanged(exchange)
    for membership, told in _answers(memberships):
        for key, text in answered(told=told):
            heard[membership].setdefault(key, text)
    members = Membership.objects.only("pk", "network").in_bulk(
        list(heard)
    )  # rows, so that no link is looked up alone
    rows = [
        Mention(membership=members[membership], side=side, tag=tag, text=text)
        for membership, said in heard.items()
        for (side, tag), text in said.items()
    ]
    Mention.objects.filter(membership__in=memberships).delete()
    Mention.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


@transaction.atomic
def read_all_members() -> int:
    """Read anew what all members said; return how many things."""
    everybody = list(Membership.objects.filter(ended_on=None).order_by("pk").values_list("pk", flat=True))
    Mention.objects.filter(membership__isnull=False).exclude(membership__in=everybody).delete()
    parts = (everybody[start : start + AT_ONCE] for start in range(0, len(everybody), AT_ONCE))
    return sum(read_members(memberships=part) for part in parts)


def _exchanged(exchange: Exchange) -> Heard:
    heard: Heard = {(Side.NEED, NEEDS_CALLED[key]): {} for key in exchange.looks_for if key in NEEDS_CALLED}
    heard |= {(Side.OFFER, OFFERS_CALLED[key]): {} for key in exchange.offers if key in OFFERS_CALLED}
    for side, words in ((Side.NEED, exchange.needs), (Side.OFFER, exchange.brings)):
        heard |= {(side, tag): {exchange.language: word} for tag, word in tags_of(words).items()}
    return heard


def _answers(memberships: Sequence[int]) -> Iterable[tuple[int, Told]]:
    """Yield what members answered, the newest first: recognized by their organization, or once invited as candidates."""
    members = Membership.objects.filter(pk__in=memberships, organization__isnull=False)
    by_organization = dict(members.values_list("organization_id", "pk"))
    invited = Candidate.objects.filter(membership__in=memberships, source__isnull=False)
    by_source = dict(invited.values_list("source", "membership_id"))
    replies = Reply.objects.filter(
        Q(organization__in=by_organization) | Q(uuid__in=by_source), sent_at__isnull=False, set_aside=False
    )
    for told in told_of(replies.order_by("-sent_at", "-pk")):
        membership = by_source.get(told.source) or by_organization.get(told.organization or 0)
        if membership and agrees(told=told):
            yield membership, told


def agrees(*, told: Told) -> bool:
    """Say whether what somebody answered may be matched: who would not join, or not be named, is left in peace."""
    return told.yes("PUBLISH") is not False and told.yes("JOINS") is not False


def answered(*, told: Told) -> Iterable[tuple[tuple[str, str], Words]]:
    """Yield what a reply says that its organization needs, gives and finds hard."""
    for role, side in ROLES.items():
        for tag, word in tags_of(told.specified(role)).items():
            yield (side, tag), {told.language: word}
        for option in told.options(role, others=False):
            known = CALLED[side].get(option["key"])
            yield (side, known or option["key"][:60]), {} if known else option["text"]
