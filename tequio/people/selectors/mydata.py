"""Everything that the database holds about one person, as plain data: one question to it for each network."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel, network_scope
from tequio.core.texts import say
from tequio.people.models import Candidate, Invitation, Participant, Person
from tequio.people.selectors.accounts import networks_ever

SECRET = {
    "password",
    "token_hash",
    "refusal_hash",
    "session_key",
    "session_data",
    "stop_url",
    "nonce",
}
SECRET_MODELS = {
    "mfa.Authenticator": {"data"},
    "notify.Letter": {"text", "html"},
    "surveys.Link": {"token", "once"},
    "surveys.Reply": {"token", "once"},
}
ROWS = dict[str, list[dict[str, Any]]]

# How people call what a table holds. A table without a name here is shown under its own.
NAMES: Mapping[str, str | Promise] = {
    "account.EmailAddress": _("Other addresses of your account"),
    "atlas.Bridge": _("Introductions that you asked of the coordination, or made"),
    "atlas.Introduction": _("Introductions that you asked for or answered"),
    "decisions.Answer": _("Your answers in decisions"),
    "decisions.AnswerChange": _("What you had answered before you changed it"),
    "decisions.Attachment": _("Files that you put beside decisions"),
    "decisions.Elector": _("Your voice in decisions of circles"),
    "decisions.Objection": _("Your objections"),
    "decisions.Outcome": _("Decisions that you settled"),
    "decisions.Proposal": _("Your proposals"),
    "decisions.Question": _("Questions that you asked or replied to"),
    "decisions.Reaction": _("Your first impressions of proposals"),
    "decisions.Relation": _("What you related decisions to"),
    "decisions.Version": _("Texts that you wrote for decisions"),
    "founding.Answer": _("Your answers on the founding path"),
    "founding.ArticleVoice": _("What you said about articles"),
    "founding.CharterChange": _("Changes of the charter that you proposed"),
    "founding.Remark": _("Your comments on the charter"),
    "founding.SharedText": _("Texts that you wrote for the charter"),
    "founding.StepAgreement": _("Steps that you agreed to"),
    "founding.Workshop": _("Workshops that you held or signed"),
    "founding.WorkshopAction": _("Actions that you proposed in workshops"),
    "founding.WorkshopPaper": _("What you said comes first"),
    "founding.WorkshopPart": _("Workshops in which you took part"),
    "governance.FlowNote": _("What you wrote about news between circles"),
    "governance.Report": _("Reports that you wrote for a group"),
    "governance.Seat": _("Your seats in circles and groups"),
    "membership.Application": _("Requests to join that you wrote or decided"),
    "membership.Signature": _("Your signatures under the code of ethics"),
    "mfa.Authenticator": _("Your passkeys"),
    "notify.Ask": _("What waited for you"),
    "notify.Letter": _("Letters to you"),
    "notify.Preference": _("What you want to hear about"),
    "people.Candidate": _("Where you asked to be told how to join"),
    "people.Import": _("Lists that you brought"),
    "people.Invitation": _("Invitations to you and from you"),
    "people.Membership": _("Your own membership"),
    "people.OneTimeLink": _("Links to come in"),
    "people.Participant": _("Your part in the network"),
    "people.Quote": _("Your words that were kept, and those that you kept"),
    "people.Session": _("Your devices"),
    "register.Payload": _("What the register says that you did"),
    "surveys.Answer": _("What you wrote in surveys"),
    "surveys.Finding": _("What you read in the answers of surveys"),
    "surveys.Link": _("Your own links to surveys"),
    "surveys.Recording": _("Sounds and papers of interviews that you kept"),
    "surveys.Reply": _("When you answered surveys, or wrote answers down"),
    "surveys.Tick": _("What you chose in surveys"),
}


# What is theirs by their address alone, without a key to the person: the apps above say how it is found.
ByAddress = Callable[[str], Q]
_by_address: dict[type[models.Model], ByAddress] = {
    Invitation: lambda email: Q(email=email),
    Candidate: lambda email: Q(email__iexact=email),
}


def also(model: type[models.Model], found: ByAddress) -> None:
    """Put the rows of this table that ``found`` finds by an address into the data of whoever has that address."""
    _by_address[model] = found


def table_name(label: str) -> str:
    """Return what people call a table, in the active language."""
    return str(NAMES.get(label, label))


def references() -> Iterator[tuple[type[models.Model], str, type[models.Model]]]:
    """Yield (model, field, Person or Participant) for every column that points to a person.

    A new table is found by itself: by its foreign keys, and by columns called ``person_id`` or ``participant_id``.
    """
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
    outside = _asked([_as_data(Person, Q(pk=person.pk)), *_outside(person)])
    return {
        "person": outside.pop("people.Person")[0],
        "rows": outside,
        "networks": {
            network.slug: _in_network(person, network.pk, say(network.name))
            for network in networks_ever(person.pk)
        },
    }


def _in_network(person: Person, network_id: int, name: str) -> dict[str, Any]:
    with network_scope(network_id):
        return {"name": name, "rows": _asked(_inside(person))}


def _inside(person: Person) -> list["QuerySet[Any, Any]"]:
    """Return what lies in the current network: rows of the person, of their parts there, and of their address."""
    parts = Participant.objects.filter(person=person).values("pk")
    wanted = _wanted(person, parts, scoped=True)
    for model, found in _by_address.items():
        wanted[model] = wanted.get(model, Q()) | found(person.email)
    return [_as_data(model, condition) for model, condition in wanted.items()]


def _outside(person: Person) -> list["QuerySet[Any, Any]"]:
    wanted = _wanted(person, None, scoped=False)
    return [_as_data(model, condition) for model, condition in wanted.items()]


def _wanted(
    person: Person, parts: "QuerySet[Any, Any] | None", *, scoped: bool
) -> dict[type[models.Model], Q]:
    """Return the condition under which a row of each table is about the person."""
    wanted: dict[type[models.Model], Q] = {}
    for model, column, target in references():
        if issubclass(model, NetworkModel) is scoped:
            keys = [person.pk] if target is Person else parts
            wanted[model] = wanted.get(model, Q()) | Q(**{f"{column}__in": keys})
    return wanted


def _as_data(model: type[models.Model], condition: Q) -> "QuerySet[Any, Any]":
    """Return the rows of a table as (its name, one JSON object), the shape that all tables share."""
    label = model._meta.label
    hidden = SECRET | SECRET_MODELS.get(label, set())
    columns = {
        field.attname: F(field.attname)
        for field in model._meta.concrete_fields
        if field.attname not in hidden
    }
    rows = model._default_manager.filter(condition).order_by()  # noqa: SLF001 (a generic way to a table's rows)
    named: QuerySet[Any, Any] = rows.annotate(
        _table=Value(label, output_field=CharField()), _row=JSONObject(**columns)
    )
    return named.values_list("_table", "_row")


def _asked(parts: list["QuerySet[Any, Any]"]) -> ROWS:
    """Ask for the rows of all tables at once."""
    found: ROWS = {}
    for label, row in parts[0].union(*parts[1:], all=True):
        found.setdefault(label, []).append(row)
    return {label: sorted(rows, key=_order) for label, rows in sorted(found.items())}


def _order(row: dict[str, Any]) -> tuple[int, str]:
    key = row.get("id")
    return (key, "") if isinstance(key, int) else (0, str(key))
