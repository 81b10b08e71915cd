"""One cell of a table, as it is written into JSON and CSV, and read back without losing a bit of it."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

RISKY = ("=", "+", "-", "@", "\t", "\r")


class NotTaken(ValueError):
    """A cell that its column does not take."""


def encode(field: Any, value: Any) -> Any:
    """Return a value as plain JSON; texts for what JSON has no word for. Raises TypeError for an unknown kind."""
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, ArrayField):
        return [encode(field.base_field, item) for item in value]
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, str | int):
        return value
    raise TypeError(f"An archive cannot hold {type(value).__name__}.")


def decode(field: Any, value: Any) -> Any:
    """Return what a column takes, from what ``encode`` wrote; raise NotTaken for anything else."""
    if value is None:
        if not field.null and not isinstance(field, models.JSONField):
            raise NotTaken
        return None
    try:
        taken = field.to_python(value)
        if encode(field, taken) != value:
            raise NotTaken
    except (ValidationError, TypeError, ValueError, ArithmeticError, AttributeError) as wrong:
        raise NotTaken from wrong
    return taken


def spreadsheet(value: Any) -> str:
    """Return a cell as CSV holds it; a text that a spreadsheet would run as a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(RISKY) else value
    if isinstance(value, int):
        return str(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


_TYPES: tuple[tuple[type, dict[str, str]], ...] = (
    (models.UUIDField, {"type": "string", "format": "uuid"}),
    (models.EmailField, {"type": "string", "format": "email"}),
    (models.URLField, {"type": "string", "format": "uri"}),
    (models.BooleanField, {"type": "boolean"}),
    (models.DateTimeField, {"type": "datetime"}),
    (models.DateField, {"type": "date"}),
    (models.DecimalField, {"type": "string"}),
    (models.JSONField, {"type": "any"}),
    (models.BinaryField, {"type": "string"}),
    (models.FileField, {"type": "string"}),
    (models.IntegerField, {"type": "integer"}),
    (models.CharField, {"type": "string"}),
    (models.TextField, {"type": "string"}),
)


def describe(field: Any) -> dict[str, Any]:
    """Return a column as a Frictionless field: name, type, what it must keep. Raises TypeError for an unknown kind."""
    column = field.target_field if field.is_relation else field
    kind = (
        {"type": "array"}
        if isinstance(column, ArrayField)
        else next((dict(said) for known, said in _TYPES if isinstance(column, known)), None)
    )
    if kind is None:
        raise TypeError(f"An archive does not know columns like {field}.")
    must = {
        name: value
        for name, value in (
            ("required", not field.null),
            ("unique", field.unique),
            ("maxLength", getattr(column, "max_length", None)),
            ("enum", _choices(field)),
        )
        if value
    }
    if isinstance(column, models.BinaryField):
        must.pop("maxLength", None)
    return {"name": field.attname, **kind, **({"constraints": must} if must else {})}


def _choices(field: Any) -> list[Any] | None:
    if not field.choices or isinstance(field, ArrayField):
        return None
    values = [value for value, _label in field.flatchoices]
    return values if "" in values or not field.blank else ["", *values]
