"""Who reads what, by ring: one place says it, and lists, searches, letters, calendars and the register all ask it."""

import io
import zipfile
from dataclasses import dataclass

import pytest

from tequio.atlas.selectors.representation import SPOKE, genders, representation
from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.scoping import network_scope
from tequio.decisions import selectors, services
from tequio.decisions.models import Outcome, Proposal
from tequio.decisions.rules import Matter
from tequio.decisions.selectors import talking
from tequio.governance import selectors as rings
from tequio.governance import services as governance
from tequio.governance.rules import Kind
from tequio.notify.models import Letter
from tequio.people.models import Participant, Voice
from tequio.people.selectors import actor_of, find_actor
from tequio.register.formats import single_file, verify
from tequio.register.models import Entry
from tequio.register.selectors import entries_for, export_lines, receipt_of
from tequio.register.services import make_checkpoint
from tests.conftest import sign_in
from tests.decisions.world import HOME, YES, text
from tests.governance.world import of
from tests.standing import world
from tests.world import add_member, add_person

WORD = "Zarzamora"
OPEN_ALL = {("OPEN", "STRATEGIC"): 3, ("VOTE", "STRATEGIC"): 2, ("SEE", "STRATEGIC"): 3}


def again(actor):
    """The same person as an actor of this moment: what is kept from somebody is read with their row."""
    return actor_of(Participant.objects.select_related("person", "membership").get(pk=actor.participant_id))


@dataclass(frozen=True)
class Ringed:
    network: object
    people: dict
    agreement: Proposal
    draft: Proposal
    ground: object


def agreed(by, title, *, matter, voices):
    made = services.propose(
        by=by, title={"es": title}, summary={"es": title}, body={"es": title}, matter=matter,
    )  # fmt: skip
    opened = services.open_round(by=by, proposal=made)
    for one in voices:
        services.answer(by=one, round=opened, position=YES)
    services.close_round(by=by, round=opened)
    return Proposal.objects.get(pk=made.pk)


@world(on="andina")
def ringed(andina):
    """Andina with one person in each ring; what is strategic is opened, decided and read up to the first ring."""
    with network_scope(andina.network.pk):
        ana, beto = andina.ana, andina.beto
        gus = add_person(
            andina.network, "Gus", membership=add_member(andina.network, "El Taller"), voice=Voice.DELEGATE
        )
        nora = add_person(andina.network, "Nora")
        governance.open_circle(
            by=ana, kind=Kind.WORKING_GROUP, name={"es": "Salas"}, aim={"es": "x"}, members=[of(gus)]
        )
        before = agreed(ana, "Guardar lo estratégico", matter=Matter.OPERATIONAL, voices=[ana, beto, gus])
        ground = Outcome.objects.get(round=before.round).entry_id
        keep(ana, 1, ground)
        agreement = agreed(ana, f"{WORD} madura", matter=Matter.STRATEGIC, voices=[ana, gus])
        draft = services.propose(
            by=ana, title={"es": f"{WORD} verde"}, summary={"es": WORD}, body={}, matter=Matter.STRATEGIC
        )
        services.ask_question(by=gus, proposal=draft, words=f"¿{WORD}?")
    people = {"ana": ana, "gus": gus, "beto": beto, "nora": nora, "dora": andina.dora}
    return Ringed(andina.network, people, agreement, draft, ground)


def keep(ana, ring, ground=None):
    said = {(verb, "STRATEGIC"): min(ring, 2 if verb == "VOTE" else 3) for verb in ("OPEN", "VOTE", "SEE")}
    governance.set_ring_rights(by=ana, rights=said, entry=ground)


@pytest.fixture
def there(ringed):
    with network_scope(ringed.network.pk):
        yield ringed


def titles(rows):
    return " ".join(str(row["version__title"]) for row in rows)


# What a reader can come upon, and how it is asked for: of the agreement, and of what is being prepared.
THINGS = {
    "page": lambda one, it: selectors.proposal(one, it.number) is not None,
    "text": lambda one, it: selectors.draft(one, it.number) is not None,
    "answering": lambda one, it: selectors.asked(one, it.number) is not None,
}
DRAFTED = {
    "what can be voted": lambda one, it: it.number in dict(selectors.votable(one)),
    "under way": lambda one, it: it.number in [row["number"] for row in selectors.under_way(one)],
    "question": lambda one, it: talking.question(one, it.number, it.questions.get().pk) is not None,
}
DECIDED = {
    "agreements": lambda one, it: WORD in titles(selectors.decided(one)),
    "search": lambda one, it: WORD in titles(selectors.decided(one, words=WORD)),
    "book": lambda one, it: WORD in titles(selectors.book(one)),
    "book, by words": lambda one, it: WORD in titles(selectors.book(one, words=WORD)),
    "book, to evaluate": lambda one, it: WORD in titles(selectors.in_force(one)),
    "book of a day": lambda one, it: WORD in titles(selectors.book_on(one, it.decided_at.date())),
    "book of a day, by words": lambda one, it: WORD in titles(
        selectors.book_on(one, it.decided_at.date(), words=WORD)
    ),
    "its line": lambda one, it: bool(selectors.line_of(one, it)),
    "its text on a day": lambda one, it: selectors.text_on(one, it.number) is not None,
    "what follows": lambda one, it: selectors.agreement(one, it.number) is not None,
    "record": lambda one, it: selectors.record(one, it.number) is not None,
    "what others relate to": lambda one, it: any(
        key == ("decision", str(it.number)) for key, _title in talking.related_choices(one, Proposal())
    ),
    "file for other networks": lambda one, it: WORD in str(selectors.to_carry(one, network=one_network())),
    "register": lambda one, it: WORD in " ".join(line.sentence for line in entries_for(one, limit=99).lines),
}  # fmt: skip


def one_network():
    from tequio.networks.models import Network

    return Network.objects.get(slug="andina")


@pytest.mark.parametrize("limit", range(4))
def test_each_ring_reads_what_the_network_lets_it_read(there, limit):
    """Ring by thing: no list, search, record, file or register shows what is kept further in.

    Whoever had a voice in it, or wrote it, reads it whatever the rings are. Source: GOV-22, XCT-04.
    """
    keep(there.people["ana"], limit, there.ground)
    for ring, name in enumerate(("ana", "gus", "beto", "nora")):
        reader = again(there.people[name])
        assert rings.ring_of_actor(reader) == ring
        for it, things in ((there.draft, {**THINGS, **DRAFTED}), (there.agreement, {**THINGS, **DECIDED})):
            own = name == "ana" or (name == "gus" and it == there.agreement)
            for thing, reads in things.items():
                assert bool(reads(reader, it)) == (ring <= limit or own), (name, thing, it)


def test_sums_of_who_took_the_word_tell_of_nothing_more(there):
    """Each counts what they read; strangers and the census, which all read, what everybody reads. Source: GOV-22, XCT-05."""
    today = clock.today()

    def taken(reader):
        words = representation(reader, "country", days=[today]).words
        return sum(words["PROPOSED"].values()), sum(words["ASKED"].values())

    people = {name: again(there.people[name]) for name in ("ana", "gus", "beto", "nora")}
    assert {name: taken(one) for name, one in people.items()} == {
        "ana": (3, 1), "gus": (3, 1), "beto": (1, 0), "nora": (1, 0),
    }  # fmt: skip
    assert taken(None) == (1, 0)
    assert sum(genders(people["ana"], on=today)[SPOKE].values()) == 1  # Gus spoke inside alone
    keep(there.people["ana"], 3)
    assert taken(None) == (3, 1)
    assert sum(genders(people["ana"], on=today)[SPOKE].values()) == 2


def test_an_organization_is_as_far_in_as_its_innermost_person(there):
    """A colleague's seat in a ring counts, as it does where members decide; a seat that ended does not. Source: GOV-22."""
    dora = there.people["dora"]
    assert again(dora).unseen == {"STRATEGIC"}
    seat = governance.seat(
        by=there.people["ana"], circle=rings.circles_of(there.people["gus"]).get(),
        participant=of(there.people["beto"]), role="MEMBER",
    )  # fmt: skip
    assert again(dora).unseen == frozenset()
    governance.end_seat(by=there.people["ana"], seat=seat, why="RESIGNED")
    assert again(dora).unseen == {"STRATEGIC"}


def test_what_one_does_or_decides_in_a_group_is_read_by_whoever_does_it(there):
    """A task, a seat in the group that decides, and what binds all open what the ring alone would not. Source: GOV-22."""
    beto, ana = there.people["beto"], there.people["ana"]
    assert selectors.proposal(again(beto), there.agreement.number) is None
    services.plan_task(
        by=ana, proposal=there.agreement, what="Regar", owner=of(beto), due_on=there.agreement.review_on
    )
    assert selectors.proposal(again(beto), there.agreement.number) is not None
    assert selectors.proposal(again(there.people["nora"]), there.agreement.number) is None
    Proposal.objects.filter(pk=there.draft.pk).update(kind="charter")
    assert selectors.proposal(again(there.people["nora"]), there.draft.number) is not None


PAGES = (
    "", "decisions/", f"decisions/?words={WORD}", "decisions/?state=NOT_ADOPTED", "decisions/new/",
    "decisions/in-force/", f"decisions/in-force/?words={WORD}", "decisions/in-force/agreements.json",
    "decisions/voice/", "decisions/calendar/", "register/", "circles/", "rings/", "elections/", "members/", "people/me/",
)  # fmt: skip


def test_no_page_list_or_file_tells_it_to_whoever_is_further_out(client, there):
    """Beto finds nothing of it: 404 for its pages, no word in lists, search, files, home or register. Source: GOV-22."""
    sign_in(client, there.people["beto"])
    for page in PAGES:
        answer = client.get(f"/andina/{page}", follow=True)
        assert answer.status_code in (200, 404), page
        assert f"{WORD} " not in b"".join(answer).decode(), page  # both titles go on after the word
    for page in (
        "",
        "after/",
        "live/",
        "live/mark/",
        "versions/",
        "record/",
        "line/",
        "talk/",
        "beside/",
        "languages/",
        "edit/",
    ):
        for it in (there.agreement, there.draft):
            assert client.get(f"{HOME}{it.number}/{page}").status_code == 404, page
    assert client.post(f"{HOME}{there.agreement.number}/talk/", {"words": "?"}).status_code == 404
    assert "guarda algunos asuntos" in text(client.get(HOME))
    sign_in(client, there.people["gus"])
    assert WORD in client.get(HOME).text
    assert "guarda algunos asuntos" not in text(client.get(HOME))


def test_the_register_keeps_the_words_and_shows_the_place(client, there):
    """The line, the receipt, the proof and the export say that something is kept; both programs check the rest.

    Source: GOV-22, XCT-04.
    """
    entry = Entry.objects.get(kind="decisions.adopted", ref=f"decisions.Round:{there.agreement.round_id}")
    beto = again(there.people["beto"])
    receipt = receipt_of(beto, entry.pk, network=there.network)
    assert receipt.line.kept
    assert receipt.facts == []
    make_checkpoint(network=there.network)
    sign_in(client, there.people["beto"])
    assert WORD not in client.get(f"/andina/register/{entry.pk}/").text
    assert WORD not in client.get(f"/andina/register/{entry.pk}/proof/").text
    assert WORD not in client.get(f"/andina/register/{entry.pk}/proof.json").text
    with zipfile.ZipFile(io.BytesIO(b"".join(client.get("/andina/register/export")))) as archive:
        assert WORD.encode() not in archive.read("register.jsonl")
    lines = list(export_lines(beto, network=there.network))
    report = verify(lines)
    assert report.ok, report.problems
    assert report.withheld == sum(b'"opening":"kept"' in line for line in lines) > 0
    found = single_file.check(lines)
    assert (found.problems, found.withheld) == ([], report.withheld)
    whole = verify(list(export_lines(again(there.people["gus"]), network=there.network)))
    assert whole.ok
    hidden = [line.replace(b'"opening":"kept"', b'"opening":null') for line in lines]
    assert not verify(hidden).ok


def test_letters_go_to_whoever_reads(there, run_jobs):
    """The result is written to those who may read it, and to nobody further out. Source: GOV-22."""
    run_jobs()
    told = Letter.objects.filter(key__startswith="decisions.outcome", subject__contains=WORD)
    assert {each.person_id for each in told} == {there.people[name].person_id for name in ("ana", "gus")}
    assert selectors.who_reads(Proposal(matter="OPERATIONAL")) is None


def test_reading_less_rests_on_a_decision_and_never_on_less_than_acting(client, there):
    """The form says beside each field what is wrong; the service refuses the same. Source: GOV-22, XCT-04."""
    ana = there.people["ana"]
    with pytest.raises(Refused, match="lee"):
        governance.set_ring_rights(by=ana, rights={("SEE", "STRATEGIC"): 0}, entry=there.ground)
    keep(ana, 3)  # to let more people read takes nothing
    with pytest.raises(Refused, match="decisi"):
        keep(ana, 1)
    sign_in(client, ana)
    said = {
        f"{verb}_{matter}": "2" for verb in ("OPEN", "VOTE", "SEE") for matter in ("STRATEGIC", "OPERATIONAL")
    }
    assert "Elige esa decisión" in client.post("/andina/rings/", said).text
    wrong = client.post("/andina/rings/", {**said, "SEE_STRATEGIC": "0", "entry": str(there.ground)})
    assert wrong.status_code == 422
    assert "también lo lee" in text(wrong)
    assert client.post("/andina/rings/", {**said, "entry": str(there.ground)}).status_code == 303
    assert rings.ring_rights()["SEE", "STRATEGIC"] == 2
    assert again(there.people["nora"]).unseen == {"STRATEGIC", "OPERATIONAL"}
    made = Entry.objects.filter(kind="governance.ring_rights_set").order_by("-turn").first()
    assert made.facts["decision"] == str(there.ground)


def test_what_is_kept_is_known_without_a_question_more(client, there, queries):
    """A page asks the database as often whether something is kept or not. Source: GOV-22."""
    sign_in(client, there.people["beto"])
    client.get(HOME)
    with queries(6):
        client.get(HOME)
    keep(there.people["ana"], 3)
    with queries(6):
        client.get(HOME)
    assert (
        find_actor(Participant.objects.get(pk=there.people["beto"].participant_id).person).unseen
        == frozenset()
    )
