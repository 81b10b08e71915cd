"""The short ways through a template lead where Django's long ones lead."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy, override

from tequio.core.actor import Actor
from tequio.web import quick


class Stubborn:
    """Answers to some names only, and counts how it is called."""

    def __getitem__(self, name: str) -> str:
        if name == "known":
            return "by its key"
        raise KeyError(name)

    other = "by its attribute"

    @property
    def broken(self) -> str:
        raise ValueError("this is to be seen")

    @property
    def missing(self) -> str:
        raise AttributeError("this too")

    def called(self) -> str:
        return "called"

    def deletes(self) -> str:
        raise AssertionError("A template never calls this.")

    deletes.alters_data = True  # type: ignore[attr-defined]


VALUES: dict[str, Any] = {
    "text": "a <b> & 'c' \"d\"", "markup": mark_safe("<i>x</i>"), "lazy": gettext_lazy("Home"), "number": 12345, "yes": True,
    "nothing": None, "day": date(2026, 3, 1), "list": ["<one>", "two"], "map": {"a": {"b": "<deep>"}, "items": "mine"},
    "actor": Actor(1, "Ana & Co", 1), "one": SimpleNamespace(x=SimpleNamespace(y="z")), "it": Stubborn(),
    "call": lambda: "<called>",
}  # fmt: skip
NAMES = (
    "text", "markup", "lazy", "number", "yes", "nothing", "day", "list.0", "list.9", "map.a.b", "map.items", "map.none",
    "actor.name", "actor.is_system", "one.x.y", "one.none", "one.x.y.upper", "it.known", "it.other", "it.called", "it.deletes",
    "call", "none", "none.at.all", "text.upper", "nothing.x", "text|upper", "nothing|default:text", "'fixed'", "12", "_('Home')",
)  # fmt: skip


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("autoescape", [True, False])
@pytest.mark.parametrize("language", ["es", "en"])
def test_what_stands_in_braces_is_written_as_django_writes_it(
    monkeypatch: pytest.MonkeyPatch, autoescape: bool, language: str
) -> None:
    def written() -> list[str]:
        drawn = []
        for name in NAMES:
            context = Context({"outer": 1, **VALUES}, autoescape=autoescape)
            with context.push(inner=2):
                drawn.append(Template(f"{{{{ {name} }}}}").render(context))
        return drawn

    with override(language):
        quickly = written()
        monkeypatch.setattr("django.template.base.Variable._resolve_lookup", quick._look_up_as_django_does)
        monkeypatch.setattr("django.template.base.FilterExpression.resolve", quick._resolve_as_django_does)
        monkeypatch.setattr("django.template.base.render_value_in_context", quick._write_as_django_does)
        assert quickly == written()


@pytest.mark.parametrize(
    ("name", "trouble"),
    [("it.broken", ValueError), ("it.missing", AttributeError), ("it.missing.x", AttributeError)],
)
def test_what_goes_wrong_inside_is_seen(name: str, trouble: type[Exception]) -> None:
    with pytest.raises(trouble):
        Template(f"{{{{ {name} }}}}").render(Context(VALUES))


def test_what_a_tag_returns_is_escaped_unless_it_is_markup() -> None:
    for said in ("<b>", mark_safe("<b>"), 12, gettext_lazy("Home"), None):
        assert quick.safe_string(said) == conditional_escape(said)
        assert isinstance(quick.safe_string(said), SafeString)


PLURAL = "{% load i18n %}{% blocktranslate trimmed count n=n %}And {{ n }} more{% plural %}And {{ n }} more{% endblocktranslate %}"


@pytest.mark.parametrize(("n", "said"), [(1, "Y 1 más"), (2, "Y 2 más"), (1234, "Y 1234 más")])
def test_a_text_with_a_number_is_said_in_the_readers_language(n: int, said: str) -> None:
    with override("es"):
        assert Template(PLURAL).render(Context({"n": n})) == said


@pytest.mark.ignore_template_errors
def test_values_in_a_text_are_escaped_and_missing_ones_are_empty() -> None:
    source = (
        "{% load i18n %}{% blocktranslate trimmed with name=who %}Hello, {{ name }}.{% endblocktranslate %}"
    )
    with override("es"):
        assert Template(source).render(Context({"who": "<Ana>"})) == "Hola, &lt;Ana&gt;."
        assert Template(source).render(Context({})) == "Hola, ."
    kept = Template(source.replace("name=who", "name=who asvar told") + "{{ told }}")
    with override("es"):
        assert kept.render(Context({"who": "<Ana>"})) == "Hola, &lt;Ana&gt;."


def test_what_is_counted_must_be_a_number() -> None:
    with pytest.raises(TemplateSyntaxError):
        Template(PLURAL).render(Context({"n": "many"}))
