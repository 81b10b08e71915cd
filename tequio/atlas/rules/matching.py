"""Who could help whom, and why, as data for sentences: reasons instead of a score. Source: SUR-20, LRN-07, COM-03."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tequio.people.rules.words import fold, stem

Texts = Mapping[str, str]
OWN_WORDS = "="  # begins the tag of a word that somebody wrote
SHORTEST_WORD = 5
_WORD = re.compile(r"[^\W\d_]+")


class Need(StrEnum):
    """What organizations ask of a network: the start list. Source: SUR-22, COM-02."""

    FUNDING = "FUNDING"
    CONNECTION = "CONNECTION"
    CAPACITIES = "CAPACITIES"
    REACH = "REACH"
    EXCHANGE = "EXCHANGE"


class Offer(StrEnum):
    """What organizations can give to a network: the start list. Source: SUR-21, MEM-05."""

    TRAINING = "TRAINING"
    VOLUNTEERS = "VOLUNTEERS"
    ADVICE = "ADVICE"
    KNOWLEDGE = "KNOWLEDGE"
    SPREADING = "SPREADING"


# Which offers answer a need. What several want (funds, company, exchange) they reach together: see ``TOGETHER``.
ANSWERED_BY: Mapping[str, tuple[str, ...]] = {
    Need.CAPACITIES: (Offer.TRAINING, Offer.ADVICE, Offer.KNOWLEDGE),
    Need.REACH: (Offer.SPREADING, Offer.VOLUNTEERS),
    Need.EXCHANGE: (Offer.TRAINING, Offer.KNOWLEDGE),
}
TOGETHER = (Need.FUNDING, Need.CONNECTION, Need.EXCHANGE)
EXPERTISE = (Offer.ADVICE, Offer.KNOWLEDGE, Offer.TRAINING)

# The keys under which forms and surveys ask for the same things.
NEEDS_CALLED: Mapping[str, Need] = {
    "FUNDING": Need.FUNDING, "funding_networks": Need.FUNDING, "funding": Need.FUNDING, "ARTICULATION": Need.CONNECTION,
    "connection": Need.CONNECTION, "capacities": Need.CAPACITIES, "visibility": Need.REACH, "methods": Need.CAPACITIES, "REACH": Need.REACH, "EXCHANGE": Need.EXCHANGE,
}  # fmt: skip
OFFERS_CALLED: Mapping[str, Offer] = {
    "EXPERTS": Offer.TRAINING, "training": Offer.TRAINING, "VOLUNTEERS": Offer.VOLUNTEERS, "volunteers": Offer.VOLUNTEERS,
    "advisory_hours": Offer.ADVICE, "EXPERTISE": Offer.KNOWLEDGE, "DISSEMINATION": Offer.SPREADING, "communication": Offer.SPREADING, "research": Offer.KNOWLEDGE,
}  # fmt: skip

# Words that say nothing of a subject, in the three languages, as ``words_of`` folds them.
_IDLE = frozenset(
    "quien quienes nuestro nuestra nuestros nuestras sobre desde hasta entre tambien porque cuando donde puede pueden "  # noqa: SIM905
    "podemos necesitamos buscamos ofrecemos ayuda ayudar apoyo apoyar trabajo trabajar organizacion organizaciones "
    "personas gente otras otros todas todos anos veces dias nossa nosso nossas nossos precisamos oferecemos procuramos "
    "ajuda ajudar apoio apoiar trabalho trabalhar organizacao organizacoes pessoas outras outros todas vezes "
    "their there these those which would could should about other others people organization organizations support "
    "supporting offer offers years times needs needed somebody someone anybody where working works".split()
)


class Side(StrEnum):
    """What something said is about."""

    NEED = "NEED"
    OFFER = "OFFER"
    CHALLENGE = "CHALLENGE"


@dataclass(frozen=True)
class Said:
    """One thing that a member said: under a tag that others share, or in words of its own.

    ``text`` is how it was asked or written; empty where the tag is of the start lists, which pages name themselves.
    """

    side: Side
    tag: str
    text: Texts = field(default_factory=dict)

    @property
    def written(self) -> bool:
        """Say whether it is a word of the member's own."""
        return self.tag.startswith(OWN_WORDS)


@dataclass(frozen=True)
class Party:
    """A member as matching reads it. ``themes`` are as written; languages are codes."""

    key: int
    name: str
    said: tuple[Said, ...] = ()
    themes: tuple[str, ...] = ()
    country: str = ""
    languages: tuple[str, ...] = ()

    def of(self, side: Side) -> list[Said]:
        """Return what was said of one side, in the order of its tags."""
        return sorted((said for said in self.said if said.side == side), key=lambda said: said.tag)


class Why(StrEnum):
    """The kinds of reasons; the first three make a match, the others speak for it."""

    THEY_GIVE = "THEY_GIVE"
    WE_GIVE = "WE_GIVE"
    CHALLENGE = "CHALLENGE"
    TOGETHER = "TOGETHER"
    EXPERTISE = "EXPERTISE"
    THEME = "THEME"
    COUNTRY = "COUNTRY"
    LANGUAGE = "LANGUAGE"


@dataclass(frozen=True)
class Reason:
    """One reason, as data: what we said, what they said, or what both share."""

    why: Why
    ours: Said | None = None
    theirs: Said | None = None
    shared: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """Another member with every reason; ``mutual`` when each can give what the other asks for."""

    other: Party
    reasons: tuple[Reason, ...]

    @property
    def mutual(self) -> bool:
        """Say whether both give and both receive."""
        return {Why.THEY_GIVE, Why.WE_GIVE} <= {reason.why for reason in self.reasons}


def tags_of(words: str) -> dict[str, str]:
    """Return the subjects that a text names, tag to the word as it was written; little and idle words are none."""
    found: dict[str, str] = {}
    for word in _WORD.findall(words):
        folded = fold(word)
        if len(folded) >= SHORTEST_WORD and folded not in _IDLE:
            found.setdefault(OWN_WORDS + stem(folded)[:40], word.lower())
    return found


def answers_to(need: str) -> tuple[str, ...]:
    """Return the tags of offers that answer a need: those of the start list, and the need's own tag."""
    return (*ANSWERED_BY.get(need, ()), need)


def needs_met_by(offer: str) -> tuple[str, ...]:
    """Return the tags of needs that an offer answers."""
    return (*(need for need, offers in ANSWERED_BY.items() if offer in offers), offer)


def matches(ours: Party, others: Iterable[Party]) -> list[Match]:
    """Return every member that could give us something or receive it, mutual ones first, then those with more reasons."""
    found = [
        Match(other, reasons)
        for other in others
        if other.key != ours.key and _makes_a_match(reasons := why_matched(ours, other))
    ]
    return sorted(found, key=_order)


def _makes_a_match(reasons: Iterable[Reason]) -> bool:
    return any(reason.why in (Why.THEY_GIVE, Why.WE_GIVE) for reason in reasons)


def _order(match: Match) -> tuple[object, ...]:
    strong = sum(reason.why in (Why.THEY_GIVE, Why.WE_GIVE) for reason in match.reasons)
    return (not match.mutual, -strong, -len(match.reasons), match.other.name.casefold(), match.other.key)


def why_matched(ours: Party, other: Party) -> tuple[Reason, ...]:
    """Return the reasons for which two members could help each other, what they give us first."""
    return (
        *(Reason(Why.THEY_GIVE, need, offer) for need, offer in _given(ours, other)),
        *(Reason(Why.WE_GIVE, offer, need) for need, offer in _given(other, ours)),
        *_wanted_together(ours, other),
        *_shared_challenges(ours, other),
        *around(ours, other),
    )


def _given(asks: Party, gives: Party) -> Iterator[tuple[Said, Said]]:
    """Yield each need with the one offer that answers it best."""
    offers = {said.tag: said for said in gives.of(Side.OFFER)}
    for need in asks.of(Side.NEED):
        answer = next((offers[tag] for tag in reversed(answers_to(need.tag)) if tag in offers), None)
        if answer is not None:
            yield need, answer


def _wanted_together(ours: Party, other: Party) -> Iterator[Reason]:
    theirs = {said.tag: said for said in other.of(Side.NEED)}
    for need in ours.of(Side.NEED):
        if need.tag in TOGETHER and need.tag in theirs:
            yield Reason(Why.TOGETHER, need, theirs[need.tag])


def _shared_challenges(ours: Party, other: Party) -> Iterator[Reason]:
    theirs = {said.tag: said for said in other.of(Side.CHALLENGE)}
    for challenge in ours.of(Side.CHALLENGE):
        if challenge.tag in theirs:
            yield Reason(Why.CHALLENGE, challenge, theirs[challenge.tag])


def around(ours: Party, other: Party) -> Iterator[Reason]:
    """Yield what speaks for two members besides: themes, country, languages."""
    if themes := _both(ours.themes, other.themes):
        yield Reason(Why.THEME, shared=themes)
    if ours.country and ours.country == other.country:
        yield Reason(Why.COUNTRY, shared=(ours.country,))
    if languages := _both(ours.languages, other.languages):
        yield Reason(Why.LANGUAGE, shared=languages)


def _both(ours: Iterable[str], theirs: Iterable[str]) -> tuple[str, ...]:
    there = {one.casefold() for one in theirs}
    return tuple(sorted({one for one in ours if one.casefold() in there}, key=str.casefold))


def peers(ours: Party, others: Iterable[Party]) -> list[Match]:
    """Return the members that face a challenge of ours, those with more of them first; expertise is named. Source: LRN-07."""
    found = []
    for other in others:
        shared = tuple(_shared_challenges(ours, other))
        if shared and other.key != ours.key:
            found.append(Match(other, (*shared, *_expertise(other), *around(ours, other))))
    return sorted(found, key=_peer_order)


def _expertise(other: Party) -> Iterator[Reason]:
    for offer in other.of(Side.OFFER):
        if offer.tag in EXPERTISE:
            yield Reason(Why.EXPERTISE, theirs=offer)


def _peer_order(match: Match) -> tuple[object, ...]:
    shared = sum(reason.why is Why.CHALLENGE for reason in match.reasons)
    return (-shared, -len(match.reasons), match.other.name.casefold(), match.other.key)


@dataclass(frozen=True)
class Topic:
    """One topic of a dialogue: what both say, and what only one of them says. Source: SUR-25."""

    key: str
    both: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


def side_by_side(ours: Mapping[str, Iterable[str]], theirs: Mapping[str, Iterable[str]]) -> list[Topic]:
    """Return the common and the distinguishing points of two, topic by topic; topics of which neither speaks are left out."""
    topics = [_topic(key, ours.get(key, ()), theirs.get(key, ())) for key in dict.fromkeys([*ours, *theirs])]
    return [topic for topic in topics if topic.both or topic.ours or topic.theirs]


def _topic(key: str, ours: Iterable[str], theirs: Iterable[str]) -> Topic:
    here, there = _each_once(ours), _each_once(theirs)
    return Topic(
        key,
        tuple(text for folded, text in here.items() if folded in there),
        tuple(text for folded, text in here.items() if folded not in there),
        tuple(text for folded, text in there.items() if folded not in here),
    )


def _each_once(texts: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        if text.strip():
            found.setdefault(text.strip().casefold(), text.strip())
    return dict(sorted(found.items()))
