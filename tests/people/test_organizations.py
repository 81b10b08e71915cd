"""Organizations: recorded without any account, changed, made one of two, found and counted."""

from collections import Counter
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.scoping import network_scope
from tequio.decisions import services as decisions
from tequio.decisions.rules import Matter, Position
from tequio.people import selectors, services
from tequio.people.models import (
    Alias,
    Kind,
    Listing,
    Membership,
    Operation,
    Organization,
    Participant,
    Place,
    Tally,
)
from tequio.people.rules.directory import Wanted
from tequio.people.rules.organizations import Details
from tequio.people.selectors.directory import directory
from tequio.people.selectors.duplicates import duplicate_hints
from tequio.register.models import Entry


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


def record(by: Actor, name: str, **facts: object) -> Organization:
    return services.record_organization(by=by, name=name, **facts)


def found(by: Actor, words: str = "", **chosen: str) -> list[str]:
    page = directory(by, Wanted(words=words, chosen=tuple(chosen.items())))
    return [row.name for row in page.rows]


def test_an_organization_is_recorded_without_any_account(ana: Actor) -> None:
    """Source: P22."""
    before = counted()[""]
    made = record(
        ana,
        "Huerta Común A.C.",
        kind="COLLECTIVE",
        country="CO",
        cities=["Bogota D.C.", "Caracas", "a nivel nacional", "Xyzzy"],
    )
    cities = {
        row.written: row.place and row.place.name for row in Operation.objects.filter(organization=made)
    }
    assert cities == {"Bogota D.C.": "Bogotá", "Caracas": "Caracas", "Xyzzy": None}
    assert made.national_level
    assert made.folded == "huerta comun"
    assert counted()[""] == before + 1
    assert counted()["kind:COLLECTIVE"] == 1
    assert Entry.objects.order_by("-turn").first().kind == "people.organization_recorded"


def test_contacts_never_reach_the_register(ana: Actor) -> None:
    record(ana, "Huerta", email="secreto@example.org", phone="555")
    entry = Entry.objects.select_related("payload").order_by("-turn").first()
    assert "secreto" not in str(entry.facts)


def test_who_may_write(ana: Actor, beto: Actor, dora: Actor) -> None:
    with pytest.raises(Refused):
        record(beto, "Huerta")
    mine = Organization.objects.get(name="La Asamblea")
    theirs = Organization.objects.get(name="Barrio Vivo")
    services.change_organization(
        by=dora, organization=mine, details=Details(name="La Asamblea", country="PE")
    )
    with pytest.raises(Refused):
        services.change_organization(by=beto, organization=theirs, details=Details(name="x"))
    with pytest.raises(Refused):
        services.merge_organizations(by=beto, keep=mine, gone=theirs)


def test_a_change_moves_the_counts(ana: Actor) -> None:
    made = record(ana, "Huerta", country="CO", cities=["Cali"], themes=["Agua"])
    services.change_organization(
        by=ana,
        organization=made,
        details=Details(name="Huerta Sur", country="CL", cities=("Temuco",), aliases=("La Huerta",)),
    )
    assert counted() == recounted()
    assert "country:CO" not in counted()
    assert found(ana, "huerta sur") == found(ana, "la huerta") == ["Huerta Sur"]
    assert found(ana, "agua") == []


def test_two_become_one_and_part_again(ana: Actor) -> None:
    keep = record(ana, "Extituto de Política Abierta", country="CO", cities=["Bogotá"])
    gone = record(ana, "Exstituto Política Abierta", country="CO", cities=["Medellín"], themes=["Datos"])
    hints = duplicate_hints(ana, name=gone.name, besides=gone.pk)
    assert [hint.organization.uuid for hint in hints] == [keep.uuid]
    assert str(hints[0].likeness.percent) in hints[0].why
    whole = counted()
    services.merge_organizations(by=ana, keep=keep, gone=gone)
    assert found(ana, "exstituto") == found(ana, "medellin") == [keep.name]
    assert counted() == recounted()
    with pytest.raises(services.CannotMerge):
        services.merge_organizations(by=ana, keep=keep, gone=gone)
    gone.refresh_from_db()
    services.part_organizations(by=ana, organization=gone)
    assert counted() == recounted() == whole
    assert found(ana, "exstituto") == [gone.name]


def test_a_member_is_never_merged_away(ana: Actor) -> None:
    member = Organization.objects.get(name="Barrio Vivo")
    other = record(ana, "Barrio Vivo A.C.")
    with pytest.raises(services.CannotMerge):
        services.merge_organizations(by=ana, keep=other, gone=member)
    services.merge_organizations(by=ana, keep=member, gone=other)
    assert Membership.objects.filter(organization=member, ended_on=None).exists()


def test_merging_and_parting_touch_no_voice_and_no_open_round(ana: Actor, beto: Actor) -> None:
    """A frozen electorate stays as it was; two members are never made one; the register keeps both ways. Source: CTX-19."""
    title = {"es": "Cuota"}
    proposal = decisions.propose(by=ana, title=title, summary=title, body=title, matter=Matter.STRATEGIC)
    opened = decisions.open_round(by=ana, proposal=proposal)
    electors = list(opened.electors.order_by("pk").values_list("pk", "membership"))
    voices = list(Participant.objects.order_by("pk").values_list("membership", "voice"))
    mine = Organization.objects.get(name="La Asamblea")
    double = record(ana, "La Asamblea A.C.", aliases=["Asambleístas"])
    with pytest.raises(services.CannotMerge):
        services.merge_organizations(by=ana, keep=mine, gone=Organization.objects.get(name="Barrio Vivo"))
    services.merge_organizations(by=ana, keep=mine, gone=double)
    assert found(ana, "asambleistas") == ["La Asamblea"]
    decisions.answer(by=beto, round=opened, position=Position.AGREE)
    services.part_organizations(by=ana, organization=Organization.objects.get(pk=double.pk))
    assert found(ana, "asambleistas") == ["La Asamblea A.C."]
    assert list(opened.electors.order_by("pk").values_list("pk", "membership")) == electors
    assert list(Participant.objects.order_by("pk").values_list("membership", "voice")) == voices
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"people.organizations_merged", "people.organizations_parted"} <= kinds


def test_duplicates_are_told_in_words(ana: Actor) -> None:
    made = record(ana, "Tendiendo Puentes A.C.", aliases=["Puentes"], website="https://puentes.org")
    for name, website in [
        ("tendiendo puentes", ""),
        ("PUENTES", ""),
        ("Tendiendo los Puentes", "http://www.puentes.org/x"),
    ]:
        hints = duplicate_hints(ana, name=name, website=website)
        assert [hint.organization.uuid for hint in hints] == [made.uuid], name
        assert hints[0].why
    assert duplicate_hints(ana, name="Casa de la Memoria") == []


def test_a_city_nobody_knew_is_named_everywhere(ana: Actor) -> None:
    one = record(ana, "Uno", country="CL", cities=["Bolivia"])
    two = record(ana, "Dos", country="CL", cities=["Bolivia", "Temuco"])
    record(ana, "Tres", country="CO", cities=["Bolivia"])
    assert [(row.written, row.organization.country) for row in selectors.unknown_places(ana)] == [
        ("Bolivia", "CL"),
        ("Bolivia", "CO"),
    ]
    temuco = Place.objects.get(name="Temuco", country="CL")
    assert services.name_place(by=ana, written="Bolivia", country="CL", place=temuco) == 2
    assert {row.organization_id for row in Operation.objects.filter(place=temuco)} == {one.pk, two.pk}
    assert counted()[f"city:{temuco.pk}"] == 2
    assert counted() == recounted()


def test_filters_and_their_counts(ana: Actor) -> None:
    record(ana, "Uno", country="CL", kind=Kind.NGO, themes=["Agua"], cities=["Temuco"])
    record(ana, "Dos", country="CL", kind=Kind.COLLECTIVE, themes=["agua", "Tierra"])
    record(ana, "Tres", country="CO", kind=Kind.NGO, populations=["Mujeres"])
    page = directory(ana, Wanted())
    assert page.total.number == 5
    assert {(one.value, one.count.number) for one in page.facets["country"]} == {("CL", 2), ("CO", 1)}
    assert [(one.label, one.count.number) for one in page.facets["theme"]] == [("Agua", 2), ("Tierra", 1)]
    page = directory(ana, Wanted(chosen=(("country", "CL"),)))
    assert page.total.number == 2
    assert {(one.value, one.count.number) for one in page.facets["kind"]} == {("NGO", 1), ("COLLECTIVE", 1)}
    assert {(one.value, one.count.number) for one in page.facets["country"]} == {("CL", 2), ("CO", 1)}
    assert found(ana, country="CL", kind="NGO") == ["Uno"]
    assert found(ana, "agua", kind="COLLECTIVE") == ["Dos"]
    assert found(ana, country="XX") == found(ana, country="CL", kind="nonsense") == []


def test_every_page_leads_to_the_next_and_back(ana: Actor) -> None:
    rows = "nombre\n" + "\n".join(f"Casa {number:03}" for number in range(68))
    services.import_organizations(by=ana, name="x.csv", content=rows.encode(), on_duplicates="new")
    seen: list[str] = []
    after = None
    for _page in range(3):
        page = directory(ana, Wanted(after=after))
        seen += [row.name for row in page.rows]
        after = (page.rows[-1].folded, page.rows[-1].pk)
    assert page.last
    assert seen == sorted(seen)
    assert len(seen) == len(set(seen)) == 70
    back = directory(ana, Wanted(before=(page.rows[0].folded, page.rows[0].pk)))
    assert [row.name for row in back.rows] == seen[30:60]
    assert not back.first
    assert not back.last


def test_nothing_of_another_network_is_found_or_counted(ana: Actor, carla: Actor, elsewhere: object) -> None:
    with network_scope(elsewhere.network.pk):  # type: ignore[attr-defined]
        record(carla, "Horta Comum", country="BR")
        hidden = Organization.objects.get(name="Horta Comum")
    assert found(ana, "horta") == []
    assert "country:BR" not in counted()
    assert selectors.organization(ana, hidden.uuid) is None
    assert duplicate_hints(ana, name="Horta Comum") == []


def test_what_is_not_there_is_none(ana: Actor) -> None:
    assert selectors.organization(ana, uuid4()) is None
    assert selectors.find_import(ana, uuid4()) is None


NAMES = st.sampled_from(["Casa Común", "Mesa Sur", "Huerta A.C.", "Vecinos", "Red de Agua"])
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "country": st.sampled_from(["CO", "CL", "BR"]),
        "kind": st.sampled_from(["NGO", "COLLECTIVE"]),
        "cities": st.lists(st.sampled_from(["Cali", "Temuco", "Xyzzy", "Recife"]), max_size=3),
        "themes": st.lists(st.sampled_from(["Agua", "agua", "Tierra"]), max_size=2),
    },
)


@given(st.lists(st.tuples(st.sampled_from(["record", "change", "merge", "part"]), NAMES, FACTS), max_size=12))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counts_are_true_after_whatever_happens(
    ana: Actor, steps: list[tuple[str, str, dict[str, object]]]
) -> None:
    for verb, name, facts in steps:
        rows = list(Organization.objects.filter(name=name).order_by("pk"))
        if verb == "record" or not rows:
            record(ana, name, **facts)
        elif verb == "change":
            details = Details(
                name=name,
                **{key: tuple(value) if isinstance(value, list) else value for key, value in facts.items()},
            )
            services.change_organization(by=ana, organization=rows[0], details=details)
        elif verb == "merge" and len(rows) > 1 and not rows[0].merged_into_id and not rows[1].merged_into_id:
            services.merge_organizations(by=ana, keep=rows[0], gone=rows[1])
        elif verb == "part" and (merged := next((row for row in rows if row.merged_into_id), None)):
            services.part_organizations(by=ana, organization=merged)
    assert counted() == recounted()
    assert counted()[""] == Organization.objects.filter(merged_into=None).count()


def test_aliases_equal_to_the_name_are_not_kept(ana: Actor) -> None:
    made = record(ana, "Casa", aliases=["CASA", "La Casa", "la casa"])
    assert list(Alias.objects.filter(organization=made).values_list("name", flat=True)) == ["La Casa"]
