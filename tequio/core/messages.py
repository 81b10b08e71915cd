"""``python -m tequio.core.messages extract|compile|check``: the catalogs of the interface's languages.

Each app keeps its own catalogs (``tequio/<app>/locale/<language>/LC_MESSAGES/django.po``). English is the
language of the code. No gettext programs are needed: Babel reads and writes the files.
"""

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("es", "pt_BR")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "Flaw": None,
}
STRANGE_MARKS = {"es": '“”"', "pt_BR": '«»"'}  # quotation marks that the language does not use
PLURALS = {"es": "nplurals=2; plural=(n != 1);", "pt_BR": "nplurals=2; plural=(n > 1);"}


def apps() -> list[Path]:
    """Return the folders of the apps, in order."""
    return sorted(path for path in ROOT.iterdir() if path.is_dir() and (path / "__init__.py").exists())


def _sources(app: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(app.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_text(encoding="utf-8")
    for path in sorted([*app.rglob("*.html"), *app.rglob("*.txt")]):
        if "templates" in path.parts:
            yield path, templatize(path.read_text(encoding="utf-8"), origin=str(path))


def _tokens(path: Path, text: str) -> str:
    """Keep, of a templatized page, only the calls: the rest is not Python."""
    if path.suffix == ".py":
        return text
    call = re.compile(
        r"(?:gettext|ngettext|pgettext|npgettext|_)\((?:u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\"|[^()'\"])*\)"
    )
    return "\n".join(match.group(0) for match in call.finditer(text))


def extract(app: Path) -> Catalog:
    """Return the messages that the code and the pages of an app use."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for path, text in _sources(app):
        source = io.BytesIO(_tokens(path, text).encode())
        found = extract_python(source, KEYWORDS, [], {"encoding": "utf-8"})
        for _line, function, message, _comments in found:
            _add(catalog, str(function or "_"), message, path)
    return catalog


def _add(catalog: Catalog, function: str, message: Any, path: Path) -> None:
    where: list[tuple[str, int]] = [(str(path.relative_to(ROOT.parent)), 0)]
    parts = message if isinstance(message, tuple) else (message,)
    context = None
    if "pgettext" in function:
        context, *rest = parts
        parts = tuple(rest)
    if not parts or not isinstance(parts[0], str) or not parts[0]:
        return
    key = (parts[0], parts[1]) if "ngettext" in function or "npgettext" in function else parts[0]
    flags = ["python-format"] if "%(" in parts[0] else []
    catalog.add(key, locations=where, flags=flags, context=context)


def catalog_path(app: Path, language: str) -> Path:
    """Return where an app keeps a language."""
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        catalog = read_po(file, locale=language, charset="utf-8")
    # The same catalog is the same file, whenever it is compiled.
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    return catalog


def update(app: Path) -> None:
    """Write an app's catalogs anew: missing messages added, unused ones dropped, translations kept."""
    template = extract(app)
    for language in LANGUAGES:
        path = catalog_path(app, language)
        if not len(template) and not path.exists():
            continue
        catalog = _read(path, language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.fuzzy = False
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=110, sort_output=True, omit_header=True, include_lineno=False)
        body = path.read_text(encoding="utf-8")
        header = (
            'msgid ""\nmsgstr ""\n'
            f'"Language: {language}\\n"\n'
            '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
            f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {PLURALS[language]}\\n"\n\n'
        )
        path.write_text(header + body, encoding="utf-8")


def compile_all() -> None:
    """Write the ``.mo`` file beside each catalog."""
    for app in apps():
        for language in LANGUAGES:
            path = catalog_path(app, language)
            if path.exists():
                with path.with_suffix(".mo").open("wb") as file:
                    write_mo(file, _read(path, language))


def troubles() -> Iterator[str]:
    """Yield a sentence for every message that is missing, unused, fuzzy, broken, not compiled, or at odds with another app's."""
    for app in apps():
        used = {(m.id if isinstance(m.id, str) else m.id[0], m.context) for m in extract(app) if m.id}
        for language in LANGUAGES:
            yield from _troubles_of(app, language, used)
    for language in LANGUAGES:
        yield from _at_odds(language)


def _at_odds(language: str) -> Iterator[str]:
    """Yield what two apps translate differently: Django joins the catalogs, so one of them would speak for both."""
    first: dict[tuple[str, str | None], tuple[str, object]] = {}
    for app in apps():
        for message in _read(catalog_path(app, language), language):
            key = (message.id if isinstance(message.id, str) else message.id[0], message.context)
            where, said = first.setdefault(key, (app.name, message.string))
            if key[0] and said != message.string and isinstance(said, str) == isinstance(message.string, str):
                yield f"{app.name} {language}: {where} says it differently: {key[0]!r}"


def _troubles_of(app: Path, language: str, used: set[tuple[str, str | None]]) -> Iterator[str]:
    path = catalog_path(app, language)
    where = f"{app.name} {language}"
    catalog = _read(path, language)
    said = set()
    for message in catalog:
        if not message.id:
            continue
        key = (message.id if isinstance(message.id, str) else message.id[0], message.context)
        said.add(key)
        if key not in used:
            yield f"{where}: unused: {key[0]!r}"
        texts = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.fuzzy or not all(texts):
            yield f"{where}: not translated: {key[0]!r}"
        elif any(_names(text or "") - _names(key[0], message) for text in texts):
            yield f"{where}: other placeholders: {key[0]!r}"
        if any(strange_marks(text or "", language=language) for text in texts):
            yield f"{where}: other quotation marks than «es» and “pt”: {key[0]!r}"
    yield from (f"{where}: missing: {text!r}" for text, context in sorted(used - said, key=str))
    if path.exists():
        fresh = io.BytesIO()
        write_mo(fresh, catalog)
        mo = path.with_suffix(".mo")
        if not mo.exists() or mo.read_bytes() != fresh.getvalue():
            yield f"{where}: django.mo is stale; run: make messages"


def strange_marks(text: str, *, language: str) -> bool:
    """Say whether a text quotes with other marks than its language does: «…» in Spanish, “…” inside; “…” in Portuguese."""
    bare = re.sub(r"<[^>]*>", "", text)  # a tag's own marks are not read
    said = re.sub(r"«[^«»]*»", "", bare) if language == "es" else bare
    return any(mark in STRANGE_MARKS[language] for mark in said)


def _names(text: str, message: object = None) -> set[str]:
    ids = getattr(message, "id", None)
    texts = [text, *(ids if isinstance(ids, tuple | list) else [])]
    return {name for each in texts for name in re.findall(r"%\(\w+\)[sd]", each)}


def main(arguments: list[str]) -> int:
    """Run one of extract, compile, check; return the exit code."""
    if not settings.configured:
        settings.configure(USE_I18N=True, TEMPLATES=[])
        django.setup()
    command, *names = arguments or ["check"]
    if command == "extract":
        for app in apps():
            if not names or app.name in names:
                update(app)
        return 0
    if command == "compile":
        compile_all()
        return 0
    found = [trouble for trouble in troubles() if not names or trouble.split()[0] in names]
    print("\n".join(found) or "The catalogs are complete.")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
