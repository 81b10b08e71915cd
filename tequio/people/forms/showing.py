"""Who sees what: a choice for each field."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.people.models import Gender, Level
from tequio.people.rules.showing import OF_ORGANIZATIONS, OF_PEOPLE, Fields, Levels, level_of

LABELS: Mapping[str, Any] = {
    "name": _("Name"),
    "aliases": _("Other names"),
    "about": _("What it does"),
    "kind": _("Kind and sector"),
    "country": _("Country"),
    "cities": _("Where it works"),
    "size": _("Size"),
    "themes": _("Themes"),
    "populations": _("Whom it works with"),
    "languages": _("Languages"),
    "website": _("Website"),
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "organization": _("For whom I act"),
    "role": _("My role"),
}
OWN_LABELS: Mapping[str, Any] = {**LABELS, "name": _("My name here"), "about": _("About me")}


OWN_WORDS = "OWN"


def gender_typed(said: str) -> dict[str, str]:
    """Return what somebody said of their gender as the form shows it."""
    own = bool(said) and said not in Gender.values
    return {"gender": OWN_WORDS if own else said, "own_gender": said if own else ""}


class _LevelsForm(Form):
    """A choice of readers for each field; beside it stands what they would read."""

    fields_known: Fields
    labels: Mapping[str, Any]

    def __init__(self, *args: Any, shows: Levels, said: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known in self.fields_known.items():
            self.fields[f"to_{name}"] = forms.ChoiceField(
                label=self.labels[name],
                help_text=said.get(name) or _("Nothing is written yet."),
                choices=[(level, Level(level).label) for level in known.levels],
                initial=level_of(name, shows, self.fields_known),
            )

    def levels(self) -> dict[str, str]:
        """Return who may see each field."""
        return {name: self.cleaned_data[f"to_{name}"] for name in self.fields_known}


class OrganizationShows(_LevelsForm):
    """Who sees what of an organization."""

    fields_known = OF_ORGANIZATIONS
    labels = LABELS


class MyselfShows(_LevelsForm):
    """What I tell of myself in this network, and who sees it."""

    fields_known = OF_PEOPLE
    labels = OWN_LABELS

    role = forms.CharField(label=_("My role in the organization"), max_length=80, required=False)
    about = forms.CharField(
        label=_("A few words about me"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    phone = forms.CharField(
        label=_("A telephone, if you want to leave one"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    gender = forms.ChoiceField(
        label=_("My gender, if I want to say it"),
        help_text=_("Nobody reads it. It is only counted, together with at least four others."),
        choices=[("", _("I do not say it")), *Gender.choices, (OWN_WORDS, _("in my own words"))],
        required=False,
    )
    own_gender = forms.CharField(label=_("In my own words"), max_length=60, required=False)

    def said_gender(self) -> str:
        """Return what somebody said of their gender: a value of ``Gender``, words of their own, or nothing."""
        said = str(self.cleaned_data["gender"])
        return str(self.cleaned_data["own_gender"]).strip() if said == OWN_WORDS else said
