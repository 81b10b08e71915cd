"""What the coordination says about the network as a whole."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.archive.models import CopyKind
from tequio.core.forms import Form
from tequio.core.options import Option
from tequio.people.models import Participant


class CopyForm(Form):
    """Which copy to make."""

    kind = forms.ChoiceField(
        label=_("Which copy do you need?"),
        choices=[
            (
                CopyKind.PRIVATE.value,
                Option(
                    _("The whole network"),
                    help=_(
                        "To keep it or to move it to another server. It holds everybody's addresses: guard it like a key."
                    ),
                ),
            ),
            (
                CopyKind.PUBLIC.value,
                Option(
                    _("What anybody may read"),
                    help=_(
                        "Rules, public articles and the members that let themselves be shown. You can give it to anybody."
                    ),
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )


class WhyForm(Form):
    """Why a network is closed, or opened again; every member reads it."""

    why = forms.CharField(
        label=_("Why?"),
        help_text=_("Everybody reads it. It stays in the register."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OfferForm(Form):
    """To whom the coordination is offered, and whether who offers it stays."""

    receiver: "forms.ModelChoiceField[Participant]" = forms.ModelChoiceField(
        None,
        label=_("To whom?"),
        help_text=_("A person coordinates for herself, or for the organization that she speaks for."),
        empty_label=_("Choose somebody"),
    )
    stays = forms.ChoiceField(
        label=_("And you?"),
        choices=[
            ("no", Option(_("I step back"), help=_("As soon as this person accepts, and not before."))),
            ("yes", Option(_("I go on coordinating, together"))),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("A few words for this person"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["receiver"]
        field.queryset = people  # type: ignore[attr-defined]
        field.label_from_instance = _named  # type: ignore[attr-defined]


def _named(participant: Participant) -> str:
    membership = participant.membership
    return f"{participant.name} · {membership.name}" if membership else participant.name
