"""What those who lead a survey type: a list of people, and how somebody was heard."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.surveys.forms.answering import own_name
from tequio.surveys.models import Manner
from tequio.surveys.rules.invited import MOST, Invited, people_in


class Invite(Form):
    """A list of names and addresses, one a line."""

    people = forms.CharField(
        label=_("Whom do you ask?"),
        help_text=_(
            "One a line: a name, an e-mail address, or both. To an address we write; for a name you get the link."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=100_000,
    )
    language = forms.ChoiceField(label=_("Language of the letter"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, own_name(code)) for code in languages]
        field.initial = languages[0] if languages else ""

    def clean_people(self) -> list[Invited]:
        """Return whom the list names, or say which lines cannot be read."""
        found, unread = people_in(self.cleaned_data["people"])
        if unread:
            lines = " · ".join(unread[:5])
            raise ValidationError(gettext("These lines cannot be read: %(lines)s") % {"lines": lines})
        if len(found) > MOST:
            raise ValidationError(gettext("At most %(most)s at a time.") % {"most": MOST})
        return found


class Heard(Form):
    """How somebody was heard whose answers another person writes down."""

    manner = forms.ChoiceField(
        label=_("How did you hear them?"),
        choices=Manner.choices,
        widget=forms.RadioSelect(attrs={"class": "grid"}),
    )


class Forget(Form):
    """The address of whoever asks to be forgotten."""

    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("The one that they gave in their answers, or to which their link was sent."),
    )


class Source(Form):
    """What an interview rests on: its sound, or where the paper or the sound lies."""

    sound = forms.FileField(
        label=_("The sound, as a file"),
        help_text=_(
            "MP3, OGG, M4A or WAV, 10 MB at most. What the phone wrote into it is taken out: place, device, name."
        ),
        widget=forms.FileInput(attrs={"accept": ".mp3,.ogg,.opus,.m4a,.wav,audio/*"}),
        required=False,
    )
    cited = forms.CharField(
        label=_("Or where the paper or the sound lies"),
        help_text=_("For example: folder 3, sheet 12."),
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        said = super().clean() or {}
        if not (said.get("sound") or said.get("cited") or self.errors):
            self.add_error("sound", gettext("Choose a file, or say where it lies."))
        return said
