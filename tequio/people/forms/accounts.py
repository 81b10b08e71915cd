"""Forms of coming in, of one's own account, and of the people of a network."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.core.options import Option
from tequio.people.models import Duty, Organization, Voice

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

CODE = {
    "autocomplete": "one-time-code",
    "autocapitalize": "characters",
    "spellcheck": "false",
    "class": "short",
}
LANGUAGES = [("es", "Español"), ("pt-br", "Português"), ("en", "English")]
DUTIES: list[tuple[str, Option]] = [
    (
        Duty.COORDINATION,
        Option(_("Coordinates the network"), help=_("Gives duties, breaks ties, brings people in.")),
    ),
    (Duty.SIGNER, Option(_("Signs for the coordination"))),
    (Duty.ADMISSION, Option(_("Admits members"), help=_("Reads the requests to join."))),
    (
        Duty.CONTACT,
        Option(
            _("Contact person of the protocol"), help=_("People who suffered violence can write to them.")
        ),
    ),
]
VOICES: list[tuple[str, Option]] = [
    (Voice.NONE, Option(_("Takes part"), help=_("Reads, proposes and talks."))),
    (Voice.DELEGATE, Option(_("Delegate"), help=_("Carries the organization's one voice in decisions."))),
    (Voice.SUBSTITUTE, Option(_("Substitute"), help=_("Carries the voice when the delegate is away."))),
]


def _address(label: "Words") -> forms.EmailField:
    return forms.EmailField(
        label=label,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


def _code(label: "Words", help_text: "Words" = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=20, widget=forms.TextInput(attrs=CODE)
    )


class EnterForm(Form):
    """Where to send the code."""

    email = _address(_("Your e-mail address"))


class CodeForm(Form):
    """The code that came by mail."""

    code = _code(_("Code"), _("Eight letters and numbers. Capital letters and the dash do not matter."))


class AppCodeForm(Form):
    """The number that an authenticator app shows, or a spare code."""

    code = _code(_("Number from your app, or one of your spare codes"))


class ProfileForm(Form):
    """What is shown of me, and how the pages look to me."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("In each network you can appear under another one."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language of the pages and letters"), choices=LANGUAGES)
    theme = forms.ChoiceField(
        label=_("Colors"),
        choices=[("", _("As on my device")), ("light", _("Light")), ("dark", _("Dark"))],
        required=False,
    )


class AddressForm(Form):
    """The address to move to."""

    email = _address(_("New e-mail address"))


class AddressCodesForm(Form):
    """A code from each mailbox."""

    old = _code(_("Code that came to your present address"))
    new = _code(_("Code that came to the new address"))


class DeviceForm(Form):
    """A name by which its owner knows a device."""

    label = forms.CharField(label=_("Name of this device"), max_length=60, required=False)


class LostForm(Form):
    """Who lost access, where, and the address to move to."""

    old = _address(_("The address you can no longer read"))
    network = forms.SlugField(
        label=_("Short name of a network where people know you"),
        help_text=_("It is the first part of the network's address: in example.org/andina/ it is “andina”."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    email = _address(_("Your new e-mail address"))


class NameForm(Form):
    """The name under which somebody appears in a network."""

    name = forms.CharField(label=_("Name you appear under here"), max_length=120)


class InviteForm(Form):
    """Who is invited, for whom, with which part."""

    email = _address(_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    organization: "forms.ModelChoiceField[Organization]" = forms.ModelChoiceField(
        None, label=_("For which organization?"), required=False, empty_label=_("For themselves")
    )
    voice = forms.ChoiceField(
        label=_("What will they do?"), choices=VOICES, initial=Voice.NONE, widget=forms.RadioSelect
    )
    role = forms.CharField(label=_("Their role in the organization"), max_length=80, required=False)
    duties = forms.MultipleChoiceField(
        label=_("Duties for the whole network"),
        choices=DUTIES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LANGUAGES)

    def __init__(self, *args: Any, organizations: Any, gives_duties: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        field.queryset = organizations  # type: ignore[attr-defined]
        field.label_from_instance = _called  # type: ignore[attr-defined]
        if not gives_duties:
            del self.fields["duties"]


class DutiesForm(Form):
    """The duties that somebody holds."""

    duties = forms.MultipleChoiceField(
        label=_("Duties for the whole network"),
        choices=DUTIES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class VoiceForm(Form):
    """Who speaks for a member."""

    voice = forms.ChoiceField(
        label=_("What do they do for the organization?"), choices=VOICES, widget=forms.RadioSelect
    )


def _called(organization: Organization) -> str:
    return organization.name
