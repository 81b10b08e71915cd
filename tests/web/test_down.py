"""While the database cannot be reached, people are asked to come back, in their language."""

import pytest
from django.db import connection
from django.test import Client


def test_without_a_database_pages_ask_to_come_back(committing: None, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    client = Client(raise_request_exception=False)
    answer = client.get("/about/", headers={"accept-language": "es"})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "Mucha gente a la vez" in answer.text
    monkeypatch.undo()
    assert client.get("/about/").status_code == 200
