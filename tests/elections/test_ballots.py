"""Ballots: what is asked is frozen, each voice casts once, nothing shows before the end, and anybody counts again."""

import json
from datetime import timedelta
from itertools import pairwise

import pytest
from django.apps import apps
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from django.utils import translation

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.elections import selectors, services
from tequio.elections.models import Ballot, BallotState, Paper, Participation, Voter
from tequio.elections.rules import papers as rules
from tequio.notify.models import Ask
from tequio.people.models import Membership, Participant
from tequio.register import selectors as register
from tequio.register import services as register_services
from tequio.register.formats import verify
from tequio.register.models import Entry
from tests.elections.world import CANDIDATES, RECEIPTS, opened, prepare, voices

PAPERS = {
    "YES_NO": {"answer": "yes"},
    "APPROVAL": {"approve": [1]},
    "SCORE": {"points": {"1": 5}},
    "RANKED_ONE": {"ranking": [1, 2]},
    "RANKED_SEATS": {"ranking": [1, 2]},
    "OBJECTIVES": {"approve": [1, 2, 3]},
    "FUND": {"approve": [1, 2]},
}
MORE = {"SCORE": {"highest": 5}, "RANKED_SEATS": {"seats": 2}, "APPROVAL": {"most": 2}}
WINNERS = {
    "YES_NO": ["yes"],
    "APPROVAL": ["Amaranta"],
    "SCORE": ["Amaranta"],
    "RANKED_ONE": ["Amaranta"],
    "RANKED_SEATS": ["Amaranta", "Benigna"],
    "OBJECTIVES": ["Amaranta", "Benigna", "Casilda"],
    "FUND": ["Amaranta", "Benigna"],
}


def report_of(network):
    """Check the network's export as a stranger would."""
    register_services.make_checkpoint(network=network)
    return verify(register.export_lines(system(network.pk), network=network))


@pytest.mark.parametrize("secret", [True, False])
@pytest.mark.parametrize("kind", rules.KINDS)
def test_every_kind_is_cast_counted_and_counted_again_by_a_stranger(ana, beto, network, kind, secret):
    """Source: GOV-18."""
    names = (*CANDIDATES, "Dominga") if kind == "OBJECTIVES" else CANDIDATES
    ballot = opened(ana, kind, secret=secret, names=names, **MORE.get(kind, {}))
    for by, receipt in zip((ana, beto), RECEIPTS, strict=False):
        services.cast(by=by, ballot=ballot, paper=PAPERS[kind], receipt=receipt)

    closed = services.close_ballot(by=ana, ballot=ballot)

    assert sorted(closed.result["winners"]) == sorted(WINNERS[kind])
    assert services.close_ballot(by=ana, ballot=ballot).closed_at == closed.closed_at
    entry = Entry.objects.get(pk=closed.entry_id)
    assert entry.payload.facts["rule"] == rules.RULES[kind]
    assert rules.recompute(entry.payload.facts) == []
    assert report_of(network).ok


def test_a_changed_paper_in_the_export_is_found(ana, beto):
    ballot = opened(ana, "RANKED_ONE", secret=True)
    services.cast(by=ana, ballot=ballot, paper={"ranking": [2]}, receipt=RECEIPTS[0])
    services.cast(by=beto, ballot=ballot, paper={"ranking": [2, 1]}, receipt=RECEIPTS[1])
    facts = Entry.objects.get(pk=services.close_ballot(by=ana, ballot=ballot).entry_id).payload.facts

    def changed(**more):
        return rules.recompute(json.loads(json.dumps(facts)) | more)

    one, two = facts["papers"]
    assert changed(winners=["Amaranta"])
    assert changed(papers=[one])
    assert changed(papers=[one, one])
    assert changed(papers=[one, two | {"says": {"ranking": [9]}}])
    assert changed(papers=[one, two | {"says": {"ranking": [1]}}, two | {"code": "0" * 64}])
    assert changed(entitled=1)
    assert changed(tie=facts["tie"] | {"seed": "0" * 64})
    assert changed(rule="elections.irv/1")
    assert changed(options=None)


def test_of_a_secret_ballot_nothing_joins_paper_and_voter_or_tells_an_order(ana, network):
    """Read every table as an operator would: no link, no time, rows laid out by code. Source: GOVERNANCE 5.4."""
    delegates = voices(network, 12)
    ballot = opened(ana, "RANKED_ONE", secret=True)
    codes = [
        services.cast(by=by, ballot=ballot, paper={"ranking": [1 + n % 3]}, receipt=RECEIPTS[n])
        for n, by in enumerate(delegates)
    ]
    with connection.cursor() as cursor:
        # Before the end already: papers do not lie as they came, and no transaction wrote one of them alone.
        cursor.execute("SELECT code, xmin::text FROM elections_paper ORDER BY ctid")
        lying = cursor.fetchall()
    assert [code for code, _xmin in lying] != codes
    assert len({xmin for _code, xmin in lying}) == 1
    Ask.objects.exclude(closed_at=None).update(closed_at=clock.now() - timedelta(hours=1))
    Ballot.objects.update(closes_at=clock.now())

    services.close_ballot(by=ana, ballot=ballot)

    with connection.cursor() as cursor:
        cursor.execute("SELECT code, participation_id, xmin::text FROM elections_paper ORDER BY ctid")
        rows = cursor.fetchall()
        cursor.execute(
            "SELECT v.membership_id, p.xmin::text FROM elections_participation p "
            "JOIN elections_voter v ON v.id = p.voter_id ORDER BY p.ctid"
        )
        took_part = cursor.fetchall()
    assert [code for code, *_rest in rows] == sorted(codes) != codes
    assert all(joined is None for _code, joined, _xmin in rows)
    assert len({xmin for *_rest, xmin in rows} | {xmin for _id, xmin in took_part}) == 1
    assert all(one[0] < two[0] for one, two in pairwise(took_part))
    assert not Ask.objects.filter(closed_at__lt=Ballot.objects.get().closed_at).exists()
    # No table but the register's published list and the papers themselves knows a code, and no receipt is anywhere.
    columns = {
        model._meta.label: [field.name for field in model._meta.concrete_fields]
        for model in apps.get_models()
        if model._meta.app_label == "elections"
    }
    assert columns["elections.Paper"] == [
        "network", "key", "ballot", "code", "says", "recorded_name", "participation",
    ]  # fmt: skip
    assert set(Paper.objects.values_list("recorded_name", flat=True)) == {""}
    assert columns["elections.Participation"] == ["network", "key", "voter"]
    facts = Entry.objects.get(pk=Ballot.objects.get().entry_id).payload.facts
    assert [set(one) for one in facts["papers"]] == [{"code", "says"}] * 12
    assert all(receipt not in json.dumps(facts) for receipt in RECEIPTS[:12])


def test_a_named_ballot_says_whose_each_paper_is(ana, beto):
    ballot = opened(ana, "YES_NO")
    services.cast(by=ana, ballot=ballot, paper={"answer": "no"}, receipt=RECEIPTS[0])
    services.cast(by=beto, ballot=ballot, paper={"answer": "yes"}, receipt=RECEIPTS[1])

    facts = Entry.objects.get(pk=services.close_ballot(by=ana, ballot=ballot).entry_id).payload.facts

    assert {one["name"]: one["says"]["answer"] for one in facts["papers"]} == {
        "Barrio Vivo": "no", "La Asamblea": "yes",
    }  # fmt: skip


def test_the_register_tells_of_no_paper_while_the_ballot_is_open(ana, beto):
    ballot = opened(ana, "YES_NO")
    before = Entry.objects.count()

    services.cast(by=beto, ballot=ballot, paper={"answer": "no"}, receipt=RECEIPTS[0])

    assert Entry.objects.count() == before
    assert list(selectors.papers(ballot)) == []
    assert selectors.who_took_part(ballot, cast=1) == []


@pytest.mark.parametrize(
    ("kind", "paper", "reason"),
    [
        ("RANKED_ONE", {"ranking": [1, 1]}, "twice"),
        ("RANKED_ONE", {"ranking": [7]}, "not in this ballot"),
        ("RANKED_ONE", {"ranking": []}, "says nothing"),
        ("RANKED_ONE", {"approve": [1]}, "does not answer"),
        ("RANKED_ONE", {"ranking": ["1"]}, "does not answer"),
        ("RANKED_ONE", {"ranking": [1], "approve": [1]}, "does not answer"),
        ("RANKED_ONE", "1", "does not answer"),
        ("YES_NO", {"answer": "maybe"}, "does not answer"),
        ("YES_NO", {"blank": True}, "does not answer"),
        ("APPROVAL", {"approve": [1, 2, 3]}, "more than"),
        ("SCORE", {"points": {"1": 6}}, "points"),
        ("SCORE", {"points": {"1": -1}}, "points"),
        ("SCORE", {"points": {"1": True}}, "points"),
        ("FUND", {"approve": [1.5]}, "does not answer"),
    ],
)
def test_a_malformed_paper_is_refused_with_its_reason(ana, kind, paper, reason):
    ballot = opened(ana, kind, **MORE.get(kind, {}))

    with translation.override("en"), pytest.raises(Refused, match=reason):
        services.cast(by=ana, ballot=ballot, paper=paper, receipt=RECEIPTS[0])

    assert Participation.objects.count() == Paper.objects.count() == 0


def test_late_double_foreign_and_early_papers_are_refused(ana, beto, dora, carla, network):
    draft = prepare(ana, "YES_NO", secret=True)
    yes = {"answer": "yes"}

    def refused(by, ballot, receipt=RECEIPTS[9]):
        with pytest.raises(Refused) as why:
            services.cast(by=by, ballot=ballot, paper=yes, receipt=receipt)
        return str(why.value)

    assert refused(ana, draft)
    ballot = services.open_ballot(by=ana, ballot=draft)
    newcomer = voices(network, 1)[0]
    assert refused(newcomer, ballot)
    assert refused(carla, ballot)
    assert refused(ana, ballot, receipt="short")
    services.cast(by=beto, ballot=ballot, paper=yes, receipt=RECEIPTS[0])
    assert refused(beto, ballot)
    assert refused(dora, ballot)  # she is a substitute of the same member
    assert refused(ana, ballot, receipt=RECEIPTS[0])  # the same receipt, replayed
    Ballot.objects.update(closes_at=clock.now())
    assert refused(ana, ballot)
    services.close_ballot(by=ana, ballot=ballot)
    assert refused(ana, ballot)
    assert Paper.objects.count() == 1


def test_a_paper_is_never_changed_not_even_in_the_database(ana):
    ballot = opened(ana, "YES_NO", secret=True)
    services.cast(by=ana, ballot=ballot, paper={"answer": "yes"}, receipt=RECEIPTS[0])

    with pytest.raises((IntegrityError, InternalError, ProgrammingError)), transaction.atomic():
        Paper.objects.update(says={"answer": "no"})


def test_what_is_asked_and_who_is_asked_are_frozen_at_the_opening(ana, beto, network):
    ballot = opened(ana, "RANKED_ONE")
    option = selectors.options(ballot)[0]

    for act in (
        lambda: services.add_option(by=ana, ballot=ballot, name="Tarde"),
        lambda: services.remove_option(by=ana, option=option),
        lambda: services.open_ballot(by=ana, ballot=ballot),
        lambda: services.close_ballot(by=ana, ballot=ballot),
        lambda: prepare(beto),
    ):
        with pytest.raises(Refused):
            act()
    voices(network, 2)
    assert Voter.objects.count() == Ballot.objects.get().entitled == 2


def test_people_or_a_circle_can_be_the_electorate(ana, beto, dora):
    ballot = opened(ana, "YES_NO", electorate="PEOPLE")

    for n, by in enumerate((ana, beto, dora)):
        services.cast(by=by, ballot=ballot, paper={"answer": "yes"}, receipt=RECEIPTS[n])

    assert services.close_ballot(by=ana, ballot=ballot).result["cast"] == 3


def test_a_tie_is_decided_by_the_lot_that_was_sealed(ana, beto):
    ballot = opened(ana, "APPROVAL", secret=True)
    assert ballot.tie_word not in json.dumps(Entry.objects.get(kind="elections.ballot_opened").payload.facts)
    services.cast(by=ana, ballot=ballot, paper={"approve": [1]}, receipt=RECEIPTS[0])
    services.cast(by=beto, ballot=ballot, paper={"approve": [2]}, receipt=RECEIPTS[1])

    closed = services.close_ballot(by=ana, ballot=ballot)

    assert closed.result["stages"][0]["tie"]["between"]
    assert len(closed.result["winners"]) == 1
    assert closed.result["tie"]["secret"] == ballot.tie_word


def test_blank_papers_count_as_taking_part_alone(ana, beto):
    ballot = opened(ana, "RANKED_ONE", secret=True)
    services.cast(by=ana, ballot=ballot, paper={"blank": True}, receipt=RECEIPTS[0])
    services.cast(by=beto, ballot=ballot, paper={"blank": True}, receipt=RECEIPTS[1])

    closed = services.close_ballot(by=ana, ballot=ballot)

    assert (closed.result["winners"], closed.result["blank"]) == ([], 2)
    assert rules.recompute(Entry.objects.get(pk=closed.entry_id).payload.facts) == []


def test_the_clock_closes_a_ballot(ana, run_jobs):
    ballot = opened(ana, "YES_NO")
    from tequio.elections.tasks import close

    Ballot.objects.update(opened_at=clock.now() - timedelta(hours=2), closes_at=clock.now())
    close(network_id=ballot.network_id, ballot_id=ballot.pk)

    assert Ballot.objects.get().state == BallotState.CLOSED


def test_the_order_on_the_paper_is_drawn_for_each_voter(ana, network):
    voices(network, 30)
    ballot = opened(ana, "RANKED_ONE")
    found = selectors.options(ballot)

    firsts = {selectors.in_drawn_order(found, ballot, voter)[0].name for voter in Voter.objects.all()}

    assert firsts == set(CANDIDATES)


def test_the_receipt_finds_its_paper_and_no_other_does(ana, beto):
    ballot = opened(ana, "RANKED_ONE", secret=True)
    code = services.cast(by=ana, ballot=ballot, paper={"ranking": [3]}, receipt=RECEIPTS[0])
    services.cast(by=beto, ballot=ballot, paper={"ranking": [3]}, receipt=RECEIPTS[1])
    services.close_ballot(by=ana, ballot=ballot)
    ballot.refresh_from_db()

    assert selectors.paper_with(ballot, receipt=RECEIPTS[0]).code == code
    assert selectors.paper_with(ballot, receipt=RECEIPTS[5]) is None


def test_a_member_that_rests_has_no_voice(ana, beto):
    Membership.objects.filter(pk=beto.membership_id).update(rests_on=clock.today())

    assert opened(ana, "YES_NO").entitled == 1
    assert Participant.objects.count() >= 2
