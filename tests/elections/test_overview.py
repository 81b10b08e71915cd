"""The one place for elections: it teaches which way fits, and shows what is under way."""

import pytest

from tests.conftest import sign_in
from tests.elections.lots_world import open_lot
from tests.elections.world import opened, prepare

EN = {"accept-language": "en"}


@pytest.mark.parametrize("rows", [3, 12])
def test_the_overview_teaches_the_three_ways_and_shows_what_is_under_way(client, ana, rows, queries):
    """Source: GOV-16, GOV-18."""
    for _number in range(rows):
        opened(ana, "YES_NO")
    prepare(ana)
    open_lot(ana)
    sign_in(client, ana)

    with queries(6):  # session, network, participant, ballots, lots, open elections
        page = client.get("/andina/elections/", headers=EN).text

    assert page.count("Ballot: Yes, no or abstain") == rows  # what is being prepared asks nobody
    assert "Lot: the list is being looked over" in page
    assert "Which of the three fits?" in page
    for way in ("elections/open/", "ballots/", "ballots/new/", "lots/", "lots/new/", "circles/"):
        assert f'href="/andina/{way}"' in page
