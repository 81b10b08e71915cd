"""A file of organizations comes into the directory whole, or not at all; and it can be undone."""

from collections import Counter
from collections.abc import Callable
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.people import services
from tequio.people.formats.tables import Layout, Unreadable
from tequio.people.models import Alias, Import, Listing, Membership, Operation, Organization, State, Tally
from tequio.people.services import import_writing as writing
from tequio.register.models import Entry
from tests.conftest import sign_in

HERE = "/andina/organizations/import/"
SMALL = (
    "Organización;País;Ciudades;Tipo\nHuerta Norte;Colombia;Bogotá D.C.;Colectivo\n;Chile;;\n"
    "Vecinos;Chile;Bolivia;Junta\nHUERTA NORTE;;;\n"
)


def counted() -> dict[str, int]:
    rows = Tally.objects.filter(count__gt=0).exclude(key__startswith="m:")
    return dict(rows.values_list("key", "count"))


def recounted() -> dict[str, int]:
    keys = (
        Listing.objects.exclude(key__startswith="word:")
        .exclude(key__startswith="name:")
        .exclude(key__startswith="site:")
    )
    return dict(Counter(keys.values_list("key", flat=True)))


def names() -> set[str]:
    return set(Organization.objects.values_list("name", flat=True))


def bring(by: Actor, text: str, **how: object) -> services.ImportReport:
    return services.import_organizations(by=by, name="list.csv", content=text.encode(), **how)


def test_the_report_is_what_the_command_prints(ana: Actor) -> None:
    said = services.import_organizations(by=ana, name="a.csv", content=SMALL.encode("cp1252")).as_json()
    assert set(said) == {"read", "imported", "rejected", "duplicates", "places_found", "places_unknown"}
    assert said["read"] == 4
    assert said["imported"] == 2
    assert [set(one) for one in said["rejected"]] == [{"row", "reason"}]
    assert said["rejected"][0]["row"] == 3
    assert [one["row"] for one in said["duplicates"]] == [5]
    assert (said["places_found"], said["places_unknown"]) == (1, ["Bolivia"])
    assert counted() == recounted()


def test_one_import_is_one_entry_of_the_register(ana: Actor) -> None:
    before = Entry.objects.count()
    bring(ana, "nombre\n" + "\n".join(f"Casa {number}" for number in range(50)))
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.select_related("payload").order_by("-turn").first()
    assert entry.kind == "people.organizations_imported"
    assert entry.facts["imported"] == 50


def test_those_who_do_not_admit_members_import_nothing(beto: Actor) -> None:
    with pytest.raises(Refused):
        bring(beto, SMALL)
    assert not Import.objects.exists()


def test_it_is_all_or_nothing(ana: Actor) -> None:
    before, tallies = names(), counted()
    with patch.object(writing, "_merge_all", side_effect=RuntimeError), pytest.raises(RuntimeError):
        bring(ana, SMALL)
    assert names() == before
    assert counted() == tallies
    with pytest.raises(Unreadable):
        bring(ana, "")
    assert not Import.objects.exists()


def test_what_is_known_already_is_skipped_merged_or_written_anew(ana: Actor) -> None:
    bring(ana, "nombre;web\nHuerta Norte A.C.;huerta.org\nCasa Común;\n")
    skipped = bring(ana, "nombre;país\nhuerta norte;Colombia\nOtra;Chile\n")
    assert (skipped.imported, len(skipped.duplicates)) == (1, 1)
    merged = bring(
        ana, "nombre;país;ciudad;otros nombres\nHuerta norte;Colombia;Cali;La Huerta\n", on_duplicates="merge"
    )
    assert (merged.imported, merged.merged) == (0, 1)
    huerta = Organization.objects.get(name="Huerta Norte A.C.")
    assert (huerta.country, huerta.website) == ("CO", "https://huerta.org")
    assert list(Alias.objects.filter(organization=huerta).values_list("name", flat=True)) == ["La Huerta"]
    anew = bring(ana, "nombre\nHuerta Norte\n", on_duplicates="new")
    assert anew.imported == 1
    assert counted() == recounted()


def test_names_only_alike_are_written_and_listed(ana: Actor) -> None:
    bring(ana, "nombre\nExtituto de Política Abierta\n")
    report = bring(ana, "nombre\nExstituto de Política Abierta\n")
    assert report.imported == 1
    assert [one["done"] for one in report.duplicates] == ["new"]
    assert report.duplicates[0]["of"] == "Extituto de Política Abierta"


def test_undoing_takes_what_nobody_touched(ana: Actor) -> None:
    before, tallies = names(), counted()
    bring(ana, "nombre;país\nHuerta Norte;Colombia\nCasa Común;Chile\nMesa;Perú\n")
    row = Import.objects.get()
    casa = Organization.objects.get(name="Casa Común")
    services.join(by=ana, organization=casa, name=casa.name)
    assert services.undo_import(by=ana, row=row) == 2
    assert names() == before | {"Casa Común"}
    assert counted() == recounted()
    assert counted()[""] == tallies[""] + 1
    row.refresh_from_db()
    assert (row.state, row.report["left"]) == (State.UNDONE, 1)
    with pytest.raises(services.WrongMoment):
        services.undo_import(by=ana, row=row)


def test_undoing_takes_back_what_a_merge_added(ana: Actor) -> None:
    huerta = services.record_organization(by=ana, name="Huerta Norte")
    bring(
        ana, "nombre;país;ciudad;otros nombres\nHuerta norte;Colombia;Cali;La Huerta\n", on_duplicates="merge"
    )
    services.undo_import(by=ana, row=Import.objects.get())
    huerta.refresh_from_db()
    assert huerta.country == ""
    assert not Alias.objects.filter(organization=huerta).exists()
    assert not Operation.objects.filter(organization=huerta).exists()
    assert counted() == recounted()


def test_columns_are_remembered(ana: Actor) -> None:
    bring(ana, "clave;apodo\nCasa Común;CC\n", mapping={"clave": "name", "2": "aliases"})
    bring(ana, "clave;apodo\nMesa Sur;MS\n")
    assert set(Alias.objects.values_list("name", flat=True)) == {"CC", "MS"}


def test_one_column_is_corrected_and_the_others_stay_as_guessed(ana: Actor) -> None:
    bring(ana, "nombre;país;ciudad\nCC;Colombia;Cali\n", mapping={"ciudad": "aliases"})
    known = Organization.objects.get(name="CC")
    assert (known.country, known.aliases.get().name) == ("CO", "Cali")
    bring(ana, "nombre;país;sitio\nDD;Chile;dd.example\n", mapping={"SITIO": ""})
    assert Organization.objects.get(name="DD").website == ""


def test_how_the_file_is_cut_is_corrected(ana: Actor) -> None:
    layout = Layout("", delimiter=";", header=2)
    bring(ana, "lista,de,todas\nnombre;tema\nCasa, patio y huerto;agua, tierra\n", layout=layout)
    assert "Casa, patio y huerto" in names()


def test_a_heading_or_a_sheet_that_is_not_there_is_told(ana: Actor) -> None:
    for how in ({"mapping": {"Apodo": "aliases"}}, {"layout": Layout("", sheet="Hoja 2")}):
        with pytest.raises(services.NotInTheFile):
            bring(ana, SMALL, **how)
    assert "Huerta Norte" not in names()


# Pages


def upload(client: Client, content: bytes, name: str = "lista.csv") -> str:
    answer = client.post(HERE, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_a_list_is_looked_at_written_and_undone(client: Client, ana: Actor) -> None:
    sign_in(client, ana)
    page = upload(client, SMALL.encode())
    shown = client.get(page, headers={"accept-language": "en"})
    assert "Nothing is written yet" in shown.text
    assert "Huerta Norte" in shown.text
    assert "Huerta Norte" not in names()
    assert client.post(page, {}).status_code == 303
    assert {"Huerta Norte", "Vecinos"} <= names()
    assert Import.objects.get().content is None
    assert client.get(page).status_code == 200
    table = client.get(f"{page}rejected.csv")
    assert table.headers["Content-Type"].startswith("text/csv")
    assert "Chile" in table.content.decode("utf-8-sig")
    assert "a organizaciones que ya estaban" in client.get(f"{page}undo/").text
    assert client.post(f"{page}undo/").status_code == 303
    assert "Vecinos" not in names()
    assert client.get(page).status_code == 200
    assert client.get(HERE).status_code == 200


def test_the_reading_is_corrected(client: Client, ana: Actor) -> None:
    sign_in(client, ana)
    page = upload(client, b"uno;dos\nCasa;Mesa\nOtra;Cosa\n")
    layout = {"correct": "yes", "encoding": "utf-8", "delimiter": ";", "header": "1"}
    wrong = client.post(page, {**layout, "column-0": "name", "column-1": "name"})
    assert wrong.status_code == 422
    nothing = client.post(
        page, {**layout, "header": "900"}
    )  # below the last row: told, and the file waits as it was
    assert nothing.status_code == 422
    assert client.post(page, {**layout, "column-1": "name"}).status_code == 303
    client.post(page, {})
    assert {"Mesa", "Cosa"} <= names()
    assert "Casa" not in names()


def test_a_duplicate_is_merged_from_the_page(client: Client, ana: Actor) -> None:
    services.record_organization(by=ana, name="Huerta Norte")
    sign_in(client, ana)
    page = upload(client, "nombre;país\nHuerta norte;Colombia\n".encode())
    client.post(page, {"d-2": "merge", "d-99999999999": "new", "d-x": "skip"})
    assert Organization.objects.get(name="Huerta Norte").country == "CO"


@pytest.mark.parametrize("content", [b"", b"%PDF-1", b"PK\x03\x04zzz", b"nombre\n"])
def test_an_unreadable_file_says_why(client: Client, ana: Actor, content: bytes) -> None:
    sign_in(client, ana)
    answer = client.post(HERE, {"file": SimpleUploadedFile("x.xlsx", content)})
    assert answer.status_code in (303, 422)
    if answer.status_code == 303:
        assert client.get(answer.headers["Location"]).status_code == 200
        assert Import.objects.get().state == State.FAILED


def test_a_large_list_is_written_by_a_job(client: Client, ana: Actor, run_jobs: Callable[[], int]) -> None:
    sign_in(client, ana)
    with (
        patch("tequio.people.views.imports.AT_ONCE", 10),
        patch("tequio.people.views.imports.ROWS_AT_ONCE", 1),
    ):
        page = upload(client, SMALL.encode())
        assert Import.objects.get().state == State.READING
        assert client.get(page).status_code == 200
        run_jobs()
        assert Import.objects.get().state == State.READY
        client.post(page, {})
        assert Import.objects.get().state == State.RUNNING
        assert client.get(page).status_code == 200
        run_jobs()
    assert Import.objects.get().state == State.DONE
    assert "Vecinos" in names()


def test_a_list_is_left_aside(client: Client, ana: Actor) -> None:
    sign_in(client, ana)
    page = upload(client, SMALL.encode())
    assert client.post(f"{page}drop/").status_code == 303
    row = Import.objects.get()
    assert (row.state, row.content) == (State.DROPPED, None)
    assert client.get(page).status_code == 200


def test_members_who_may_not_import_do_not_see_imports(client: Client, ana: Actor, beto: Actor) -> None:
    bring(ana, SMALL)
    page = f"{HERE}{Import.objects.get().uuid}/"
    sign_in(client, beto)
    assert client.get(HERE).status_code == 403
    assert client.get(page).status_code == 403


def test_ten_thousand_rows_take_few_statements(ana: Actor, django_assert_max_num_queries: object) -> None:
    rows = "nombre;país;ciudad\n" + "\n".join(f"Casa {number};Chile;Temuco" for number in range(2_500))
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        assert bring(ana, rows).imported == 2_500
    assert Membership.objects.count() == 2
