"""Starting, answering, agreeing, drafting, ratifying: what works, what is refused, what is kept."""

import pytest

from tequio.core.access import Refused
from tequio.core.scoping import network_scope
from tequio.decisions import services as decisions
from tequio.decisions.models import Proposal
from tequio.decisions.rules import Position
from tequio.founding import rules, selectors, services
from tequio.founding.models import Charter, CharterState, SharedText
from tequio.networks import selectors as networks
from tequio.networks.models import Network, Stage
from tequio.notify.models import Ask
from tequio.people.models import Membership, Participant
from tequio.register.models import Entry
from tests.founding.world import CONTACTS, answer_enough, founder, person, save


def kinds() -> list[str]:
    return list(Entry.objects.order_by("turn").values_list("kind", flat=True))


def consent(charter: Charter, *actors: object, objecting: object = None) -> None:
    """Answer the round on a charter, and close it."""
    proposal = Proposal.objects.get(uuid=charter.proposal)
    for actor in actors:
        if actor is objecting:
            decisions.answer(
                by=actor,
                round=proposal.round,
                position=Position.OBJECT,
                reason="Tres días es poco.",
                mend="Una semana.",
            )
        else:
            decisions.answer(by=actor, round=proposal.round, position=Position.CAN_LIVE_WITH)
    proposal.round.refresh_from_db()
    if proposal.round.closed_at is None:
        decisions.close_round(by=actors[0], round=proposal.round)


def test_a_network_starts_with_its_founder_in_every_seat_it_needs(first, founding):
    member = Membership.objects.get()
    assert (member.status, member.organization.name) == ("FOUNDING", "Agua Común")
    seat = Participant.objects.get()
    assert set(seat.duties) == {"FOUNDER", "COORDINATION", "SIGNER", "ADMISSION"}
    assert first.votes
    assert founding.stage == Stage.FOUNDING
    assert "networks.started" in kinds()


def test_somebody_can_found_without_an_organization(db):
    network = services.start_network(
        person=person("Sol"), name={"es": "Sola"}, languages=["es"], organization=""
    )
    with network_scope(network.pk):
        assert Membership.objects.get().person.name == "Sol"


@pytest.mark.parametrize(
    ("name", "slug"), [("Red del Agua", "red-del-agua-2"), ("Start", "start-2"), ("水", "red")]
)
def test_every_network_has_an_address_of_its_own(started, name, slug):
    assert services.free_slug(name=name) == slug


def test_a_new_founder_finds_the_path_at_home(first, second, founding, run_jobs):
    run_jobs()
    asked = set(Ask.objects.filter(kind="founding", closed_at=None).values_list("person_id", flat=True))
    assert asked == {first.person_id, second.person_id}


def test_each_founder_answers_alone_and_all_see_who_chose_what(first, second, founding):
    save(first, founding, "model", {"model": "VERTICAL"})
    save(second, founding, "model", {"model": "HORIZONTAL"})
    path = selectors.path(first, founding)
    standing = path.standings["model"]
    assert [(value, who) for value, who in standing.chosen] == [
        ("HORIZONTAL", (second.participant_id,)),
        ("VERTICAL", (first.participant_id,)),
    ]
    assert not standing.unanimous
    save(second, founding, "model", {"model": "VERTICAL"})
    assert selectors.path(first, founding).standings["model"].unanimous


def test_we_do_not_know_yet_is_an_answer(first, founding):
    save(first, founding, "model", {"model": None})
    path = selectors.path(first, founding)
    assert path.standings["model"].unsure == (first.participant_id,)
    assert "model" in path.mine


def test_a_founder_comes_back_to_the_same_place(first, second, founding):
    save(first, founding, "why", purpose="Agua")
    save(first, founding, "values", values="Cuidado")
    path = selectors.path(first, founding)
    assert path.last == "values"
    assert rules.current_topic(path.values, path.mine, last=path.last) == "pillars"
    assert selectors.path(second, founding).last == ""


def test_two_who_write_the_same_text_at_once_both_keep_theirs(first, second, founding):
    save(first, founding, "why", purpose="Uno")
    save(first, founding, "why", purpose="Uno y medio", base=1)
    saved = save(second, founding, "why", purpose="Dos", base=1)
    assert [row.body for row in saved.apart] == ["Dos"]
    path = selectors.path(first, founding)
    assert path.texts["purpose"]["es"].body == "Uno y medio"
    assert [row.body for row in path.apart] == ["Dos"]

    services.choose_text(
        by=second, network=founding, question="purpose", language="es", body="Uno y medio\n\nDos", met=(2, 3)
    )
    path = selectors.path(first, founding)
    assert path.texts["purpose"]["es"].body == "Uno y medio\n\nDos"
    assert path.apart == []
    assert sorted(SharedText.objects.values_list("body", flat=True)) == [
        "Dos",
        "Uno",
        "Uno y medio",
        "Uno y medio\n\nDos",
    ]


def test_three_who_write_at_once_are_joined_two_by_two(first, second, founding):
    """Settling two texts leaves the third one waiting: nobody's words go unread. Source: EXPERIENCE 3.2 (3)."""
    third = founder("Luz", "Tierra Fértil", founding)
    save(first, founding, "why", purpose="Uno")
    for each, body in ((second, "Dos"), (third, "Tres")):
        save(each, founding, "why", purpose=body)
    settle = {"network": founding, "question": "purpose", "language": "es"}
    services.choose_text(by=first, body="Uno y dos", met=(1, 2), **settle)
    assert [row.body for row in selectors.path(first, founding).apart] == ["Tres"]
    with pytest.raises(Refused):
        services.choose_text(by=second, body="Dos", met=(1, 2), **settle)
    with pytest.raises(Refused):  # somebody wrote meanwhile: version 4 stands, not 1
        services.choose_text(by=second, body="Tres", met=(1, 3), **settle)
    services.choose_text(by=second, body="Los tres", met=(4, 3), **settle)
    path = selectors.path(first, founding)
    assert (path.apart, path.texts["purpose"]["es"].body) == ([], "Los tres")


def test_both_who_write_first_at_once_keep_theirs(first, second, founding):
    save(first, founding, "why", purpose="Uno")
    assert len(save(second, founding, "why", purpose="Dos").apart) == 1


def test_the_same_words_twice_or_an_old_version_sent_back_change_nothing(first, second, founding):
    save(first, founding, "why", purpose="Uno")
    save(first, founding, "why", purpose="Dos", base=1)
    assert save(second, founding, "why", purpose="Dos", base=1).apart == []
    assert save(second, founding, "why", purpose="Uno", base=1).apart == []
    assert selectors.path(first, founding).texts["purpose"]["es"].version == 2


def test_a_text_left_empty_leaves_the_question_open(first, founding):
    save(first, founding, "why", purpose="  ")
    assert SharedText.objects.count() == 0


def test_each_language_has_its_own_text(first, founding):
    save(first, founding, "why", purpose="Agua")
    save(first, founding, "why", purpose="Água", language="pt-br")
    assert selectors.path(first, founding).settled.text("purpose") == {"es": "Agua", "pt-br": "Água"}


def test_contact_persons_are_the_same_in_every_language(first, founding):
    save(first, founding, "contacts", contacts="", rows=CONTACTS, language="pt-br")
    assert [row.language for row in SharedText.objects.all()] == [""]
    assert [row["name"] for row in selectors.path(first, founding).settled.rows("contacts")] == [
        "Luz Pérez",
        "Inés Gómez",
    ]


def test_a_starter_taken_as_it_is_stands_in_every_language(first, founding):
    from django.utils.translation import override

    from tequio.founding.texts import STARTERS

    with override("es"):
        body = str(STARTERS["code"])
    save(first, founding, "ethics", code=body)
    spoken = selectors.path(first, founding).settled.text("code")
    assert set(spoken) == {"es", "pt-br"}
    assert spoken["pt-br"] != spoken["es"]


def test_a_step_is_agreed_when_all_agree_and_no_longer_when_it_changes(first, second, founding):
    save(first, founding, "why", purpose="Agua")
    state = selectors.path(first, founding).state(1)
    services.agree_step(by=first, network=founding, step=1, state=state)
    assert not selectors.path(first, founding).is_agreed(1)
    services.agree_step(by=second, network=founding, step=1, state=state)
    assert selectors.path(first, founding).is_agreed(1)
    save(second, founding, "why", purpose="Agua y tierra", base=1)
    assert not selectors.path(first, founding).is_agreed(1)


def test_nobody_agrees_to_what_they_have_not_read(first, second, founding):
    state = selectors.path(first, founding).state(1)
    save(second, founding, "why", purpose="Agua")
    with pytest.raises(Refused, match=r"cambió|changed"):
        services.agree_step(by=first, network=founding, step=1, state=state)


def test_step_two_cannot_end_without_two_contact_persons(first, founding):
    """Source: GOV-29."""
    save(first, founding, "model", {"model": "VERTICAL"})
    save(first, founding, "ethics", code="Nos cuidamos.")
    save(first, founding, "contacts", contacts="", rows=CONTACTS[:1])
    state = selectors.path(first, founding).state(2)
    with pytest.raises(Refused):
        services.agree_step(by=first, network=founding, step=2, state=state)
    save(first, founding, "contacts", contacts="", rows=CONTACTS, base=1)
    services.agree_step(by=first, network=founding, step=2, state=selectors.path(first, founding).state(2))


def test_a_charter_is_not_asked_for_before_it_can_work(first, founding):
    with pytest.raises(Refused):
        services.open_ratification(by=first, network=founding)


def test_the_charter_comes_into_force_when_all_founders_consent(first, second, founding, run_jobs):
    answer_enough(first, founding)
    save(first, founding, "contribution", {"contribution": "VARIABLE"})
    save(
        first,
        founding,
        "dues",
        {"period": "ANNUAL", "currency": "USD", "small": "30", "medium": "60", "large": "120"},
    )
    charter = services.open_ratification(by=first, network=founding)
    assert charter.articles.count() == 25
    assert Ask.objects.filter(kind="founding", closed_at=None).count() == 0
    with pytest.raises(Refused):
        save(first, founding, "why", purpose="Otra cosa", base=1)
    with pytest.raises(Refused):
        services.open_ratification(by=second, network=founding)
    consent(charter, first, second)
    run_jobs()

    charter.refresh_from_db()
    founding.refresh_from_db()
    assert (charter.state, founding.stage) == (CharterState.IN_FORCE, Stage.IN_FORCE)
    assert set(Membership.objects.values_list("status", flat=True)) == {"ACTIVE"}
    governance, joining = networks.governance(), networks.joining()
    assert (governance.model, governance.base, governance.round_hours) == ("VERTICAL", "CAST", 72)
    assert (joining.contribution, joining.small_minor, joining.large_minor) == ("VARIABLE", 3000, 12000)
    assert [row.outside for row in networks.contacts()] == [False, True]
    assert networks.statements()["code"].texts == {"es": "Nos cuidamos."}
    entry = Entry.objects.get(kind="founding.charter_in_force")
    assert entry.pk == charter.entry
    assert entry.facts["settings"]["governance"]["model"] == "VERTICAL"
    with pytest.raises(Refused):
        save(first, founding, "why", purpose="Otra cosa", base=1)


def test_an_objection_gives_the_charter_back_and_a_new_draft_follows(first, second, founding, run_jobs):
    answer_enough(first, founding)
    charter = services.open_ratification(by=first, network=founding)
    consent(charter, first, second, objecting=second)
    run_jobs()
    charter.refresh_from_db()
    assert charter.state == CharterState.RETURNED
    assert Ask.objects.filter(kind="founding", closed_at=None).count() == 2

    save(first, founding, "rounds", {"round_hours": "168"})
    mended = services.open_ratification(by=first, network=founding)
    assert mended.version == 2
    consent(mended, first, second)
    run_jobs()
    mended.refresh_from_db()
    assert mended.state == CharterState.IN_FORCE
    assert networks.governance().round_hours == 168


def test_who_does_not_found_reads_and_does_not_answer(ana, network):
    with pytest.raises(Refused):
        save(ana, network, "why", purpose="Nada")


def test_another_network_is_not_touched(first, founding, elsewhere):
    save(first, founding, "why", purpose="Agua")
    with network_scope(elsewhere.network.pk):
        assert SharedText.objects.count() == 0
        assert Network.objects.get(pk=founding.pk)


def test_founders_come_by_invitation(first, founding):
    from tequio.people.models import Invitation

    services.invite_founder(
        by=first,
        network=founding,
        email="luz@example.org",
        name="Luz",
        organization="Tierra Fértil",
        language="es",
    )
    invitation = Invitation.objects.get()
    assert (invitation.organization.name, invitation.duties, invitation.voice) == (
        "Tierra Fértil",
        ["FOUNDER"],
        "DELEGATE",
    )
    assert [one.email for one in selectors.invited_founders()] == ["luz@example.org"]


def test_twelve_founders_are_as_quick_as_three(founding, first, queries):
    for number in range(3):
        founder(f"Persona{number}", f"Organización {number}", founding)
    with queries(4):
        selectors.path(first, founding)
    for number in range(3, 12):
        founder(f"Persona{number}", f"Organización {number}", founding)
    with queries(4):
        selectors.path(first, founding)
