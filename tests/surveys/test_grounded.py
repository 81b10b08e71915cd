"""Numbers that people write beside a report are held against its tables. Source: issue 5 section 4."""

import pytest

from tequio.surveys.rules.grounded import groundless

ROWS = [
    {"low": 83, "high": 83, "by": [None, 9]},
    {"low": 0, "high": 4},
    {"low": None, "high": None},
]
DOCUMENT = {
    "respondents": 1234,
    "smallest": 5,
    "dimension": {"columns": [{"size": 67}, {"size": 29}]},
    "tables": [
        {
            "asked": 96,
            "answered": 92,
            "base": "RESPONDENTS",
            "together": 13,
            "rows": ROWS,
            "within": [60, 29],
        },
        {"key": "gone", "why": "FEW"},
    ],
}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", []),
        ("83 of 96 (86.46 %) ask for it; in one country 9 of 29.", []),
        ("El 86,5 % y el 86 por ciento; 86,46% también. 86 per cent, 31,0 por cento.", []),
        ("The 1,234 (es 1.234, pt 1 234) that answered in 2026: fewer than 5.", []),
        ("1. Eighty-three\n2) of 96", []),
        ("Together 13; 67 and 29 in 2 columns.", []),
        ("Only 3 said so.", ["3"]),
        ("86.4 % or 83 %, 17 of 96", ["86.4 %", "83 %", "17"]),
        ("CO2, v2 and 12.345 or 1.234,5", ["12.345", "1.234,5"]),
        ("Article 19: 19 again", ["19"]),
    ],
)
def test_numbers_that_no_table_says_are_told(text: str, wrong: list[str]) -> None:
    """Source: SUR-24; percentages with no, one or two decimals, in the ways the three languages write them."""
    assert groundless(text, DOCUMENT) == wrong
