"""What is kept and how long stands where anybody reads it, with the figures that the program uses. Source: XCT-02."""

from tequio.archive.services.copying import DAYS
from tequio.core import once
from tequio.notify.services.upkeep import KEEP_FAILED_DAYS, KEEP_SENT_DAYS
from tequio.people.models import Invitation
from tequio.people.services import invitations


def test_anybody_reads_what_is_kept_and_how_long(client, db, settings):
    page = client.get("/privacy/", headers={"accept-language": "es"}).text
    for number in (
        KEEP_SENT_DAYS,
        KEEP_FAILED_DAYS,
        DAYS.days,
        once.KEEP_DAYS,
        settings.SESSION_COOKIE_AGE // 86_400,
    ):
        assert f"{number} días" in page
    assert "nunca" in page


def test_the_figure_of_invitations_is_the_one_that_the_database_holds():
    [limit] = [c for c in Invitation._meta.constraints if c.name == "invitation_lasts_two_weeks"]
    assert f"datetime.timedelta(days={invitations.DAYS})" in str(limit.condition)


def test_the_page_needs_one_query_at_most(client, db, queries):
    client.get("/privacy/")
    with queries(0):
        client.get("/privacy/")
