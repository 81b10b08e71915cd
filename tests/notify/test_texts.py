"""The text of a letter is text: what draws elements on pages is taken as a value there, and its marks are taken off."""

import re
from pathlib import Path

TEQUIO = Path(__file__).resolve().parents[2] / "tequio"
DRAWN = re.compile(
    r"\{%\s*(?:moment|money|texts|icon|tag|worddiff|markdown|seat|meter)\b(?:(?!\bas\b).)*?%\}"
)


def test_no_text_of_a_letter_draws_an_element():
    texts = list(TEQUIO.glob("*/templates/**/*.txt"))
    assert len(texts) > 50
    assert DRAWN.search("{% moment when 'end' %}")
    assert not DRAWN.search("{% moment when as said %}")
    assert [str(path) for path in texts if DRAWN.search(path.read_text())] == []
