"""Components escape what people wrote, speak the reader's language, and say in words what they draw."""

import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError, engines
from django.template.defaultfilters import truncatechars
from django.utils import timezone, translation
from django.utils.html import conditional_escape

from tequio.core import clock
from tequio.core.forms import Form
from tequio.core.money import Money
from tequio.core.options import Option
from tequio.web import drawings, words
from tequio.web.templatetags.tequio import Kept

NOON = datetime(2026, 8, 11, 17, 0, tzinfo=UTC)
SPACE = "\xa0"


def draw(source: str, /, **context: object) -> str:
    return Template("{% load tequio %}" + source).render(Context(context))


# What people wrote


@pytest.mark.parametrize(
    "source",
    [
        "{% tag 'jade' %}{{ text }}{% endtag %}",
        "{% note %}{{ text }}{% endnote %}",
        "{% ask %}{{ text }}{% endask %}",
        "{% box text %}{{ text }}{% endbox %}",
        "{% details text %}{{ text }}{% enddetails %}",
        "{% empty text %}{{ text }}{% endempty %}",
        "{% worddiff 'before' text %}",
        "{% worddiff text 'after' %}",
        "{% markdown text %}",
        "{% texts both %}",
        "{% ring seats text text %}",
        "{% steps labels 1 text %}",
        "{% barlist rows text 'jade' first=text last=text %}",
        "{% tilemap counts text %}",
        "{% cloth weeks text %}",
    ],
)
def test_nothing_that_people_write_becomes_markup(source: str) -> None:
    text = "<script>alert(1)</script><b onclick='x'>\"&"
    page = draw(
        source,
        text=text,
        both={"es": text},
        seats=["consent"],
        labels=[text],
        rows=[(text, 3, text)],
        counts={"CO": 1},
        weeks=[[True]],
    )
    assert "<script" not in page
    assert "<b onclick" not in page


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![x](https://example.org/x.png)",
        "<iframe>",
    ],
)
def test_markdown_runs_and_fetches_nothing(text: str) -> None:
    page = draw("{% markdown text %}", text=text)
    assert "<img" not in page
    assert "<iframe" not in page
    assert 'href="javascript' not in page


def test_markdown_keeps_structure_below_the_headings_of_the_page() -> None:
    page = draw("{% markdown text %}", text="# Title\n\n**strong** [link](https://example.org/)\n\n- one")
    assert "<h3>Title</h3>" in page
    assert "<strong>strong</strong>" in page
    assert '<a href="https://example.org/"' in page
    assert "<li>one</li>" in page


@pytest.mark.parametrize("source", ["{% tag 'pink' %}{% endtag %}", "{% note 'pink' %}{% endnote %}"])
def test_a_tone_that_does_not_exist_is_an_error(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        draw(source)


def test_each_form_has_another_key() -> None:
    assert draw("{% once %}") != draw("{% once %}")
    assert 'name="once"' in draw("{% once %}")


def test_a_second_column_without_content_is_absent() -> None:
    assert draw("{% beside %}  {% endbeside %}") == ""
    assert draw("{% beside %}x{% endbeside %}") == "<aside>x</aside>"


# Words


@pytest.mark.parametrize(
    ("language", "shape", "said"),
    [
        ("es", "long", "martes 11 de agosto, 12:00"),
        ("pt-br", "long", "terça-feira, 11 de agosto, 12:00"),
        ("en", "long", "Tuesday, August 11, 12:00"),
        ("es", "date", "martes 11 de agosto"),
        ("es", "short", "11 ago"),
        ("es", "time", "12:00"),
        ("es", "left", "dentro de 2 días"),
        ("pt-br", "left", "em 2 dias"),
        ("en", "left", "in 2 days"),
    ],
)
def test_a_moment_is_said_in_the_readers_language_and_time(language: str, shape: str, said: str) -> None:
    two_days_before = datetime(2026, 8, 9, 17, 0, tzinfo=UTC)
    with clock.at(two_days_before), translation.override(language), timezone.override("America/Bogota"):
        assert words.moment(NOON, shape) == said


def test_the_year_is_said_when_it_is_another() -> None:
    with clock.at(NOON), translation.override("es"):
        assert words.moment(date(2027, 3, 5)) == "5 de marzo de 2027"
        assert words.moment(date(2026, 3, 5)) == "jueves 5 de marzo"


def test_a_day_left_is_counted_in_days() -> None:
    with clock.at(NOON), translation.override("es"):
        assert words.moment(date(2026, 8, 11), "left") == "hoy"
        assert words.moment(date(2026, 8, 14), "left") == "dentro de 3 días"


def test_no_moment_is_no_words() -> None:
    assert draw("{% moment when %}", when=None) == ""
    assert draw("{% money fee %}", fee=None) == ""


def test_a_shape_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="said as one of"):
        words.moment(NOON, "iso")


@pytest.mark.parametrize(
    ("language", "said"),
    [("es", f"US${SPACE}1.234,50"), ("pt-br", f"US${SPACE}1.234,50"), ("en", "$1,234.50")],
)
def test_money_is_written_as_the_region_does(language: str, said: str) -> None:
    with translation.override(language):
        assert words.money(Money(123450, "USD")) == said


def test_numbers_and_shares_are_written_as_the_language_does() -> None:
    with translation.override("es"):
        assert words.number(1234567) == "1.234.567"
        assert words.percent(5, 12) == "42 %"
        assert words.percent(5, 0) == "0 %"


def test_a_text_in_another_language_says_so() -> None:
    value = {"pt-br": "Juntas"}
    with translation.override("pt-br"):
        assert draw("{% texts value %}", value=value) == "Juntas"
    with translation.override("es"):
        page = draw("{% texts value %}", value=value)
        assert '<span lang="pt-br">Juntas</span>' in page
        assert "Español</span>" in page
        assert "Español" not in draw("{% texts value mark=False %}", value=value)
        assert "Todavía no hay nada escrito" in draw("{% texts value %}", value={})


def test_what_changed_is_marked_for_eye_and_ear() -> None:
    with translation.override("en"):
        page = words.worddiff("We pay a fee a year.", "We pay a fair fee a year.")
    assert page == 'We pay a <ins><span class="vh">added: </span>fair </ins>fee a year.'


# Drawings


def test_the_ring_says_in_words_what_it_draws() -> None:
    with translation.override("en"):
        page = draw("{% ring seats '1' 'of 4' %}", seats=["you", "consent", "objection", "waiting"])
    assert 'aria-label="4 seats. Consenting: 1, Objecting: 1, Still to answer: 2"' in page
    assert "Your seat" in page


def test_the_readers_own_answer_is_counted_with_the_others() -> None:
    lines = drawings.key(["consent+you", "consent", "aside"])
    assert [line.count for line in lines] == [2, 1]
    assert drawings.yours(["consent", "concern"]) == ""


@pytest.mark.parametrize("count", [1, 2, 12, 40, 200])
def test_a_ring_of_any_size_can_be_drawn(count: int) -> None:
    assert drawings.ring(["consent"] * count).count("<g ") == count


def test_bars_are_a_table_with_its_numbers() -> None:
    with translation.override("en"):
        page = draw(
            "{% barlist rows 'Reasons' 'jade' %}", rows=[("Reach", 50), ("Funds", 25, "25 of 50", 50)]
        )
    assert "<caption" in page
    assert '<th scope="row">Reach</th>' in page
    assert 'width="95.0%"' in page
    assert 'width="47.5%"' in page
    assert "25 of 50" in page


def test_no_rows_is_no_division_by_zero() -> None:
    assert "<table" in draw("{% barlist rows 'Nothing' %}", rows=[])
    assert "<svg" in draw("{% cloth rows 'Nothing' %}", rows=[])
    assert "<svg" in draw("{% tilemap counts 'Nothing' %}", counts={})
    assert "<svg" in draw("{% meter 0 0 %}")


def test_steps_tell_what_is_done_and_where_we_are() -> None:
    with translation.override("en"):
        page = draw("{% steps labels 2 'Stages' %}", labels=["Proposal", "Questions", "Consent"])
    assert page.count('aria-current="step"') == 1
    assert page.count('class="done"') == 1
    assert "Stage 2 of 3:" in page


# Forms


class Answer(Form):
    name = forms.CharField(label="Name", help_text="As people know it.")
    answer = forms.ChoiceField(
        label="Answer",
        choices=[("yes", Option("Yes", help="I <consent>.")), ("no", Option("No", reveal="1"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label="We agree", required=False)


def test_a_form_that_went_wrong_links_each_mistake_to_its_field() -> None:
    with translation.override("en"):
        page = str(Answer({"name": "", "answer": "no", "note": "Kept"}))
    assert 'role="alert"' in page
    assert 'href="#id_name"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert "Kept" in page


def test_options_explain_themselves_and_can_reveal() -> None:
    page = str(Answer())
    assert "<b>Yes</b><small>I &lt;consent&gt;.</small>" in page
    assert 'value="no" data-reveal="1"' in page
    assert 'role="alert"' not in page


def test_what_need_not_be_said_says_so() -> None:
    with translation.override("en"):
        assert str(Answer()).count("(optional)") == 1


def test_what_is_kept_is_drawn_once_for_each_language_and_each_value() -> None:
    drawn = []
    part = Template("{% load tequio %}{% kept network %}{{ draw }}{% endkept %}")

    def page(network: str) -> str:
        return part.render(Context({"network": network, "draw": lambda: drawn.append(network) or network}))

    for language in ("es", "en", "es"):
        with translation.override(language):
            assert [page("a"), page("b"), page("a")] == ["a", "b", "a"]
    assert drawn == ["a", "b"] * 2


def test_what_hangs_on_nothing_is_drawn_each_time_and_what_is_kept_has_an_end() -> None:
    drawn = []
    part = Template("{% load tequio %}{% kept stamp %}{{ draw }}{% endkept %}")

    def page(stamp: str | None, text: str = "x") -> str:
        return part.render(Context({"stamp": stamp, "draw": lambda: drawn.append(stamp) or text}))

    assert [page(None), page(None), page("a"), page("a")] == ["x"] * 4
    assert drawn == [None, None, "a"]
    (node,) = part.nodelist.get_nodes_by_type(Kept)
    for number in range(5):
        page(f"long {number}", "x" * (Kept.MOST // 2))
    assert sum(map(len, node.drawn.values())) <= Kept.MOST
    assert page("long 4", "y")[0] == "x"


@pytest.mark.parametrize(
    "text", ["hola", "una frase que es larga", "cafe\u0301 con leche", "0123456789", "<<<<<<<<<<<"]
)
def test_a_text_is_shortened_as_django_does(text):
    drawn = engines["django"].from_string("{{ text|truncatechars:10 }}").render({"text": text})
    assert drawn == conditional_escape(truncatechars(text, 10))


def test_a_bar_of_nothing_shows_no_stitch_and_one_of_little_shows_one() -> None:
    """Also where the rest is drawn as an outline: the second bar is the rest. Source: SUR-24."""
    rows = [("All", 1000), ("Few", 1), ("None", 0), ("None of 9", 0, "0 of 9", 9)]
    widths = re.findall(r'<svg width="([^"]+)"', draw("{% barlist rows 'Votes' %}", rows=rows))
    assert widths == ["95.0%", "2.0%", "0.0%", "0.0%", "2.0%"]


def test_somebodys_words_stand_between_the_quotation_marks_of_the_readers_language() -> None:
    """What they wrote is escaped, and escaped once. Source: CTX-20."""
    drawn = {}
    for language in ("en", "es", "pt-br"):
        with translation.override(language):
            drawn[language] = draw("{{ text|quoted }}", text="<b>No</b> & no")
    said = "&lt;b&gt;No&lt;/b&gt; &amp; no"
    assert drawn == {"en": f"“{said}”", "es": f"«{said}»", "pt-br": f"“{said}”"}
