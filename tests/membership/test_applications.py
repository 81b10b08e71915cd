import pytest

from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.core.scoping import network_scope
from tequio.membership import selectors, services
from tequio.membership.models import Application, State
from tequio.networks.models import Admission, Criterion, Governance
from tequio.notify.models import Ask, Letter
from tequio.people.models import Duty, Invitation, Membership, Organization, Person, Voice
from tequio.people.selectors import find_actor
from tequio.register.models import Entry
from tests.world import add_person


def ask_to_join(network, **changes):
    values = {
        "network": network, "name": "Agua Común", "kind": "NGO", "why": "Para trabajar juntas.",
        "about": "Cuidamos ríos.", "contact_name": "Elías", "contact_email": "Elias@example.org", "language": "pt-br",
        "country": "CO", "cities": ["Medellín"], "benefits": ["FUNDING"],
    }  # fmt: skip
    return services.apply(**{**values, **changes})


def admits(admission):
    Governance.objects.update(admission=admission)


def test_a_request_reaches_those_in_charge_and_the_applicant(network, ana, beto):
    application = ask_to_join(network)
    ask = Ask.objects.get()
    assert (ask.person_id, ask.kind, ask.title["es"]) == (
        ana.person_id,
        "application",
        "Agua Común pide entrar",
    )
    letter = Letter.objects.get()
    assert (letter.address, letter.language) == ("elias@example.org", "pt-br")
    assert letter.subject == "Chegou o seu pedido para entrar em Red Andina"
    assert f"/andina/join/{application.uuid}/{selectors.token_of(application)}/" in letter.text
    entry = Entry.objects.select_related("payload").get(kind="membership.asked_to_join")
    assert "elias" not in str(entry.facts).lower()


def test_asked_twice_it_is_one_request(network):
    assert ask_to_join(network) == ask_to_join(network, name="AGUA COMUN", why="Otra vez")
    assert Application.objects.count() == Ask.objects.count() == Letter.objects.count() == 1


def test_admitted_it_is_a_member_and_its_contact_is_invited_as_delegate(network, ana):
    application = ask_to_join(network)
    membership = services.admit(by=ana, network=network, application=application)
    application.refresh_from_db()
    assert (application.state, application.membership) == (State.ADMITTED, membership)
    assert (membership.organization.name, membership.organization.country) == ("Agua Común", "CO")
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.voice, invitation.language) == (
        "elias@example.org", Voice.DELEGATE, "pt-br",
    )  # fmt: skip
    assert not Ask.objects.filter(closed_at=None, kind="application").exists()
    with pytest.raises(Refused):
        services.admit(by=ana, network=network, application=application)


def test_an_organization_recorded_already_is_the_one_that_joins(network, ana):
    from tequio.people import services as people

    recorded = people.record_organization(by=ana, name="Agua Comun")
    membership = services.admit(by=ana, network=network, application=ask_to_join(network))
    assert membership.organization == recorded
    assert Organization.objects.filter(folded=recorded.folded).count() == 1


def test_a_member_is_not_admitted_again(network, ana):
    application = ask_to_join(network, name="Barrio Vivo")
    with pytest.raises(Refused, match="ya es parte"):
        services.admit(by=ana, network=network, application=application)


def test_a_person_on_their_own_is_a_member_with_their_own_voice(network, ana):
    membership = services.admit(by=ana, network=network, application=ask_to_join(network, kind="PERSON"))
    assert membership.organization is None
    assert membership.participants.get().voice == Voice.DELEGATE


def test_the_register_does_not_name_a_person_who_only_asked(network, ana):
    application = ask_to_join(network, kind="PERSON", name="Elías Roa")
    services.decline(by=ana, network=network, application=application, reasons="Secreta razón.")
    for entry in Entry.objects.select_related("payload").filter(kind__startswith="membership."):
        assert "Roa" not in str(entry.facts)
        assert "Secreta" not in str(entry.facts)


def test_declined_with_reasons_that_the_applicant_reads(network, ana):
    application = ask_to_join(network)
    with pytest.raises(Refused):
        services.decline(by=ana, network=network, application=application, reasons="  ")
    services.decline(by=ana, network=network, application=application, reasons="Falta una carta de apoyo.")
    application.refresh_from_db()
    assert (application.state, application.reasons) == (State.DECLINED, "Falta una carta de apoyo.")
    assert "Falta una carta de apoyo." in Letter.objects.get(key__contains="declined").text
    assert ask_to_join(network) != application  # they may ask again


def test_only_those_whom_the_charter_names(network, ana, beto, dora):
    application = ask_to_join(network)
    for somebody in (beto, dora):
        with pytest.raises(Refused):
            services.admit(by=somebody, network=network, application=application)
        assert selectors.worklist(somebody) is None
        assert selectors.application(somebody, application.uuid) is None
    admits(Admission.TEAM)
    elisa = add_person(network, "Elisa", duties=(Duty.ADMISSION,))
    assert [each.person_id for each in selectors.in_charge()] == [ana.person_id, elisa.person_id]
    assert services.admit(by=elisa, network=network, application=application)


def test_where_nobody_is_named_the_coordination_is_asked(network, ana):
    admits(Admission.TEAM)
    from tequio.people.models import Participant

    Participant.objects.filter(pk=ana.participant_id).update(duties=["COORDINATION"])
    ask_to_join(network)
    assert Ask.objects.get().person_id == ana.person_id


def test_a_team_admits_and_nobody_else_and_requests_follow_the_duty(network, ana, beto, run_jobs):
    from tequio.people import services as people

    admits(Admission.TEAM)
    run_jobs()
    people.follow_charter(by=system(network.pk), network=network, listeners=[], team=["Ana"])
    application = ask_to_join(network)
    people.follow_charter(by=system(network.pk), network=network, listeners=[], team=["Beto"])
    run_jobs()
    waiting = Ask.objects.filter(kind="application", closed_at=None)
    assert list(waiting.values_list("person_id", flat=True)) == [beto.person_id]
    again = {each.name: find_actor(Person.objects.get(pk=each.person_id)) for each in (ana, beto)}
    with pytest.raises(Refused):
        services.admit(by=again["Ana"], network=network, application=application)
    services.admit(by=again["Beto"], network=network, application=application)


def test_all_members_admit_by_consent(network, ana, beto, run_jobs):
    from tequio.decisions import services as decisions
    from tequio.decisions.models import Round

    admits(Admission.EVERYBODY)
    application = ask_to_join(network)
    with pytest.raises(Refused):
        services.admit(by=ana, network=network, application=application)
    application = services.open_decision(by=ana, network=network, application=application)
    assert application.state == State.DECIDING
    round_ = Round.objects.get()
    for by in (ana, beto):
        decisions.answer(by=by, round=round_, position="AGREE")
    run_jobs()
    application.refresh_from_db()
    assert application.state == State.ADMITTED
    assert Membership.objects.filter(name="Agua Común").exists()


def test_with_an_objection_it_waits_and_those_in_charge_may_answer_no(network, ana, beto, run_jobs):
    from tequio.decisions import services as decisions
    from tequio.decisions.models import Round

    admits(Admission.EVERYBODY)
    application = services.open_decision(by=ana, network=network, application=ask_to_join(network))
    with pytest.raises(Refused):
        services.decline(by=ana, network=network, application=application, reasons="No.")
    round_ = Round.objects.get()
    decisions.answer(by=ana, round=round_, position="AGREE")
    decisions.answer(by=beto, round=round_, position="OBJECT", reason="Trabaja para una minera.")
    decisions.close_round(by=ana, round=round_)
    run_jobs()
    assert Application.objects.get().state == State.DECIDING
    services.decline(by=ana, network=network, application=application, reasons="Un miembro ve un daño.")
    assert Application.objects.get().state == State.DECLINED


def test_told_twice_a_decision_acts_once(network):
    application = ask_to_join(network)
    Application.objects.update(state=State.DECIDING)
    for _time in range(2):
        services.settle_decision(network=network, application=application, adopted=False, reasons="No.")
    assert Application.objects.get().state == State.DECLINED
    assert Letter.objects.filter(key__contains="declined").count() == 1


def test_the_link_is_the_applicants_alone(network):
    first, second = ask_to_join(network), ask_to_join(network, name="Otra")
    assert selectors.application_by_link(first.uuid, selectors.token_of(first)) == first
    assert selectors.application_by_link(first.uuid, selectors.token_of(second)) is None
    assert selectors.application_by_link(first.uuid, "") is None


def test_withdrawn_once(network):
    application = ask_to_join(network)
    services.withdraw(network=network, application=application)
    services.withdraw(network=network, application=application)
    assert Application.objects.get().state == State.WITHDRAWN
    assert Entry.objects.filter(kind="membership.withdrawn").count() == 1
    assert not Ask.objects.filter(closed_at=None).exists()


def test_requests_stay_in_their_network(network, ana, elsewhere):
    application = ask_to_join(network)
    with network_scope(elsewhere.network.pk):
        assert not Application.objects.exists()
        assert selectors.application_by_link(application.uuid, selectors.token_of(application)) is None


def test_what_is_asked_is_stated(network):
    """Source: MEM-02, P21."""
    Criterion.objects.create(texts={"es": "Trabajar en América Latina"}, position=1)
    asked = selectors.asked_of_members()
    assert [one.texts["es"] for one in asked.criteria] == ["Trabajar en América Latina"]
    assert asked.dues == []
    assert asked.code is None
