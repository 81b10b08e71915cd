"""A file of answers comes into a survey whole, or not at all; and exactly that can be undone."""

from collections import Counter
from unittest.mock import patch

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.register.models import Entry
from tequio.surveys.models import Answer, Batch, Reply, Source, Stage, State, Survey, Tick
from tequio.surveys.services import import_filling, importing
from tests.surveys.brought import GOOGLE, MAPPING, bring, texts


def ticked(question: str) -> Counter[str]:
    return Counter(Tick.objects.filter(question=question).values_list("option", flat=True))


def test_a_dry_run_shows_what_would_be_written_and_writes_nothing(fields_survey: Survey, ana: Actor) -> None:
    batch = importing.start_batch(by=ana, survey=fields_survey, name="r.csv", content=GOOGLE)
    report = importing.read_batch(by=ana, batch=batch).report
    assert (report["read"], report["ready"], report["known"], report["misread_count"]) == (5, 5, 0, 4)
    assert report["answered"]["people"] == 4
    assert report["sample"][0]["said"]["themes"]["chosen"] == ["o0", "o1"]
    assert not Reply.objects.exists()


def test_typos_of_countries_and_cities_are_proposed_for_recoding(fields_survey: Survey, ana: Actor) -> None:
    """ "Bolivia" as a city of Chile is kept, and asked about. Source: SUR-05, SUR-15."""
    batch = importing.start_batch(by=ana, survey=fields_survey, name="r.csv", content=GOOGLE)
    items = {item["text"]: item for item in importing.read_batch(by=ana, batch=batch).report["items"]}
    assert items["Mejico"]["proposals"][0] == "MX"
    assert (items["Bolivia"]["country"], items["Bolivia"]["is_country"]) == ("CL", "BO")
    assert "Tal vez" in items
    bring(ana, fields_survey, country={"Mejico": "MX"})
    assert ticked("country") == {"CO": 1, "MX": 1, "CL": 1, "BR": 1, "PE": 1}
    assert Answer.objects.filter(question="cities").get(text="Bolivia").reply.organization_name == "Mesa Sur"


def test_what_is_read_is_written_once_and_recorded(fields_survey: Survey, ana: Actor) -> None:
    before = Entry.objects.count()
    batch = bring(ana, fields_survey)
    assert (batch.stage, batch.content, batch.report["written"]) == (Stage.DONE, None, 5)
    assert ticked("themes") == {"o0": 3, "o1": 3, "o2": 2, "other": 1}
    assert ticked("joins") == {"yes": 3, "no": 1}
    assert Answer.objects.get(question="themes").text == "Radio, prensa; y cine"
    assert Answer.objects.get(question="people", reply__organization_name="Huerta Norte").number == 12
    reply = Reply.objects.get(organization_name="Huerta Norte")
    assert (reply.source, reply.batch_id, reply.language) == (Source.FILE, batch.pk, "es")
    assert reply.sent_at is not None
    assert reply.sent_at.isoformat() == "2026-05-09T15:52:02+00:00"
    assert Entry.objects.count() == before + 1
    with pytest.raises(importing.WrongMoment):
        importing.run_batch(by=ana, batch=batch)


def test_the_same_file_with_more_rows_adds_only_the_new_ones(fields_survey: Survey, ana: Actor) -> None:
    bring(ana, fields_survey, themes={"Radio, prensa; y cine": "o2"})
    more = (
        GOOGLE
        + '"2026/05/12 9:05:00 a. m. GMT-5","Otra Más","Perú","","Radio, prensa; y cine","","","Sí",""\n'.encode()
    )
    batch = bring(ana, fields_survey, more)
    assert (batch.report["known"], batch.report["written"]) == (5, 1)
    assert Reply.objects.count() == 6
    assert ticked("themes")["o2"] == 4  # what was decided is remembered with the headings


def test_rows_alike_are_different_people(fields_survey: Survey, ana: Actor) -> None:
    content = b"name;joins\nA;yes\nA;yes\n"
    assert bring(ana, fields_survey, content).report["written"] == 2
    assert bring(ana, fields_survey, content + b"A;yes\n").report["written"] == 1


def test_one_answer_an_organization(fields_survey: Survey, ana: Actor) -> None:
    Survey.objects.update(once_per_organization=True)
    fields_survey.refresh_from_db()
    bring(ana, fields_survey)
    batch = bring(ana, fields_survey, b"name;joins\nHUERTA NORTE;no\nNueva;no\nnueva;yes\n")
    assert (batch.report["written"], batch.report["same_count"]) == (1, 2)
    assert [name for _row, name in batch.report["same"]] == ["HUERTA NORTE", "nueva"]


def test_it_is_all_or_nothing(fields_survey: Survey, ana: Actor) -> None:
    with patch.object(import_filling, "_answer", side_effect=RuntimeError), pytest.raises(RuntimeError):
        bring(ana, fields_survey)
    assert not Reply.objects.exists()
    assert Batch.objects.get().stage == Stage.RUNNING


def test_undoing_takes_exactly_what_came(fields_survey: Survey, ana: Actor) -> None:
    first = bring(ana, fields_survey)
    second = bring(ana, fields_survey, b"name;joins\nA;yes\n")
    assert importing.undo_batch(by=ana, batch=first) == 5
    assert list(Reply.objects.values_list("batch", flat=True)) == [second.pk]
    assert bring(ana, fields_survey).report["written"] == 5
    with pytest.raises(importing.WrongMoment):
        importing.undo_batch(by=ana, batch=first)


def test_what_was_changed_since_is_not_taken_back(fields_survey: Survey, ana: Actor) -> None:
    batch = bring(ana, fields_survey)
    Reply.objects.filter(organization_name="Mesa Sur").update(changed_at=clock.now())
    assert importing.why_not_undo(batch=batch)
    with pytest.raises(Refused):
        importing.undo_batch(by=ana, batch=batch)
    assert Reply.objects.count() == 5


def test_an_unknown_option_becomes_part_of_a_new_version(fields_survey: Survey, ana: Actor) -> None:
    batch = bring(ana, fields_survey, themes={"Radio, prensa; y cine": "*"})
    versions = list(fields_survey.versions.order_by("number"))
    assert (len(versions), batch.report["version"]) == (2, 2)
    question = versions[1].instrument.question("themes")
    assert question is not None
    fresh = [option for option in question.options if option.text == texts("Radio, prensa; y cine")]
    assert ticked("themes")[fresh[0].key] == 1
    assert "other" not in ticked("themes")
    assert versions[0].instrument == MAPPING


def test_a_new_survey_is_made_from_a_file_alone(ana: Actor) -> None:
    rows = "Organización;¿Qué hacen?;¿Se suman?\n" + "".join(
        f'Casa {n};"{"Agua, luz y salud;Redes" if n % 2 else "Redes;Fondos"}";{"sí" if n % 3 else "no"}\n'
        for n in range(12)
    )
    batch = importing.begin_from_file(
        by=ana, title="Sondeo", language="es", name="s.csv", content=rows.encode()
    )
    batch = importing.read_batch(by=ana, batch=batch)
    importing.run_batch(by=ana, batch=importing.confirm_batch(by=ana, batch=batch))
    survey = Survey.objects.get(pk=batch.survey_id)
    assert (survey.state, survey.replies.count()) == (State.CLOSED, 12)
    assert ticked("que_hacen") == {"agua_luz_y_salud": 6, "redes": 12, "fondos": 6}
    assert ticked("se_suman") == {"yes": 8, "no": 4}


def test_who_does_not_lead_the_survey_brings_nothing(fields_survey: Survey, beto: Actor) -> None:
    with pytest.raises(Refused):
        importing.start_batch(by=beto, survey=fields_survey, name="r.csv", content=GOOGLE)
    assert not Batch.objects.exists()


def test_a_thousand_rows_take_few_statements(
    fields_survey: Survey, ana: Actor, django_assert_max_num_queries: object
) -> None:
    rows = "name;joins;themes;country\n" + "".join(
        f"Casa {n};{'yes' if n % 2 else 'no'};Participación ciudadana;Chile\n" for n in range(1_500)
    )
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        bring(ana, fields_survey, rows.encode())
    assert Reply.objects.count() == 1_500
