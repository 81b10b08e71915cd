"""A coordinator asks the field for the first time, on a phone, in English: a survey is written, answers come from a file of
Google Forms, a typo is mended, a report is published for everybody, and three that would join are invited.
Source: SUR-02, SUR-05, SUR-15, SUR-17, SUR-24, EXPERIENCE 3.7."""

import os

from django.db import connection, transaction

from tequio.core.scoping import network_scope
from tequio.notify.models import Letter
from tequio.surveys.models import Reply, Survey, Tick
from tests.bench.serving import serve
from tests.jobs import run_due_jobs
from tests.journeys.conftest import shoot, troubles_by_axe
from tests.journeys.test_a_lot import Reader
from tests.world import build_network

HERE = "/andina/surveys/who-are-you/"
WATER, EQUALITY = "Water, sanitation and health", "Rights of women, and equality"
ASKED = (
    ("OPEN", "Name of your organization", ()),
    ("COUNTRY", "In which country are you?", ()),
    ("MULTI", "What do you work on?", (WATER, EQUALITY, "Other")),
    ("YES_NO", "Would you join the network?", ()),
    ("OPEN", "What is your e-mail?", ()),
)
TOLD = "Community radio, and press"


def answers() -> bytes:
    """Return what Google Forms saves: twelve rows; commas part the ticks, and stand inside them."""
    lines = ['"Timestamp",' + ",".join(f'"{text}"' for _kind, text, _options in ASKED)]
    for number in range(12):
        country = "Argentna" if number == 11 else "Colombia" if number % 2 else "Chile"
        ticks = [[WATER], [WATER, EQUALITY], [EQUALITY, TOLD]][number % 3]
        joins, mail = ("Yes", f"house{number}@example.org") if number < 3 else ("No", "")
        row = (f"5/{number + 1}/2026 10:52:02", f"House {number}", country, ", ".join(ticks), joins, mail)
        lines.append(",".join(f'"{cell}"' for cell in row))
    return "\n".join(lines).encode()


def test_a_first_survey_from_a_blank_page_to_three_invitations(committing, chromium):
    """Source: SUR-02, SUR-05, SUR-15, SUR-17, SUR-24."""
    environment = {name: value for name, value in os.environ.items() if name.startswith("TEQUIO_")}
    environment["DJANGO_SETTINGS_MODULE"] = "tequio.config.settings"
    with transaction.atomic():
        andina = build_network()
    with serve("tequio.config.wsgi:application", environment) as served:
        origin = f"http://127.0.0.1:{served.port}"
        reader = Reader(chromium, origin, andina.ana)
        write_the_survey(reader.page)
        bring_the_answers(reader.page)
        with network_scope(andina.network.pk):
            assert Reply.objects.filter(sent_at__isnull=False).count() == 12
            assert Tick.objects.filter(question="in_which_country_are_you", option="AR").count() == 1
        see_the_results(reader.page)
        publish_a_report(reader.page)
        read_as_a_stranger(chromium, origin)
        invite_three(reader.page)
        reader.close()
    with network_scope(andina.network.pk):
        letters = set(Letter.objects.filter(kind="invitation").values_list("address", flat=True))
        assert Survey.objects.get().state == "CLOSED"
    assert letters == {f"house{number}@example.org" for number in range(3)}
    connection.close()


def button(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).last.click()


def link(page, name):
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def write_the_survey(page):
    """Five questions, one with options that hold commas; none needs a second page for what it feeds."""
    page.goto("/andina/surveys/new/")
    page.fill("[name=title]", "Who are you?")
    for code in ("es", "pt-br"):
        page.locator(f"[name=languages][value={code}]").uncheck()
    page.locator("main form .btn").last.click()
    assert page.url.endswith(HERE)
    link(page, "Write the questions")
    for kind, text, options in ASKED:
        page.locator("main a.btn", has_text="Add a question here").last.click()
        page.select_option("[name=kind]", kind)
        page.fill("[name=text_en]", text)
        button(page, "Keep it")
        for number, option in enumerate(options):
            page.fill(f"[name=option{number}_en]", option)
        if "Other" in options:
            button(page, "Keep it and add more")
            page.locator("details", has=page.locator("[name=option2_other]")).locator("summary").click()
            page.check("[name=option2_other]")
        button(page, "Keep it")
    shoot(page, "survey-written")
    link(page, "Done")


def bring_the_answers(page):
    """The file of Google Forms: the misspelled country is proposed, and mended; what "other" is stays whole."""
    link(page, "Bring answers from a file")
    page.set_input_files("[name=file]", {"name": "answers.csv", "mimeType": "text/csv", "buffer": answers()})
    button(page, "Look at the file")
    shoot(page, "survey-import")
    assert troubles_by_axe(page) == []
    row = page.locator("#decide tr", has_text="Argentna")
    assert "Row 13" in row.inner_text()
    assert row.locator("select").input_value() == "AR"
    assert page.locator("#decide tr", has_text=TOLD).count() == 1
    page.locator("#decide button").click()
    assert page.locator("#decide").count() == 0
    button(page, "Add 12 answers")
    page.locator("main", has_text="12 answers were added to the survey.").wait_for()
    link(page, "Go to the survey")


def see_the_results(page):
    page.goto(f"{HERE}results/")
    shoot(page, "survey-results")
    text = page.locator("main").inner_text()
    assert "9 of 12" in text.replace("\u00a0", " ")
    assert "8" in page.locator("main tr", has_text=WATER).first.inner_text().replace(WATER, "")


def publish_a_report(page):
    page.goto(f"{HERE}publish/")
    button(page, "Make the tables")
    with transaction.atomic():
        run_due_jobs()
    page.goto(f"{HERE}publish/")
    shoot(page, "survey-report-ready")
    link(page, "Publish the report")
    page.locator("main form .btn").last.click()


def read_as_a_stranger(chromium, origin):
    stranger = Reader(chromium, origin)
    answer = stranger.page.goto(f"{HERE}report/")
    assert answer.status == 200
    assert WATER in stranger.page.locator("main").inner_text()
    assert troubles_by_axe(stranger.page) == []
    shoot(stranger.page, "survey-report")
    stranger.close()


def invite_three(page):
    page.goto(HERE)
    link(page, "Who would join")
    button(page, "Make them candidates")
    page.goto("/andina/candidates/")
    boxes = page.locator("[name=who]")
    assert boxes.count() == 3
    for box in boxes.all():
        box.check()
    button(page, "Invite the chosen ones")
    shoot(page, "survey-invite")
    button(page, "Send the letters")
