"""Changing the charter after ratification: decided as the charter says, applied in one piece, or not at all."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from tequio.core import clock
from tequio.core.access import Refused
from tequio.decisions import services as decisions
from tequio.decisions.models import Proposal
from tequio.decisions.rules import Position
from tequio.founding import services
from tequio.founding.models import Article, ChangeState, Charter, CharterChange, CharterState
from tequio.networks import selectors as networks
from tequio.register.models import Entry
from tests.founding.world import answer_enough, decide, ratify, save


def propose(by, network, article="rounds", why="Tres días no alcanzan.", **answers):
    return services.propose_change(by=by, network=network, article=article, answers=answers, why=why)


def in_force() -> Charter:
    return Charter.objects.get(state=CharterState.IN_FORCE)


def test_an_adopted_change_changes_setting_and_article_together(first, second, ratified, run_jobs):
    """Source: GOV-03 (change it later with a record)."""
    before = in_force()
    change = propose(first, ratified, round_hours="168")
    assert networks.governance().round_hours == 72
    decide(change, first, second)
    run_jobs()
    change.refresh_from_db()
    after = in_force()
    assert (change.state, change.applied_in) == (ChangeState.APPLIED, after.version)
    assert networks.governance().round_hours == 168
    assert after.settings["governance"]["round_hours"] == 168
    old, new = (each.articles.get(key="rounds") for each in (before, after))
    assert "tres días" in old.texts["es"]
    assert "una semana" in new.texts["es"]
    assert (old.since, new.since) == (before.version, after.version)
    assert after.articles.get(key="model").since == before.version
    before.refresh_from_db()
    assert before.state == CharterState.REPLACED
    entry = Entry.objects.get(kind="founding.charter_in_force", pk=after.entry)
    assert entry.facts["settings"]["governance"]["round_hours"] == 168
    assert entry.facts["proposal"] == str(change.proposal)


def test_words_that_nobody_changed_stay_to_the_letter(first, second, ratified, run_jobs):
    """What this program would say otherwise today changes nothing that was agreed."""
    agreed = in_force().articles.get(key="mandates")
    agreed.texts = {**agreed.texts, "es": "Como se dijo en el primer año: doce meses."}
    agreed.save(update_fields=["texts"])
    decide(propose(first, ratified, round_hours="168"), first, second)
    run_jobs()
    kept = in_force().articles.get(key="mandates")
    assert (kept.texts, kept.since) == (agreed.texts, agreed.since)


def test_a_change_by_consent_stops_at_an_objection(first, second, ratified, run_jobs):
    """Source: GOV-09."""
    version = in_force().version
    change = propose(first, ratified, round_hours="168")
    decide(change, first, second, objecting=second)
    run_jobs()
    change.refresh_from_db()
    assert change.state == ChangeState.RETURNED
    assert networks.governance().round_hours == 72
    assert in_force().version == version


def test_a_refused_change_changes_nothing(first, second, ratified, run_jobs, monkeypatch):
    change = propose(first, ratified, round_hours="168")
    opened = Proposal.objects.get(uuid=change.proposal).round
    decisions.answer(by=first, round=opened, position=Position.AGREE)
    over = opened.closes_at + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: over)
    decisions.close_round(by=first, round=opened)
    run_jobs()
    change.refresh_from_db()
    assert change.state == ChangeState.REFUSED
    assert networks.governance().round_hours == 72


def test_of_two_changes_of_one_setting_the_later_is_overtaken(first, second, ratified, run_jobs):
    one = propose(first, ratified, round_hours="168")
    two = propose(second, ratified, round_hours="336", why="Dos semanas.")
    decide(one, first, second)
    run_jobs()
    decide(two, first, second)
    run_jobs()
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.state, two.state) == (ChangeState.APPLIED, ChangeState.OUTDATED)
    assert networks.governance().round_hours == 168
    assert Entry.objects.filter(kind="founding.change_outdated").count() == 1


def test_two_changes_of_different_settings_both_apply(first, second, ratified, run_jobs):
    one = propose(first, ratified, round_hours="168")
    two = propose(second, ratified, silence="CONSENTS", why="Con señal débil.")
    decide(one, first, second)
    decide(two, first, second)
    run_jobs()
    governance = networks.governance()
    assert (governance.round_hours, governance.silence) == (168, "CONSENTS")
    text = Article.objects.get(charter__state="IN_FORCE", key="rounds").texts["es"]
    assert "una semana" in text
    assert "quien calla acepta" in text


def test_a_change_is_applied_once(first, second, ratified, run_jobs):
    change = propose(first, ratified, round_hours="168")
    decide(change, first, second)
    run_jobs()
    version = in_force().version
    services.apply_change(network=ratified, change=change)
    assert in_force().version == version


def test_nothing_is_left_half_done_when_applying_fails(first, second, ratified, monkeypatch):
    change = propose(first, ratified, round_hours="168")
    from tequio.founding.services import changing

    def fail(**_given):
        raise IntegrityError("the register is away")

    monkeypatch.setattr(changing, "rule", fail)
    with pytest.raises(IntegrityError):
        services.apply_change(network=ratified, change=change)
    assert networks.governance().round_hours == 72
    assert Charter.objects.filter(state=CharterState.IN_FORCE).count() == 1
    assert CharterChange.objects.get().state == ChangeState.OPEN


@pytest.mark.parametrize(
    ("article", "answers"),
    [
        ("rounds", {"round_hours": "72"}),
        ("rounds", {"round_hours": "5"}),
        ("rounds", {"model": "HORIZONTAL"}),
        ("protocol", {"contacts": []}),
        ("code", {"code": {}}),
        ("model", {"model": None}),
        ("nothing", {"round_hours": "168"}),
        ("mandates", {"mandate_months": 600}),
        ("purpose", {"purpose": {"fr": "Eau"}}),
    ],
)
def test_what_cannot_be_is_refused(first, ratified, article, answers):
    with pytest.raises(Refused):
        propose(first, ratified, article=article, **answers)


def test_a_change_says_why(first, ratified):
    with pytest.raises(Refused):
        propose(first, ratified, why="  ", round_hours="168")


def test_before_ratification_the_path_changes_the_charter(first, founding):
    with pytest.raises(Refused):
        propose(first, founding, round_hours="168")


def test_the_daily_work_goes_like_any_decision_where_the_charter_says_so(first, second, founding, run_jobs):
    """Source: GOV-26, GOV-27, GOV-28."""
    answer_enough(first, founding)
    save(first, founding, "fallback", {"changes": "TWO_WAYS"})
    ratify(founding, first, second)
    run_jobs()
    founding.refresh_from_db()
    assert networks.governance().charter_change == "TWO_WAYS"
    practical = propose(first, founding, article="rhythms", meeting="4")
    basic = propose(first, founding, round_hours="168")
    told = {
        one.pk: Proposal.objects.values_list("kind", "matter").get(uuid=one.proposal)
        for one in (practical, basic)
    }
    assert told == {practical.pk: ("general", "OPERATIONAL"), basic.pk: ("charter", "STRATEGIC")}
    decide(practical, first, second)
    run_jobs()
    assert networks.rhythms()["MEETING"] == 4
    text = Article.objects.get(charter__state="IN_FORCE", key="change").texts["es"]
    assert "consentimiento" in text


def test_the_words_of_a_change_are_not_amended_apart_from_its_settings(first, second, ratified):
    from tequio.decisions import access
    from tequio.decisions.models import Objection

    change = propose(first, ratified, round_hours="168")
    proposal = Proposal.objects.get(uuid=change.proposal)
    decisions.answer(by=second, round=proposal.round, position=Position.OBJECT, reason="Es mucho.")
    objection = Objection.objects.select_related("proposal").get()
    assert "carta" in str(access.integrate.why_not(first, objection))


def test_a_change_is_amended_in_its_round_and_everybody_is_asked_again(first, second, ratified, run_jobs):
    """What is adopted is what was amended last; what it said before stays. Source: GOV-09, GOV-06."""
    change = propose(first, ratified, round_hours="336")
    decide(change, first, second, objecting=second)
    run_jobs()
    change.refresh_from_db()
    assert change.state == ChangeState.RETURNED
    with pytest.raises(Refused):
        services.amend_change(
            by=second, network=ratified, change=change, answers={"round_hours": "24"}, why="No."
        )
    again = {"by": first, "network": ratified, "change": change}
    with pytest.raises(Refused):
        services.amend_change(**again, answers={"round_hours": "336"}, why="Lo mismo.")
    with pytest.raises(Refused):
        services.amend_change(**again, answers={"round_hours": "168"}, why=" ")
    services.amend_change(**again, answers={"round_hours": "168"}, why="Una semana alcanza.")
    change.refresh_from_db()
    assert (change.state, change.after) == (ChangeState.OPEN, {"round_hours": "168"})
    assert [(one["after"], one["why"]) for one in change.earlier] == [
        ({"round_hours": "336"}, "Una semana alcanza.")
    ]
    proposal = Proposal.objects.select_related("version", "round").get(uuid=change.proposal)
    assert (proposal.version.number, proposal.round.number) == (2, 2)
    assert "una semana" in proposal.version.body["es"]
    decide(change, first, second)
    run_jobs()
    change.refresh_from_db()
    assert change.state == ChangeState.APPLIED
    assert networks.governance().round_hours == 168
    with pytest.raises(Refused):
        services.amend_change(**again, answers={"round_hours": "24"}, why="Tarde.")


@pytest.mark.parametrize(
    ("article", "answers", "sets", "says"),
    [
        ("removal", {"hearing": "14"}, lambda: networks.governance().hearing_days == 14, "Hay 14 días"),
        (
            "channels",
            {"channels": ["MAIL", "RADIO"]},
            lambda: (
                [str(each) for each in networks.channels()] == ["correo", "radio, carteles, de boca en boca"]
            ),
            "radio",
        ),
    ],
)
def test_removal_and_channels_are_governed_by_their_articles(
    first, second, ratified, run_jobs, article, answers, sets, says
):
    """Source: P18 (removal only by its procedure), COM-03 (channels promised and kept)."""
    decide(propose(first, ratified, article=article, why="Así nos queda mejor.", **answers), first, second)
    run_jobs()
    assert sets()
    assert says in in_force().articles.get(key=article).texts["es"]
