"""Who listens to somebody who suffered violence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.people.rules.contacts import LEAST, MOST, Listener


class ContactsForm(Form):
    """Some lines, each a person; an empty line is nobody."""

    def __init__(self, *args: Any, listeners: list[Listener], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = range(1, min(max(len(listeners) + 1, LEAST + 1), MOST) + 1)
        for place in self.lines:
            known = listeners[place - 1] if place <= len(listeners) else Listener("", "")
            self.fields[f"name_{place}"] = forms.CharField(
                label=_("Name of person %(number)s") % {"number": place},
                max_length=120,
                required=False,
                initial=known.name,
            )
            self.fields[f"reach_{place}"] = forms.CharField(
                label=_("How to reach this person (phone, e-mail or place)"),
                max_length=300, required=False, initial=known.reach,
            )  # fmt: skip
            self.fields[f"outside_{place}"] = forms.BooleanField(
                label=_("This person is not part of the network"), required=False, initial=known.outside
            )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for place in self.lines:
            name, reach = said.get(f"name_{place}"), said.get(f"reach_{place}")
            if name and not reach:
                self.add_error(f"reach_{place}", _("Say how to reach this person."))
            if reach and not name:
                self.add_error(f"name_{place}", _("Say who it is."))
        return said

    def listeners(self) -> list[Listener]:
        """Return who was written down."""
        said = self.cleaned_data
        return [
            Listener(said[f"name_{place}"].strip(), said[f"reach_{place}"].strip(), said[f"outside_{place}"])
            for place in self.lines
            if said[f"name_{place}"].strip()
        ]
