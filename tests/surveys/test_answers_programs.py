"""Answers as KoboToolbox and LimeSurvey write them. Source: issue 5 section 3, PAINS P4."""

import csv
import io

import pytest

from tequio.people.formats.tables import Unreadable
from tequio.surveys.formats.answers.headings import guess
from tequio.surveys.formats.answers.limesurvey import read_structure
from tequio.surveys.rules.instrument import Kind, Option, Question, Value
from tests.surveys.readings import (
    DATA,
    FILES,
    asks,
    guessed,
    options,
    read,
    said,
    table,
)

KOBO = asks(
    Question("nombre", Kind.OPEN, {"es": "Nombre"}),
    Question(
        "temas", Kind.MULTI, {"es": "Temas"},
        options=(Option("agua", {"es": "Agua"}), Option("genero", {"es": "Género"}), Option("other", {}, other=True)),
    ),
    Question("tamano", Kind.SINGLE, {"es": "Tamaño"}, options=(Option("pequena", {}), Option("grande", {}))),
)  # fmt: skip


def test_a_file_of_kobo_is_read_in_both_its_shapes() -> None:
    content = (FILES / "kobo.csv").read_bytes()
    reading = read(content, KOBO)
    assert [value.chosen for value in said(reading, "temas")] == [("agua", "genero"), ("agua", "other"), ()]
    assert said(reading, "temas")[1].text == "Radio; y cine"
    assert [one.identity for one in reading.respondents] == [
        "5f0c7c1e-0001",
        "5f0c7c1e-0002",
        "5f0c7c1e-0003",
    ]
    assert (reading.respondents[0].began, reading.respondents[0].sent) == (
        "2026-05-09T10:00:00-05:00", "2026-05-09T15:20:11",
    )  # fmt: skip
    assert tuple(sorted(one.reason for one in reading.misread)) == ("twice", "unknown_option")
    lines = [row[:4] + row[8:] for row in csv.reader(io.StringIO(content.decode()), delimiter=";")]
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(lines)
    summed = read(out.getvalue().encode(), KOBO)
    assert [value.chosen for value in said(summed, "temas")] == [("agua", "genero"), ("agua", "other"), ()]


def test_what_kobo_asked_is_guessed_where_all_answers_stand_in_one_cell() -> None:
    """Codes with spaces between are several answers; the words of a city or of a name are none. Source: SUR-02."""
    lines = ["g/nombre,g/lugar,g/temas,g/temas_other,_uuid"]
    told = ["agua", "genero agua", "agua genero otro_tema", "other agua", "genero", "otro_tema", "agua other"]
    for number, codes in enumerate([*told, *told]):
        where = ("Sao Paulo", "Lima", "Rio Branco")[number % 3]
        lines.append(f"Casa {number},{where},{codes},{'Radio' if 'other' in codes else ''},u{number}")
    found, reading = guessed("\n".join(lines).encode())
    kinds = {one.key: one.kind for one in found.instrument.questions()}
    assert kinds == {"g_nombre": Kind.OPEN, "g_lugar": Kind.SINGLE, "g_temas": Kind.MULTI}
    assert said(reading, "g_temas")[2].chosen == ("agua", "genero", "otro_tema")
    assert said(reading, "g_temas")[3] == Value(chosen=("agua", "other"), text="Radio")
    assert reading.misread == []


def test_a_tick_of_other_is_not_the_question_of_a_name_like_it() -> None:
    """Kobo writes ``q/other`` for the tick where the form also asks ``q_other``: they are two columns."""
    asked = asks(
        Question("q", Kind.MULTI, {"es": "Q"}, options=options("A", "B", other=True)),
        Question("q_other", Kind.OPEN, {"es": "¿Cuál?"}),
    )
    reading = read(b"grp/q/o0,grp/q/o1,grp/q/other,q_other\n1,0,1,radio\n", asked)
    assert said(reading, "q") == [Value(chosen=("o0", "other"))]
    assert said(reading, "q_other") == [Value(text="radio")]


def test_labels_stand_for_names() -> None:
    content = b"perfil/Nombre;Temas;Temas/Agua;Temas/G\xc3\xa9nero\nHuerta;Agua G\xc3\xa9nero;1;1\n"
    headings, _rows = table(content)
    assert guess(headings, KOBO) == {0: "nombre", 2: "temas/agua", 3: "temas/genero"}
    assert said(read(content, KOBO), "temas") == [Value(chosen=("agua", "genero"))]


# LimeSurvey


LIME = asks(
    Question("nombre", Kind.OPEN, {}),
    Question(
        "temas", Kind.MULTI, {},
        options=(Option("SQ001", {"es": "Agua"}), Option("SQ002", {"es": "Luz"}), Option("other", {}, other=True)),
    ),
    Question("tamano", Kind.SINGLE, {}, options=(Option("A1", {"es": "Chica"}), Option("A2", {"es": "Grande"}))),
    Question(
        "escala", Kind.MATRIX, {}, options=(Option("A1", {"es": "Poco"}), Option("A2", {"es": "Mucho"})),
        rows=(Option("SQ001", {}), Option("SQ002", {})),
    ),
)  # fmt: skip


def test_a_file_of_limesurvey_is_read() -> None:
    reading = read((FILES / "limesurvey.csv").read_bytes(), LIME)
    assert [value.chosen for value in said(reading, "temas")] == [("SQ001", "SQ002"), ("SQ001", "other")]
    assert said(reading, "temas")[1].text == "Radio, prensa"
    assert [value.chosen for value in said(reading, "tamano")] == [("A1",), ("A2",)]
    assert said(reading, "escala")[0].rows == {"SQ001": "A2", "SQ002": "A1"}
    assert [one.language for one in reading.respondents] == ["es", "pt-BR"]
    assert [(one.row, one.reason) for one in reading.misread] == [(4, "unfinished")]


def test_limesurvey_s_codes_before_the_texts_are_no_part_of_them() -> None:
    """The export with "code and text" asks what the one with texts alone asks. Source: SUR-02."""
    lines = [
        "id. ID de respuesta,submitdate. Fecha de envío,startlanguage. Lenguaje inicial,nombre. ¿Cómo se llaman?,"
        "temas[SQ1]. ¿Temas? [Agua],temas[SQ2]. ¿Temas? [Luz],temas[other]. ¿Temas? [Otro]"
    ]
    lines += [
        f"{n},2026-05-09 10:20:00,es,Casa {n},{'Sí' if n % 2 else 'No'},Sí,{'' if n else 'Radio'}"
        for n in range(9)
    ]
    found, reading = guessed("\n".join(lines).encode())
    asked = {one.text["es"]: one.kind for one in found.instrument.questions()}
    assert asked == {"¿Cómo se llaman?": Kind.OPEN, "¿Temas?": Kind.MULTI}
    assert (reading.respondents[1].identity, reading.respondents[1].language) == ("1", "es")
    assert said(reading, "temas")[0] == Value(chosen=("luz", "other"), text="Radio")


LSS = """<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>
<languages><language>es</language></languages>
<groups><rows><row><gid>1</gid><group_order>1</group_order></row></rows></groups>
<group_l10ns><rows><row><gid>1</gid><group_name>Inicio</group_name><language>es</language></row></rows></group_l10ns>
<questions><rows>
<row><qid>1</qid><parent_qid>0</parent_qid><gid>1</gid><type>M</type><title>temas</title><other>Y</other><mandatory>Y</mandatory><question_order>1</question_order></row>
<row><qid>2</qid><parent_qid>0</parent_qid><gid>1</gid><type>L</type><title>tamano</title><other>N</other><relevance>temas_SQ001=="Y"</relevance><question_order>2</question_order></row>
<row><qid>3</qid><parent_qid>0</parent_qid><gid>1</gid><type>R</type><title>orden</title><question_order>3</question_order></row>
<row><qid>4</qid><parent_qid>0</parent_qid><gid>1</gid><type>X</type><title>nota</title><question_order>4</question_order></row>
</rows></questions>
<subquestions><rows><row><qid>11</qid><parent_qid>1</parent_qid><gid>1</gid><type>T</type><title>SQ001</title><question_order>1</question_order></row></rows></subquestions>
<question_l10ns><rows><row><qid>1</qid><question><![CDATA[<p>¿Qué <b>temas</b>?</p>]]></question><language>es</language></row>
<row><qid>11</qid><question>Agua</question><language>es</language></row></rows></question_l10ns>
<answers><rows><row><aid>7</aid><qid>2</qid><code>A1</code><sortorder>1</sortorder></row></rows></answers>
<answer_l10ns><rows><row><aid>7</aid><answer>Chica</answer><language>es</language></row></rows></answer_l10ns>
<question_attributes><rows><row><qid>1</qid><attribute>max_answers</attribute><value>3</value></row></rows></question_attributes>
<surveys_languagesettings><rows><row><surveyls_language>es</surveyls_language><surveyls_title>Mapeo</surveyls_title></row></rows></surveys_languagesettings>
</document>"""


def test_a_structure_becomes_an_instrument() -> None:
    found = read_structure(LSS.encode())
    themes, size = found.instrument.questions()
    assert (themes.text, themes.at_most, themes.required) == ({"es": "¿Qué temas ?"}, 3, True)
    assert [(option.key, option.other) for option in themes.options] == [("SQ001", False), ("other", True)]
    assert size.options == (Option("A1", {"es": "Chica"}),)
    told = [(one.sheet, one.row, one.column, one.code, one.outcome) for one in found.problems]
    assert told == [
        ("tamano", 2, "relevance", "CONDITION", "SIMPLIFIED"),
        ("orden", 3, "type R", "RANK", "LEFT_OUT"),
        ("nota", 4, "type X", "NOTE", "LEFT_OUT"),
    ]
    assert found.instrument.title == {"es": "Mapeo"}


@pytest.mark.parametrize(
    "content", [b"", b"<a/>", b"<document>", b"PK\x03\x04", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"]
)
def test_what_is_no_structure_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_structure(content)


@pytest.mark.skipif(not DATA.exists(), reason="needs the data that lies beside the repository")
def test_a_real_structure_is_read() -> None:
    found = read_structure((DATA / "limesurvey/survey-one-question-two-languages.lss").read_bytes())
    assert found.instrument.languages == ("en", "et")
    assert [(one.key, one.kind) for one in found.instrument.questions()] == [("Q1", Kind.OPEN)]


# Cells
