"""Naming somebody whom a list does not show, because it would be too long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.forms import Form
from tequio.decisions.selectors import talking

NAMED = "named"


def offer(form: Form, people: Sequence[tuple[int, str]], *, first: Sequence[tuple[Any, Any]] = ()) -> None:
    """Let ``owner`` be chosen among people; where the list is cut, let anybody who takes part be named beside it."""
    field = form.fields["owner"]
    assert isinstance(field, forms.TypedChoiceField)
    listed = list(people)
    if len(listed) >= talking.MOST_OWNERS:
        sent = str(form.data.get(form.add_prefix("owner"), "")) if form.is_bound else ""
        if sent.isdecimal() and int(sent) not in dict(listed):
            listed += talking.called(number=int(sent))
        field.required = False
        form.fields[NAMED] = forms.CharField(
            label=gettext_lazy("Or somebody else, by name"),
            help_text=gettext_lazy("If the list above does not have them: not everybody fits in it."),
            required=False,
            max_length=120,
        )
        names = list(form.fields)
        names.insert(names.index("owner") + 1, names.pop())
        form.order_fields(names)
    field.choices = [*first, *listed]


def read(form: Form, data: dict[str, Any]) -> None:
    """Put who was named into ``owner``; say so beside the field when nobody, or more than one, is called so."""
    if NAMED not in form.fields or "owner" in form.errors or NAMED in form.errors:
        return
    field = form.fields["owner"]
    assert isinstance(field, forms.TypedChoiceField)
    name = data.get(NAMED, "")
    if not name:
        if not data.get("owner"):
            form.add_error("owner", field.error_messages["required"])
        return
    found = talking.called(name=name)
    if data.get("owner") in dict(found):
        return
    if len(found) == 1:
        data["owner"] = found[0][0]
        return
    listed: Any = field.choices
    field.choices = [*found, *(choice for choice in listed if choice not in found)]
    form.add_error(
        NAMED,
        _("Several are called so. They stand first in the list above: choose one.")
        if found
        else _("Nobody who takes part is called so."),
    )
