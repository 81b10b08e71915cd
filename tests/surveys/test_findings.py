"""Findings are written, signed, changed by versions, taken back, and traced to what they led to."""

import pytest

from tequio.core.access import Refused
from tequio.register.models import Entry
from tequio.surveys.models import Finding
from tequio.surveys.selectors import findings as selectors
from tequio.surveys.services import findings as services
from tests.conftest import sign_in
from tests.decisions.world import propose
from tests.surveys.mapped import open_mapping

HERE = "/andina/surveys/mapeo-regional/results/findings/"


@pytest.fixture
def survey(network, ana):
    return open_mapping(ana, answers=6)


def told() -> list[str]:
    return list(
        Entry.objects.filter(kind__startswith="surveys.finding").order_by("pk").values_list("kind", flat=True)
    )


def test_a_finding_is_signed_changed_and_taken_back(survey, ana, beto):
    """Source: SUR-23, SUR-24."""
    first = services.sign_finding(
        by=ana, survey=survey, text=" Falta dinero. ", language="es", question="difficulties"
    )
    second = services.change_finding(by=ana, finding=first, text="Faltan recursos.", language="es")
    assert services.change_finding(by=ana, finding=first, text="Faltan recursos.", language="es") == second
    shown = selectors.findings(survey)
    assert [(one.text, one.version, one.answers, one.signed_by.name) for one in shown] == [
        ("Faltan recursos.", 2, 6, "Ana")
    ]
    assert selectors.findings(survey, question="country") == []
    services.change_finding(by=ana, finding=first, text="", language="es")
    assert selectors.findings(survey) == []
    assert Finding.objects.count() == 3
    assert sorted(told()) == ["surveys.finding_signed"] * 2 + ["surveys.finding_taken_back"]
    with pytest.raises(Refused):
        services.sign_finding(by=beto, survey=survey, text="No", language="es")


def test_it_is_written_on_its_page_and_leads_to_a_decision(client, survey, ana, queries):
    """Source: SUR-23."""
    proposal = propose(ana)
    sign_in(client, ana)
    wrong = client.post(HERE, {"text": "Falta dinero.", "question": "", "decision": "999"})
    assert wrong.status_code == 422
    assert "Falta dinero." in wrong.text
    said = {"text": "Falta dinero.", "question": "difficulties", "decision": proposal.number}
    assert client.post(HERE, said).status_code == 303
    with queries(5):
        page = client.get(HERE)
    assert "Falta dinero." in page.text
    assert f"/andina/decisions/{proposal.number}/" in page.text
    thread = Finding.objects.get().thread
    assert client.post(f"{HERE}{thread}/", {"text": "Falta todo.", "decision": ""}).status_code == 303
    assert Finding.objects.get(version=2).proposal is None
    assert client.post(f"{HERE}{thread}/take-back/").status_code == 200
    assert client.post(f"{HERE}{thread}/take-back/", {"confirmed": "yes"}).status_code == 303
    assert "Falta todo." not in client.get(HERE).text
    assert "Falta todo." in client.get(f"{HERE}{thread}/").text
