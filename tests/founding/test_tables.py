"""Tables that founders fill together: rows are merged, moved and removed, and nothing of anybody is lost."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.core import clock
from tequio.core.scoping import network_scope
from tequio.founding import rules, selectors, services
from tequio.founding.models import SharedText, TextState
from tequio.founding.rules import BY_CODE, Clash
from tequio.networks.models import Benefit, MappedActor, PlannedAction, SpecificObjective, Territory
from tequio.people.models import Person, Place
from tests.founding.test_pages import in_force, signed_in
from tests.founding.world import save

NEEDS = BY_CODE["needs"]


def row(key, es, **more):
    return {"id": key, "text": {"es": es} if es else {}, "kind": "", **more}


ROWS = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "x", "y"]), max_size=3).map(
    lambda said: [row(key, words) for key, words in said.items()]
)


@given(base=ROWS, current=ROWS, mine=ROWS)
def test_merging_keeps_what_either_of_two_changed(base, current, mine):
    was, now, own = ({each["id"]: each for each in rows} for rows in (base, current, mine))
    try:
        kept = {each["id"]: each for each in rules.merge(base, current, mine)}
    except Clash:
        assert any(now.get(key) != was.get(key) != own.get(key) for key in {**was, **now, **own})
        return
    for key in {**was, **now, **own}:
        if own.get(key) != was.get(key) and now.get(key) == was.get(key):
            assert kept.get(key) == own.get(key)
        if now.get(key) != was.get(key) and own.get(key) == was.get(key):
            assert kept.get(key) == now.get(key)


def test_two_who_change_other_languages_of_a_row_both_keep_theirs():
    base = [row("a", "Uno")]
    current = [{**row("a", ""), "text": {"es": "Uno", "pt-br": "Um"}}]
    mine = [row("a", "Uno y medio")]
    assert rules.merge(base, current, mine)[0]["text"] == {"es": "Uno y medio", "pt-br": "Um"}
    with pytest.raises(Clash):
        rules.merge(base, [row("a", "Dos")], mine)


def test_rows_are_laid_over_what_stood_in_other_languages():
    before = [{"id": "a", "text": {"es": "Bote", "pt-br": "Barco"}, "kind": "PROJECT"}]
    names = map(str, itertools.count(1))
    sent = [
        {"id": "a", "text": "Lancha", "kind": "PROJECT"},
        {"text": "Red"},
        {"text": "", "kind": "PROJECT"},
    ]
    laid = rules.lay_over(NEEDS, before, sent, language="es", known=before, name=lambda: next(names))
    assert [(each["id"], each["text"]) for each in laid] == [
        ("a", {"es": "Lancha", "pt-br": "Barco"}),
        ("1", {"es": "Red"}),
    ]


def texts_of(first, founding, code):
    return [each["text"].get("es") for each in selectors.path(first, founding).settled.rows(code)]


def test_two_who_add_rows_in_the_same_minute_both_keep_theirs(first, second, founding):
    """Source: REA-01: several founders at once."""
    save(first, founding, "needs", needs="", rows=[{"text": "Un bote", "kind": "PROJECT"}])
    saved = save(second, founding, "needs", needs="", rows=[{"text": "Una red", "kind": "PROJECT"}])
    assert saved.apart == []
    assert sorted(texts_of(first, founding, "needs")) == ["Un bote", "Una red"]
    # The same row, written twice, stands once.
    save(second, founding, "needs", needs="", rows=[{"text": "Un bote", "kind": "PROJECT"}])
    assert sorted(texts_of(first, founding, "needs")) == ["Un bote", "Una red"]


def test_two_who_change_the_same_words_see_both_side_by_side(first, second, founding):
    save(first, founding, "needs", needs="", rows=[{"text": "Un bote", "kind": "PROJECT"}])
    key = selectors.path(first, founding).settled.rows("needs")[0]["id"]
    save(
        first, founding, "needs", needs="", base=1, rows=[{"id": key, "text": "Dos botes", "kind": "PROJECT"}]
    )
    saved = save(
        second,
        founding,
        "needs",
        needs="",
        base=1,
        rows=[{"id": key, "text": "Tres botes", "kind": "PROJECT"}],
    )
    assert [each.state for each in saved.apart] == [TextState.APART]
    assert texts_of(first, founding, "needs") == ["Dos botes"]
    client = signed_in(Person.objects.get(pk=second.person_id))
    page = client.get(f"/{founding.slug}/found/text/needs/").text
    assert "Dos botes" in page
    assert "Tres botes" in page
    address = f"/{founding.slug}/found/text/needs/"
    sent = {"here": "2", "there": "3"}
    assert client.post(address, sent).status_code == 422
    assert client.post(address, sent | {f"row_{key}": "both"}).status_code == 303
    assert texts_of(first, founding, "needs") == ["Dos botes", "Tres botes"]


def actors_who_met(first, second, founding):
    """Two founders change the same table at once: one row both ways, one each, one removed here and changed there."""
    actor = {"text": "", "effect": "", "influence": ""}
    names = ("Juntas", "Municipio", "Escuela")
    save(first, founding, "actors", actors="", rows=[{**actor, "name": name} for name in names])
    juntas, municipio, escuela = selectors.path(first, founding).settled.rows("actors")
    plain = {
        row["id"]: {**row, "name": row["name"]["es"], "text": ""} for row in (juntas, municipio, escuela)
    }
    a, b, c = (plain[row["id"]] for row in (juntas, municipio, escuela))
    save(first, founding, "actors", actors="", base=1, rows=[{**a, "influence": "HIGH"}, b])
    mine = [
        {**a, "influence": "LOW"},
        {**b, "effect": "MIXED"},
        {**c, "effect": "HELPED"},
        {**actor, "name": "Radio"},
    ]
    assert save(second, founding, "actors", actors="", base=1, rows=mine).apart
    return a["id"], c["id"]


def test_tables_that_met_are_settled_row_by_row(first, second, founding):
    """Only rows that say two things are asked about; every other row is merged. Source: EXPERIENCE 3.2 (3)."""
    juntas, escuela = actors_who_met(first, second, founding)
    client = signed_in(Person.objects.get(pk=second.person_id))
    address = f"/{founding.slug}/found/text/actors/"
    page = client.get(address).text
    assert page.count("<fieldset") == 2
    assert "Cuánto pueden cambiar: Mucho" in page
    assert "Cuánto pueden cambiar: Poco" in page
    assert "Sin esta fila." in page
    sent = {"here": "2", "there": "3", f"row_{juntas}": "here", f"row_{escuela}": "there"}
    assert client.post(address, {**sent, "here": "1"}).status_code == 422
    assert client.post(address, sent).status_code == 303
    rows = selectors.path(first, founding).settled.rows("actors")
    assert [(row["name"]["es"], row["influence"], row["effect"]) for row in rows] == [
        ("Juntas", "HIGH", ""),
        ("Municipio", "", "MIXED"),
        ("Escuela", "", "HELPED"),
        ("Radio", "", ""),
    ]
    assert rows[0]["id"] == juntas
    assert selectors.path(first, founding).apart == []


def test_the_map_of_actors_the_plan_and_the_places_are_rows_of_their_own(first, founding):
    """Source: REA-02, REA-05, REA-10."""
    actor = {"name": "Juntas", "text": "Sin agua", "effect": "HARMED", "influence": "LOW"}
    save(first, founding, "actors", actors="", rows=[actor, {**actor, "name": "Municipio"}])
    kept = MappedActor.objects.get(position=1)
    assert (kept.name, kept.effect) == ({"es": "Juntas"}, "HARMED")
    changed = [{**actor, "id": kept.key, "influence": "HIGH"}]
    save(first, founding, "actors", actors="", base=1, rows=changed)
    again = MappedActor.objects.get()
    assert (again.pk, again.influence) == (kept.pk, "HIGH")

    save(first, founding, "goal", specific="", rows=[{"text": "Medir"}])
    objective = SpecificObjective.objects.get()
    action = {"objective": objective.key, "text": "Formar", "who": "Ana", "until": "2027-03-01", "means": ""}
    save(first, founding, "plan", actions="", rows=[action])
    assert str(PlannedAction.objects.get(objective=objective.key).until) == "2027-03-01"

    places = [
        {"level": "CITY", "name": "Medellín, Colombia"},
        {"level": "COUNTRY", "name": "Brasil"},
        {"level": "REGION", "name": "Antioquia, Colombia"},
        {"level": "CITY", "name": "Xyzzy"},
    ]
    save(first, founding, "where", places="", rows=places)
    found = list(Territory.objects.values_list("level", "country", "city"))
    assert found == [
        ("CITY", "CO", Place.objects.get(name="Medellín", country="CO").pk),
        ("COUNTRY", "BR", None),
        ("REGION", "CO", None),
        ("CITY", "", None),
    ]


@pytest.fixture
def client(rosa):
    return signed_in(rosa)


def fields(page: str) -> dict[str, str]:
    """What the form of a topic would send as it is."""
    found = dict(re.findall(r'<input type="(?:text|hidden)" name="([a-z_0-9]+)" value="([^"]*)"', page))
    chosen = re.findall(r'<select name="([a-z_0-9]+)".*?</select>', page, re.DOTALL)
    assert chosen
    return {name: value for name, value in found.items() if name not in ("once", "csrfmiddlewaretoken")}


def test_rows_are_added_moved_and_removed_by_ordinary_forms(client, started, first):
    """Source: REA-01: works without script."""
    address = f"/{started.slug}/found/needs/"
    sent = {"language": "es", "needs_0_text": "Un bote", "needs_0_kind": "PROJECT", "needs_1_text": "Una red"}
    answered = client.post(address, {**sent, "needs_1_kind": "PROJECT", "do": "more:needs:0"})
    assert answered.url == f"{address}?lang=es#id_needs"
    page = client.get(address).text
    assert 'name="needs_2_text"' in page
    kept = fields(page) | {"needs_0_kind": "PROJECT", "needs_1_kind": "PROJECT", "language": "es"}
    client.post(address, {**kept, "do": "down:needs:0"})
    assert texts_of(first, started, "needs") == ["Una red", "Un bote"]
    kept = fields(client.get(address).text) | {
        "needs_0_kind": "PROJECT",
        "needs_1_kind": "PROJECT",
        "language": "es",
    }
    client.post(address, {**kept, "do": "drop:needs:0"})
    assert texts_of(first, started, "needs") == ["Un bote"]
    # What was removed stays among the versions.
    assert "Una red" in client.get(f"/{started.slug}/found/text/needs/").text


def test_the_rows_of_a_long_list_travel_by_their_names(client, started, first):
    rows = [{"text": f"Bote {number}", "kind": "PROJECT"} for number in range(6)]
    save(first, started, "needs", needs="", rows=rows)
    address = f"/{started.slug}/found/needs/"
    page = client.get(address).text
    assert "Bote 5" in page
    assert 'name="needs_0_text"' not in page
    kept = dict(re.findall(r'<input type="hidden" name="(needs_[a-z_0-9]+)" value="([^"]*)"', page))
    answered = client.post(address, {**kept, "language": "es", "do": "open:needs:2"})
    key = kept["needs_2_id"]
    assert answered.url == f"{address}?lang=es&open={key}#id_needs"
    page = client.get(answered.url).text
    assert 'name="needs_2_text" value="Bote 2"' in page
    kept = dict(re.findall(r'<input type="hidden" name="(needs_[a-z_0-9]+)" value="([^"]*)"', page))
    sent = {**kept, "language": "es", "needs_2_text": "Lancha", "needs_2_kind": "PROJECT", "do": "up:needs:2"}
    assert client.post(address, sent).status_code == 303
    assert texts_of(first, started, "needs") == ["Bote 0", "Lancha", "Bote 1", "Bote 3", "Bote 4", "Bote 5"]
    kept = dict(
        re.findall(
            r'<input type="hidden" name="(needs_[a-z_0-9]+)" value="([^"]*)"', client.get(address).text
        )
    )
    client.post(address, {**kept, "language": "es", "do": "drop:needs:0"})
    assert texts_of(first, started, "needs") == ["Lancha", "Bote 1", "Bote 3", "Bote 4", "Bote 5"]


def test_what_a_button_beside_a_row_says_is_checked(client, started):
    for nasty in ("drop:needs:99", "up:needs:0", "down:nothing:1", "more:needs:x", "drop", "eat:needs:0"):
        sent = {"language": "es", "needs_0_text": "Un bote", "needs_0_kind": "PROJECT", "do": nasty}
        assert client.post(f"/{started.slug}/found/needs/", sent).status_code == 303, nasty


def test_a_row_with_a_mistake_can_still_be_removed(client, started, first):
    address = f"/{started.slug}/found/plan/"
    sent = {"language": "es", "actions_0_text": "Formar", "actions_0_until": "mañana"}
    assert client.post(address, sent).status_code == 422
    assert client.post(address, {**sent, "do": "drop:actions:0"}).status_code == 303


def test_a_pillar_is_tied_to_an_interest_group(client, started):
    """Source: STR-10."""
    page = client.post(f"/{started.slug}/found/pillars/", {"pillars_0_name": "Agua", "language": "es"})
    assert page.status_code == 422
    assert "Escribe también esto" in page.text


def test_a_table_in_another_language_shows_what_is_to_translate(client, started, first):
    save(first, started, "needs", needs="", rows=[{"text": "Un bote", "kind": "PROJECT"}])
    address = f"/{started.slug}/found/needs/?lang=pt-br"
    page = client.get(address).text
    assert "Un bote" in page
    key = selectors.path(first, started).settled.rows("needs")[0]["id"]
    sent = {"language": "pt-br", "needs_base": "1", "needs_0_id": key, "needs_0_kind": "PROJECT"}
    assert client.post(address, {**sent, "needs_0_text": "Um barco"}).status_code == 303
    rows = selectors.path(first, started).settled.rows("needs")
    assert [each["text"] for each in rows] == [{"es": "Un bote", "pt-br": "Um barco"}]


def test_the_map_is_drawn_and_told_in_a_table(client, started, first):
    """Source: REA-05."""
    actors = [
        {"name": f"Junta {number}", "text": "", "effect": "HARMED", "influence": "LOW"} for number in range(5)
    ]
    save(first, started, "actors", actors="", rows=[*actors, {"name": "Sin lugar", "text": "x"}])
    for page in (f"/{started.slug}/found/actors/", f"/{started.slug}/found/step/1/"):
        text = client.get(page).text
        assert text.count('<path d="M') >= 5
        assert "<svg role=" in text
        assert "Sin lugar" in text


def test_each_objective_shows_its_plan_or_that_it_has_none(client, started, first):
    """Source: REA-10."""
    save(first, started, "goal", specific="", rows=[{"text": "Medir"}, {"text": "Contar"}])
    key = SpecificObjective.objects.get(position=1).key
    save(
        first, started, "plan", actions="", rows=[{"objective": key, "text": "Formar", "until": "2027-03-01"}]
    )
    page = client.get(f"/{started.slug}/found/step/1/").text
    assert "1 de marzo de 2027" in page
    assert page.count("Todavía sin plan") == 1


def test_the_map_of_areas_says_who_answers_for_what(client, started, first):
    """Source: GOV-02."""
    area = {"name": "Aprendizaje", "text": "Un taller al mes", "who": "Rio Vivo", "alone": "Los temas"}
    save(first, started, "areas", areas="", rows=[area])
    page = client.get(f"/{started.slug}/found/step/2/").text
    for words in ("Aprendizaje", "Rio Vivo", "Los temas"):
        assert words in page
    assert "Rio Vivo" in client.get(f"/{started.slug}/charter/").text


def test_needs_are_told_apart_and_sources_are_named(client, started, first):
    """Source: FIN-06."""
    page = client.post(f"/{started.slug}/found/needs/", {"needs_0_text": "Un bote", "language": "es"})
    assert page.status_code == 422
    save(
        first, started, "sources", sources="", rows=[{"name": "Municipio", "kind": "PUBLIC", "text": "obras"}]
    )
    page = client.get(f"/{started.slug}/found/step/4/").text
    assert "El Estado" in page


def test_benefits_are_one_of_four_and_can_be_measured(client, started, first, run_jobs):
    """Source: COM-01, COM-02, COM-03."""
    gain = {"reason": "FUNDING", "text": "Fondos en conjunto", "measure": "dos al año"}
    save(first, started, "benefits", benefits="", rows=[gain])
    in_force(started, first, run_jobs)
    with network_scope(started.pk):
        assert list(Benefit.objects.values_list("reason", "measure")) == [("FUNDING", {"es": "dos al año"})]


def test_step_three_shows_what_an_applicant_will_read(client, started, first):
    """Source: MEM-02, MEM-03."""
    criterion = {"text": "¿Cuidan una naciente?", "answer": "YES_NO", "required": True}
    save(first, started, "entry", {"joiners": ["ORGANIZATIONS"]}, criteria="", rows=[criterion])
    fixed = {"period": "ANNUAL", "currency": "USD", "fixed": "60"}
    save(first, started, "contribution", {"contribution": "FIXED"})
    save(first, started, "dues", fixed)
    page = client.get(f"/{started.slug}/found/step/3/").text
    assert "Como lo leerá quien quiera entrar" in page
    assert "¿Cuidan una naciente?" in page
    assert "60" in page


def test_what_was_written_in_step_one_flows_into_step_six(client, started, first):
    """Source: REA-11, STR-12."""
    save(first, started, "why", purpose="Cuidar el agua")
    save(first, started, "goal", objective="Diez ríos", specific="")
    assert "Cuidar el agua" in client.get(f"/{started.slug}/found/mission/").text
    assert "Diez ríos" in client.get(f"/{started.slug}/found/longlist/").text


def test_a_text_kept_before_tables_is_read_and_saved_as_one(first, founding):
    SharedText.objects.create(
        question="criteria",
        language="es",
        version=1,
        body="Vive aquí\nCuida",
        participant_id=first.participant_id,
        at=clock.now(),
    )
    rows = selectors.path(first, founding).settled.rows("criteria")
    assert [each["text"] for each in rows] == [{"es": "Vive aquí"}, {"es": "Cuida"}]
    services.save_text(by=first, question="criteria", language="pt-br", base=0, rows=[
        {**rows[0], "text": "Vive aqui"}, {**rows[1], "text": ""}
    ])  # fmt: skip
    with network_scope(founding.pk):
        again = selectors.path(first, founding).settled.rows("criteria")
    assert [each["text"] for each in again] == [{"es": "Vive aquí", "pt-br": "Vive aqui"}, {"es": "Cuida"}]
