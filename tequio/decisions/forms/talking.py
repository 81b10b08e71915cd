"""Reading questions, quick reactions, files, relations, translations and amendments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from tequio.core import files
from tequio.core.forms import DayInput, Form, refuse_unwritable, shorter_than_a_book
from tequio.core.texts import Texts, missing, say
from tequio.decisions.forms import FIRST_WORDS, TEXTS, IntegrateForm, area, review_day
from tequio.decisions.models import PARTS, Version
from tequio.decisions.selectors.talking import DECISION

ENDINGS = ",".join(f".{ending}" for ending in files.FORMATS)


class QuestionForm(Form):
    """What somebody wants to understand."""

    words = forms.CharField(
        label=_("Your question"),
        help_text=_("Ask what you need to understand. What you think of it has its place below."),
        max_length=1000,
        widget=area(2),
    )


class ReplyForm(Form):
    """The reply to a question."""

    words = forms.CharField(
        label=_("Your reply"),
        help_text=_("Everybody reads it. Once kept, it stays as it is."),
        max_length=4000,
        widget=area(4),
    )


class ReactionForm(Form):
    """The quick reaction of a voice."""

    reaction = forms.CharField(
        label=_("What is your first impression?"),
        help_text=_("One or two sentences. Left empty, it is taken back."),
        required=False,
        max_length=300,
        widget=area(2),
    )


class FileForm(Form):
    """A file, what it is, and in which language."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_(
            "Text, table, slides, picture or sound, up to 10 MB. We take out who made it, where and with what. Names beside comments and changes stay. So does all that a signed document says."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ENDINGS}),
    )
    label = forms.CharField(label=_("What is it?"), help_text=_("A few words."), max_length=120)
    language = forms.ChoiceField(label=_("In which language is it?"))

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        choices: list[tuple[str, Any]] = [(code, get_language_info(code)["name_local"]) for code in languages]
        field.choices = [*choices, ("none", _("It has no words, or is in another language"))]

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large or no sort of file that is taken, by its content."""
        sent: UploadedFile[Any] = self.cleaned_data["file"]
        if (sent.size or 0) > files.LARGEST:
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Make it smaller, or share a part of it.")
            )
        self.content = sent.read()
        kind = files.format_of(self.content, name=sent.name or "")
        if kind is None:
            raise forms.ValidationError(
                _(
                    "This sort of file is not taken. Send it as PDF, as an office document without macros, or as a picture."
                )
            )
        return sent

    def given(self) -> dict[str, Any]:
        """Return what the service asks for."""
        data = self.cleaned_data
        return {
            "label": data["label"],
            "language": "" if data["language"] == "none" else data["language"],
            "content": self.content,
            "name": data["file"].name or "",
        }


class RelateForm(Form):
    """What a proposal is related to."""

    to = forms.ChoiceField(label=_("Related to"), required=False)
    number = forms.IntegerField(
        label=_("Or the number of an earlier decision"),
        help_text=_("The list shows the newest ones. All of them stand in the list of decisions."),
        required=False, min_value=1, max_value=2_000_000_000, widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        choices: Sequence[tuple[tuple[str, str], Texts]],
        title: Callable[[str], Texts | None],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.title = title
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Choose one")),
            *((f"{source}/{key}", _called(source, key, title)) for (source, key), title in choices),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for one or the other; a number has to be that of a decision that was made."""
        data = super().clean() or {}
        if not self.errors and not data.get("to") and not data.get("number"):
            self.add_error("to", self.fields["to"].error_messages["required"])
        if data.get("number") and self.title(str(data["number"])) is None:
            self.add_error("number", _("There is no decision of this number that was made."))
        return data

    def given(self) -> dict[str, str]:
        """Return what the service asks for."""
        if self.cleaned_data["number"]:
            return {"source": DECISION, "key": str(self.cleaned_data["number"])}
        source, _slash, key = self.cleaned_data["to"].partition("/")
        return {"source": source, "key": key}


def _called(source: str, key: str, title: Texts) -> str:
    if source != DECISION:
        return say(title)
    return str(_("Decision %(number)s: %(title)s") % {"number": key, "title": say(title)})


class TranslateForm(Form):
    """The parts of a proposal in one language: what is missing, and for who leads it also what is there."""

    base = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: Version, language: str, mend: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["base"] = version.number
        for name in TEXTS:
            texts = getattr(version, name)
            written = texts.get(language, "")
            if not any(texts.values()) or (written and not mend):
                continue
            field = TEXTS[name]()
            field.help_text = say({code: text for code, text in texts.items() if code != language}) or ""
            field.widget.attrs["lang"] = language
            field.validators += [refuse_unwritable, shorter_than_a_book]
            self.fields[name] = field
            self.initial[name] = written

    def texts(self) -> dict[str, str]:
        """Return what was written."""
        return {name: self.cleaned_data[name] for name in PARTS if self.cleaned_data.get(name)}


class AmendForm(IntegrateForm):
    """A change of the text while it is being decided."""

    review_on = forms.DateField(
        label=_("When do we review it?"),
        help_text=_("A sooner review often makes a proposal safe enough to try."),
        error_messages={"required": _("A decision binds until it is reviewed. Choose the day.")},
        widget=DayInput(),
    )

    enough = FIRST_WORDS | {"review"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].label = _("What changes, and why?")

    def clean_review_on(self) -> date:
        """Refuse a review in the past."""
        return review_day(self.cleaned_data["review_on"])

    def written(self) -> dict[str, Any]:
        """Return what the service asks for."""
        return {**super().written(), "review_on": self.cleaned_data["review_on"]}


def lacking(version: Version, languages: Sequence[str]) -> list[tuple[str, str, list[str]]]:
    """Return each language that lacks parts which another one has: (code, its own name, parts)."""
    found = []
    for code in languages:
        parts = [
            str(label)
            for name, label in PARTS.items()
            if any(getattr(version, name).values()) and missing(getattr(version, name), [code])
        ]
        if parts:
            found.append((code, get_language_info(code)["name_local"], parts))
    return found
