import pytest
from django.db import DatabaseError, transaction

from tequio.core.access import Refused
from tequio.membership import selectors, services
from tequio.membership.models import CodeVersion, Signature
from tequio.networks.models import Statement
from tequio.notify.models import Ask
from tequio.people import services as people
from tequio.people.models import Membership
from tests.conftest import sign_in
from tests.world import add_member, add_person

TEXTS = {"es": "Nos tratamos con respeto.", "en": "We treat each other with respect."}


@pytest.fixture
def code(network):
    return services.publish_code(network=network, texts=TEXTS)


def standing():
    return dict(Membership.objects.values_list("name", "in_good_standing"))


def test_the_charter_puts_the_first_version_in_force(network, ana, run_jobs):
    from tequio.core.actor import system
    from tequio.networks.services import Rules, put_rules_in_force

    rules = Rules(statements={"code": TEXTS})
    put_rules_in_force(by=system(network.pk), network=network, rules=rules, version=1)
    run_jobs()
    assert [(one.number, one.texts) for one in selectors.codes()] == [(1, TEXTS)]
    put_rules_in_force(by=system(network.pk), network=network, rules=rules, version=2)
    run_jobs()
    assert CodeVersion.objects.count() == 1  # the same words: nobody signs again
    assert services.follow_charter(network=network).number == 1


def test_a_translation_adds_a_language_and_nobody_signs_again(network, code, ana, beto, run_jobs):
    """Source: GOV-38, XCT-01."""
    from tequio.core.actor import system
    from tequio.networks.services import Rules, put_rules_in_force

    services.sign_code(by=beto, network=network, code=code)
    said = {**code.texts, "fr": "Nous prenons soin les unes des autres."}
    put_rules_in_force(
        by=system(network.pk), network=network, rules=Rules(statements={"code": said}), version=2
    )
    run_jobs()
    assert [one.number for one in selectors.codes()] == [code.number]
    assert standing()["La Asamblea"]


def test_a_translation_is_read_beside_what_was_signed(network, code, ana, client, run_jobs):
    """Source: GOV-38, XCT-01."""
    from tequio.core.actor import system
    from tequio.networks.services import Rules, put_rules_in_force

    assert selectors.translations(code) == []
    said = {**code.texts, "pt-br": "Cuidamos de todo mundo."}
    rules = Rules(statements={"code": said})
    put_rules_in_force(by=system(network.pk), network=network, rules=rules, version=2)
    run_jobs()
    sign_in(client, ana)
    page = client.get(f"/{network.slug}/code/").text
    assert "Cuidamos de todo mundo." in page
    assert "Léelo en Português" in page
    put_rules_in_force(
        by=system(network.pk),
        network=network,
        rules=Rules(statements={"code": {"pt-br": "Outra coisa."}}),
        version=3,
    )
    assert selectors.translations(code) == []


def test_without_a_text_there_is_no_code(network):
    assert services.follow_charter(network=network) is None
    Statement.objects.create(key="code", texts={"es": ""})
    assert services.follow_charter(network=network) is None
    assert standing() == {"Barrio Vivo": True, "La Asamblea": True}


def test_every_delegate_is_asked_and_signing_gives_good_standing(network, code, ana, beto):
    assert standing() == {"Barrio Vivo": False, "La Asamblea": False}
    asked = Ask.objects.filter(kind="code", closed_at=None)
    assert set(asked.values_list("person_id", flat=True)) == {ana.person_id, beto.person_id}
    services.sign_code(by=beto, network=network, code=code)
    services.sign_code(by=beto, network=network, code=code)
    assert standing() == {"Barrio Vivo": False, "La Asamblea": True}
    assert [ask.person_id for ask in asked] == [ana.person_id]
    told = selectors.signed(code)
    assert [one.membership.name for one in told.signatures] == ["La Asamblea"]
    assert [one.name for one in told.missing] == ["Barrio Vivo"]


def test_a_new_version_asks_everybody_again(network, code, ana, beto):
    for somebody in (ana, beto):
        services.sign_code(by=somebody, network=network, code=code)
    second = services.publish_code(network=network, texts={"es": "Con respeto y cuidado."})
    assert second.number == 2
    assert standing() == {"Barrio Vivo": False, "La Asamblea": False}
    assert Ask.objects.filter(kind="code", closed_at=None).count() == 2
    assert Signature.objects.filter(code=code).count() == 2


def test_who_does_not_carry_the_voice_does_not_sign(network, code, ana):
    third = add_member(network, "Tercera")
    nobody = add_person(network, "Nadia", membership=third)
    with pytest.raises(Refused):
        services.sign_code(by=nobody, network=network, code=code)


def test_a_new_member_starts_unsigned_and_its_delegate_is_asked(network, code, ana, run_jobs):
    member = add_member(network, "Nueva")
    noa = add_person(network, "Noa", membership=member, voice="DELEGATE")
    run_jobs()
    assert standing()["Nueva"] is False
    assert Ask.objects.filter(kind="code", person_id=noa.person_id, closed_at=None).exists()


def test_a_new_delegate_is_asked_too(network, code, ana, dora, run_jobs):
    from tequio.people.models import Participant

    two = Membership.objects.get(name="La Asamblea")
    people.name_delegate(by=ana, membership=two, participant=Participant.objects.get(pk=dora.participant_id))
    run_jobs()
    assert Ask.objects.filter(kind="code", person_id=dora.person_id, closed_at=None).exists()


def test_what_was_agreed_and_signed_never_changes(network, code, beto):
    services.sign_code(by=beto, network=network, code=code)
    for change in (
        lambda: CodeVersion.objects.update(texts={}),
        lambda: Signature.objects.all().delete(),
        lambda: Signature.objects.update(at=None),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()
