"""Which cities of the table somebody meant who wrote their names."""

from dataclasses import replace

from tequio.people.models import Place
from tequio.people.rules.places import is_national
from tequio.people.selectors.places import find_places
from tequio.surveys.rules.instrument import NATIONAL, Instrument, Kind, Value, Values


def recognized(*, instrument: Instrument, values: Values) -> Values:
    """Return the answers with each city that the table knows by its number; the others stay as they were written."""
    found = dict(values)
    home = instrument.with_role("COUNTRY")
    country = next(iter(values.get(home.key, Value()).chosen), "") if home else ""
    for question in instrument.questions():
        if question.kind is Kind.CITIES and question.key in found:
            found[question.key] = _cities(found[question.key], country)
    return found


def _cities(value: Value, country: str) -> Value:
    lines = [line for line in value.text.split("\n") if line]
    wide = NATIONAL in value.chosen or any(is_national(line) for line in lines)
    names = [line for line in lines if not is_national(line)]
    ids = [key for key in value.chosen if key != NATIONAL]
    known = _existing(ids)
    meant = find_places([(country, name) for name in names]) if names else {}
    numbers = [*known, *(str(meant[country, name].id) for name in names if (country, name) in meant)]
    left = [
        *(key for key in ids if key not in known),
        *(name for name in names if (country, name) not in meant),
    ]
    chosen = ((NATIONAL,) if wide else ()) + tuple(dict.fromkeys(numbers))
    return replace(value, chosen=chosen, text="\n".join(left))


def _existing(ids: list[str]) -> list[str]:
    """Return those of these numbers that are in the table of places."""
    numbers = [int(key) for key in ids if key.isdigit() and len(key) <= 18]
    there = set(Place.objects.filter(pk__in=numbers).values_list("pk", flat=True)) if numbers else set()
    return [key for key in ids if key.isdigit() and len(key) <= 18 and int(key) in there]
