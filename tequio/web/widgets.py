"""The parts of forms, drawn here and not by templates: a page with a form has dozens of them."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

from tequio.web import fields
from tequio.web.escaping import safe

Widget = Mapping[str, Any]


def attributes(attrs: Mapping[str, Any]) -> str:
    """Write attributes; one that is true stands alone, one that is false or nothing is left out."""
    return "".join([
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in attrs.items()
        if value is not False and value is not None
    ])  # fmt: skip


def _value(widget: Widget) -> str:
    value = widget["value"]
    return "" if value is None else f' value="{escape(str(value))}"'


def _input(widget: Widget) -> str:
    opening = f'<input type="{widget["type"]}" name="{escape(widget["name"])}"'
    return f"{opening}{_value(widget)}{attributes(widget['attrs'])}>"


def _textarea(widget: Widget) -> str:
    words = safe(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{escape(widget["name"])}"{attributes(widget["attrs"])}>\n{words}</textarea>'


def _options(widget: Widget) -> str:
    """Draw a choice as rows that can be touched anywhere; a label may explain itself: ``tequio.core.options``."""
    attrs = widget["attrs"]
    classes = f"options {escape(attrs['class'])}" if attrs.get("class") else "options"
    place = f' id="{escape(attrs["id"])}" tabindex="-1"' if attrs.get("id") else ""
    drawn = []
    for group, options, _index in widget["optgroups"]:
        drawn += [f'<p class="label">{safe(group)}</p>'] if group else []
        drawn += [_option(option) for option in options]
    return f'<div class="{classes}"{place}>{"".join(drawn)}</div>'


def _option(option: Widget) -> str:
    label = option["label"]
    help, reveal = getattr(label, "help", ""), getattr(label, "reveal", "")
    said = safe(label)
    words = f"<b>{said}</b><small>{safe(help)}</small>" if help else said
    shows = f' data-reveal="{escape(reveal)}"' if reveal else ""
    opening = f'<input type="{option["type"]}" name="{escape(option["name"])}"'
    box = f"{opening}{_value(option)}{shows}{attributes(option['attrs'])}>"
    return f'<label class="option">{box}<span>{words}</span></label>'


def _select(widget: Widget) -> str:
    drawn = []
    for group, options, _index in widget["optgroups"]:
        inside = "".join([_select_option(option) for option in options])
        drawn.append(f'<optgroup label="{safe(group)}">{inside}</optgroup>' if group else inside)
    opening = f'<select name="{escape(widget["name"])}"{attributes(widget["attrs"])}>'
    return f"{opening}{''.join(drawn)}</select>"


def _select_option(option: Widget) -> str:
    value = escape(str(option["value"]))
    return f'<option value="{value}"{attributes(option["attrs"])}>{safe(option["label"])}</option>'


INPUTS = ("checkbox", "date", "datetime", "email", "hidden", "number", "password", "text", "time", "url")
PARTS: dict[str, Callable[[Widget], str]] = {
    **{f"django/forms/widgets/{kind}.html": _input for kind in (*INPUTS, "input")},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/radio.html": _options,
    "django/forms/widgets/checkbox_select.html": _options,
    "django/forms/widgets/select.html": _select,
}


class Renderer(TemplatesSetting):
    """Draws forms with the design system: by its templates, fields and widgets by functions; Django wants a class."""

    form_template_name = "web/form.html"
    field_template_name = "web/field"  # no file: ``tequio.web.fields``

    def render(self, template_name: str, context: Any, request: Any = None) -> SafeString:
        if template_name == self.field_template_name:
            return fields.drawn(context["field"])
        if draw := PARTS.get(template_name):
            return SafeString(draw(context["widget"]))
        return SafeString(super().render(template_name, context, request))
