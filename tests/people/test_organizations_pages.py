"""The directory's pages: found, counted, paged, and as cheap for thirty as for three."""

import pytest
from django.test import Client

from tequio.core.actor import Actor
from tequio.people import services
from tequio.people.models import Organization
from tests.conftest import sign_in

HERE = "/andina/organizations/"


def record(by: Actor, name: str, **facts: object) -> Organization:
    return services.record_organization(by=by, name=name, **facts)


def test_the_directory_finds_without_accents_and_endings(client: Client, ana: Actor) -> None:
    record(ana, "Jóvenes por la Educación", country="CO", cities=["Medellín"], themes=["Participación ciudadana"])
    record(ana, "Observatório do Marajó", country="BR")
    sign_in(client, ana)
    for words, name in [
        ("joven", "Jóvenes por la Educación"),
        ("educacion medellin", "Jóvenes por la Educación"),
        ("ciudadanas", "Jóvenes por la Educación"),
        ("observatorios", "Observatório do Marajó"),
        ("obsevatorio", "Observatório do Marajó"),
    ]:
        page = client.get(HERE, {"q": words}, headers={"accept-language": "es"})
        assert page.status_code == 200
        assert name in page.text, words
    assert "Jóvenes" not in client.get(HERE, {"country": "BR"}).text


@pytest.mark.parametrize("path", ["", "new/", "import/", "places/"])
def test_pages_open(client: Client, ana: Actor, path: str) -> None:
    sign_in(client, ana)
    assert client.get(HERE + path).status_code == 200
