"""What a file of answers would come to: read, cities looked up, what is known already; nothing is written."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

from tequio.people.formats.tables import Layout, Unreadable
from tequio.people.rules.names import folded_name
from tequio.people.rules.places import City
from tequio.people.rules.words import fold
from tequio.people.selectors.places import find_places
from tequio.surveys.formats.answers.doubts import (
    KEPT,
    OUT,
    Doubt,
    Reading,
    Respondent,
    decision_key,
    name_unanswered,
    without_column,
)
from tequio.surveys.formats.answers.files import PAGE, open_table
from tequio.surveys.formats.answers.headings import Target, fingerprint, guess
from tequio.surveys.formats.answers.reading import read_answers
from tequio.surveys.models import Batch, Beyond, Reply, State, Survey, Version
from tequio.surveys.rules.instrument import Instrument, Kind, Option, Question, Value
from tequio.surveys.selectors.answering import Quota, quotas_of

NEW = "*"  # decided: this text becomes an option, in a new version
_AT_ONCE = 5_000


@dataclass(frozen=True)
class File:
    """A file cut into cells: ``numbers`` are those under which a spreadsheet shows the rows."""

    headings: list[str]
    rows: list[list[str]]
    numbers: list[int]
    layout: Layout
    sheets: Sequence[str] = ()
    top: Sequence[Sequence[str]] = ()

    @property
    def fingerprint(self) -> str:
        return print_of(headings=self.headings)

    def row(self, number: int) -> list[str]:
        """Return the cells of the row that a spreadsheet shows under this number."""
        return self.rows[bisect_left(self.numbers, number)]


def print_of(*, headings: Sequence[str]) -> str:
    """Return the name of a heading line."""
    return hashlib.sha256(fingerprint(headings).encode()).hexdigest()


@dataclass(frozen=True)
class Ready:
    """One reply to be written: ``once`` is its key for ever, whichever file it comes in."""

    once: UUID
    respondent: Respondent


@dataclass
class Plan:
    """What would be written, and what was found on the way.

    ``known`` are rows that were imported before, ``same`` rows of organizations that have answered, ``full`` the
    quotas that have no room for so many, ``beyond`` the rows beyond them, ``added`` the options that become part
    of a new version, ``without`` the required questions that the file has no column for.
    """

    version: Version
    instrument: Instrument
    file: File
    targets: dict[int, str]
    reading: Reading
    ready: list[Ready] = field(default_factory=list)
    known: int = 0
    same: list[tuple[int, str]] = field(default_factory=list)
    full: list[tuple[Quota, int]] = field(default_factory=list)
    beyond: list[int] = field(default_factory=list)
    places: dict[tuple[str, str, str], Doubt] = field(default_factory=dict)
    added: dict[str, list[Option]] = field(default_factory=dict)
    without: list[Question] = field(default_factory=list)


def cut(*, content: bytes, layout: Layout | None = None) -> File:
    """Cut a file into cells, as ``layout`` says or as it looks; raises ``Unreadable``."""
    with open_table(content, limits=PAGE, layout=layout or Layout("")) as table:
        rows = list(table.rows)
        numbers = [table.number(place) for place in range(len(rows))]
        if not any(any(row) for row in rows):
            raise Unreadable("only_headings")
        return File(table.headings, rows, numbers, table.layout, table.sheets, table.top)


def headings_of(*, content: bytes, layout: Layout | None = None) -> tuple[list[str], Layout]:
    """Return the headings of a file and how it was cut, without reading all of it; raises ``Unreadable``."""
    with open_table(content, limits=PAGE, layout=layout or Layout("")) as table:
        return table.headings, table.layout


def answered_version(*, survey: Survey) -> Version:
    """Return the version that imported answers belong to: the newest that was opened, or the draft of a new survey."""
    versions = survey.versions.order_by("-number")
    return versions[0] if survey.state == State.DRAFT else versions.exclude(opened_at=None)[0]


def plan_batch(*, batch: Batch) -> Plan:
    """Read the file of a batch as it says; raises ``Unreadable``."""
    layout = Layout(**batch.layout) if batch.layout else None
    file = cut(content=bytes(batch.content or b""), layout=layout)
    version = answered_version(survey=batch.survey)
    added = _added(version.instrument, batch.decisions)
    instrument = _with_options(version.instrument, added)
    stored = {int(place): target for place, target in batch.mapping.items()}
    targets = stored or guess(file.headings, instrument)
    reading = read_answers(
        headings=file.headings,
        rows=file.rows,
        targets=targets,
        instrument=instrument,
        decisions=batch.decisions,
        marks=batch.marks,
        number=file.numbers.__getitem__,
    )
    plan = Plan(version, instrument, file, targets, reading, added=added)
    _settle_places(plan, batch.decisions)
    _look_for_unanswered(plan, batch.decisions)
    _sort_out(plan, batch.survey)
    _look_at_quotas(plan, batch)
    return plan


def _added(instrument: Instrument, decisions: Mapping[str, Mapping[str, str]]) -> dict[str, list[Option]]:
    """Return the options that somebody decided to add, by question; the same text twice is one."""
    added: dict[str, list[Option]] = {}
    for question in instrument.questions():
        texts = {
            fold(text): text for text, choice in decisions.get(question.key, {}).items() if choice == NEW
        }
        taken = {option.key for option in question.options}
        for text in texts.values() if question.kind in (Kind.SINGLE, Kind.MULTI) else ():
            digest = hashlib.sha256(fold(text).encode()).hexdigest()[:8]
            if f"new_{digest}" not in taken:
                said = dict.fromkeys(instrument.languages[:1], text)
                added.setdefault(question.key, []).append(Option(f"new_{digest}", said))
    return added


def _with_options(instrument: Instrument, added: Mapping[str, Sequence[Option]]) -> Instrument:
    """Return the instrument with more options, before the one that asks which."""
    if not added:
        return instrument

    def more(question: Question) -> Question:
        fresh = added.get(question.key, ())
        plain = [option for option in question.options if not option.other]
        rest = [option for option in question.options if option.other]
        return replace(question, options=(*plain, *fresh, *rest)) if fresh else question

    sections = tuple(
        replace(section, questions=tuple(more(question) for question in section.questions))
        for section in instrument.sections
    )
    return replace(instrument, sections=sections)


def _settle_places(plan: Plan, decisions: Mapping[str, Mapping[str, str]]) -> None:
    """Put the numbers of the cities that the table knows in place of what was written; count the others."""
    home = plan.instrument.with_role("COUNTRY") or next(
        (one for one in plan.instrument.questions() if one.kind is Kind.COUNTRY), None
    )
    asked = [question.key for question in plan.instrument.questions() if question.kind is Kind.CITIES]
    if not asked:
        return
    lived = [_country(one, home) for one in plan.reading.respondents]
    pairs = list(zip(plan.reading.respondents, lived, strict=True))
    wanted = {(country, city) for one, country in pairs for key in asked for city in _cities(one, key)}
    found = find_places(wanted)
    settlers = {key: _Settler(plan, key, found, decisions.get(key, {})) for key in asked}
    for place, (one, country) in enumerate(pairs):
        said = {key: settlers[key].settled(one, country) for key in asked if key in one.values}
        left = {key: value for key, value in {**one.values, **said}.items() if not value.empty}
        plan.reading.respondents[place] = replace(one, values=left)


class _Settler:
    """Settles the cities that one question was answered with."""

    def __init__(
        self, plan: Plan, key: str, found: Mapping[tuple[str, str], City], decided: Mapping[str, str]
    ) -> None:
        self.plan, self.key, self.found = plan, key, found
        self.decided = {decision_key(text): choice for text, choice in decided.items()}
        headings = {target: plan.file.headings[place] for place, target in plan.targets.items()}
        self.heading = headings.get(key) or key

    def settled(self, one: Respondent, country: str) -> Value:
        """Return an answer with numbers for the cities that are known, or that somebody recognized."""
        numbers, left = [], []
        for city in _cities(one, self.key):
            if known := self.found.get((country, city)):
                numbers.append(str(known.id))
                continue
            choice = self.decided.get(
                decision_key(place_key(city=city, country=country))
            ) or self.decided.get(decision_key(city), "")
            if choice.isdigit():
                numbers.append(choice)
            elif choice != OUT:
                left.append(city)
                self._doubt(one.row, country, city, choice)
        value = one.values[self.key]
        return replace(value, chosen=tuple(dict.fromkeys((*value.chosen, *numbers))), text="\n".join(left))

    def _doubt(self, row: int, country: str, city: str, choice: str) -> None:
        if choice != KEPT:
            fresh = Doubt("unknown_city", self.heading)
            self.plan.places.setdefault((self.key, country, city), fresh).met(row)


def place_key(*, city: str, country: str) -> str:
    """Return the text by which a city of a country is decided about: two countries may have one of this name."""
    return f"{city}\t{country}" if country else city


def _country(one: Respondent, home: Question | None) -> str:
    return next(iter(one.values.get(home.key, Value()).chosen), "") if home else ""


def _cities(one: Respondent, key: str) -> list[str]:
    return [line for line in one.values.get(key, Value()).text.split("\n") if line]


def _look_for_unanswered(plan: Plan, decisions: Mapping[str, Mapping[str, str]]) -> None:
    """Name what is required and not said: in a row, or in the whole file."""
    headings = {
        Target.of(target).question: plan.file.headings[place]
        for place, target in sorted(plan.targets.items(), reverse=True)
    }
    name_unanswered(reading=plan.reading, instrument=plan.instrument, headings=headings, decisions=decisions)
    plan.without = without_column(plan.instrument, headings)


def _sort_out(plan: Plan, survey: Survey) -> None:
    """Part what is new from what was imported before, and from what an organization has answered already."""
    role = plan.instrument.with_role("ORGANIZATION")
    keyed = list(_keyed(plan, survey))
    known = _known(survey, [once for once, _one in keyed])
    there = _answered(survey) if survey.once_per_organization and role else set()
    for once, one in keyed:
        name = " ".join(one.values.get(role.key, Value()).text.split()) if role else ""
        folded = folded_name(name) if name else ""
        if once in known:
            plan.known += 1
        elif folded and folded in there:
            plan.same.append((one.row, name))
        else:
            plan.ready.append(Ready(once, one))
            if survey.once_per_organization and folded:
                there.add(folded)


def _keyed(plan: Plan, survey: Survey) -> Iterable[tuple[UUID, Respondent]]:
    """Yield each respondent with a key that is the same whenever this row comes again."""
    seen: Counter[str] = Counter()
    for one in plan.reading.respondents:
        said = one.identity or "\x1f".join(plan.file.row(one.row)).rstrip("\x1f")
        seen[said] += 1
        yield uuid5(survey.uuid, f"{said}\x1e{seen[said]}"), one


def _known(survey: Survey, keys: Sequence[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        found.update(Reply.objects.filter(survey=survey, once__in=part).values_list("once", flat=True))
    return found


def _answered(survey: Survey) -> set[str]:
    replies = Reply.objects.filter(survey=survey, sent_at__isnull=False, set_aside=False).exclude(folded="")
    return set(replies.values_list("folded", flat=True))


def _look_at_quotas(plan: Plan, batch: Batch) -> None:
    """Count what no quota has room for, in the order of the file; leave it out where somebody said so."""
    quotas = quotas_of(batch.survey)
    taken = {quota: quota.taken for quota in quotas}
    too_many: Counter[Quota] = Counter()
    kept = []
    for ready in plan.ready if quotas else ():
        mine = [one for one in quotas if one.option in _chosen(ready, one.question)]
        full = [quota for quota in mine if taken[quota] >= quota.most]
        too_many.update(full)
        if full:
            plan.beyond.append(ready.respondent.row)
        if full and batch.beyond == Beyond.LEAVE:
            continue
        kept.append(ready)
        taken |= {quota: taken[quota] + 1 for quota in mine}
    plan.full = list(too_many.items())
    plan.ready = kept if quotas else plan.ready


def _chosen(ready: Ready, question: str) -> tuple[str, ...]:
    return ready.respondent.values.get(question, Value()).chosen
