"""The house rules that a linter cannot see."""

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path

from django.apps import apps

import tequio
from tequio.core.scoping import NetworkModel
from tests.each import each
from tests.house.addresses import patterns

ROOT = Path(tequio.__file__).parent
SOURCES = sorted(path for path in ROOT.rglob("*.py") if "migrations" not in path.parts)
PAGES = sorted(
    path for path in ROOT.rglob("templates/**/*") if path.suffix in {".html", ".txt"} and path.is_file()
)
GLOBAL_MODELS = {
    "archive.Arrival": "that a network came from elsewhere; outside its register, which arrives as it left",
    "core.Once": "the key of a form that was taken; forms exist outside networks too; no content",
    "founding.SharedAnswers": "public answers of networks that let the founders of others read them",
    "people.SharedQuote": "quotes that their authors let the founders of other networks read",
    "networks.Network": "the network itself",
    "notify.Heartbeat": "when the job worker last did its work; one for the installation",
    "notify.Letter": "letters about accounts have no network; no page of a network shows letters",
    "people.Attempt": "how often something was tried here, under a keyed hash; tries to come in belong to no network",
    "people.OneTimeLink": "a way in for a person, whatever her networks; a hash and a time",
    "people.Person": "the same human being in every network",
    "people.Session": "a device on which a person is signed in",
    "people.Place": "the world's cities, the same for everybody, read only",
}

TRANSLATING = {"_", "gettext", "ngettext", "pgettext", "npgettext"}


def service_modules():
    for path in [*ROOT.glob("*/services.py"), *ROOT.glob("*/services/*.py")]:
        yield import_module(".".join(path.relative_to(ROOT.parent).with_suffix("").parts))


def public_services():
    for module in service_modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if not name.startswith("_") and function.__module__ == module.__name__:
                yield function


@each([*public_services()], named=lambda service: f"{service.__module__}.{service.__name__}")
def test_a_service_is_called_by_keyword_and_says_what_it_does(service):
    parameters = list(inspect.signature(service).parameters.values())
    assert service.__doc__, "a service says what it does"
    assert all(p.kind is p.KEYWORD_ONLY for p in parameters), "a service is called by keyword"


@each(apps.get_models(), named=lambda model: model._meta.label)
def test_a_model_belongs_to_a_network_or_says_why_not(model):
    if not model.__module__.startswith("tequio."):
        return
    assert issubclass(model, NetworkModel) or model._meta.label in GLOBAL_MODELS
    if issubclass(model, NetworkModel):
        assert model._meta.base_manager.__class__.__name__ == "NetworkManager"
        for relation in model._meta.local_many_to_many:
            assert issubclass(relation.remote_field.through, NetworkModel), relation


@each(SOURCES, named=lambda path: str(path.relative_to(ROOT)))
def test_a_file_can_be_read_in_one_sitting(path):
    if path.name != "single_file.py":  # a stranger runs it without Tequio, so it is one file
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert path.stem not in ("utils", "helpers"), "a thing has a name and a room"


@each(SOURCES, named=lambda path: str(path.relative_to(ROOT)))
def test_the_clock_is_read_in_one_place(path):
    text = path.read_text(encoding="utf-8")
    if path == ROOT / "core" / "clock.py":
        return
    read = re.findall(r"(?:datetime\.now|timezone\.now|date\.today|datetime\.utcnow|localdate)\(", text)
    assert not read, "use core.clock"


@each(SOURCES, named=lambda path: str(path.relative_to(ROOT)))
def test_a_field_for_a_day_is_filled_in_every_language(path):
    """A browser takes "22/11/2026" for no day, and a form that is saved would lose the one that it had."""
    other = re.findall(r"DateInput\(|\"type\": \"date\"", path.read_text(encoding="utf-8"))
    assert not other or path in (ROOT / "core" / "forms.py", ROOT / "archive" / "formats" / "cells.py"), (
        "DayInput"
    )


@each(sorted(ROOT.rglob("*.html")), named=lambda path: str(path.relative_to(ROOT)))
def test_a_page_with_forms_says_where_they_come_from(path):
    """Under "no-referrer" a browser sends forms from nowhere, and they are refused; "same-origin" tells others as little."""
    assert "no-referrer" not in path.read_text(encoding="utf-8")


@each(sorted(ROOT.glob("*/rules*")), named=lambda path: path.parent.name)
def test_rules_are_pure(path):
    for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {
            name.split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in (
                [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
            )
        }
        assert not names & {"django", "random", "time", "secrets", "psycopg"}, file


def test_a_page_is_a_function():
    for address in patterns():
        assert inspect.isfunction(inspect.unwrap(address.view)), address.route


def test_the_median_function_is_short():
    lengths, views = [], []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                length = node.end_lineno - node.lineno + 1
                lengths.append(length)
                if "views" in path.parts or path.stem == "views":
                    views.append(length)
    assert sorted(lengths)[len(lengths) // 2] < 12
    assert sorted(views)[len(views) // 2] < 15


@each(SOURCES, named=lambda path: str(path.relative_to(ROOT)))
def test_no_text_to_translate_hides_in_an_f_string(path):
    """Before Python 3.12 the catalogs' extractor does not look inside them, so the text would stay English."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = [
        call.lineno
        for joined in ast.walk(tree)
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in TRANSLATING
    ]
    assert not hidden


@each(PAGES, named=lambda path: str(path.relative_to(ROOT)))
def test_quotation_marks_are_those_of_the_readers_language(path):
    """Marks stand inside a translated text, or come from the filter ``quoted``. Source: CTX-20."""
    page = path.read_text(encoding="utf-8")
    for translated in (r"\{% blocktranslate.*?endblocktranslate %\}", r"\{% translate .*?%\}"):
        page = re.sub(translated, "", page, flags=re.DOTALL)
    assert not re.search("[“”«»]", page)


@each(PAGES, named=lambda path: str(path.relative_to(ROOT)))
def test_what_is_hidden_has_no_class(path):
    """The stylesheet says how most classes are displayed, and that is stronger than ``hidden``."""
    assert not re.search(
        r"<\w+(?=[^>]*\sclass=)[^>]*\shidden[\s>]",
        re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8")),
    )
