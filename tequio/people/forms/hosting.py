"""Who stands behind the network."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.core.options import Option
from tequio.networks.models import HostKind, Network
from tequio.people.models import Organization
from tequio.people.rules.hosting import wrong_with
from tequio.people.selectors.hosting import network_to_ask
from tequio.people.services.hosting import REASONS

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _called(organization: Organization) -> str:
    return organization.name


class HostsForm(Form):
    """The kind, the organizations, and which of them coordinates."""

    kind = forms.ChoiceField(
        label=_("Who stands behind it?"), choices=HostKind.choices, widget=forms.RadioSelect
    )
    organizations: "forms.ModelMultipleChoiceField[Organization]" = forms.ModelMultipleChoiceField(
        None,
        label=_("Which organizations?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        to_field_name="uuid",
    )
    coordinating: "forms.ModelChoiceField[Organization]" = forms.ModelChoiceField(
        None,
        label=_("Which one coordinates the consortium?"),
        help_text=_("Only for a consortium."),
        required=False,
        empty_label=_("None"),
        to_field_name="uuid",
    )

    def __init__(self, *args: Any, could: "QuerySet[Organization]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("organizations", "coordinating"):
            self.fields[name].queryset = could  # type: ignore[attr-defined]
            self.fields[name].label_from_instance = _called  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if self.errors:
            return said
        chosen = list(said["organizations"])
        leads = said["coordinating"] is not None and said["coordinating"] in chosen
        if wrong := wrong_with(said["kind"], hosts=len(chosen), coordinating=leads):
            self.add_error(
                "coordinating" if wrong.value == "COORDINATION" else "organizations", REASONS[wrong]
            )
        return said


class HandOverForm(Form):
    """Which organization of the consortium coordinates it from now on."""

    to: "forms.ModelChoiceField[Organization]" = forms.ModelChoiceField(
        None, label=_("Which one coordinates from now on?"), empty_label=_("Choose one"), to_field_name="uuid"
    )

    def __init__(self, *args: Any, could: "QuerySet[Organization]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = could  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = _called  # type: ignore[attr-defined]


class AskForm(Form):
    """Which network is asked to be the host."""

    host = forms.SlugField(
        label=_("Short name of the network"),
        help_text=_("It is the first part of its address: in example.org/andina/ it is “andina”."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    network: Network | None = None

    def clean_host(self) -> str:
        slug = str(self.cleaned_data["host"])
        self.network = network_to_ask(slug)
        if self.network is None:
            raise forms.ValidationError(_("No network that can be found here has this name."))
        return slug


class AnswerForm(Form):
    """Whether the network agrees to be the host."""

    answer = forms.ChoiceField(
        label=_("Does this network host it?"),
        choices=[
            (
                "yes",
                Option(
                    _("Yes"), help=_("Each names the other on its pages. Neither sees more of the other.")
                ),
            ),
            ("no", Option(_("No"), help=_("The network that asked reads why."))),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("answer") == "no" and not said.get("reason", "").strip():
            self.add_error("reason", _("Say why: the network that asked reads it."))
        return said
