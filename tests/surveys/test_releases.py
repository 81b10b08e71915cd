"""Reports of a survey: prepared by a job, frozen, held by the register, read by everybody, taken back."""

import csv
import hashlib
import io
import json
import re
import zipfile
from base64 import b64encode
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import override

from tequio.cli.main import main
from tequio.core.access import Refused
from tequio.core.press import nothing
from tequio.core.printing import pdf_possible
from tequio.networks.models import Network
from tequio.register.models import Entry
from tequio.register.rules.canonical import canonical
from tequio.surveys.formats import xlsform
from tequio.surveys.models import Making, Preparation, Printout, Release, Reply, Thanks
from tequio.surveys.rules.grounded import known
from tequio.surveys.rules.reporting import Wishes, count_of
from tequio.surveys.selectors import reporting
from tequio.surveys.selectors.releases import opened_instrument
from tequio.surveys.services.exporting import export_answers
from tequio.surveys.services.printing import page_of
from tequio.surveys.services.releasing import (
    make_release,
    prepare_release,
    publish_release,
    withdraw_release,
)
from tequio.web import first_visit, stylesheet
from tests.conftest import sign_in
from tests.surveys.mapping import answer, mapped
from tests.surveys.released import REASON, prepared


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def test_a_report_is_frozen_and_the_register_holds_its_digest(reported, network):
    """Source: SUR-24, issue 5 section 4."""
    document = reported.document
    entry = Entry.objects.get(kind="surveys.release_published")

    assert reported.digest == hashlib.sha256(canonical(document)).hexdigest() == entry.facts["sha256"]
    assert document["respondents"] == 96
    assert "names" not in document  # beside it: a name can go, the report stays
    assert len(Thanks.objects.get().names) == 95
    assert [column["size"] for column in document["dimension"]["columns"]] == [29, 21, 18, 17, 11]
    for change in (lambda: Release.objects.update(digest="0" * 64), lambda: Release.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_only_who_made_the_survey_and_the_coordination_publish(reported, network, ana, beto):
    """Source: issue 5 section 4."""
    survey = reported.survey
    with pytest.raises(Refused, match="publish its report"):
        prepare_release(by=beto, survey=survey, wishes=Wishes(("country",)))
    with pytest.raises(Refused, match="not ready"):
        publish_release(by=ana, survey=survey, preparation=Preparation(pk=1))
    with pytest.raises(Refused, match="Choose questions"):
        prepare_release(by=ana, survey=survey, wishes=Wishes(("contact_email",)))
    with pytest.raises(Refused, match="cannot be split"):
        prepare_release(by=ana, survey=survey, wishes=Wishes(("country",), by="opportunities"))


def test_few_answers_make_no_report_and_few_new_ones_no_second_one(network, ana):
    """Source: S16."""
    survey = mapped(ana, first=9)
    assert prepared(ana, survey).reason == "FEW"
    answer(survey, first=80, after=9)
    publish_release(by=ana, survey=survey, preparation=prepared(ana, survey))
    answer(survey, first=84, after=80)
    late = prepared(ana, survey)
    assert (late.state, late.reason) == (Making.REFUSED, "SOON")
    answer(survey, first=96, after=84)
    again = prepared(ana, survey)
    assert again.state == Making.READY
    assert again.document["number"] == 2
    assert any(table.get("why") == "EARLIER" for table in again.document["tables"])


def test_a_report_is_taken_back_with_a_reason_and_stays(reported, network, ana, client, unprinted):
    """Source: issue 5 section 4."""
    with pytest.raises(Refused, match="Say why"):
        withdraw_release(by=ana, release=reported, reason="no")
    withdraw_release(by=ana, release=reported, reason=REASON)
    with pytest.raises(Refused, match="already"):
        withdraw_release(by=ana, release=reported, reason=REASON)
    page = client.get("/andina/surveys/mapeo/report/").content.decode()
    assert REASON in page
    assert "83" not in page.partition("<main")[2].partition("</main")[0]


def test_a_report_waits_for_no_second_file_before_it_shows(reported, network, client):
    """Its stylesheet and the rule that leaves later charts for later travel inside, each allowed by its hash."""
    page = client.get("/andina/surveys/mapeo/report/")
    inside = re.findall("<style>(.*?)</style>", page.text, re.DOTALL)
    assert [rules[:7] for rules in inside] == [stylesheet.joined()[:7], ".later{"]
    assert re.findall('<link rel="stylesheet"[^>]*>', page.text) == [first_visit.sheet().later.decode()]
    for rules in inside:
        digest = b64encode(hashlib.sha256(rules.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in page.headers["Content-Security-Policy"]
    assert page.text.count('<section class="later">') > 5


def test_the_public_page_shows_findings_bars_bases_and_what_is_withheld(reported, network, client, queries):
    """Source: SUR-24, CTX-14, EXPERIENCE 3.7."""
    with queries(4):
        page = client.get("/andina/surveys/mapeo/report/", headers={"accept-language": "en"}).content.decode()

    for said in (
        "83 (86.5 %)",
        "Several could be chosen.",
        "n\u00a0=\u00a096",
        "Organización 01",
        "CC-BY-4.0",
        "92 or more",
    ):
        assert said in page, said
    assert "<script" not in page
    assert "contact_email" not in page


def test_one_group_is_read_by_itself_from_tables_that_were_published(reported, network, client):
    """Source: SUR-11, SUR-08."""
    page = client.get(
        "/andina/surveys/mapeo/report/?by=CO", headers={"accept-language": "en"}
    ).content.decode()

    assert "29 answers" in page
    assert "9 (31.0 %)" in page  # of the 29 of Colombia that answered, 9 take part in a network
    assert client.get("/andina/surveys/mapeo/report/?by=XX").status_code == 200


def test_the_figures_are_the_same_in_page_csv_workbook_and_package(reported, network, client):
    """Source: EXPERIENCE 3.7; frictionless Data Package 1."""
    from openpyxl import load_workbook

    base = "/andina/surveys/mapeo/report/1/"
    rows = list(csv.DictReader(io.StringIO(client.get(base + "tables.csv").content.decode())))
    first = next(row for row in rows if (row["question"], row["option"]) == ("opportunities", "articulation"))
    assert (first["at_least"], first["base"], first["percent"], first["several"]) == (
        "83",
        "96",
        "86.46",
        "true",
    )
    book = load_workbook(io.BytesIO(client.get(base + "tables.xlsx").content), read_only=True)
    assert sum(1 for _row in book.active.iter_rows()) == len(rows) + 1
    one = client.get(base + "tables.csv?table=country").content.decode()
    assert one.count("\n") == 6
    archive = zipfile.ZipFile(io.BytesIO(client.get(base + "data.zip").content))
    package = json.loads(archive.read("datapackage.json"))
    assert {resource["path"] for resource in package["resources"]} < set(archive.namelist())
    for resource in package["resources"]:
        content = archive.read(resource["path"])
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert content.decode().splitlines()[0].split(",") == [
            field["name"] for field in resource["schema"]["fields"]
        ]
    assert hashlib.sha256(archive.read("report.json")).hexdigest() == reported.digest
    assert client.get(base + "tables.csv?table=contact_email").status_code == 404
    assert client.get(base + "tables.doc").status_code == 404
    assert client.get(base + "es.pdf").status_code == 404


def test_nothing_public_holds_a_number_that_was_withheld(reported, network):
    """Source: S16."""
    tables = {table["key"]: table for table in reported.document["tables"]}

    assert "counted" not in json.dumps(reported.document)
    assert {row["option"] for row in ()} == set()
    small = [row for row in tables["respondent_role"]["rows"] if row["key"] == "consultant"]
    assert [(row["low"], row["high"]) for row in small] == [(0, 4)]
    assert all(row["low"] >= 5 for row in tables["cities"]["rows"])  # a small city is not even named


def test_the_page_of_those_who_publish(network, ana, beto, client):
    """Source: issue 5 section 4."""
    survey = mapped(ana)
    sign_in(client, ana)
    address = "/andina/surveys/mapeo/publish/"
    assert client.get(address).status_code == 200
    assert client.get("/andina/surveys/mapeo/report/").status_code == 404
    assert client.post(address, {"by": "country", "authors": "x" * 400}).status_code == 422
    sent = {
        "questions": ["country", "opportunities"],
        "by": "country",
        "licence": "CC0-1.0",
        "authors": "Red Andina",
    }
    assert client.post(address, sent).status_code == 303
    found = Preparation.objects.get(survey=survey)
    make_release(network_id=found.network_id, preparation_id=found.pk)
    assert b"83" in client.get(address).content
    now = address + "now/"
    assert client.get(now).status_code == 200
    assert not Release.objects.exists()
    assert client.post(now, {"confirmed": "yes"}).status_code == 303
    assert Release.objects.get().document["licence"] == "CC0-1.0"
    assert client.post("/andina/surveys/mapeo/report/1/withdraw/", {"reason": "no"}).status_code == 422
    assert client.post("/andina/surveys/mapeo/report/1/withdraw/", {"reason": REASON}).status_code == 303
    sign_in(client, beto)
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("language", ["es", "pt-br", "en"])
def test_a_report_is_a_paper_in_each_language(reported, network, language):
    """Source: issue 5 section 4."""
    reported.published_at = datetime(2026, 1, 1, 2, tzinfo=UTC)  # in the network it is still the year before
    Network.objects.filter(pk=network.pk).update(time_zone="America/Bogota")
    page = page_of(release=reported, language=language)

    assert "2025" in page.partition("<h1")[0]
    assert f'lang="{language}"' in page
    assert reported.digest in page
    assert reporting.report(reported.document).charts
    assert Reply.objects.count() == 96
    assert not Printout.objects.exists()


@pytest.mark.skipif(not pdf_possible(), reason="this computer has nothing that prints PDFs")
@pytest.mark.parametrize("language", ["es", "pt-br", "en"])
def test_the_first_two_pages_of_the_paper_tell_the_report_in_short(reported, language):
    """Twenty-five questions, each with its first answers; the whole begins on the third. Source: EXPERIENCE 3.7."""
    from weasyprint import HTML

    page = page_of(release=reported, language=language)
    charts = reporting.report(reported.document).charts
    pages = HTML(string=page, url_fetcher=nothing).render().pages
    assert [("whole" in one.anchors) for one in pages[:3]] == [False, False, True]
    short = page.partition('class="whole"')[0]
    assert short.count("<section>") == len(charts)


def test_people_find_the_reports(reported, network, ana, client, queries):
    """Source: SUR-24: from the network's public page, from the list of reports, from the list of surveys."""
    assert "/andina/surveys/mapeo/report/" in client.get("/andina/").text
    with queries(2):
        listed = client.get("/andina/reports/", headers={"accept-language": "en"}).text
    assert "/andina/surveys/mapeo/report/" in listed
    assert "96 answers" in listed
    page = client.get("/andina/surveys/mapeo/report/", headers={"accept-language": "en"}).text
    assert f"/andina/survey/{reported.survey.token}/" in page  # it is open to all: it is your turn
    assert "Red Andina (20" in page
    assert f"SHA-256 {reported.digest}" in page
    sign_in(client, ana)
    with queries(5):
        mine = client.get("/andina/surveys/", headers={"accept-language": "en"}).text
    assert "report 1 is public" in mine
    assert "/andina/surveys/mapeo/results/" in client.get("/andina/surveys/mapeo/report/").text


def test_the_report_of_a_file_says_what_the_page_says(reported, network, ana, tmp_path):
    """Source: SUR-24, issue 5 section 7: ``tequio survey report`` on what the survey gives out."""
    survey = reported.survey
    answers, form, out = tmp_path / "answers.csv", tmp_path / "form.xlsx", tmp_path / "report.md"
    answers.write_bytes(export_answers(by=ana, survey=survey, kind="csv").content)
    form.write_bytes(xlsform.write(opened_instrument(survey)))
    line = ["--answers", str(answers), "--instrument", str(form), "--language", "en", "--out", str(out)]
    assert main(["survey", "report", *line]) == 0
    parts = out.read_text(encoding="utf-8").split("\n## ")
    wrong, compared = [], 0
    for table in reported.tables:
        name = table["text"]["en"]
        part = next((part for part in parts if part.startswith(name + "\n")), "")
        cells = [
            [cell.strip() for cell in row.split("|")[1:-1]] for row in part.splitlines() if row[:2] == "| "
        ]
        found = {row[0]: row[1:] for row in cells}
        for row in table.get("rows", ()):
            if row["low"] == row["high"] is not None and not table["key"].startswith("cities"):
                compared += 1
                figure = count_of(table, row)
                share = f"{figure.share:.2f}%"
                said = found.get(row["text"]["en"], [""])
                if said[0] != str(row["low"]) or share not in said:
                    wrong.append((name, row["text"]["en"], row["low"], share, said))
    assert wrong == []
    assert compared > 60


def test_pages_and_papers_say_no_number_that_the_open_data_do_not(reported, network, client):
    """Source: S16: the attack reads ``report.json``; all else, widths of bars too, is made of it."""
    document = reported.document
    there = known(document)
    texts = json.dumps([document[name] for name in ("title", "method", "authors", "first", "last")])
    texts += json.dumps(reported.thanks.names)
    labels = json.dumps([[table["text"], table["rows"]] for table in document["tables"]], ensure_ascii=False)
    with timezone.override(network.time_zone):
        day = reporting.published_on(reported)
    also = set(re.findall(r"\d+", texts + labels + reported.digest + day))
    counts = {*map(int, there.counts), document["smallest"]}
    widths = {f"{min(Decimal(a) * 95 / b, Decimal(95)):.1f}" for a in {0, *counts} for b in counts if b}
    base = "/andina/surveys/mapeo/report/"
    pages = [client.get(base + by, headers={"accept-language": "en"}).text for by in ("", "?by=CO", "?by=BR")]
    for page in [*pages, page_of(release=reported, language="en")]:
        main = page.partition("<h1")[2].partition("</main")[0]
        assert set(re.findall(r'<svg width="([\d.]+)%"', main)) <= widths
        figures = re.findall(r">(\d+) \((\d+\.\d) %\)<", main)
        assert figures or "No table can be shown" in main
        for count, share in figures:
            assert int(count) in counts
            assert Decimal(share) in there.shares
        rest = re.sub(r"\(\d+\.\d\u00a0?\s?%\)|<[^>]*>|https?://\S+|SHA-256 \w+", " ", main)
        said = {word for word in re.findall(r"(?<![\w.])\d+(?![\w.]*\d)", rest) if int(word) not in counts}
        assert said <= {*also, "1", str(len(document["tables"]))}, said - also
