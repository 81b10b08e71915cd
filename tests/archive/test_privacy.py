"""What is kept and how long stands where anybody reads it, with the figures that the program uses. Source: XCT-02."""

from tequio.archive.services.copying import DAYS
from tequio.archive.views import keeping
from tequio.notify.services.upkeep import KEEP_FAILED_DAYS, KEEP_SENT_DAYS


def test_anybody_reads_what_is_kept_and_how_long(client, db, settings):
    page = client.get("/privacy/", headers={"accept-language": "es"}).text
    for number in (KEEP_SENT_DAYS, KEEP_FAILED_DAYS, DAYS.days, settings.SESSION_COOKIE_AGE // 86_400):
        assert f"{number} días" in page
    assert "nunca" in page


def test_the_figures_of_the_page_are_those_of_the_program():
    import inspect

    from tequio.core.once import forget_old
    from tequio.people.models import Invitation

    assert inspect.signature(forget_old).parameters["days"].default == keeping.ONCE_DAYS
    [limit] = [c for c in Invitation._meta.constraints if c.name == "invitation_lasts_two_weeks"]
    assert keeping.INVITATION_DAYS == 14
    assert "14" in str(limit.condition)


def test_the_page_needs_one_query_at_most(client, db, queries):
    client.get("/privacy/")
    with queries(0):
        client.get("/privacy/")
