"""The tables of the atlas as files: what members see on its pages, and what everybody sees."""

from collections.abc import Callable, Mapping

from django.http import HttpResponse
from django.utils.translation import get_language

from tequio.atlas import selectors
from tequio.atlas.formats import TYPES, Cell, Table, written
from tequio.atlas.rules.counting import VIEWS
from tequio.atlas.rules.representation import UNSAID, ordered
from tequio.atlas.selectors.representation import BY, PEOPLE, SEATS, SPOKE
from tequio.atlas.services.showcase import MEMBERS
from tequio.atlas.views.counting import narrowed
from tequio.atlas.views.events import named_sectors
from tequio.atlas.views.representation import GENDERS, WORDS, label_of
from tequio.atlas.views.showcase import showcase_or_404
from tequio.atlas.views.ties import rows_asked
from tequio.core.http import MemberRequest, found_or_404
from tequio.core.pages import public
from tequio.core.texts import say
from tequio.people import selectors as people
from tequio.people.rules.countries import country_name
from tequio.people.views.organizations import label_of as facet_label

TELLS = ("value", "label")


def table(request: MemberRequest, name: str, kind: str) -> HttpResponse:
    """Send one table of the atlas, narrowed as the page it stands on."""
    return _file(request, found_or_404(TABLES.get(name))(request), kind)


@public
def public_table(request: MemberRequest, name: str, kind: str) -> HttpResponse:
    """Send one table of what everybody may see of the atlas."""
    return _file(request, found_or_404(PUBLIC.get(name))(request), kind)


def _file(request: MemberRequest, found: Table, kind: str) -> HttpResponse:
    content_type = found_or_404(TYPES.get(kind))
    response = HttpResponse(written(found, kind), content_type=content_type)
    name = f"{request.network.slug}-{found.name}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _organizations(request: MemberRequest) -> Table:
    wanted, view = narrowed(request)
    found = selectors.atlas(request.actor, wanted, view=view)
    rows: list[list[Cell]] = [
        [view, row.value, facet_label(view, row.value, row.written), row.members, row.recorded]
        for row in found.rows
    ]
    rows.append([view, "", "", found.whole.members, found.whole.recorded])
    return Table("organizations", ("by", *TELLS, "members", "recorded"), rows)


def _ties(request: MemberRequest) -> Table:
    found, edges = selectors.all_ties(request.actor, rows_asked(request), on=people.today_of(request.network))
    rows = [
        [found[one].name, found[other].name, str(reason.why), reason.words]
        for (one, other), reasons in edges.items()
        for reason in reasons
    ]
    return Table("ties", ("one", "other", "why", "words"), sorted(rows))


def _matrix(request: MemberRequest) -> Table:
    """Return how many ties each two have, everybody in the order of the page."""
    found, edges = selectors.all_ties(request.actor, rows_asked(request), on=people.today_of(request.network))
    rows: list[list[Cell]] = [
        [one.name, *(len(edges.get((min(key, other), max(key, other)), ())) for other in found)]
        for key, one in found.items()
    ]
    return Table("matrix", ("", *(f"{n} {one.name}" for n, one in enumerate(found.values(), 1))), rows)


def _representation(request: MemberRequest) -> Table:
    by = request.GET.get("by", "")
    by = by if by in BY else BY[0]
    seen = selectors.representation(request.actor, by, days=[people.today_of(request.network)])
    members, seats = seen.members[0], seen.seats[0]
    values = ordered(members, seats, *seen.words.values(), most=1000)
    rows: list[list[Cell]] = [
        [
            *(by, value, label_of(by, value), members.get(value, 0), seats.get(value, 0)),
            *(seen.words[word].get(value, 0) for word in WORDS),
        ]
        for value in values
    ]
    words = [word.lower() for word in WORDS]
    return Table("representation", ("by", *TELLS, "members", "mandates", *words), rows)


def _genders(request: MemberRequest) -> Table:
    rows: list[list[Cell]] = [
        [census.on.isoformat(), value, str(label), *(census.told.get(column, {}).get(value) for column in (PEOPLE, SEATS, SPOKE))]
        for census in selectors.censuses(request.actor)
        for value, label in GENDERS.items()
        if value in census.told.get(PEOPLE, {})
    ]  # fmt: skip
    return Table("genders", ("counted_on", *TELLS, "people", "mandates", "took_the_word"), rows)


def _events(request: MemberRequest) -> Table:
    rows: list[list[Cell]] = []
    for event in [*selectors.events(request.actor), *selectors.held(request.actor)]:
        told = event.facts
        title = say(event.title)
        hours = None if told.hours is None else f"{told.hours.normalize():f}"
        whole = {"people": told.people, "countries": told.countries, "cities": told.cities, "hours": hours}
        rows += [[event.slug, title, fact, "", "", number] for fact, number in whole.items()]
        if not event.closed:  # before, small changes would tell who answered
            continue
        for fact, counts, options in (
            ("sector", told.sectors, named_sectors(event)),
            ("gender", told.genders, event.options["gender"]),
            ("gender_of_who_spoke", told.floor, event.options["gender"]),
        ):
            rows += [
                [event.slug, title, fact, key, say(options[key]) if key in options else "", number]
                for key, number in counts.items()
            ]
    return Table("events", ("event", "title", "fact", *TELLS, "number"), rows)


def _public_organizations(request: MemberRequest) -> Table:
    shown = selectors.public_atlas()
    rows: list[list[Cell]] = [
        [view, value, facet_label(view, value, value) if view == "kind" else _placed(view, value), number]
        for view in VIEWS
        for value, number in shown.of(view)
    ]
    return Table("organizations", ("by", *TELLS, "members"), [*rows, ["", "", "", shown.members]])


def _placed(view: str, value: str) -> str:
    return country_name(value, get_language() or "en") if view == "country" else value


def _public_ties(request: MemberRequest) -> Table:
    rows = [[tie.one.name, tie.other.name, tie.what] for tie in selectors.public_ties()]
    return Table("ties", ("one", "other", "words"), rows)


def _public_representation(request: MemberRequest) -> Table:
    told = showcase_or_404().told
    rows: list[list[Cell]] = [
        [told["on"], by, value, label_of(by, value), *(told[by][column].get(value, 0) for column in (MEMBERS, SEATS, SPOKE))]
        for by in BY
        for value in sorted(told[by][MEMBERS], key=lambda value: (value == UNSAID, value))
    ]  # fmt: skip
    return Table("representation", ("counted_on", "by", *TELLS, "members", "mandates", "took_the_word"), rows)


Maker = Callable[[MemberRequest], Table]
TABLES: Mapping[str, Maker] = {
    "organizations": _organizations,
    "ties": _ties,
    "matrix": _matrix,
    "representation": _representation,
    "genders": _genders,
    "events": _events,
}
PUBLIC: Mapping[str, Maker] = {
    "organizations": _public_organizations,
    "ties": _public_ties,
    "representation": _public_representation,
}
