"""What a file of answers would come to: read, cities looked up, what is known already; nothing is written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any
from uuid import UUID, uuid5

from tequio.people.formats.tables import Unreadable
from tequio.people.models import Place
from tequio.people.rules.countries import find_country, names
from tequio.people.rules.names import folded_name
from tequio.people.rules.words import fold, likeness
from tequio.people.selectors.places import find_places
from tequio.surveys.formats.answers.files import PAGE, open_table
from tequio.surveys.formats.answers.headings import fingerprint, guess
from tequio.surveys.formats.answers.reading import (
    KEPT,
    Reading,
    Respondent,
    decision_key,
    read_answers,
)
from tequio.surveys.models import Batch, Reply, State, Survey, Version
from tequio.surveys.rules.instrument import WITH_OPTIONS, Instrument, Kind, Option, Question, Value

NEW = "*"  # decided: this text becomes an option, in a new version
_AT_ONCE = 5_000
_MOST_ITEMS = 200
_ALIKE = 35  # percent of its pieces that a text shares with the option that is proposed for it


@dataclass(frozen=True)
class File:
    """A file cut into cells."""

    headings: list[str]
    rows: list[list[str]]

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(fingerprint(self.headings).encode()).hexdigest()


@dataclass(frozen=True)
class Ready:
    """One reply to be written: ``once`` is its key for ever, whichever file it comes in."""

    once: UUID
    respondent: Respondent


@dataclass
class Plan:
    """What would be written, and what was found on the way.

    ``known`` are rows that were imported before, ``same`` rows of organizations that have answered, ``added`` the
    options that become part of a new version.
    """

    version: Version
    instrument: Instrument
    file: File
    targets: dict[int, str]
    reading: Reading
    ready: list[Ready] = field(default_factory=list)
    known: int = 0
    same: list[tuple[int, str]] = field(default_factory=list)
    places: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    added: dict[str, list[Option]] = field(default_factory=dict)


def cut(*, content: bytes) -> File:
    """Cut a file into cells; raises ``Unreadable``."""
    for encoding in ("", "cp1252"):
        try:
            with open_table(content, limits=PAGE, encoding=encoding) as table:
                rows = list(table.rows)
        except UnicodeDecodeError:
            continue
        if not any(any(row) for row in rows):
            raise Unreadable("empty")
        return File(table.headings, rows)
    raise Unreadable("another_kind")


def answered_version(*, survey: Survey) -> Version:
    """Return the version that imported answers belong to: the newest that was opened, or the draft of a new survey."""
    versions = survey.versions.order_by("-number")
    return versions[0] if survey.state == State.DRAFT else versions.exclude(opened_at=None)[0]


def plan_batch(*, batch: Batch) -> Plan:
    """Read the file of a batch as it says; raises ``Unreadable``."""
    file = cut(content=bytes(batch.content or b""))
    version = answered_version(survey=batch.survey)
    added = _added(version.instrument, batch.decisions)
    instrument = _with_options(version.instrument, added)
    stored = {int(place): target for place, target in batch.mapping.items()}
    targets = stored or _remembered(batch, file) or guess(file.headings, instrument)
    reading = read_answers(
        headings=file.headings,
        rows=file.rows,
        targets=targets,
        instrument=instrument,
        decisions=batch.decisions,
        marks=batch.marks,
    )
    plan = Plan(version, instrument, file, targets, reading, added=added)
    _settle_places(plan, batch.decisions)
    _sort_out(plan, batch.survey)
    return plan


def _remembered(batch: Batch, file: File) -> dict[int, str]:
    """Return how the last file with these headings was understood in this survey."""
    last = Batch.objects.filter(survey=batch.survey, fingerprint=file.fingerprint).exclude(pk=batch.pk)
    mapping = last.exclude(mapping={}).order_by("-created_at").values_list("mapping", flat=True).first() or {}
    return {int(place): target for place, target in mapping.items()}


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
    for place, (one, country) in enumerate(pairs):
        values = dict(one.values)
        for key in asked:
            if key not in values:
                continue
            known = [found[country, city] for city in _cities(one, key) if (country, city) in found]
            left = [city for city in _cities(one, key) if (country, city) not in found]
            kept = {decision_key(text) for text, choice in decisions.get(key, {}).items() if choice == KEPT}
            plan.places.update((key, country, city) for city in left if decision_key(city) not in kept)
            chosen = dict.fromkeys((*values[key].chosen, *(str(city.id) for city in known)))
            values[key] = replace(values[key], chosen=tuple(chosen), text="\n".join(left))
        plan.reading.respondents[place] = replace(one, values=values)


def _country(one: Respondent, home: Question | None) -> str:
    return next(iter(one.values.get(home.key, Value()).chosen), "") if home else ""


def _cities(one: Respondent, key: str) -> list[str]:
    return [line for line in one.values.get(key, Value()).text.split("\n") if line]


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
        said = one.identity or "\x1f".join(plan.file.rows[one.row - 2]).rstrip("\x1f")
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


# What somebody may decide


def items(*, plan: Plan) -> list[dict[str, Any]]:
    """Return each text that is none of the options, with how often it comes and what it may mean, the most frequent first."""
    questions = {question.key: question for question in plan.instrument.questions()}
    found = [
        {"question": key, "text": text, "count": count, "proposals": _proposals(questions[key], text)}
        for key, texts in plan.reading.unknown.items()
        for text, count in texts.items()
    ]
    near = _near_places(plan)
    found += [
        {
            "question": key,
            "text": city,
            "count": count,
            "country": country,
            "is_country": find_country(city),
            "proposals": near.get((country, city), []),
        }
        for (key, country, city), count in plan.places.items()
    ]
    return sorted(found, key=lambda item: -int(str(item["count"])))[:_MOST_ITEMS]


def _proposals(question: Question, text: str) -> list[str]:
    """Return the keys of what a text may mean, the likeliest first."""
    if question.kind is Kind.COUNTRY:
        known = {
            fold(name): code for language in ("en", "pt", "es") for code, name in names(language).items()
        }
        close = get_close_matches(fold(text), known, n=4, cutoff=0.6)
        return list(dict.fromkeys(known[name] for name in close))
    if question.kind not in WITH_OPTIONS:
        return []
    scores = {
        option.key: max((likeness(fold(text), fold(said)) for said in option.text.values()), default=0)
        for option in question.options
        if not option.other
    }
    likely = sorted((key for key, score in scores.items() if score >= _ALIKE), key=lambda key: -scores[key])
    return likely[:1]


def _near_places(plan: Plan) -> dict[tuple[str, str], list[list[str]]]:
    """Return cities of the same country that are written nearly like those nobody knows: number and name."""
    unknown = {(country, city) for _key, country, city in plan.places if country}
    found: dict[tuple[str, str], list[list[str]]] = {}
    for country in sorted({country for country, _city in unknown})[:30]:
        rows = Place.objects.filter(country=country).order_by("-population").values_list("pk", "name")[:4_000]
        known: dict[str, list[str]] = {}
        for number, name in rows:
            known.setdefault(fold(name), [str(number), name])
        for home, city in unknown:
            if home == country:
                close = get_close_matches(fold(city), known, n=2, cutoff=0.72)
                found[country, city] = [known[name] for name in close]
    return found
