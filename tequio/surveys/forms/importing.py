"""How a file of answers is uploaded, what its columns are, and what becomes of texts that are no option."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from tequio.core.forms import Form, settle
from tequio.core.texts import say
from tequio.people.formats.tables import BYTES
from tequio.people.rules.countries import country_name
from tequio.surveys.formats.answers.headings import BEGAN, IDENTITY, LANGUAGE, SENT, TEXT, Target
from tequio.surveys.formats.answers.reading import KEPT, OUT
from tequio.surveys.rules.instrument import Instrument, Kind, Question
from tequio.surveys.services.import_planning import NEW

CUT = 90  # letters of a question in a list


def _file_field(accept: str) -> forms.FileField:
    return forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy(
            "CSV or XLSX of Google Forms, KoboToolbox, LimeSurvey or a spreadsheet. Up to 10 MB and 50,000 rows."
        ),
        widget=forms.FileInput(attrs={"accept": accept}),
    )


class AnswersForm(Form):
    """A file of answers to a survey that there is."""

    file = _file_field(".csv,.tsv,.txt,.xlsx,.gz,.xz")

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
    file = _file_field(".csv,.tsv,.txt,.xlsx,.gz,.xz,.lss")

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
        self, *args: Any, columns: Sequence[Sequence[str]], instrument: Instrument, **kwargs: Any
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
        settle(self.fields.values())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        chosen = [target for target in said.values() if target]
        if not chosen:
            raise forms.ValidationError(_("Say of at least one column which question it answers."))
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError(_("Two columns are the same thing. Leave one of them out."))
        return said

    def mapping(self) -> dict[int, str]:
        """Return what the columns are: place -> target."""
        return {int(name[1:]): target for name, target in self.cleaned_data.items() if target}


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


# Texts that are none of the options


def item_name(item: Mapping[str, Any]) -> str:
    """Return the name of the field that asks about a text."""
    digest = hashlib.sha256(f"{item['question']}\0{item['text']}".encode()).hexdigest()
    return f"d-{digest[:16]}"


def item_choices(item: Mapping[str, Any], question: Question) -> Iterator[tuple[str, str]]:
    """Yield what may become of a text: what it probably means first."""
    yield KEPT, _("Keep it as it is written")
    if question.kind is Kind.CITIES:
        yield from ((number, _("It is %(name)s") % {"name": name}) for number, name in item["proposals"])
    elif question.kind is Kind.COUNTRY:
        language = get_language() or "en"
        for code in item["proposals"]:
            yield code, _("It is %(name)s") % {"name": country_name(code, language)}
    elif question.kind is Kind.YES_NO:
        yield "yes", _("It is %(name)s") % {"name": pgettext("answer", "yes")}
        yield "no", _("It is %(name)s") % {"name": pgettext("answer", "no")}
    else:
        yield from (
            (option.key, _("It is %(name)s") % {"name": (say(option.text) or option.key)[:CUT]})
            for option in question.options
        )
        yield NEW, _("Make it an option of its own")
    yield OUT, _("Leave it out")


def decided(
    sent: QueryDict, items: Sequence[Mapping[str, Any]], instrument: Instrument
) -> dict[str, dict[str, str]]:
    """Return what was decided about the texts that were asked about; whatever makes no sense is left out."""
    found: dict[str, dict[str, str]] = {}
    for item in items:
        question = instrument.question(item["question"])
        choice = sent.get(item_name(item), "")
        if question and choice in dict(item_choices(item, question)):
            found.setdefault(question.key, {})[item["text"]] = choice
    return found
