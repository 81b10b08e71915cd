"""One field of a form with its label, its help and its errors, drawn here and not by a template: a page may hold thirty."""

from typing import Any

from django.forms import CheckboxInput
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tequio.web import icons
from tequio.web.escaping import safe


def drawn(field: Any, *, bare: bool = False) -> SafeString:
    """Draw a bound field; ``bare`` does not say of one that may be left empty that it may."""
    errors, told = field.errors, ""
    wrong = " wrong" if errors else ""
    if errors:
        words = "".join([f"{safe(error)} " for error in errors])
        told = f'<p class="error" id="{safe(field.auto_id)}_error">{icons.icon("alert")}{words}</p>'
    if isinstance(field.field.widget, CheckboxInput):
        return SafeString(f'<div class="field{wrong}">{told}{_tick(field)}</div>')
    help = _help(field, "p", ' class="help"')
    return SafeString(
        f'<div class="field{wrong}">{_named(field, bare)}{help}{told}{field}{_end(field)}</div>'
    )


def _tick(field: Any) -> str:
    return f'<label class="option">{field}<span>{safe(field.label)}{_help(field, "small", "")}</span></label>'


def _help(field: Any, element: str, classes: str) -> str:
    if not field.help_text:
        return ""
    name = safe(field.auto_id)
    return f'<{element}{classes} id="{name}_helptext">{safe(field.help_text)}</{element}>'


def _named(field: Any, bare: bool) -> str:
    """Draw the name of a field: of several boxes together as the legend of their group, which stays open."""
    optional = _("optional")
    may = "" if field.field.required or bare else f' <span class="m">({optional})</span>'
    if field.use_fieldset:
        told = field.aria_describedby
        described = f' aria-describedby="{safe(told)}"' if told else ""
        return f"<fieldset{described}><legend>{safe(field.label)}{may}</legend>"
    if not field.label:
        return ""
    return f'<label class="label" for="{safe(field.id_for_label)}">{safe(field.label)}{may}</label>'


def _end(field: Any) -> str:
    return "</fieldset>" if field.use_fieldset else ""
