"""What a proposal inside a circle asks besides: which part of the circle's domain it is about."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.forms import Form
from tequio.core.options import Option
from tequio.core.texts import Texts, say

TOUCHES, NONE = "touches", "none"


def ask(form: Form, parts: Sequence[Texts], *, now: Texts | None = None) -> None:
    """Let a part of the domain be chosen, or none of them; ``now`` is the one that it was about."""
    choices: list[tuple[str, Option]] = [(str(n), Option(say(part), help="")) for n, part in enumerate(parts)]
    form.fields[TOUCHES] = forms.ChoiceField(
        label=gettext_lazy("Which part of what the circle decides is it about?"),
        choices=[*choices, (NONE, Option(gettext_lazy("None of these"), help=""))],
        error_messages={"required": gettext_lazy("Choose the part that it is about.")},
        widget=forms.RadioSelect,
    )
    if now in parts:
        form.initial.setdefault(TOUCHES, str(list(parts).index(dict(now or {}))))


def refuse_none(form: Form) -> None:
    """Say what happens with what is not the circle's to decide. Source: GOV-11, GOV-15."""
    if form.cleaned_data.get(TOUCHES) == NONE:
        form.add_error(
            TOUCHES,
            _("Then it is not for this circle. Bring it to the circle around it, or to the whole network."),
        )


def touched(form: Form, parts: Sequence[Texts]) -> Texts | None:
    """Return the part that was chosen, or None where the circle has named none."""
    return parts[int(form.cleaned_data[TOUCHES])] if TOUCHES in form.fields else None
