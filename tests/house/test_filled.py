"""Whoever fills a form with things that one could well write gets no 500, whatever they say together.

``test_fuzz`` puts one strange thing into a form that is empty otherwise; here every field says something that its kind
allows: days long gone, numbers out of all proportion, any choice. What gets through the form meets services and
constraints. A sample in each run (the seed is printed when it fails); with PROOF=1 every form of every reader.
"""

import os
import random
from urllib.parse import urlsplit

from tests.house.forms_in import FormSeen
from tests.house.rich import READERS
from tests.house.test_fuzz import SEED, WHOLE, try_one

SAMPLE = 100
TIMES = int(os.environ.get("TIMES", "6"))  # each form is filled so often, in proof
DAYS = ("0001-01-01", "1999-12-31", "2026-02-28", "2026-12-01", "2027-06-30", "2100-01-01", "9999-12-31")
HOURS = ("0001-01-01T00:00", "2026-12-01T10:00", "2031-01-01T23:59", "9999-12-31T23:59")
NUMBERS = ("0", "1", "2", "3", "7", "12", "60", "400", "-1", "2147483648", "1e9", "0.5", "3,5", "")
TEXTS = (
    "Agua limpia", "ñandú 🦤", "x", "x" * 150, "x" * 1500, "ana@example.org", "nadie@example.org", "https://example.org/a",
    "12", "0", "2026-12-01", "CO", "es", "a, b; c", "uno\ndos\ntres", "  ", "", "Asociación Andina", "Ana", "%s", "A" * 64,
)  # fmt: skip


def filled(form: FormSeen, draw: random.Random) -> dict[str, list[str]]:
    """Return what somebody might send: of each field something that its kind allows, and one button."""
    sent: dict[str, list[str]] = {}
    pressed = draw.choice([name for name, kind in form.kinds.items() if kind == "button"] or [""])
    for name, values in form.values.items():
        kind, choices = form.kinds.get(name, "hidden"), form.choices.get(name, [""])
        if kind == "button":
            sent |= {name: [draw.choice(choices)]} if name == pressed else {}
        elif kind == "checkbox":
            sent[name] = [one for one in choices if draw.random() < 0.5]
        elif kind in ("radio", "select"):
            sent[name] = [draw.choice(choices)]
        elif kind in ("hidden", "file", "submit"):
            sent[name] = [] if kind == "file" else values
        else:
            sent[name] = values if any(values) and draw.random() < 0.5 else [draw.choice(_said(kind))]
    return sent


def _said(kind: str) -> tuple[str, ...]:
    return {"date": DAYS, "datetime-local": HOURS, "number": NUMBERS}.get(kind, TEXTS)


def test_no_filled_form_breaks_a_page(rich, pages_opened):
    draw = random.Random(SEED)
    forms = [(page, form) for page in pages_opened for form in page.forms if form.method == "post"]
    chosen = forms * TIMES if WHOLE else draw.choices(forms, k=SAMPLE)
    clients = {reader: rich.client(reader) for reader in READERS}
    broken = []
    for page, form in chosen:
        path, data = urlsplit(form.action).path or page.path, filled(form, draw)
        if trouble := try_one(clients, (page.reader, form.method, path, data, "filled")):
            broken.append(f"{trouble} {data}")
    assert len(forms) > 300
    assert not broken, f"SEED={SEED}\n" + "\n".join(sorted(set(broken))[:40])
