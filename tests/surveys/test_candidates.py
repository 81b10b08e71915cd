"""From answers to candidates: once, consented, without retyping."""

import pytest

from tequio.core.access import Refused
from tequio.notify.models import Letter
from tequio.people import services as people
from tequio.people.models import Alias, Candidate, Organization
from tequio.register.models import Entry
from tequio.surveys.models import Reply
from tequio.surveys.selectors.willing import willing
from tequio.surveys.services.candidates import drop_candidates, forget_candidate, make_candidates
from tests.surveys.asking import reply_to, survey_of

RIVER = {
    "email": "Rio@example.org ", "country": ("CO",), "cities": ("3688689", "national"), "text_cities": "Villa Ignota",
    "themes": ("advocacy", "which"), "text_themes": "Naciones del agua", "led_network": ("yes",), "in_network": ("no",),
    "needs": ("capacities",), "offers": ("training",), "populations": ("women",),
}  # fmt: skip


@pytest.fixture
def survey(network, ana):
    return survey_of(ana)


def test_who_would_join_becomes_a_candidate_with_all_that_was_said(survey, ana):
    """Source: SUR-17, SUR-18."""
    reply = reply_to(survey, "Escuela del Río", **RIVER)
    reply_to(survey, "No Gracias", joins="no", email="no@example.org")
    reply_to(survey, "A medias", sent=False)
    assert make_candidates(by=ana, survey=survey) == 1
    made = Candidate.objects.get()
    assert (made.source, made.name, made.email, made.language) == (
        reply.uuid,
        "Escuela del Río",
        "rio@example.org",
        "es",
    )
    assert (made.country, made.themes, made.experience, made.state) == (
        "CO",
        ["advocacy", "which"],
        "HIGH",
        "NEW",
    )
    assert made.carried["cities"] == ["Bogotá", "Villa Ignota"]
    assert made.carried["national"] is True
    assert made.carried["themes"][1] == {"key": "which", "text": {"es": "Naciones del agua"}}
    assert made.carried["needs"][0]["text"]["en"] == "Capacities"
    told = Entry.objects.get(kind="surveys.candidates_made").payload.facts
    assert "number" not in told  # every member reads the register: one is a small group. Source: S16
    assert "Escuela" not in str(told)


def test_done_again_nothing_is_double_and_who_was_asked_is_not_asked_anew(survey, ana):
    """One reply, one name, one address, also over surveys. Source: SUR-17."""
    reply_to(survey, "Escuela del Río", email="rio@example.org")
    reply_to(survey, "ESCUELA DEL RIO", email="otra@example.org")
    assert make_candidates(by=ana, survey=survey) == 1
    assert make_candidates(by=ana, survey=survey) == 0
    later = survey_of(ana, slug="later")
    reply_to(later, "Escuela del Rio, A.C.")
    reply_to(later, "Con otro nombre", email="otra@example.org")
    reply_to(later, "Nueva")
    assert make_candidates(by=ana, survey=later) == 1
    assert sorted(Candidate.objects.values_list("name", flat=True)) == ["ESCUELA DEL RIO", "Nueva"]


def test_who_is_in_already_is_recognized_by_names_and_aliases(survey, ana, network):
    """Source: CTX-19."""
    member = Organization.objects.get(name="Barrio Vivo")
    Alias.objects.create(organization=member, name="Barrio Alive", folded="barrio alive")
    known = people.record_organization(by=ana, name="Casa Abierta")
    reply = reply_to(survey, "Barrio Alive")
    reply_to(survey, "casa abierta")
    reply_to(survey, "")
    found = willing(ana, survey)
    assert ([one.name for one in found.members], [one.name for one in found.new], found.nameless) == (
        ["Barrio Alive"], ["casa abierta"], 1,
    )  # fmt: skip
    assert make_candidates(by=ana, survey=survey) == 1
    reply.refresh_from_db()
    assert (reply.organization, Candidate.objects.get().organization) == (member, known)


def test_what_is_no_address_and_no_country_is_not_carried_as_one(survey, ana):
    reply_to(survey, "Sin correo", email="llámame", country=("COLOMBIA",), cities=("99999999999999999",))
    make_candidates(by=ana, survey=survey)
    made = Candidate.objects.get()
    assert (made.email, made.country, made.carried["cities"], made.experience) == ("", "", [], "LOW")


def test_only_those_who_look_after_candidates_may(survey, beto):
    """Source: SUR-17."""
    reply_to(survey, "Escuela del Río")
    assert willing(beto, survey) is None
    with pytest.raises(Refused):
        make_candidates(by=beto, survey=survey)


def test_who_asks_to_be_forgotten_is_no_candidate_any_more(survey, ana):
    """The row and its letters go, and the register never knew a name. Source: SUR-17, RULES consent."""
    reply = reply_to(survey, "Escuela del Río", email="rio@example.org")
    make_candidates(by=ana, survey=survey)
    assert forget_candidate(by=ana, reply=reply)
    assert not forget_candidate(by=ana, reply=reply)
    assert not Candidate.objects.exists()
    assert not Letter.objects.filter(address="rio@example.org").exists()


def test_thirty_replies_are_read_in_as_many_queries_as_three(survey, ana, queries):
    """Source: SUR-17."""
    for number in range(3):
        reply_to(survey, f"Org {number}", themes=("advocacy",))
    with queries(4):
        willing(ana, survey)
    for number in range(3, 30):
        reply_to(survey, f"Org {number}", themes=("advocacy",))
    with queries(4):
        assert len(willing(ana, survey).new) == 30


def test_candidates_whose_answers_go_go_too_unless_they_were_written_to(survey, ana):
    """An import that is undone leaves no candidate behind. Source: SUR-06, SUR-17."""
    reply_to(survey, "Escuela del Río")
    reply_to(survey, "Casa Abierta")
    make_candidates(by=ana, survey=survey)
    Candidate.objects.filter(name="Casa Abierta").update(state="INVITED")
    assert drop_candidates(replies=Reply.objects.all()) == 1
    assert Candidate.objects.get().name == "Casa Abierta"
