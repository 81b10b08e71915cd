"""Reading a file of organizations: what it says, which of them are known, and which cities."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tequio.core.scoping import here
from tequio.networks.models import Network
from tequio.people.formats.organizations import Reading, Sheet, read_sheet
from tequio.people.formats.tables import Layout
from tequio.people.models import Alias, Import, Organization, State
from tequio.people.rules.duplicates import Names
from tequio.people.rules.names import Likeness, folded_name, site_of
from tequio.people.rules.places import City
from tequio.people.selectors.places import Written, find_places
from tequio.people.services.organizations import settled

SKIP, MERGE, NEW = "skip", "merge", "new"
CHOICES = (SKIP, MERGE, NEW)


@dataclass(frozen=True)
class Duplicate:
    """A row that may be an organization already known, or an earlier row (``of_row``) of the same file."""

    row: int
    name: str
    of: str
    likeness: Likeness
    organization_id: int | None = None
    of_row: int | None = None

    @property
    def proposed(self) -> str:
        """What happens unless somebody says otherwise: nothing that might be lost is left out."""
        return SKIP if self.likeness.certain else NEW


@dataclass(frozen=True)
class Plan:
    """What an import would do: the sheet, its likely duplicates by row, the cities that are known."""

    sheet: Sheet
    duplicates: Mapping[int, Duplicate]
    cities: Mapping[Written, City]


def plan_import(*, content: bytes, layout: Layout | None, mapping: Mapping[int, str] | None) -> Plan:
    """Read a file, and look its names and cities up, without writing anything."""
    language = Network.objects.values_list("languages", flat=True).get(pk=here())[0]
    sheet = read_sheet(content, language=language, layout=layout, mapping=mapping, remembered=_remembered())
    sheet = replace(
        sheet, readings=[replace(one, details=settled(details=one.details)) for one in sheet.readings]
    )
    cities = find_places((one.details.country, city) for one in sheet.readings for city in one.details.cities)
    return Plan(sheet, _duplicates(sheet.readings), cities)


def _remembered() -> dict[str, str]:
    """Return the fields of headings as the latest imports of this network had them in the end."""
    known: dict[str, str] = {}
    for report in (
        Import.objects.filter(state=State.DONE).order_by("-pk").values_list("report", flat=True)[:20]
    ):
        for heading, target in report.get("headings", {}).items():
            known.setdefault(heading, target)
    return known


def _duplicates(readings: Sequence[Reading]) -> dict[int, Duplicate]:
    known: Names[int] = Names()
    names: dict[int, str] = {}
    rows = Organization.objects.order_by("pk").values_list("pk", "name", "folded", "website", "merged_into")
    for number, name, folded, website, into in rows.iterator(chunk_size=5_000):
        head = into or number
        names.setdefault(number, name)
        known.add(head, folded, site=site_of(website))
    for number, folded in Alias.objects.values_list("organization_id", "folded").iterator(chunk_size=5_000):
        known.add(number, folded)
    return {one.row: one for one in _compared(readings, known, names)}


def _compared(
    readings: Sequence[Reading], known: Names[int], names: Mapping[int, str]
) -> Iterator[Duplicate]:
    inside: Names[int] = Names()
    written = {one.row: one.details.name for one in readings}
    for one in readings:
        folded, site = folded_name(one.details.name), site_of(one.details.website)
        if there := known.find(folded, site=site):
            yield Duplicate(
                one.row, one.details.name, names.get(there[0], ""), there[1], organization_id=there[0]
            )
        elif here := inside.find(folded, site=site):
            yield Duplicate(one.row, one.details.name, written[here[0]], here[1], of_row=here[0])
        inside.add(one.row, folded, site=site)
