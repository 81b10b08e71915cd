"""What the coordination says about the network as a whole."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.archive.models import CopyKind
from tequio.core.forms import Form
from tequio.core.options import Option


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
