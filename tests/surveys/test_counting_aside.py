"""Large surveys: a job counts their answers as bits, and pages say what they would have counted themselves."""

import re
import subprocess
import sys

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.core.access import Refused
from tequio.surveys.models import Packed, Reply, Tallied
from tequio.surveys.rules import masks
from tequio.surveys.rules.asks import Ask, ask_of, found_as_json, found_in, of_sheet
from tequio.surveys.rules.columns import Sheet
from tequio.surveys.rules.masks_asked import of_masks
from tequio.surveys.selectors import counting, packing, said
from tequio.surveys.services import counting as services
from tests.conftest import sign_in
from tests.surveys.test_results import HERE
from tests.surveys.test_tables import sheets as drawn_sheets

PAGES = (
    "", "?w.country=BR", "of/initiative_areas/", "of/organisation_type/?together=research&together=culture",
    "of/public_agenda_challenges/?w.country=CO", "cities/",
    "table/?rows=participates_in_regional_network&by=country", "table/?rows=population&by=country&by=organisation_type",
    "table/?rows=pillar&by=country&by=organisation_type&by=join_network&w.country=CO&w.country=CL",
    "compare/?one=fundamental_elements&other=good_governance",
)  # fmt: skip


@pytest.fixture
def survey(answered_mapping, network):
    return answered_mapping


ASKS = (
    Ask("a"), Ask("a", ("b",), groups=True, sizes=True), Ask("a", ("b", "c"), (("d", ("d1", "d2")),), ("a0", "a2")),
    Ask("a", ("d", "c", "b"), apart="a1"), Ask("b", ("a",), (("b", ("b0",)),), sizes=True, apart="nothing"),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(drawn_sheets(), st.data())
def test_bits_find_what_rows_find(sheet, data):
    """Source: SUR-08: also with weights, and through the row in which it is kept."""
    weights = data.draw(
        st.none()
        | st.lists(st.decimals("0", "999999999", places=6), min_size=sheet.size, max_size=sheet.size)
    )
    sheet = Sheet(sheet.size, sheet.columns, weights)
    whole = packed_sheet(sheet)
    bare = whole.columns
    for ask in ASKS:
        plain, bits = of_sheet(sheet, ask), of_masks(whole, ask)
        assert numbers(plain) == numbers(bits)
        assert numbers(found_in(found_as_json(bits), ask, bare)) == numbers(plain)
        assert ask_of({**vars(ask)}) == ask


def packed_sheet(sheet: Sheet) -> masks.Masks:
    """Pack a sheet and read it again, its weights too."""
    import dataclasses

    import numpy as np

    whole = masks.pack(sheet)
    if sheet.weights is not None:
        given = np.array([int(one * 1_000_000) for one in sheet.weights], dtype=np.int64)
        whole = dataclasses.replace(whole, weights=given)
    return masks.read(whole.as_bytes())


def numbers(found):
    tables = [(one.whole, one.groups) if one else None for one in (found.table, found.weighted)]
    return tables, found.together, found.groups or {}, found.placed, found.sizes


def test_a_page_of_many_answers_says_what_it_would_say_of_few(client, survey, ana, run_jobs, monkeypatch):
    """Source: SUR-03, SUR-04, SUR-08, SUR-12: the same figures, filters and crosses of two and three questions."""
    sign_in(client, ana)
    few = {path: figures(client.get(HERE + path).text) for path in PAGES}
    file = client.get(f"{HERE}table.csv?rows=pillar&by=country").content
    monkeypatch.setattr(counting, "MANY", 50)
    monkeypatch.setattr(packing, "AT_ONCE", 64)
    for path in PAGES:
        address, _mark, query = path.partition("?")
        answer = client.post(HERE + address, fields(query))
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (303, HERE + address)
    assert "Estamos contando" in client.get(HERE).text
    assert run_jobs() > 0
    for path in PAGES:
        page = client.get(HERE + path)
        assert "Contado" in page.text, path
        assert figures(page.text) == few[path], path
    assert client.get(f"{HERE}table.csv?rows=pillar&by=country").status_code == 303
    client.post(f"{HERE}table/", {"rows": "pillar", "by": "country"})
    run_jobs()
    assert client.get(f"{HERE}table.csv?rows=pillar&by=country").content == file


def figures(page: str) -> list[str]:
    """Everything a page says between its heading and its foot, but when it was counted and what its forms hide."""
    main = page.partition("<h1")[2].partition("<footer")[0]
    main = re.sub(r'<form method="post" class="np">.*?</form>', "", main, flags=re.S)
    return re.findall(r">([^<>\s][^<>]*)<", main)


def fields(query: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in query.split("&") if query else ():
        name, _mark, value = part.partition("=")
        found.setdefault(name, []).append(value)
    return found


def test_what_nobody_asked_for_waits_and_what_does_not_exist_is_not_there(
    client,
    survey,
    ana,
    beto,
    queries,
    run_jobs,
    monkeypatch,
):
    monkeypatch.setattr(counting, "MANY", 50)
    sign_in(client, ana)
    page = client.get(f"{HERE}table/?rows=pillar&by=country")
    assert "Contarlas ahora" in page.text
    assert not Tallied.objects.exists()  # reading writes nothing
    client.post(f"{HERE}table/", {"rows": "pillar", "by": "country", "other_field": "x"})
    client.post(f"{HERE}table/", {"rows": "nothing"})
    run_jobs()
    assert client.get(f"{HERE}table/?rows=nothing").status_code == 404
    assert client.get(f"{HERE}table/?rows=pillar&w.country=ZZ").status_code == 404
    assert Tallied.objects.count() == 1
    client.get(f"{HERE}table/?rows=pillar&by=country")
    with queries(6):
        client.get(f"{HERE}table/?rows=pillar&by=country")
    with pytest.raises(Refused):
        services.ask(by=beto, survey=survey, asks=[])


def test_new_answers_are_told_and_counted_when_somebody_asks(client, survey, ana, run_jobs, monkeypatch):
    monkeypatch.setattr(counting, "MANY", 50)
    sign_in(client, ana)
    Reply.objects.filter(pk=Reply.objects.latest("pk").pk).update(set_aside=True)
    client.post(f"{HERE}of/country/")
    run_jobs()
    assert Packed.objects.get().answers == 95
    Reply.objects.update(set_aside=False)
    page = client.get(f"{HERE}of/country/").text
    assert "Desde entonces llegó 1 más" in page
    assert "29 (" not in page or "con 95 respuestas" in page
    client.post(f"{HERE}of/country/", {"anew": "1"})
    run_jobs()
    assert "con 96 respuestas" in client.get(f"{HERE}of/country/").text
    made = Packed.objects.get()
    services.keep_counted(survey=survey)
    assert run_jobs() == 0  # nothing changed
    Reply.objects.filter(pk=Reply.objects.latest("pk").pk).update(set_aside=True)
    services.keep_counted(survey=survey)
    run_jobs()
    assert Packed.objects.get().made_at > made.made_at


def test_what_is_asked_for_during_the_count_is_counted_after_it(survey, run_jobs, ana):
    """Source: XCT-02: an answer that was erased meanwhile stays in no copy."""
    services.ask(by=ana, survey=survey, asks=[Ask("pillar")])

    def asked_again(done: int, total: int) -> None:
        services.count_without(survey=survey)

    services.count_asked(network_id=survey.network_id, survey_id=survey.pk, told=asked_again)
    assert Packed.objects.get().wanted_at is not None
    run_jobs()
    assert Packed.objects.get().wanted_at is None


def test_an_answer_that_comes_while_answers_are_read_waits_for_the_next_read(survey):
    late = Reply.objects.filter(answers__text__gt="").order_by("pk").first()
    Reply.objects.filter(pk=late.pk).update(set_aside=True)
    instrument = survey.versions.latest("number").instrument

    def comes(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if "surveys_tick" in sql:
            with context["connection"].cursor() as cursor:
                cursor.cursor.execute("UPDATE surveys_reply SET set_aside = false WHERE id = %s", [late.pk])
        return result

    with connection.execute_wrapper(comes):
        read = said.said(said.counting(survey), instrument)
    assert (late.pk in read, len(read)) == (False, 95)
    assert late.pk in said.said(said.counting(survey), instrument)


def test_pages_of_results_load_no_numpy():
    """Source: issue 5, 4: the worker loads it, no web process does."""
    code = (
        "import sys, django; django.setup()\n"
        "import tequio.config.wsgi, tequio.surveys.urls, tequio.surveys.tasks, tequio.surveys.services.counting\n"
        "from django.urls import get_resolver; get_resolver().url_patterns\n"
        "print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
