"""Who could help whom: reasons as data, no score. No database."""

from hypothesis import given
from hypothesis import strategies as st

from tequio.atlas.rules.matching import (
    Need,
    Offer,
    Party,
    Said,
    Side,
    Why,
    answers_to,
    matches,
    needs_met_by,
    peers,
    side_by_side,
    tags_of,
    why_matched,
)


def party(key, *, needs=(), offers=(), challenges=(), **around):
    said = [
        Said(side, tag) for side, tags in zip(Side, (needs, offers, challenges), strict=True) for tag in tags
    ]
    return Party(key, f"Member {key}", tuple(said), **around)


OURS = party(
    1, needs=[Need.CAPACITIES], offers=[Offer.SPREADING], themes=("Agua",), country="CO", languages=("es",)
)
MUTUAL = party(2, needs=[Need.REACH], offers=[Offer.TRAINING])
GIVES = party(3, offers=[Offer.ADVICE], themes=("agua",), country="CO", languages=("es",))
UNRELATED = party(4, needs=[Need.FUNDING], themes=("Agua",), country="CO")


def test_what_was_asked_for_stands_beside_what_is_offered():
    """You asked for capacities, they offer training; mutual ones come first. Source: SUR-20, SUR-21, SUR-22."""
    first, second = matches(OURS, [UNRELATED, GIVES, MUTUAL, OURS])
    assert (first.other, first.mutual, second.other, second.mutual) == (MUTUAL, True, GIVES, False)
    told = [(reason.why, reason.ours.tag, reason.theirs.tag) for reason in first.reasons]
    assert told == [
        (Why.THEY_GIVE, Need.CAPACITIES, Offer.TRAINING),
        (Why.WE_GIVE, Offer.SPREADING, Need.REACH),
    ]


def test_what_speaks_for_a_match_is_said_too_and_makes_none_alone():
    """Source: SUR-20."""
    told = {reason.why: reason.shared for reason in why_matched(OURS, GIVES)}
    assert told[Why.THEME] == ("Agua",)
    assert told[Why.COUNTRY] == ("CO",)
    assert told[Why.LANGUAGE] == ("es",)
    assert not matches(OURS, [UNRELATED])


def test_what_both_want_is_a_reason_to_do_it_together():
    """Who looks for funds finds who looks for funds. Source: COM-02, SUR-22."""
    one, two = party(1, needs=[Need.FUNDING]), party(2, needs=[Need.FUNDING])
    assert [reason.why for reason in why_matched(one, two)] == [Why.TOGETHER]


def test_a_network_s_own_options_and_own_words_match_by_themselves():
    """Source: COM-03, COM-19."""
    ours = party(1, needs=["legal_help", *tags_of("Quien nos enseñe a leer un presupuesto")])
    theirs = party(2, offers=["legal_help", *tags_of("Presupuestos abiertos, dos talleres al año")])
    assert [reason.ours.tag for reason in why_matched(ours, theirs)] == ["=presupuest", "legal_help"]


def test_little_and_idle_words_are_no_subject():
    assert tags_of("Apoyo para otras organizaciones de agua, 20000") == {}
    assert list(tags_of("Orçamentos participativos").values()) == ["orçamentos", "participativos"]


def test_peers_share_a_challenge_that_is_named_and_their_expertise_is_told():
    """Source: LRN-07."""
    ours = party(1, challenges=["budget", "time"])
    one = party(2, challenges=["time"], offers=[Offer.ADVICE])
    two = party(3, challenges=["time", "budget"])
    first, second = peers(ours, [one, two, party(4, challenges=["will"])])
    assert [reason.theirs.tag for reason in first.reasons] == ["budget", "time"]
    assert [(reason.why, reason.theirs.tag) for reason in second.reasons] == [
        (Why.CHALLENGE, "time"),
        (Why.EXPERTISE, Offer.ADVICE),
    ]


def test_common_and_distinguishing_points_stand_side_by_side():
    """Source: SUR-25."""
    ours = {"themes": ["Agua", "Género"], "cities": ["Cali"], "offers": []}
    theirs = {"themes": ["agua", "Clima"], "cities": ["Lima"], "offers": []}
    themes, cities = side_by_side(ours, theirs)
    assert (themes.both, themes.ours, themes.theirs) == (("Agua",), ("Género",), ("Clima",))
    assert (cities.both, cities.ours, cities.theirs) == ((), ("Cali",), ("Lima",))


TAGS = st.sets(st.sampled_from([*Need, *Offer, "own", "=agua"]), max_size=4)
PARTIES = st.builds(lambda needs, offers: (needs, offers), TAGS, TAGS)


@given(PARTIES, PARTIES)
def test_what_one_gets_the_other_gives(one, two):
    """A match is the same seen from both ends, and no match is without a reason. Source: SUR-20."""
    here = party(1, needs=one[0], offers=one[1])
    there = party(2, needs=two[0], offers=two[1])
    ours, theirs = matches(here, [there]), matches(there, [here])
    assert bool(ours) == bool(theirs)
    for mine, yours in zip(ours, theirs, strict=True):
        assert mine.mutual == yours.mutual
        assert any(reason.why in (Why.THEY_GIVE, Why.WE_GIVE) for reason in mine.reasons)
    for need in one[0]:
        assert all(need in needs_met_by(offer) for offer in answers_to(need))
