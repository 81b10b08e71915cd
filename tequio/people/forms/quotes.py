"""What is asked about somebody's words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.people.models.quotes import Aspect, Byline, Origin, Reach, Step
from tequio.people.services.quotes import Said

READ_THERE = _("If the network moves to another server, those who found networks there read it instead.")


class QuoteForm(Form):
    """The words, who said them and how they want to be called, what they are about, and how they consented."""

    words = forms.CharField(
        label=_("What did they say?"),
        help_text=_("In their own words. Cut what would harm somebody."),
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    language = forms.ChoiceField(label=_("In which language?"))
    byline = forms.ChoiceField(
        label=_("How does the person want to be named?"), choices=Byline.choices, initial=Byline.NONE,
        widget=forms.RadioSelect,
    )  # fmt: skip
    name = forms.CharField(
        label=_("Name"),
        help_text=_("Of somebody of this network, we ask them first. A name that is not to be shown is not kept."),
        max_length=120, required=False,
    )  # fmt: skip
    role = forms.CharField(
        label=_("What do they do there?"), help_text=_("Leave out what would tell who it is."), max_length=120, required=False
    )  # fmt: skip
    organization = forms.CharField(label=_("Organization"), max_length=200, required=False)
    step = forms.TypedChoiceField(label=_("Which step does it help with?"), coerce=int, choices=Step.choices)
    aspect = forms.ChoiceField(label=_("What is it about?"), choices=Aspect.choices)
    origin = forms.ChoiceField(label=_("Where was it said?"), choices=Origin.choices)
    reach = forms.ChoiceField(
        label=_("Who may read it?"), help_text=READ_THERE, choices=Reach.choices, initial=Reach.NETWORK,
        widget=forms.RadioSelect,
    )  # fmt: skip
    consent = forms.CharField(
        label=_("How did the person agree?"),
        help_text=_("For example: said yes on the recording. Of your own words, or of somebody of this network, leave it empty."),
        max_length=200, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, get_language_info(code)["name_local"]) for code in languages]

    def clean(self) -> dict[str, Any]:
        """Ask for the name where one is to be shown."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("byline") in (Byline.NAME, Byline.CHOSEN) and not said.get("name"):
            self.add_error("name", _("Write the name, or choose “without a name”."))
        return said

    def said(self, *, source: str = "") -> Said:
        """Return what the service asks for."""
        return Said(**self.cleaned_data, source=source)


class AgreeForm(Form):
    """How one's own words are shown."""

    byline = forms.ChoiceField(
        label=_("How do you want to be named?"), choices=Byline.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("The name that you choose"), max_length=120, required=False)
    reach = forms.ChoiceField(
        label=_("Who may read it?"), help_text=READ_THERE, choices=Reach.choices, widget=forms.RadioSelect
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the name that was chosen."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("byline") == Byline.CHOSEN and not said.get("name"):
            self.add_error("name", _("Write the name, or choose “without a name”."))
        return said


class TranslationForm(Form):
    """The words in another language."""

    words = forms.CharField(
        label=_("The same words"), max_length=3_000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )


class FindForm(Form):
    """What is looked for among quotes; what is not known is passed over."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    step = forms.TypedChoiceField(
        label=_("Step"), required=False, coerce=int, empty_value=None, choices=[("", _("All")), *Step.choices]
    )
    aspect = forms.ChoiceField(
        label=_("What is it about?"), required=False, choices=[("", _("All")), *Aspect.choices]
    )
    organization = forms.ChoiceField(label=_("Organization"), required=False)

    def __init__(self, *args: Any, organizations: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *((name, name) for name in organizations)]
