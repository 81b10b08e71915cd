"""A governance model that founders bring from another network, as a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.founding import formats, texts

WHY_NOT = {
    "too_large": _(
        "The file is larger than a model can be (256 KB). Choose the file that a network handed out."
    ),
    "not_json": _(
        "This file cannot be read as a model: it is not JSON. Choose the file as it was downloaded."
    ),
    "another_format": _("This file holds no governance model. Choose the file that a network handed out."),
    "no_schema": _("The file does not say by which version of the format it was written."),
    "newer": _("The file was written by a newer Tequio. Bring this installation up to date first."),
    "empty": _("The file is a model without a single answer."),
    "not_an_answer": _("The file answers a question as nobody can: %(question)s"),
}


class ModelForm(Form):
    """A model, as an uploaded file or as the text that the preview carried along."""

    file = forms.FileField(
        label=_("The file of the model"),
        help_text=_("You get it from the charter of another network. It ends in .json."),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )
    model = forms.CharField(required=False, max_length=formats.LARGEST, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Read the model; say beside the file what is wrong with it."""
        data = super().clean() or {}
        if self.errors:
            return data
        sent = data.get("file")
        if sent is None and not data.get("model"):
            self.add_error("file", _("Choose a file."))
            return data
        if sent is not None and sent.size > formats.LARGEST:
            self.add_error("file", WHY_NOT["too_large"])
            return data
        content = sent.read() if sent is not None else data["model"].encode()
        try:
            data["read"], data["content"] = formats.read_model(content), content.decode("utf-8-sig")
        except formats.Unreadable as trouble:
            self.add_error("file", _said(trouble))
        return data


def _said(trouble: formats.Unreadable) -> str:
    words = texts.QUESTIONS.get(trouble.about)
    told = str(WHY_NOT[trouble.code])
    return told % {"question": words.ask} if words else told
