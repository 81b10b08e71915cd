"""A number that organizations make themselves: promised first, shown afterwards, and checked by anybody."""

import json
from datetime import timedelta

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.scoping import network_scope
from tequio.elections import selectors, services
from tequio.elections.models import LotState, SecretPromise
from tequio.elections.rules import beacon, before, lot_facts
from tequio.notify.models import Ask
from tequio.people.models import Membership, Participant
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.elections.lots_world import (
    CLOSED_AT,
    DRAWN_AT,
    PUBLISHED_AT,
    SIGNATURE,
    actor,
    address,
    close_lot,
    facts_of,
    open_lot,
)
from tests.register.strangers import program
from tests.standing import world

SECRETS = {"Ana": "0a" * 32, "Beto": "0b" * 32, "Elsa": "0e" * 32}
PROMISED_AT = CLOSED_AT + timedelta(hours=1)
FIXED_AT = PUBLISHED_AT - timedelta(hours=24)


@world(on="seven")
def seven_asked(seven):
    """Seven, with a lot whose organizations are asked for secrets; theirs are of two countries."""
    with network_scope(seven.network.pk):
        Participant.objects.filter(name="Elsa").update(voice="DELEGATE")
        lot = close_lot(seven.ana, open_lot(seven.ana))
        with clock.at(CLOSED_AT):
            services.ask_for_secrets(by=seven.ana, lot=lot, until=CLOSED_AT + timedelta(hours=24))
        lot.refresh_from_db()
    return seven, lot


def promise(lot, *names):
    for name in names:
        with clock.at(PROMISED_AT):
            services.promise_secret(by=actor(name), lot=lot, promise=beacon.promise_of(SECRETS[name]))


def fix(lot, ana):
    with clock.at(FIXED_AT):
        services.announce_draw(by=ana, lot=lot, at=PUBLISHED_AT)
    lot.refresh_from_db()


def show(lot, *names):
    for name in names:
        with clock.at(FIXED_AT):
            services.show_secret(by=actor(name), lot=lot, secret=SECRETS[name])
    lot.refresh_from_db()


def story():
    """What the register holds of lots, held against itself as verify.py does."""
    past, found = {}, []
    for entry in Entry.objects.filter(kind__startswith="elections.").order_by("turn"):
        follow = before.FOLLOWERS.get(entry.kind)
        if follow:
            found += follow(entry.payload.facts, entry.at.isoformat(), past)
    return found


def test_secrets_are_promised_first_and_the_last_one_shown_makes_the_draw(seven_asked, ana, network):
    """Source: GOV-18; GOVERNANCE 5.2."""
    lot = seven_asked[1]
    assert Ask.objects.filter(kind="promise", closed_at=None).count() == 4
    promise(lot, "Ana", "Beto")
    with clock.at(PROMISED_AT):
        for who, said, why in (
            ("Ana", "11" * 32, "No se puede cambiar"),
            ("Elsa", beacon.promise_of(SECRETS["Ana"]), "Otra organización"),
            ("Elsa", "no", "64"),
            ("Fabio", "11" * 32, "voz"),
        ):
            with pytest.raises(Refused, match=why):
                services.promise_secret(by=actor(who), lot=lot, promise=said)
        with pytest.raises(Refused, match="tiempo"):
            services.announce_draw(by=ana, lot=lot, at=PUBLISHED_AT + timedelta(days=1))
    with clock.at(FIXED_AT), pytest.raises(Refused, match="muy pocas"):
        services.announce_draw(by=ana, lot=lot, at=PUBLISHED_AT)
    promise(lot, "Elsa")
    with clock.at(PROMISED_AT), pytest.raises(Refused):
        services.ask_for_secrets(by=ana, lot=lot, until=PUBLISHED_AT)
    fix(lot, ana)
    assert facts_of("elections.secrets_fixed")["promises"].keys() == {
        str(uuid) for uuid in SecretPromise.objects.values_list("membership__uuid", flat=True)
    }
    assert Ask.objects.filter(kind="show_secret", closed_at=None).count() == 4
    with clock.at(FIXED_AT), pytest.raises(Refused, match="prometió"):
        services.show_secret(by=actor("Beto"), lot=lot, secret=SECRETS["Ana"])
    show(lot, "Ana", "Beto")
    assert lot.state == LotState.ANNOUNCED
    show(lot, "Elsa")

    assert lot.state == LotState.DRAWN
    facts = facts_of("elections.lot_drawn")
    assert (facts["beacon"], facts["randomness"], len(facts["secrets"])) == (None, "", 3)
    assert lot_facts.recompute(facts) == []
    assert story() == []
    assert lot_facts.recompute(facts | {"secrets": {}})
    assert not Ask.objects.filter(kind="show_secret", closed_at=None).exists()


def test_a_number_from_outside_takes_the_place_of_a_secret_that_is_not_shown(
    seven_asked, ana, network, tmp_path
):
    """Source: GOV-18: whoever would show the last one cannot choose."""
    lot = seven_asked[1]
    promise(lot, *SECRETS)
    fix(lot, ana)
    show(lot, "Ana", "Beto")
    with clock.at(DRAWN_AT):
        with pytest.raises(Refused, match="terminó"):
            services.show_secret(by=actor("Elsa"), lot=lot, secret=SECRETS["Elsa"])
        services.draw_lots(by=ana, lot=lot, signature=SIGNATURE)
    lot.refresh_from_db()

    facts = facts_of("elections.lot_drawn")
    assert (len(facts["promises"]), len(facts["secrets"])) == (3, 2)
    assert lot_facts.recompute(facts) == []
    assert story() == []
    (tmp_path / "lot.json").write_text(json.dumps(selectors.document(lot, stranger=True)))
    assert program.main([str(tmp_path / "lot.json")]) == 0


def test_nobody_leaves_a_promise_or_a_secret_out_unseen(seven_asked, ana, network):
    """Source: GOV-18; what was announced and shown is held against what was drawn."""
    lot = seven_asked[1]
    promise(lot, *SECRETS)
    fix(lot, ana)
    show(lot, *SECRETS)
    kinds = ("elections.secrets_fixed", "elections.secret_shown", "elections.lot_drawn")
    said = [
        [one.kind, one.payload.facts, one.at.isoformat()]
        for one in Entry.objects.filter(kind__in=kinds).order_by("turn")
    ]
    fixed, shown, drawn = said[0], said[1:4], said[4]
    one = next(iter(drawn[1]["secrets"]))
    less = {who: what for who, what in drawn[1]["secrets"].items() if who != one}
    fewer = {who: what for who, what in drawn[1]["promises"].items() if who != one}
    outside = {
        "chain": beacon.QUICKNET.hash,
        "round": fixed[1]["round"],
        "signature": SIGNATURE,
        "previous": "",
    }

    def faults(*entries):
        past, found = {}, []
        for kind, facts, at in entries:
            found += before.FOLLOWERS[kind](facts, at, past)
        return found

    assert faults(fixed, *shown, drawn) == []
    for facts in (
        {"secrets": less, "promises": fewer}, {"secrets": less, "beacon": outside}, {"beacon": outside},
        {"randomness": "11" * 32}, {"promises": {}, "secrets": {}},
    ):  # fmt: skip
        assert faults(fixed, *shown, [drawn[0], drawn[1] | facts, drawn[2]]), facts
    assert faults(*shown, drawn), "nobody had announced it"
    late = [[kind, facts, DRAWN_AT.isoformat()] for kind, facts, _at in shown]
    assert faults(fixed, *late, drawn)
    assert faults(fixed, [shown[0][0], shown[0][1] | {"secret": "77" * 32}, shown[0][2]])
    assert faults(fixed, [shown[0][0], None, shown[0][2]], *shown[1:], drawn) == []


def test_where_too_few_promise_there_is_more_time_and_three_countries_are_asked_of_three(
    seven_asked, ana, network
):
    lot = seven_asked[1]
    promise(lot, "Ana")
    later = PUBLISHED_AT + timedelta(days=1)
    with clock.at(FIXED_AT):
        with pytest.raises(Refused):
            services.ask_for_secrets(by=actor("Beto"), lot=lot, until=later)
        services.ask_for_secrets(by=ana, lot=lot, until=later)
    lot.refresh_from_db()
    assert lot.promise_until == later
    assert SecretPromise.objects.filter(lot=lot).count() == 1
    assert Ask.objects.filter(kind="promise", closed_at=None).count() == 3
    assert beacon.promised_enough(["MX", "MX", "CO"], there=2)
    assert not beacon.promised_enough(["MX", "MX", "CO"], there=4)
    assert not beacon.promised_enough(["MX", "MX", "MX"], there=2)
    assert beacon.promised_enough(["", "", ""], there=0)


def test_three_organizations_are_needed(seven, ana):
    lot = close_lot(ana, open_lot(ana))
    Membership.objects.filter(name="Raíces").update(organization=None, person_id=ana.person_id)
    with clock.at(CLOSED_AT), pytest.raises(Refused, match="tres organizaciones"):
        services.ask_for_secrets(by=ana, lot=lot, until=PUBLISHED_AT)


def test_the_pages_walk_from_the_promise_to_the_draw(client, seven_asked, ana, beto, network, queries):
    lot = seven_asked[1]
    sign_in(client, beto)
    with clock.at(PROMISED_AT):
        page = client.get(address(lot, "promise/"), headers={"accept-language": "en"})
        assert "promise.js" in page.text
        refused = client.post(address(lot, "promise/"), {"promise": "zz", "kept": "on"})
        assert refused.status_code == 422
        assert "zz" in refused.text
        assert client.post(address(lot, "promise/"), {"promise": "11" * 32}).status_code == 422
        taken = client.post(
            address(lot, "promise/"), {"promise": beacon.promise_of(SECRETS["Beto"]), "kept": "on"}
        )
        assert taken.status_code == 303
        assert client.get(address(lot, "promise/")).status_code == 403
        assert client.get(address(lot, "show/")).status_code == 403
        assert client.get(address(lot, "secrets/")).status_code == 403
        with queries(8):  # and who promised, from how many countries
            assert beacon.promise_of(SECRETS["Beto"]) in client.get(address(lot)).text
    promise(lot, "Ana", "Elsa")
    sign_in(client, ana)
    with clock.at(FIXED_AT):
        assert client.get(address(lot, "secrets/")).status_code == 403
        page = client.get(address(lot, "announce/"), headers={"accept-language": "en"})
        assert "Until when are the secrets shown?" in page.text
        assert client.post(address(lot, "announce/"), {"at": "2023-09-13T12:00"}).status_code == 422
    fix(lot, ana)
    sign_in(client, beto)
    with clock.at(FIXED_AT):
        assert client.post(address(lot, "show/"), {"secret": "00"}).status_code == 422
        assert client.post(address(lot, "show/"), {"secret": SECRETS["Beto"]}).status_code == 303
        assert SECRETS["Beto"] in client.get(address(lot)).text
    show(lot, "Ana", "Elsa")
    with clock.at(DRAWN_AT):
        for rest in ("", "steps/"):
            page = client.get(address(lot, rest), headers={"accept-language": "en"})
            assert page.status_code == 200
        assert "it gives the same names" in page.text
        client.logout()
        assert client.get(address(lot)).status_code == 200


def test_a_coordination_asks_for_secrets_on_a_page(client, seven, ana):
    lot = close_lot(ana, open_lot(ana))
    sign_in(client, ana)
    with clock.at(CLOSED_AT):
        assert client.get(address(lot, "secrets/")).status_code == 200
        assert client.post(address(lot, "secrets/"), {"at": "x"}).status_code == 422
        assert client.post(address(lot, "secrets/"), {"at": "2023-08-01T10:00"}).status_code == 422
        until = (CLOSED_AT + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
        assert client.post(address(lot, "secrets/"), {"at": until}).status_code == 303
    lot.refresh_from_db()
    assert lot.state == LotState.PROMISING
