"""How a file of answers is uploaded, how it is cut into cells, and what its columns are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.forms import Form, settle
from tequio.core.options import Option
from tequio.core.texts import say
from tequio.people.formats.tables import BYTES, Layout
from tequio.people.forms.imports import LETTERS
from tequio.surveys.formats.answers.headings import BEGAN, IDENTITY, LANGUAGE, SENT, TEXT, Target
from tequio.surveys.models import Beyond
from tequio.surveys.rules.instrument import Instrument, Kind, Question

CUT = 90  # letters of a question in a list
BETWEEN = (
    (",", gettext_lazy("comma")), (";", gettext_lazy("semicolon")), ("\t", gettext_lazy("tabulator")),
    ("|", gettext_lazy("upright line")),
)  # fmt: skip


def _file_field(accept: str) -> forms.FileField:
    return forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy(
            "CSV, XLSX or ODS of Google Forms, KoboToolbox, LimeSurvey or a spreadsheet. Up to 10 MB and 50,000 rows."
        ),
        widget=forms.FileInput(attrs={"accept": accept}),
        error_messages={"empty": gettext_lazy("There is nothing in the file.")},
    )


class AnswersForm(Form):
    """A file of answers to a survey that there is."""

    file = _file_field(".csv,.tsv,.txt,.xlsx,.ods,.gz,.xz")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB. Part it in two."))
        return file


class FromFileForm(AnswersForm):
    """A file of which a survey is made."""

    field_order = ("title", "language", "file")
    title = forms.CharField(label=gettext_lazy("What the survey is called"), max_length=200)
    language = forms.ChoiceField(label=gettext_lazy("Language of the questions"))
    file = _file_field(".csv,.tsv,.txt,.xlsx,.ods,.gz,.xz,.lss")

    def __init__(self, *args: Any, languages: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = list(languages)  # type: ignore[attr-defined]


def short(question: Question) -> str:
    """Return the text of a question, cut where it is long."""
    text = say(question.text) or question.key
    return text if len(text) <= CUT else f"{text[: CUT - 1]}…"


class ColumnsForm(Form):
    """What each column of a file is: as it was guessed, or as somebody corrects it."""

    def __init__(
        self, *args: Any, columns: Sequence[Sequence[str]], instrument: Instrument, name: str, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {f"c{place}": target for place, (_text, target, _example) in enumerate(columns)}
        super().__init__(*args, **kwargs)
        known = targets(instrument)
        names = dict(known)
        for place, (heading, target, example) in enumerate(columns):
            own = [] if target in names or not target else [(target, named(Target.of(target), instrument))]
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=heading or _("Column %(number)s") % {"number": place + 1},
                help_text=example,
                choices=[*known, *own],
                required=False,
            )
        self.fields["name"] = forms.CharField(
            label=_("Keep it under this name"),
            help_text=_(
                "The next file with these headings is read so by itself. Others can ask for it by this name."
            ),
            max_length=120,
            required=False,
            initial=name,
        )
        settle(self.fields.values())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        chosen = [target for name, target in said.items() if target and name != "name"]
        if not chosen:
            raise forms.ValidationError(_("Say of at least one column which question it answers."))
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError(_("Two columns are the same thing. Leave one of them out."))
        return said

    def mapping(self) -> dict[int, str]:
        """Return what the columns are: place -> target."""
        return {
            int(name[1:]): target for name, target in self.cleaned_data.items() if target and name != "name"
        }


def targets(instrument: Instrument) -> list[tuple[str, str]]:
    """Return what a column may be, for a list: the questions, and what concerns the answer as a whole."""
    found = [("", _("Leave it out"))]
    for question in instrument.questions():
        if question.kind is not Kind.MATRIX:
            found.append((question.key, short(question)))
        if any(option.other for option in question.options):
            target = Target(question.key, TEXT)
            found.append((str(target), named(target, instrument)))
        found += [
            (str(target), named(target, instrument))
            for row in question.rows
            for target in [Target(question.key, row.key)]
        ]
    return [
        *found,
        (SENT, _("When it was sent")),
        (BEGAN, _("When it was begun")),
        (IDENTITY, _("The number of the answer")),
        (LANGUAGE, _("The language of the answer")),
    ]


def named(target: Target, instrument: Instrument) -> str:
    """Return what a column is, in words."""
    question = instrument.question(target.question)
    if question is None:
        return str(target)
    if target.part == TEXT:
        return _("%(question)s: what “other” is") % {"question": short(question)}
    parts = (*question.rows, *question.options)
    part = next((say(one.text) or one.key for one in parts if one.key == target.part), target.part)
    return f"{short(question)}: {part[:CUT]}"


class LayoutForm(Form):
    """How a file is cut into cells: as it was guessed, or as somebody corrects it."""

    encoding = forms.ChoiceField(label=gettext_lazy("Letters"), choices=LETTERS)
    delimiter = forms.ChoiceField(label=gettext_lazy("Between the cells"), choices=BETWEEN)
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), choices=())
    header = forms.IntegerField(
        label=gettext_lazy("Row of the headings"),
        min_value=0,
        max_value=1000,
        help_text=gettext_lazy("0 when there are no headings."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )

    def __init__(self, *args: Any, layout: Layout, sheets: Sequence[str], **kwargs: Any) -> None:
        kwargs["initial"] = {**layout.as_json(), "encoding": layout.encoding.removesuffix("-sig")}
        super().__init__(*args, **kwargs)
        self.layout = layout
        self.fields["sheet"].choices = [(name, name) for name in sheets]  # type: ignore[attr-defined]
        for name in ("sheet",) if layout.kind == "csv" else ("encoding", "delimiter"):
            del self.fields[name]

    def understood(self) -> Layout:
        """Return the layout as it was corrected."""
        return replace(self.layout, **self.cleaned_data)


class NameForm(Form):
    """Another file's way of being read, to read this one so."""

    recipe = forms.ChoiceField(label=gettext_lazy("Read it as"), choices=())

    def __init__(self, *args: Any, recipes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipe"].choices = list(recipes)  # type: ignore[attr-defined]


class BeyondForm(Form):
    """What becomes of answers that no quota has room for."""

    beyond = forms.ChoiceField(
        label=gettext_lazy("The answers beyond the quotas"),
        choices=[
            (Beyond.TAKE, Option(Beyond.TAKE.label, help=gettext_lazy("They are there. More than planned is no harm."))),
            (Beyond.LEAVE, Option(Beyond.LEAVE.label, help=gettext_lazy("The first in the file count, up to the quota."))),
        ],
        widget=forms.RadioSelect,
    )  # fmt: skip
