"""The design system keeps its promises: contrast, weight, freshness, and pages that need no script and no stranger."""

import gzip
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from tequio.web import stylesheet
from tests.each import each

TEQUIO = Path(stylesheet.__file__).parent.parent
PAGES = sorted(path for path in TEQUIO.rglob("templates/**/*") if path.suffix in {".html", ".txt"})
HTML = [path for path in PAGES if path.suffix == ".html"]
MAIL = {path for path in HTML if "mail" in path.name or "email" in path.parts or "mail" in path.parts}
# Printed on paper by the server: no browser reads it, and no policy of a page holds there.
PAPER = {path for path in HTML if path.stem.endswith("_paper")}
TOKENS = (stylesheet.FOLDER / "css" / "tokens.css").read_text(encoding="utf-8")

GROUNDS = ("paper", "surface", "sunk")
TEXT = [
    (front, back)
    for front in ("ink", "muted", "indigo", "carmine", "gold-i", "jade", "walnut")
    for back in GROUNDS
]
TONES = [
    *[(tone, f"{tone}-t") for tone in ("indigo", "carmine", "jade", "walnut")],
    *[
        (front, f"{tone}-t")
        for front in ("ink", "muted", "indigo")
        for tone in ("indigo", "carmine", "gold", "jade")
    ],
    ("gold-i", "gold-t"),
    ("carmine", "jade-t"),
    ("ink", "walnut-t"),
    ("indigo", "walnut-t"),
    ("on-indigo", "indigo"),
    ("surface", "carmine"),
    ("surface", "jade"),
    ("paper", "ink"),
    ("hi", "d1"),
]
GRAPHICS = [
    *[(front, back) for front in ("edge", "d1", "d2", "d3", "d4", "d5") for back in ("paper", "surface")],
    ("edge", "sunk"),
    ("edge", "indigo-t"),
]
PAIRS = [
    *[(front, back, 5.8) for front, back in TEXT],
    *[(front, back, 4.5) for front, back in TONES],
    *[(front, back, 3.0) for front, back in GRAPHICS],
]


def themes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root[^{]*\{([^}]*)\}", TOKENS)
    light, _light_scheme, dark, chosen = (
        dict(re.findall(r"--([\w-]+):\s*(#\w+)", block)) for block in blocks
    )
    return {"light": light, "dark": light | dark, "chosen dark": light | chosen}


def luminance(color: str) -> float:
    channels = [int(color[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "chosen dark"])
def test_colors_stand_out_from_what_is_behind_them(theme: str) -> None:
    colors = themes()[theme]
    weak = [pair for pair in PAIRS if ratio(colors[pair[0]], colors[pair[1]]) < pair[2]]
    assert not weak


def test_dark_is_the_same_whether_chosen_or_asked_for_by_the_device() -> None:
    assert themes()["dark"] == themes()["chosen dark"]


def test_contrast_is_computed_as_wcag_says() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_served_stylesheet_is_what_its_components_make() -> None:
    assert stylesheet.is_fresh(), "run python -m tequio.web.stylesheet build"


def test_a_stale_stylesheet_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stylesheet, "SERVED", tmp_path / "tequio.css")
    assert stylesheet.main("check") == 1
    assert stylesheet.main("build") == 0
    assert stylesheet.main("check") == 0


def test_the_stylesheet_weighs_at_most_six_and_a_half_kilobytes() -> None:
    assert len(gzip.compress(stylesheet.SERVED.read_bytes(), 9)) <= 6.5 * 1024


def test_the_stylesheet_asks_nobody_else_for_anything() -> None:
    assert not re.search(r"url\(|@import|https?://", stylesheet.joined())


def test_text_is_never_smaller_than_sixteen_pixels() -> None:
    """The root is 18 px: nothing below .89 rem, and no size in pixels but in drawings, which are as large as they say."""
    sizes = re.findall(r"font(?:-size)?:\s*(?:\d{3} )?([\d.]+)(rem|px)", stylesheet.joined())
    assert sizes
    assert [size for size in sizes if float(size[0]) * (18 if size[1] == "rem" else 1) < 16] == []


@each([p for p in HTML if p not in MAIL | PAPER], named=lambda p: str(p.relative_to(TEQUIO)))
def test_pages_carry_no_style_and_no_script_of_their_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*(?:\ssrc=|type=.application/json))", text)  # data is not script
    assert "javascript:" not in text


@each(PAGES, named=lambda p: str(p.relative_to(TEQUIO)))
def test_pages_name_no_address_of_anybody_else(path: Path) -> None:
    """A link to the world outside belongs to what people wrote, never to a frame."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?:src|action|poster|srcset)\s*=\s*[\"']?(?:https?:)?//", text)
    assert not re.search(r"<link[^>]*(?:https?:)?//", text)


@each(HTML, named=lambda p: str(p.relative_to(TEQUIO)))
def test_every_form_that_writes_is_guarded_and_acts_once(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for form in re.findall(r"<form[^>]*method=[\"']?post.*?(?:</form>|\Z)", text, re.DOTALL | re.IGNORECASE):
        if 'name="key" value="{{ key }}"' in form:  # of somebody without an account: signed, and taken once
            continue
        assert "{% csrf_token %}" in form
        assert "{% once %}" in form


@pytest.mark.parametrize("page", ["500.html", "503.html"])
def test_a_broken_or_busy_server_can_still_say_so(page: str) -> None:
    """Without a request, a context or a database; with a way out."""
    text = render_to_string(page)
    assert 'href="/"' in text
    assert "<h1>" in text


def classes_in(text: str) -> set[str]:
    plain = re.sub(r"\{[%{].*?[%}]\}", " ", text)
    return {name for names in re.findall(r'class="([^"]*)"', plain) for name in names.split()}


def test_every_class_of_every_page_is_drawn_by_the_stylesheet() -> None:
    own = (
        path.read_text("utf-8") for path in TEQUIO.glob("*/static/*/report.css")
    )  # rules that travel inside a page
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", stylesheet.joined() + "".join(own)))
    used = {
        (name, str(path.relative_to(TEQUIO)))
        for path in HTML
        if path not in MAIL | PAPER
        for name in classes_in(path.read_text("utf-8"))
    }
    assert sorted(pair for pair in used if pair[0] not in known) == []


def test_a_letter_is_light_and_asks_nobody_for_anything() -> None:
    """Under 20 KB with everything around the words, no picture, nothing fetched."""
    letter = render_to_string(
        "web/mail.html", {"subject": "x", "why": "x", "unsubscribe_url": "/x", "preferences_url": "/y"}
    )
    assert len(letter) < 5_000
    assert not re.search(r"<img|<link|url\(|@import|@font-face|<script", letter)
