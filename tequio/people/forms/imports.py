"""How a file is uploaded, understood, and what becomes of its duplicates."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.forms import Form
from tequio.people.formats.columns import FIELDS
from tequio.people.formats.tables import BYTES, DELIMITERS, Layout

CHOICES = ("skip", "merge", "new")
LETTERS = (
    ("utf-8", "UTF-8"),
    ("utf-16", "UTF-16"),
    ("cp1252", gettext_lazy("Western letters of Windows")),
    ("mac-roman", gettext_lazy("Western letters of old Macs")),
    ("cp850", gettext_lazy("Western letters of DOS")),
)


class UploadForm(Form):
    """A table of organizations."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy(
            "CSV, XLSX or ODS, up to 10 MB and 50,000 rows. The order and the names of the columns do not matter."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB. Part it in two."))
        return file


def field_labels() -> dict[str, str]:
    """Return how each field of an organization is called, in the reader's language."""
    return {
        "name": _("Name"),
        "aliases": _("Other names"),
        "kind": _("Kind"),
        "sector": _("Sector"),
        "country": _("Country"),
        "cities": _("Cities"),
        "scope": _("How far it reaches"),
        "size": _("Size"),
        "themes": _("Themes"),
        "populations": _("Whom it works with"),
        "languages": _("Languages it works in"),
        "about:es": _("What it does, in Spanish"),
        "about:pt-br": _("What it does, in Portuguese"),
        "about:en": _("What it does, in English"),
        "website": _("Website"),
        "email": _("E-mail"),
        "phone": _("Telephone"),
    }


class LayoutForm(Form):
    """How the file is cut into cells, and what each column is: as it was guessed, or as somebody corrects it."""

    encoding = forms.ChoiceField(label=gettext_lazy("Letters"), choices=LETTERS, required=False)
    delimiter = forms.ChoiceField(label=gettext_lazy("Between the cells"), choices=[], required=False)
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), choices=[], required=False)
    header = forms.IntegerField(
        label=gettext_lazy("Row of the headings"),
        min_value=0,
        max_value=1000,
        help_text=gettext_lazy("0 when there are no headings."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )

    def __init__(
        self,
        *args: Any,
        layout: Layout,
        sheets: Sequence[str],
        columns: Sequence[str],
        mapping: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        first = {
            "encoding": layout.encoding.removesuffix("-sig"),
            "delimiter": layout.delimiter,
            "sheet": layout.sheet,
            "header": max(layout.header, 0),
        }
        kwargs["initial"] = {
            **first,
            **{f"column-{number}": mapping.get(str(number), "") for number in range(len(columns))},
        }
        super().__init__(*args, **kwargs)
        self.layout = layout
        marks = {",": _("comma"), ";": _("semicolon"), "\t": _("tabulator"), "|": _("upright line")}
        self.fields["delimiter"].choices = [(mark, marks[mark]) for mark in DELIMITERS]  # type: ignore[attr-defined]
        self.fields["sheet"].choices = [(name, name) for name in sheets]  # type: ignore[attr-defined]
        for name in ("sheet",) if layout.kind == "csv" else ("encoding", "delimiter"):
            del self.fields[name]
        labels = field_labels()
        targets = [("", _("Leave it out")), *((field, labels[field]) for field in FIELDS)]
        for number, heading in enumerate(columns):
            label = heading or _("Column %(number)s") % {"number": number + 1}
            self.fields[f"column-{number}"] = forms.ChoiceField(label=label, choices=targets, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        chosen = [said.get(name) for name in self.fields if name.startswith("column-") and said.get(name)]
        if chosen and "name" not in chosen:
            raise forms.ValidationError(_("Say which column holds the name."))
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError(_("Two columns are the same thing. Leave one of them out."))
        return said

    def understood(self) -> tuple[Layout, dict[int, str]]:
        """Return the layout and the columns as they were corrected."""
        said, guessed = self.cleaned_data, self.layout.encoding
        same = said.get("encoding") in ("", None, guessed.removesuffix("-sig"))
        layout = Layout(
            self.layout.kind,
            encoding=guessed if same else said["encoding"],
            delimiter=said.get("delimiter") or self.layout.delimiter,
            sheet=said.get("sheet") or self.layout.sheet,
            header=said["header"],
        )
        columns = {
            int(name[7:]): said[name] for name in self.fields if name.startswith("column-") and said.get(name)
        }
        return layout, columns

    @property
    def columns(self) -> list[Any]:
        """The fields of the columns, for the page."""
        return [self[name] for name in self.fields if name.startswith("column-")]

    @property
    def cut(self) -> list[Any]:
        """The fields of how the file is cut, for the page."""
        return [self[name] for name in self.fields if not name.startswith("column-")]


def chosen_duplicates(sent: QueryDict) -> dict[int, str]:
    """Return what is to become of each row that was asked about; whatever makes no sense is left out."""
    pairs = ((name[2:], value) for name, value in sent.items() if name.startswith("d-"))
    known = (
        (number, str(value))
        for number, value in pairs
        if number.isascii() and number.isdigit() and len(number) < 8
    )
    return {int(number): value for number, value in known if value in CHOICES}
