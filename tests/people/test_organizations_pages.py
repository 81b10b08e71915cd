"""The directory's pages: found, counted, paged, and as cheap for thirty as for three."""

import csv
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation

from tequio.core.actor import Actor
from tequio.people import services
from tequio.people.models import Organization
from tequio.people.models.organizations import Kind, Scope, Sector
from tests.conftest import sign_in

HERE = "/andina/organizations/"
samples = Path(__file__).resolve().parents[2] / "tequio" / "cli" / "samples"
Queries = Callable[[int], AbstractContextManager[None]]


def record(by: Actor, name: str, **facts: object) -> Organization:
    return services.record_organization(by=by, name=name, **facts)


def many(by: Actor, count: int) -> None:
    if not count:
        return
    rows = "nombre;país;ciudad;tipo;temas\n" + "\n".join(
        f"Casa {n};Chile;Temuco;Red;Agua" for n in range(count)
    )
    services.import_organizations(by=by, name="x.csv", content=rows.encode(), on_duplicates="new")


def test_the_directory_finds_without_accents_and_endings(client: Client, ana: Actor) -> None:
    record(
        ana, "Jóvenes por la Educación", country="CO", cities=["Medellín"], themes=["Participación ciudadana"]
    )
    record(ana, "Observatório do Marajó", country="BR")
    sign_in(client, ana)
    for words, name in [
        ("joven", "Jóvenes por la Educación"),
        ("educacion medellin", "Jóvenes por la Educación"),
        ("ciudadanas", "Jóvenes por la Educación"),
        ("observatorios", "Observatório do Marajó"),
        ("obsevatorio", "Observatório do Marajó"),
    ]:
        page = client.get(HERE, {"q": words}, headers={"accept-language": "es"})
        assert page.status_code == 200
        assert name in page.text, words
    assert "Jóvenes" not in client.get(HERE, {"country": "BR"}).text


@pytest.mark.parametrize("count", [3, 30])
def test_the_directory_takes_the_same_queries_for_three_as_for_thirty(
    client: Client, ana: Actor, queries: Queries, count: int
) -> None:
    many(ana, count)
    sign_in(client, ana)
    with queries(5):  # session, network, participant, counts, page
        assert client.get(HERE).status_code == 200
    with queries(6):  # and the counts inside the selection
        assert client.get(HERE, {"country": "CL", "kind": "NETWORK", "q": "casas"}).status_code == 200


def test_an_organization_takes_few_queries(client: Client, ana: Actor, beto: Actor, queries: Queries) -> None:
    made = record(ana, "Huerta", cities=["Cali"], aliases=["La Huerta"])
    record(ana, "Huerta Sur")
    sign_in(client, beto)
    for count in (0, 30):
        many(ana, count)
        with queries(6):  # session, network, participant, organization, who acts for it, may I change it
            assert client.get(f"{HERE}{made.uuid}/").status_code == 200
    sign_in(client, ana)
    with queries(
        8
    ):  # session, network, participant, organization, who acts for it; three for the likely duplicates
        assert client.get(f"{HERE}{made.uuid}/").status_code == 200


def test_filters_live_in_the_address(client: Client, ana: Actor) -> None:
    many(ana, 40)
    sign_in(client, ana)
    page = client.get(HERE, {"country": "CL", "theme": "agua"}, headers={"accept-language": "es"})
    assert "Chile (40)" in client.get(HERE, headers={"accept-language": "es"}).text
    following = re.search(r'href="([^"]+)" rel="next"', page.text)
    assert following
    again = client.get(following[1].replace("&amp;", "&"))
    assert "country=CL" in following[1]
    assert again.text.count("<b>Casa") == 10


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "\0"}, {"q": "\ud800"}, {"q": "x" * 10_000}, {"q": "' OR 1=1 --"}, {"q": "{{ 7*7 }}%s"}, {"country": "\0"},
        {"country": "x" * 5_000}, {"after": "x"}, {"after": "1.\0"}, {"after": f"{10**30}.a"}, {"before": "999999999999999999.zzz"},
        {"after": "18446744073709551616.a"}, {"city": "abc"}, {"theme": "\u202e"}, {"q": "la de los"}, {"q": "!!!"}, {"after": "1.\ud800"},
        {"q": "%"}, {"q": "_"}, {"theme": "'; DROP TABLE x"},
    ],
)  # fmt: skip
def test_no_address_breaks_the_directory(client: Client, ana: Actor, asked: dict[str, str]) -> None:
    from urllib.parse import quote

    sign_in(client, ana)
    query = "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name, value in asked.items())
    assert client.get(f"{HERE}?{query}").status_code == 200


def test_an_organization_is_recorded_by_hand(client: Client, ana: Actor) -> None:
    sign_in(client, ana)
    sent = {
        "name": "Huerta Común",
        "country": "CO",
        "cities": "Bogotá D.C.\nXyzzy",
        "themes": "agua, tierra",
        "languages": ["es", "qu"],
    }
    answer = client.post(f"{HERE}new/", sent)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"], headers={"accept-language": "en"})
    assert "Bogotá" in page.text
    assert "we do not know this city" in page.text
    assert "Quechua" in page.text


def test_one_that_is_here_already_is_asked_about_first(client: Client, ana: Actor) -> None:
    record(ana, "Huerta Común A.C.")
    sign_in(client, ana)
    asked = client.post(f"{HERE}new/", {"name": "huerta comun"}, headers={"accept-language": "en"})
    assert asked.status_code == 422
    assert "It has the same name." in asked.text
    assert client.post(f"{HERE}new/", {"name": "huerta comun", "another": "on"}).status_code == 303


def test_wrong_forms_keep_what_was_typed(client: Client, ana: Actor) -> None:
    sign_in(client, ana)
    answer = client.post(f"{HERE}new/", {"name": "", "email": "x", "about": "kept & <b>"})
    assert answer.status_code == 422
    assert "kept &amp; &lt;b&gt;" in answer.text


def test_changing_keeps_texts_in_other_languages(client: Client, ana: Actor) -> None:
    made = record(ana, "Huerta", about={"pt-br": "Uma horta."})
    sign_in(client, ana)
    answer = client.post(
        f"{HERE}{made.uuid}/edit/",
        {"name": "Huerta", "about": "Una huerta."},
        headers={"accept-language": "es"},
    )
    assert answer.status_code == 303
    made.refresh_from_db()
    assert made.about == {"pt-br": "Uma horta.", "es": "Una huerta."}


def test_two_are_merged_and_parted_on_their_pages(client: Client, ana: Actor) -> None:
    keep, gone = record(ana, "Huerta Común"), record(ana, "Huerta Comun A.C.")
    sign_in(client, ana)
    assert str(gone.uuid) in client.get(f"{HERE}{keep.uuid}/").text
    merge = f"{HERE}{keep.uuid}/merge/{gone.uuid}/"
    assert client.get(merge).status_code == 200
    assert client.post(merge).status_code == 303
    assert client.post(merge).status_code == 422
    assert client.get(f"{HERE}{gone.uuid}/").status_code == 200
    assert client.get(f"{HERE}{gone.uuid}/part/").status_code == 200
    assert client.post(f"{HERE}{gone.uuid}/part/").status_code == 303
    assert client.get(f"{HERE}{gone.uuid}/part/").status_code == 404


def test_what_goes_where_is_shown_before_two_are_made_one(client: Client, ana: Actor) -> None:
    """Source: CTX-19."""
    keep = record(ana, "Extituto de Política Abierta", cities=["Bogotá"], email="uno@example.org")
    gone = record(
        ana, "Exstituto Política Abierta", cities=["Medellín"], email="dos@example.org", country="CO"
    )
    sign_in(client, ana)
    merge = f"{HERE}{keep.uuid}/merge/{gone.uuid}/"
    page = client.get(merge, headers={"accept-language": "en"})
    goes = {str(row["label"]): (row["keep"], row["gone"], row["goes"]) for row in page.context["rows"]}
    assert goes["Where it works"] == ("Bogotá", "Medellín", "Both are found.")
    assert goes["E-mail"][2] == "It is put away, and comes back if you part them."
    assert goes["Name"][2] == "It becomes another name of the one that stays."
    assert "Telephone" not in goes
    client.post(merge)
    for words in ("exstituto", "medellin"):  # found by its other name, and by its city
        assert keep.name in client.get(HERE, {"q": words}).text


def test_a_merged_one_leads_others_to_the_one_that_stayed(client: Client, ana: Actor, beto: Actor) -> None:
    keep, gone = record(ana, "Huerta Común"), record(ana, "Huerta Comun A.C.")
    services.merge_organizations(by=ana, keep=keep, gone=gone)
    sign_in(client, beto)
    assert client.get(f"{HERE}{gone.uuid}/").headers["Location"] == f"{HERE}{keep.uuid}/"


def test_cities_nobody_knows_are_named(client: Client, ana: Actor) -> None:
    record(ana, "Uno", country="CL", cities=["Bolivia"])
    sign_in(client, ana)
    assert "Bolivia" in client.get(f"{HERE}places/").text
    sent = {"written": "Bolivia", "country": "CL", "city_country": "CL"}
    assert client.post(f"{HERE}places/", {**sent, "city": "nowhere at all"}).status_code == 422
    assert client.post(f"{HERE}places/", {**sent, "city": "Temuco"}).status_code == 303
    assert "Bolivia" not in client.get(f"{HERE}places/").text


def test_who_sees_what(client: Client, ana: Actor, beto: Actor, carla: Actor) -> None:
    made = record(ana, "Huerta")
    page = f"{HERE}{made.uuid}/"
    assert client.get(page).status_code == 302
    sign_in(client, beto)
    assert client.get(page).status_code == client.get(HERE).status_code == 200
    for closed in ("new/", "import/", "places/", f"{made.uuid}/edit/", f"{made.uuid}/merge/{made.uuid}/"):
        assert client.get(HERE + closed).status_code == 403, closed
    sign_in(client, carla)
    for hidden in ("", "new/", "import/", "places/", f"{made.uuid}/"):
        assert client.get(HERE + hidden).status_code == 404, hidden
    assert client.get(f"/sul/organizations/{made.uuid}/").status_code == 404


@pytest.mark.parametrize("path", ["", "new/", "import/", "places/"])
@pytest.mark.parametrize("language", ["es", "pt-br", "en"])
def test_pages_open_in_each_language(client: Client, ana: Actor, path: str, language: str) -> None:
    sign_in(client, ana)
    assert client.get(HERE + path, headers={"accept-language": language}).status_code == 200


def test_what_is_not_there_is_404(client: Client, ana: Actor) -> None:
    sign_in(client, ana)
    for path in (
        f"{uuid4()}/",
        f"{uuid4()}/edit/",
        f"import/{uuid4()}/",
        f"import/{uuid4()}/rejected.csv",
        f"{uuid4()}/part/",
    ):
        assert client.get(HERE + path).status_code == 404


def test_a_network_of_many_levels_and_sectors(client: Client, ana: Actor) -> None:
    """Members and partners at local, national and regional level, of each sector, in one directory. Source: CTX-18."""
    levels = dict(zip(("SOCIAL", "PUBLIC", "PRIVATE", "MEDIA"), Scope, strict=True))
    for sector, scope in levels.items():
        record(ana, f"Casa {sector}", sector=sector, scope=scope.value)
    sign_in(client, ana)
    for sector, scope in levels.items():
        found = client.get(HERE, {"sector": sector}).text
        assert f"Casa {sector}" in found
        assert found.count("Casa ") == 1
        one = Organization.objects.get(name=f"Casa {sector}")
        page = client.get(f"{HERE}{one.uuid}/", headers={"accept-language": "es"}).text
        with translation.override("es"):
            assert str(Scope(scope).label) in page
            assert str(Sector(sector).label) in page


def test_the_organizations_that_were_thanked_are_of_kinds_that_can_be_recorded() -> None:
    """95 names, some with the kind that their name tells: a company, a board, a university, one person. Source: CTX-14, CTX-15."""
    listed = list(csv.DictReader(StringIO((samples / "cila_organizations.csv").read_text("utf-8"))))
    assert len(listed) == 95
    kinds = {row["kind"] for row in listed if row["kind"]}
    assert kinds <= set(Kind.values)
    assert {"NGO", "COLLECTIVE", "UNIVERSITY", "COMPANY", "BOARD", "COUNCIL", "NETWORK", "PERSON"} <= kinds
