"""A file of answers is uploaded, looked at, decided upon, written and undone; and answers are taken out again."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.register.models import Entry
from tequio.surveys.models import Answer, Batch, Reply, Stage, Survey, Tick
from tequio.surveys.services import importing
from tequio.surveys.services.exporting import export_answers
from tests.conftest import sign_in
from tests.surveys.brought import GOOGLE, bring
from tests.surveys.test_answers_programs import LSS

HERE = "/andina/surveys/mapeo/import/"


def upload(client: Client, content: bytes, name: str = "respuestas.csv") -> str:
    answer = client.post(HERE, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_a_file_is_looked_at_decided_written_and_undone(
    client: Client, fields_survey: Survey, ana: Actor
) -> None:
    """Google Forms with commas in its options, in Spanish. Source: SUR-02, SUR-05."""
    sign_in(client, ana)
    page = upload(client, GOOGLE)
    shown = client.get(page, headers={"accept-language": "en"})
    assert "Nothing is written yet" in shown.text
    assert "Agua, saneamiento y salud" in shown.text
    assert "(optional)" not in shown.text, "a column may always be left out: its list says so"
    assert "Bolivia" in shown.text
    assert not Reply.objects.exists()
    assert "siete" in client.get(f"{page}cells.csv").content.decode("utf-8-sig")
    assert "Until then they come in as they are written" in shown.text
    rows = {row["text"]: row for row in shown.context["decisions"].rows}
    assert rows["Mejico"]["choice"].initial == "MX"
    assert rows["Bolivia"]["choice"].initial == "+"
    said = {row["choice"].html_name: row["choice"].initial for row in rows.values()}
    said |= {rows["Mejico"]["typed"].html_name: "Nowhere", "decide": "yes", "d-x": "new"}
    wrong = client.post(page, said, headers={"accept-language": "en"})
    assert wrong.status_code == 422
    assert "No country has this name." in wrong.text
    said[rows["Mejico"]["typed"].html_name] = "México"
    assert client.post(page, said).status_code == 303
    again = client.get(page)
    assert not again.context["decisions"]
    assert 'href="#decide"' not in again.text
    columns = again.context["columns"].fields
    assert client.post(page, {"columns": "yes", **dict.fromkeys(columns, "")}).status_code == 422
    same = {name: field.initial or "" for name, field in columns.items()}
    same |= {
        f"c{place}": target for place, (_h, target, _e) in enumerate(Batch.objects.get().report["columns"])
    }
    assert client.post(page, {"columns": "yes", **same}).status_code == 303
    assert client.post(page, {}).status_code == 303
    assert Reply.objects.count() == 5
    assert Tick.objects.filter(question="country", option="MX").count() == 1
    assert client.get(page).status_code == 200
    assert client.get(f"{page}undo/").status_code == 200
    assert client.post(f"{page}undo/").status_code == 303
    assert not Reply.objects.exists()
    assert "5" in client.get(page).text
    assert client.get(HERE).status_code == 200


def test_a_place_is_chosen_beforehand_only_where_it_is_written_nearly_so(
    client: Client, fields_survey: Survey, ana: Actor
) -> None:
    """Atlantis is proposed as another country, and stays a text unless somebody says so. Source: SUR-05."""
    sign_in(client, ana)
    page = upload(client, b"name;country\nA;Atlantis\nB;Argentna\n")
    rows = {row["text"]: row for row in client.get(page).context["decisions"].rows}
    assert rows["Argentna"]["choice"].initial == "AR"
    assert rows["Atlantis"]["choice"].initial == "+"
    assert len(rows["Atlantis"]["choice"].field.choices) > 2


def test_a_large_file_is_written_by_a_job(
    client: Client,
    fields_survey: Survey,
    ana: Actor,
    run_jobs: Callable[[], int],
) -> None:
    sign_in(client, ana)
    with (
        patch("tequio.surveys.views.importing.AT_ONCE", 10),
        patch("tequio.surveys.views.importing.ROWS_AT_ONCE", 1),
    ):
        page = upload(client, GOOGLE)
        assert Batch.objects.get().stage == Stage.READING
        assert client.get(page).status_code == 200
        run_jobs()
        assert Batch.objects.get().stage == Stage.READY
        client.post(page, {})
        assert Batch.objects.get().stage == Stage.RUNNING
        Batch.objects.update(progress=2_000, total=13_947)
        assert "2.000 de 13.947" in client.get(page, headers={"accept-language": "pt-br"}).text
        run_jobs()
    assert Batch.objects.get().stage == Stage.DONE
    assert Reply.objects.count() == 5


def test_a_file_is_left_aside(client: Client, fields_survey: Survey, ana: Actor) -> None:
    sign_in(client, ana)
    page = upload(client, GOOGLE)
    assert client.post(f"{page}drop/").status_code == 303
    assert (Batch.objects.get().stage, Batch.objects.get().content) == (Stage.DROPPED, None)
    assert client.get(page).status_code == 200


def test_who_does_not_lead_the_survey_sees_no_files(
    client: Client, fields_survey: Survey, ana: Actor, beto: Actor
) -> None:
    bring(ana, fields_survey)
    sign_in(client, beto)
    page = f"{HERE}{Batch.objects.get().uuid}/"
    for address in (HERE, page, f"{page}cells.csv", f"{page}undo/", "/andina/surveys/mapeo/export/"):
        assert client.get(address).status_code == 403


def test_a_survey_is_made_from_a_file(client: Client, ana: Actor) -> None:
    sign_in(client, ana)
    rows = "Organización;¿Qué hacen?;¿Se suman?\n" + "".join(
        f"Casa {n};{'Redes' if n % 2 else 'Fondos'};{'sí' if n % 3 else 'no'}\n" for n in range(12)
    )
    said = {"title": "Sondeo", "language": "es"}
    page = client.post(
        "/andina/surveys/new/from-answers/", {**said, "file": SimpleUploadedFile("s.csv", rows.encode())}
    )
    shown = client.get(page.headers["Location"], headers={"accept-language": "en"})
    assert "opened and closed with these answers" in shown.text
    client.post(page.headers["Location"], {})
    assert Survey.objects.get(slug="sondeo").replies.count() == 12
    wrong = client.post(
        "/andina/surveys/new/from-answers/", {**said, "file": SimpleUploadedFile("s.csv", b"%PDF-1")}
    )
    assert wrong.status_code == 422


def test_a_structure_of_limesurvey_says_what_is_not_taken_over(client: Client, ana: Actor) -> None:
    """Question by question, before anything begins; on both pages that take a form. Source: SUR-02."""
    sign_in(client, ana)
    file = {"title": "X", "language": "es", "file": SimpleUploadedFile("s.lss", LSS.encode())}
    for page in ("/andina/surveys/new/from-answers/", "/andina/surveys/new/from-file/"):
        file["file"].seek(0)  # type: ignore[attr-defined]
        shown = client.post(page, file, headers={"accept-language": "en"})
        assert "Options are chosen, not put in order." in shown.text
        assert "orden 3, type R" in shown.text
        assert not Survey.objects.exists()
    begun = client.post("/andina/surveys/new/from-file/", {"read": shown.context["signed"]})
    assert begun.status_code == 303
    assert Survey.objects.get().title == {"es": "Mapeo"}
    broken = {**file, "file": SimpleUploadedFile("s.lss", b"<document>")}
    assert client.post("/andina/surveys/new/from-answers/", broken).status_code == 422
    assert client.post("/andina/surveys/new/from-file/", broken).status_code == 422


# Out


def test_answers_are_taken_out_and_come_in_again_the_same(fields_survey: Survey, ana: Actor) -> None:
    """What is exported, and imported again after it was undone, is the same to the tick. Source: P4."""
    first = bring(ana, fields_survey, country={"Mejico": "MX"})
    before = Entry.objects.count()
    made = {
        kind: export_answers(by=ana, survey=fields_survey, kind=kind) for kind in ("csv", "xlsx", "codebook")
    }
    assert Entry.objects.count() == before + 2
    ticks, texts = everything()
    assert "'=cmd" in made["csv"].content.decode("utf-8-sig")
    for kind in ("csv", "xlsx"):
        importing.undo_batch(by=ana, batch=first)
        first = bring(ana, fields_survey, made[kind].content)
        assert everything() == (ticks, texts)


def everything() -> tuple[list[object], list[object]]:
    ticks = Tick.objects.values_list("reply__sent_at", "question", "row", "option")
    answers = Answer.objects.values_list("reply__sent_at", "question", "text", "number", "date")
    return sorted(ticks), sorted(answers, key=str)


def test_answers_are_taken_out_from_the_page(client: Client, fields_survey: Survey, ana: Actor) -> None:
    bring(ana, fields_survey)
    sign_in(client, ana)
    page = "/andina/surveys/mapeo/export/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"kind": "zip"}).status_code == 422
    for kind, start in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf_uuid"), ("codebook", b"\xef\xbb\xbfcolumn")):
        answer = client.post(page, {"kind": kind})
        assert answer.content.startswith(start)
        assert "attachment" in answer.headers["Content-Disposition"]


def test_who_does_not_lead_the_survey_takes_nothing_out(fields_survey: Survey, beto: Actor) -> None:
    with pytest.raises(Refused):
        export_answers(by=beto, survey=fields_survey, kind="csv")


def test_ten_answers_are_taken_out_in_as_many_questions_as_three(
    fields_survey: Survey,
    ana: Actor,
    django_assert_max_num_queries: object,
) -> None:
    bring(ana, fields_survey)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        export_answers(by=ana, survey=fields_survey, kind="csv")
