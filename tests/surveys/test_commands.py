"""``tequio survey crosstab`` and ``report``: the same counting on files."""

import csv
import gzip
import io
import json
import lzma
import os
from pathlib import Path

import pytest

from tequio.cli.main import main
from tequio.surveys.formats import xlsform
from tests.surveys import golden

SURVEYS = Path(os.environ.get("SHARED", Path(__file__).parents[3] / "shared")) / "data/surveys"

ANSWERS = """id;país;temas;w
1;Colombia;agua;1,5
2;Colombia;agua|tierra;1
3;México;tierra;1
4;Chile;;2
5;Colombia;=cmd|agua;0.25
"""


@pytest.fixture
def answers(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(ANSWERS, encoding="cp1252")
    return file


@pytest.fixture
def asked(capsys):
    def ask(*line, status=0):
        assert main(["survey", "crosstab", "--answers", *map(str, line)]) == status
        said = capsys.readouterr()
        if status:
            return said.err
        return json.loads(said.out) if "json" in line else list(csv.reader(io.StringIO(said.out)))

    return ask


def test_one_question(asked, answers):
    """Source: SUR-12: base is who answered; a tick is a mention."""
    said = asked(answers, "--rows", "temas", "--multi", "|", "--format", "json")
    assert (said["base"], said["respondents"], said["mentions"]) == (4, 5, 6)
    assert [(cell["row"], cell["count"]) for cell in said["cells"]] == [
        ("agua", 3),
        ("tierra", 2),
        ("=cmd", 1),
    ]
    assert said["cells"][1]["of_mentions"] == 33.33
    everybody = asked(answers, "--rows", "temas", "--multi", "|", "--base", "respondents", "--format", "json")
    assert (everybody["base"], everybody["cells"][0]["of_respondents"]) == (5, 60)


def test_a_question_by_another_and_weights(asked, answers):
    """Source: SUR-08."""
    line = ("--rows", "temas", "--by", "PAIS", "--multi", "|", "--weight", "w")
    said = asked(answers, *line, "--format", "json")
    cell = next(one for one in said["cells"] if one["row"] == "agua" and one["by"] == ["Colombia"])
    assert (cell["count"], cell["weighted"], cell["of_respondents"], cell["of_mentions"]) == (
        3,
        2.75,
        100,
        68.75,
    )
    assert next(one for one in said["groups"] if one["by"] == ["Colombia"])["weighted_base"] == 2.75


def test_the_csv_runs_nothing(asked, answers):
    rows = asked(answers, "--rows", "temas", "--multi", "|", "--where", "pais=colombia")
    assert rows[0] == ["row", "count", "weighted", "of_respondents", "of_mentions", "base", "mentions"]
    assert [row[0] for row in rows[1:]] == ["agua", "tierra", "'=cmd"]
    assert rows[1][3] == "100.00"


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_packed_files_are_read(asked, answers, pack):
    packed = answers.with_suffix(".packed")
    packed.write_bytes(pack(answers.read_bytes()))
    assert asked(packed, "--rows", "país", "--format", "json")["base"] == 5


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("--rows", "tema"), "“temas”"),
        (("--rows", "temas", "--where", "pais=Peru"), "“Colombia”"),
        (("--rows", "temas", "--where", "pais"), "COLUMN=VALUE"),
        (("--rows", "temas", "--weight", "país"), "is no weight"),
        (("--rows", "id", "--weight", "temas"), "Row 2: “agua” in “temas” is no weight"),
        (("--rows", "id", *["--by", "temas"] * 4), "three"),
    ],
)
def test_what_is_wrong_is_a_plain_sentence(asked, answers, line, says):
    assert says in asked(answers, *line, status=1)


def test_a_weight_is_a_number_whatever_parts_the_answers_and_one_missing_is_named_by_its_row(asked, answers):
    """The numbers are those of a spreadsheet, empty lines too."""
    answers.write_text("a;w\nx,y;0,5\n\ny;2\n", encoding="utf-8")
    said = asked(answers, "--rows", "a", "--multi", ",", "--weight", "w", "--format", "json")
    assert [(cell["row"], cell["count"], cell["weighted"]) for cell in said["cells"]] == [
        ("y", 2, 2.5),
        ("x", 1, 0.5),
    ]
    answers.write_text('a;w\nx,y;1\n\n"y\nz";\n', encoding="utf-8")
    assert "Row 4 has no weight" in asked(answers, "--rows", "a", "--weight", "w", status=1)


def test_what_is_no_table(asked, tmp_path):
    for name, content in (
        ("e.csv", b""),
        ("p.csv", b"%PDF-1.7 \x00\x01\x02"),
        ("z.csv", gzip.compress(b"a;b")[:-6]),
    ):
        file = tmp_path / name
        file.write_bytes(content)
        assert name in asked(file, "--rows", "a", status=1)
    assert asked(tmp_path / "none.csv", "--rows", "a", status=1)


@pytest.fixture
def mapping(tmp_path):
    """The golden answers as a file, and their form beside it."""
    file = tmp_path / "golden.csv"
    keys = list(golden.choices())
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(keys)
        writer.writerows([", ".join(golden.choices()[key][at]) for key in keys] for at in range(golden.SIZE))
    file.with_suffix(".xlsx").write_bytes(xlsform.write(golden.instrument()))
    return file


def test_a_form_gives_the_order_and_the_options_that_nobody_chose(asked, mapping, tmp_path):
    """Source: SUR-24."""
    form = ("--instrument", mapping.with_suffix(".xlsx"))
    said = asked(mapping, *form, "--rows", "organisation_type", "--by", "country", "--format", "json")
    rows = list(dict.fromkeys(cell["row"] for cell in said["cells"]))
    assert rows == [option.key for option in golden.instrument().question("organisation_type").options]
    assert [cell["count"] for cell in said["cells"] if cell["row"] == "other"] == [0] * 5
    assert [one["by"] for one in said["groups"]] == [["CO"], ["MX"], ["CL"], ["AR"], ["BR"]]
    out = tmp_path / "r.html"
    line = [
        "--answers",
        str(mapping),
        *map(str, form),
        "--multi",
        ",",
        "--by",
        "country",
        "--language",
        "pt-br",
    ]
    assert main(["survey", "report", *line, "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert "Mais da metade escolhe “Articulação com outras organizações”: 83 de 96" in text
    assert asked(mapping, "--instrument", mapping, "--rows", "country", status=1)


def test_the_golden_answers_as_a_file(asked, mapping):
    """Source: SUR-09, SUR-11."""
    file = mapping
    said = asked(file, "--rows", "population", "--multi", ",", "--format", "json")
    cell = said["cells"][0]
    assert (said["mentions"], cell["row"], cell["count"], cell["of_mentions"]) == (107, "women", 37, 34.58)
    assert cell["of_respondents"] == 38.54
    said = asked(file, "--rows", "participates_in_regional_network", "--by", "country", "--format", "json")
    found = {tuple(one["by"]): one["of_respondents"] for one in said["cells"] if one["row"] == "yes"}
    assert found == {("BR",): 90.91, ("AR",): 64.71, ("MX",): 61.9, ("CL",): 50.0, ("CO",): 31.03}
    said = asked(file, "--rows", "pillar", "--format", "json")
    assert (said["base"], said["respondents"], said["cells"][0]["of_respondents"]) == (92, 96, 45.65)


@pytest.mark.parametrize("ending", ["html", "md"])
def test_the_report_is_one_file(answers, tmp_path, ending):
    """Source: SUR-24."""
    out = tmp_path / f"r.{ending}"
    line = ["survey", "report", "--answers", str(answers), "--multi", "|", "--by", "país", "--out", str(out)]
    assert main([*line, "--language", "es", "--title", "Mapa <b>"]) == 0
    text = out.read_text(encoding="utf-8")
    assert "Más de la mitad elige «agua»: 3 de 4 (75,00\u00a0%)." in text
    assert "<b>" not in text
    assert "<script" not in text
    assert main([*line[:-1], str(tmp_path / "r.doc")]) == 1


@pytest.mark.skipif(not SURVEYS.exists(), reason="the real surveys are not here")
def test_tables_that_others_published(asked):
    """Source: CTX-08: simulated needs of 100 households, and 13,947 answers of a survey of open source."""
    data = SURVEYS / "msna_template" / "data.csv"
    with (SURVEYS / "msna_template" / "results_table_no_ratio.csv").open(encoding="utf-8") as file:
        published = [row for row in csv.DictReader(file) if row["analysis_type"].startswith("prop_select")]
    tables: dict[tuple[str, str], dict] = {}
    for row in published:
        key = (row["analysis_var"], row["group_var"])
        if key not in tables:
            by = ["--by", key[1]] if key[1] else []
            tables[key] = asked(data, "--rows", key[0], *by, "--format", "json")
        cells = {(cell["row"], *cell["by"]): cell for cell in tables[key]["cells"]}
        place = (row["analysis_var_value"], *([row["group_var_value"]] if key[1] else []))
        cell = cells.get(place, {"count": 0, "of_respondents": 0})
        assert cell["count"] == int(float(row["n"])), place
        assert abs(cell["of_respondents"] - 100 * float(row["stat"])) < 0.006, place


@pytest.mark.skipif(not SURVEYS.exists(), reason="the real surveys are not here")
def test_a_published_table_of_a_large_survey(asked):
    """Source: CTX-08: one cell of eighteen was printed wrong (466 of 1,237): its answers say 517 of 1,337."""
    folder = SURVEYS / "github_oss_survey"
    data = folder / "data__2024__clean_data__negative_incidents.csv"
    said = asked(data, "--rows", "ONEHOT.NEGATIVE_RESPONSE", "--by", "year", "--format", "json")
    found = {(cell["row"], cell["by"][0]): cell for cell in said["cells"]}
    bases = {one["by"][0]: one["base"] for one in said["groups"]}
    wrong = []
    with (folder / "docs__data__q33_data.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            cell = found[row["column"].removeprefix("ONEHOT.NEGATIVE_RESPONSE."), row["year"]]
            if (cell["count"], bases[row["year"]]) != (int(row["count"]), int(row["total_count"])):
                wrong.append((cell["count"], bases[row["year"]]))
    assert wrong == [(517, 1337)]
