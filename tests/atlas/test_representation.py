"""Who sits and who speaks beside who is there; nobody can be found in what is told of gender."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.atlas import selectors, services
from tequio.atlas.models import Census
from tequio.atlas.rules.representation import may_follow, ordered, percent, protected, shares, told_shares
from tequio.atlas.selectors.representation import PEOPLE, SEATS, Seen, genders
from tequio.atlas.views.representation import quarters, since_somebody
from tequio.core import clock
from tequio.people.models import Membership, Organization, Participant
from tequio.people.rules.showing import OF_PEOPLE, level_of
from tequio.people.services.listings import relist
from tests.conftest import sign_in
from tests.world import add_person

GROUPS = st.dictionaries(st.sampled_from("ABCDE"), st.integers(1, 40), min_size=1)


def test_shares_are_rounded_half_up():
    """Source: XCT-05, SUR-13."""
    assert percent(1, 8) == 13
    assert percent(0, 0) is None
    assert [share.percent for share in shares({"CO": 2, "MX": 1}).values()] == [67, 33]
    assert Decimal(100 * 1) / 8 == Decimal("12.5")


def test_small_groups_and_what_would_tell_them_are_withheld():
    """Source: P27, XCT-05."""
    told = protected({PEOPLE: {"WOMAN": 30, "MAN": 12, "OWN": 2, "": 9}}, whole=PEOPLE)[PEOPLE]
    assert told == {"WOMAN": 30, "MAN": 12, "OWN": None, "": None}
    assert told_shares(told)["WOMAN"].percent is None  # of a base that is not told


def test_who_is_left_over_is_protected_too():
    """Twelve men are there and ten have a seat: the two without one would be found. Source: P27."""
    columns = {PEOPLE: {"WOMAN": 30, "MAN": 12}, SEATS: {"WOMAN": 6, "MAN": 10}}
    assert protected(columns, whole=PEOPLE)[SEATS] == {"WOMAN": None, "MAN": None}


@given(GROUPS, st.data())
def test_nothing_that_is_told_gives_a_small_group_away(around, data):
    """Source: P27, XCT-05."""
    inside = {value: data.draw(st.integers(0, number)) for value, number in around.items()}
    columns = {PEOPLE: around, SEATS: inside}
    for name, told in protected(columns, whole=PEOPLE).items():
        hidden = [value for value, number in told.items() if number is None]
        kept = [number for number in told.values() if number is not None]
        assert all(number == 0 or number >= 5 for number in kept)
        if hidden and kept:  # whoever knows the base learns the sum of what is withheld, and no more
            assert len(hidden) > 1
            assert sum(columns[name][value] for value in hidden) >= 5
        for value, number in told.items():
            if name == SEATS and number is not None:
                assert around[value] == number or around[value] - number >= 5


def test_figures_move_only_by_many():
    """One person who comes between two counts is not found by their difference. Source: P27."""
    before = {PEOPLE: {"WOMAN": 12, "MAN": 10, "OWN": None}}
    assert may_follow(before, before)
    assert not may_follow(before, {PEOPLE: {"WOMAN": 13, "MAN": 10, "OWN": None}})
    assert may_follow(before, {PEOPLE: {"WOMAN": 17, "MAN": 10, "OWN": None}})
    assert not may_follow(before, {PEOPLE: {"WOMAN": 12, "MAN": 10, "OWN": None, "": 3}})


def test_the_order_is_that_of_the_members():
    assert ordered({"CO": 2, "": 9, "MX": 3}, {"CL": 1}) == ["MX", "CO", "CL", ""]
    assert quarters(date(2026, 2, 3), many=2) == [date(2025, 10, 1), date(2026, 1, 1), date(2026, 2, 3)]
    assert quarters(date(2026, 1, 1), many=2) == [date(2025, 10, 1), date(2026, 1, 1)]


def test_days_before_there_was_anybody_are_left_out():
    """Source: XCT-05."""
    days = quarters(date(2026, 2, 3), many=2)
    seen = Seen(days, [{}, {"CO": 1}, {"CO": 2}], [{}, {}, {"CO": 1}], {})
    assert since_somebody(seen).days == days[1:]
    assert since_somebody(Seen(days, [{}, {}, {}], [{}, {}, {}], {})).days == days[2:]


def where(name, country, **more):
    Organization.objects.filter(name=name).update(country=country, **more)
    relist(organizations=Organization.objects.filter(name=name))


def test_mandates_stand_beside_members(circles, andina):
    """Being in a circle is no mandate; leading it is. Source: XCT-05, SUR-27."""
    where("Barrio Vivo", "CO")
    where("La Asamblea", "MX")
    today = clock.today()
    seen = selectors.representation(andina.ana, "country", days=[date(2020, 1, 1), today])
    assert seen.members == [{}, {"CO": 1, "MX": 1}]
    assert seen.seats[0] == {}
    assert seen.seats[1].get("MX", 0) >= 1
    where("La Asamblea", "MX", shows={"country": "COORDINATION"})
    hidden = selectors.representation(andina.ana, "country", days=[today])
    assert hidden.members == [{"CO": 1, "": 1}]


@pytest.fixture
def many(andina, network):
    """Twelve people more, who say something of themselves or not."""
    for number in range(12):
        add_person(andina.network, f"Persona{number}")
    rows = Participant.objects.filter(name__startswith="Persona").order_by("pk")
    for number, row in enumerate(rows):
        row.gender = "WOMAN" if number < 7 else "MAN" if number < 10 else "con mis palabras"
        row.save()
    return andina


def test_gender_is_counted_once_a_month_and_never_in_small_groups(many):
    """Source: XCT-05, OGP-07, CAP-08, P27."""
    assert genders(many.ana, on=clock.today())[PEOPLE] == {"WOMAN": 7, "MAN": 3, "OWN": 2, "": 3}
    made = services.take_census(network=many.network)
    assert made.told[PEOPLE] == {"WOMAN": 7, "MAN": None, "OWN": None, "": None}
    assert services.take_census(network=many.network) is None
    Census.objects.update(on=date(2020, 1, 1))
    Participant.objects.filter(name="Persona11").update(gender="WOMAN")
    assert services.take_census(network=many.network) is None  # one person more would be found
    assert Census.objects.count() == 1


def test_nobody_reads_what_somebody_says_of_their_gender(client, andina, network):
    """One says it, sees it, takes it back; it is in one's own data and erased with the rest. Source: P27, XCT-05."""
    sign_in(client, andina.beto)
    levels = {f"to_{name}": level_of(name, {}, OF_PEOPLE) for name in OF_PEOPLE}
    sent = levels | {"gender": "OWN", "own_gender": "marica"}
    assert client.post("/andina/people/shown/", sent).status_code == 303
    mine = Participant.objects.get(pk=andina.beto.participant_id)
    assert mine.gender == "marica"
    assert "marica" in client.get("/andina/people/shown/").content.decode()
    sign_in(client, andina.ana)
    for path in (f"people/{mine.uuid}/", "people/", "atlas/representation/"):
        assert "marica" not in client.get(f"/andina/{path}").content.decode()


def test_the_page_says_it_in_words(client, many, queries):
    """Source: XCT-05, CAP-08, OGP-07."""
    where("Barrio Vivo", "CO")
    Membership.objects.update(joined_on=date(2020, 1, 1))  # whatever day it is where the network is
    services.take_census(network=many.network)
    sign_in(client, many.beto)
    client.get("/andina/atlas/representation/")
    with queries(8):
        page = client.get("/andina/atlas/representation/").content.decode()
    assert "Colombia" in page
    assert "no se muestra" in page
    for by in ("size", "sector", "kind", "%00"):
        assert client.get(f"/andina/atlas/representation/?by={by}").status_code == 200
