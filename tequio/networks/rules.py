"""When a regular thing is due, as pure logic."""

from datetime import date

WEEKLY, FORTNIGHTLY, MONTHLY = 52, 26, 12
QUARTERS = (1, 4, 7, 10)


def digest_is_due(times_a_year: int, *, on: date) -> bool:
    """Say whether the letter that the charter promises so often goes out in the week that begins on this Monday.

    Every week, every other week, in the first week of a month, of a quarter, or never. Source: COM-04, XCT-06.
    """
    if times_a_year >= WEEKLY:
        return True
    if times_a_year >= FORTNIGHTLY:
        return on.toordinal() // 7 % 2 == 0
    first = on.day <= 7
    if times_a_year >= MONTHLY:
        return first
    return first and on.month in QUARTERS and times_a_year > 0
