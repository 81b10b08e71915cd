"""What each person and each organization shows to whom, field by field. Source: XCT-02."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.people import selectors, services
from tequio.people.models import Duty, Membership, Organization, Participant
from tequio.people.rules.organizations import Details
from tequio.people.rules.showing import LEVELS, OF_ORGANIZATIONS, OF_PEOPLE, level_of, sees
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.world import add_person

# A mark for each field: what a page shows when it shows the field.
MARKS = {
    "name": "Vecinas Unidas",
    "aliases": "Otronombre",
    "about": "Cocinamosjuntas",
    "kind": "Fondo o fundación que financia",
    "country": "Paraguay",
    "cities": "Encarnación",
    "size": "Grande",
    "themes": "temamarca",
    "populations": "gentemarca",
    "languages": "Aimara",
    "website": "https://marca.example",
    "email": "hola@marca.example",
    "phone": "+595 21 000",
}
OWN_MARKS = {
    "name": "Flor",
    "organization": "Vecinas Unidas",
    "role": "tesorera",
    "about": "Siembrotomates",
    "email": "flor@example.org",
    "phone": "+595 21 999",
}
SPANISH = {"accept-language": "es"}


@pytest.fixture
def flor(network, ana) -> Actor:
    """Somebody of an organization that has everything written down."""
    by = system(network.pk)
    made = services.record_organization(
        by=by,
        name=MARKS["name"],
        aliases=[MARKS["aliases"]],
        about={"es": MARKS["about"]},
        kind="FUND",
        sector="PRIVATE",
        country="PY",
        cities=[MARKS["cities"]],
        size="LARGE",
        themes=[MARKS["themes"]],
        populations=[MARKS["populations"]],
        languages=["ay"],
        website=MARKS["website"],
        email=MARKS["email"],
        phone=MARKS["phone"],
    )
    member = services.join(by=by, organization=made, name=made.name)
    return add_person(network, "Flor", membership=member)


def of(actor: Actor) -> Organization:
    found = Membership.objects.get(pk=actor.membership_id).organization
    assert found is not None
    return found


def part_of(actor: Actor) -> Participant:
    return Participant.objects.get(pk=actor.participant_id)


def readers(ana: Actor, beto: Actor, flor: Actor) -> dict[str, Client]:
    found = {}
    for name, actor in {"stranger": None, "member": beto, "coordination": ana, "own": flor}.items():
        found[name] = Client(headers=SPANISH)
        if actor:
            sign_in(found[name], actor)
    return found


AS = {"stranger": "EVERYBODY", "member": "MEMBERS", "coordination": "COORDINATION", "own": "COORDINATION"}


@pytest.mark.parametrize("field", [field for field in OF_ORGANIZATIONS if field != "name"])
def test_every_field_of_an_organization_at_every_level_for_every_reader(
    network, ana, beto, flor, field
) -> None:
    made = of(flor)
    for level in OF_ORGANIZATIONS[field].levels:
        levels = {"name": "EVERYBODY", field: level}
        services.show_organization(by=flor, organization=made, levels=levels)
        for name, client in readers(ana, beto, flor).items():
            address = "/andina/members/" if name == "stranger" else f"/andina/organizations/{made.uuid}/"
            page = client.get(address).content.decode()
            assert (MARKS[field] in page) is sees(AS[name], level), (level, name)


@pytest.mark.parametrize("level", OF_ORGANIZATIONS["name"].levels)
def test_strangers_read_the_name_of_an_organization_only_where_it_agreed(network, ana, flor, level) -> None:
    services.show_organization(by=flor, organization=of(flor), levels={"name": level, "country": "EVERYBODY"})
    for address in ("/andina/", "/andina/members/"):
        page = Client(headers=SPANISH).get(address).content.decode()
        assert (MARKS["name"] in page) is (level == "EVERYBODY")
        assert ("Paraguay" in page) is (level == "EVERYBODY")


def test_strangers_learn_nothing_as_long_as_nobody_says_so(network, ana, flor) -> None:
    pages = [
        Client(headers=SPANISH).get(address).content.decode() for address in ("/andina/", "/andina/members/")
    ]
    for mark in {*MARKS.values(), *OWN_MARKS.values()}:
        assert not any(mark in page for page in pages), mark


def test_naming_an_organization_on_the_front_page_does_not_give_its_country_away(network, ana, flor) -> None:
    services.show_organization(by=flor, organization=of(flor), levels={"name": "EVERYBODY"})
    page = Client(headers=SPANISH).get("/andina/").content.decode()
    assert MARKS["name"] in page
    assert "Paraguay" not in page


@pytest.mark.parametrize("field", ["kind", "country", "cities"])
def test_the_directory_shows_what_its_reader_may_see(network, ana, beto, flor, field) -> None:
    for level in LEVELS:
        services.show_organization(by=flor, organization=of(flor), levels={field: level})
        for actor, reader in ((ana, "COORDINATION"), (beto, "MEMBERS")):
            client = Client(headers=SPANISH)
            sign_in(client, actor)
            line = client.get("/andina/organizations/", {"q": "Vecinas"}).content.decode()
            row = line[line.index('<ul class="lines">') :]
            assert (MARKS[field] in row) is sees(reader, level), (level, reader)


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("country", {"country": "PY"}),
        ("kind", {"kind": "FUND"}),
        ("kind", {"sector": "PRIVATE"}),
        ("themes", {"theme": "temamarca"}),
        ("populations", {"population": "gentemarca"}),
        ("about", {"q": "Cocinamosjuntas"}),
        ("aliases", {"q": "Otronombre"}),
        ("cities", {"q": "Encarnación"}),
    ],
)
def test_a_hidden_field_is_found_by_no_filter_and_no_search(network, ana, beto, flor, field, asked) -> None:
    client = Client(headers=SPANISH)
    sign_in(client, beto)
    assert MARKS["name"] in client.get("/andina/organizations/", asked).content.decode()
    services.show_organization(by=flor, organization=of(flor), levels={field: "COORDINATION"})
    page = client.get("/andina/organizations/", asked).content.decode()
    assert MARKS["name"] not in page
    assert f"{MARKS[field]} (1)" not in page  # neither among the options
    services.show_organization(by=flor, organization=of(flor), levels={})
    assert MARKS["name"] in client.get("/andina/organizations/", asked).content.decode()


@pytest.mark.parametrize("field", OF_PEOPLE)
def test_every_field_of_a_person_at_every_level_for_every_reader(network, ana, beto, flor, field) -> None:
    services.show_organization(by=flor, organization=of(flor), levels={"name": "EVERYBODY"})
    told = {name: OWN_MARKS[name] for name in ("role", "about", "phone")}
    for level in OF_PEOPLE[field].levels:
        levels = {"name": "EVERYBODY", "organization": "EVERYBODY", field: level}
        services.show_myself(by=flor, participant=part_of(flor), levels=levels, **told)
        for name, client in readers(ana, beto, flor).items():
            stranger = name == "stranger"
            address = "/andina/members/" if stranger else f"/andina/people/{part_of(flor).uuid}/"
            page = client.get(address).content.decode()
            seen = OWN_MARKS[field] in page
            if stranger and field == "organization":
                seen = "Flor" in page  # named below its organization, or not at all
            assert seen is sees(AS[name], level), (level, name)


@pytest.mark.parametrize("level", OF_PEOPLE["role"].levels)
def test_lists_of_people_say_a_role_only_to_whom_it_is_shown(network, ana, beto, flor, level) -> None:
    services.show_myself(by=flor, participant=part_of(flor), levels={"role": level}, role="tesorera")
    for name, client in readers(ana, beto, flor).items():
        if name != "stranger":
            for address in ("/andina/people/", f"/andina/organizations/{of(flor).uuid}/"):
                page = client.get(address).content.decode()
                assert ("tesorera" in page) is sees(AS[name], level), (name, address)
    colleague = Client()
    sign_in(colleague, add_person(network, "Gala", membership=part_of(flor).membership, voice="SUBSTITUTE"))
    for address in (f"/andina/organizations/{of(flor).uuid}/", "/andina/membership/data.json"):
        page = colleague.get(address).content.decode()
        assert "Flor" in page
        assert ("tesorera" in page) is sees("MEMBERS", level), address


def test_addresses_and_telephones_are_for_the_coordination_unless_said_otherwise() -> None:
    for fields in (OF_ORGANIZATIONS, OF_PEOPLE):
        for field in ("email", "phone"):
            assert level_of(field, {}, fields) == "COORDINATION"
        assert all(level_of(field, {}, fields) != "EVERYBODY" for field in fields)


def test_the_register_tells_nothing_that_is_hidden_from_members(network, ana, flor) -> None:
    made = of(flor)
    services.show_organization(
        by=flor, organization=made, levels={"kind": "COORDINATION", "country": "COORDINATION"}
    )
    services.change_organization(
        by=flor, organization=made, details=Details(name="Vecinas", kind="NGO", country="UY")
    )
    facts = Entry.objects.filter(kind="people.organization_changed").latest("turn").facts
    assert facts["name"] == "Vecinas"
    assert not {"kind", "sector", "country"} & facts.keys()


def test_who_writes_without_seeing_a_field_leaves_it_as_it_stands(network, ana, beto, flor) -> None:
    """An admission team keeps the directory; what is for the coordination alone it neither reads nor overwrites."""
    made = of(flor)
    hide = dict.fromkeys(("aliases", "cities", "kind", "about", "email"), "COORDINATION")
    services.show_organization(by=flor, organization=made, levels=hide)
    services.give_duty(by=ana, participant=part_of(beto), duty=Duty.ADMISSION)
    client = Client(headers=SPANISH)
    sign_in(client, beto)
    address = f"/andina/organizations/{made.uuid}/edit/"
    page = client.get(address).content.decode()
    assert not any(MARKS[field] in page for field in ("aliases", "cities", "about", "email"))
    sent = {"name": "Vecinas", "email": "otra@example.org", "country": "PY", "themes": "agua"}
    assert client.post(address, sent).status_code == 303
    row = selectors.organization(ana, made.uuid)
    assert (row.name, row.themes, row.kind, row.sector) == ("Vecinas", ["agua"], "FUND", "PRIVATE")
    assert (row.email, row.about, row.names) == (MARKS["email"], {"es": MARKS["about"]}, [MARKS["aliases"]])
    assert [city["written"] for city in row.cities] == [MARKS["cities"]]


def test_who_says_what_an_organization_shows(network, ana, beto, flor) -> None:
    made = of(flor)
    for stranger in (ana, beto):
        with pytest.raises(Refused):
            services.show_organization(by=stranger, organization=made, levels={})
    nobody = services.record_organization(by=ana, name="Sin gente")
    services.show_organization(by=ana, organization=nobody, levels={"name": "EVERYBODY"})
    with pytest.raises(Refused):
        services.show_organization(by=beto, organization=nobody, levels={})
    with pytest.raises(Refused):
        services.show_myself(by=ana, participant=part_of(flor), levels={})
    assert Entry.objects.filter(kind="people.organization_shows").count() == 1


@pytest.mark.parametrize("levels", [{"name": "COORDINATION"}, {"name": "NOBODY"}, {"secret": "MEMBERS"}])
def test_what_cannot_be_chosen_is_refused(network, flor, levels) -> None:
    with pytest.raises(Refused):
        services.show_organization(by=flor, organization=of(flor), levels=levels)


def test_the_database_refuses_a_level_that_nobody_knows(network, flor) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.filter(pk=of(flor).pk).update(shows={"name": "ALL"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.filter(pk=flor.participant_id).update(shows={"name": "ALL"})


def test_it_is_chosen_on_a_page_with_a_look_through_others_eyes(network, ana, flor, queries) -> None:
    client = Client(headers=SPANISH)
    sign_in(client, flor)
    address = f"/andina/organizations/{of(flor).uuid}/shown/"
    with queries(5):  # session, network, participant, organization, may I: am I of it
        page = client.get(address)
    assert page.status_code == 200
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields} | {
        "to_name": "EVERYBODY",
        "to_phone": "EVERYBODY",
    }
    assert client.post(address, sent | {"to_name": "LOUD"}).status_code == 422
    assert client.post(address, sent).status_code == 303
    assert of(flor).shows == {"name": "EVERYBODY", "phone": "EVERYBODY"}
    assert "+595 21 000" in Client().get("/andina/members/").content.decode()


def test_what_i_show_is_chosen_on_my_own_page(network, ana, flor, queries) -> None:
    client = Client(headers=SPANISH)
    sign_in(client, flor)
    with queries(4):  # session, network, participant, myself
        page = client.get("/andina/people/shown/")
    sent = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    sent |= {"about": "Siembrotomates", "to_about": "MEMBERS", "to_email": "MEMBERS"}
    assert client.post("/andina/people/shown/", sent | {"phone": "1" * 50}).status_code == 422
    assert client.post("/andina/people/shown/", sent).status_code == 303
    assert part_of(flor).shows == {"email": "MEMBERS"}
    assert "Siembrotomates" in client.get("/andina/people/shown/").content.decode()
