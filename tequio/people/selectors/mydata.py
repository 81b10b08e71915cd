"""Everything that the database holds about one person, as plain data."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from tequio.core.scoping import NetworkModel, network_scope
from tequio.core.texts import say
from tequio.people.models import Invitation, Participant, Person
from tequio.people.selectors.accounts import networks_ever
from tequio.register.events import plain

SECRET = {"password", "token_hash", "refusal_hash", "session_key", "session_data", "text", "html", "stop_url"}
SECRET_MODELS = {"mfa.Authenticator": {"data"}}


def references() -> Iterator[tuple[type[models.Model], str, type[models.Model]]]:
    """Yield (model, field, Person or Participant) for every column that points to a person."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            target = field.related_model
            if target in (Person, Participant):
                yield model, field.attname, target
            elif target is None and field.name == "person_id":
                yield model, "person_id", Person
            elif target is None and field.name == "participant_id":
                yield model, "participant_id", Participant


def about(person: Person) -> dict[str, Any]:
    """Return all rows that refer to the person, by table; those of networks under each network's name."""
    return {
        "person": _row(person),
        "rows": _rows(person, scoped=False, participants=[]),
        "networks": {
            network.slug: _in_network(person, network.pk, say(network.name))
            for network in networks_ever(person.pk)
        },
    }


def _in_network(person: Person, network_id: int, name: str) -> dict[str, Any]:
    with network_scope(network_id):
        mine = list(Participant.objects.filter(person=person).values_list("pk", flat=True))
        rows = _rows(person, scoped=True, participants=mine)
        invited = [_row(each) for each in Invitation.objects.filter(email=person.email)]
    return {"name": name, "rows": rows, "invitations": invited}


def _rows(person: Person, *, scoped: bool, participants: list[int]) -> dict[str, list[dict[str, Any]]]:
    wanted: dict[type[models.Model], Q] = {}
    for model, column, target in references():
        if issubclass(model, NetworkModel) is scoped:
            keys = [person.pk] if target is Person else participants
            wanted[model] = wanted.get(model, Q()) | Q(**{f"{column}__in": keys})
    return {
        model._meta.label: found
        for model, condition in wanted.items()
        if (found := [_row(each) for each in model._default_manager.filter(condition)])  # noqa: SLF001
    }


def _row(row: models.Model) -> dict[str, Any]:
    hidden = SECRET | SECRET_MODELS.get(row._meta.label, set())
    return {
        field.attname: _plain(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.attname not in hidden
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, memoryview | bytes) else plain(value)
