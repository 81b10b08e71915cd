"""What each column of a file of answers is: a question, one option or row of it, or something about the answer."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tequio.people.rules.words import fold, likeness
from tequio.surveys.formats.answers.options import Known, plain
from tequio.surveys.rules.instrument import WITH_OPTIONS, Instrument, Kind, Question

IDENTITY, SENT, BEGAN, LANGUAGE = "@identity", "@sent", "@began", "@language"
ABOUT = (IDENTITY, SENT, BEGAN, LANGUAGE)
TEXT = "#"  # after a question's key: what "other" specified
_ALIKE = 60  # percent of the pieces that a heading shares with a question it is taken for

_ABOUT = {
    IDENTITY: "_uuid|uuid|meta/instanceID|instanceID|meta/rootUuid|_id|id|Response ID|ID de respuesta|ID da resposta|KEY",
    SENT: "_submission_time|submitdate|Date submitted|end|Timestamp|Marca temporal|Carimbo de data/hora|Horodateur|Zeitstempel"
    "|SubmissionDate|Fecha de envío|Data de envio|Completion time|Hora de finalización|Hora de conclusão",
    BEGAN: "start|startdate|Date started|Fecha de inicio|Data de início|Start time|Hora de inicio|Hora de início",
    LANGUAGE: "startlanguage|Start language|Lenguaje inicial|Idioma inicial|__language",
}  # fmt: skip
SENT_IN_LIMESURVEY = frozenset({"submitdate", "date submitted", "fecha de envío", "data de envio"})
_LEFT_OUT = (
    "_validation_status|_notes|_status|_submitted_by|__version__|_version_|_tags|_index|_xform_id_string|formhub/uuid|deviceid"
    "|subscriberid|simserial|phonenumber|username|audit|today|lastpage|Last page|seed|Seed|ipaddr|IP address|refurl|token"
    "|Referrer URL|datestamp|Date last action|Última página|_attachments|_geolocation|Username|Nombre de usuario|interviewtime"
)


@dataclass(frozen=True)
class Target:
    """What a column is. ``part`` is the key of an option (or of a row of a matrix), or ``TEXT``."""

    question: str
    part: str = ""

    def __str__(self) -> str:
        return self.question + (TEXT if self.part == TEXT else f"/{self.part}" if self.part else "")

    @staticmethod
    def of(written: str) -> "Target":
        """Return the target that ``str`` wrote."""
        if written.endswith(TEXT):
            return Target(written[:-1], TEXT)
        question, _slash, part = written.partition("/")
        return Target(question, part)


def fingerprint(headings: Sequence[str]) -> str:
    """Return the form of a heading line by which the same file, grown or not, is known again."""
    return "\n".join(fold(heading) for heading in headings)


def guess(headings: Sequence[str], instrument: Instrument) -> dict[int, str]:
    """Return what the columns are, as far as the headings tell: place -> target or one of ``ABOUT``."""
    finder = _Finder(instrument)
    found = guess_about(headings)
    for place, heading in enumerate(headings):
        if place not in found and (target := finder.find(heading)):
            found[place] = str(target)
    _add_alike(found, headings, finder)
    return {place: target for place, target in _without_sums(found).items() if target}


def guess_about(headings: Sequence[str]) -> dict[int, str]:
    """Return the columns that programs add: place -> what it says of the answer as a whole, "" for the others."""
    places = {plain(heading): place for place, heading in reversed(list(enumerate(headings)))}
    found = {place: "" for name, place in places.items() if name in _MADE_BY_PROGRAMS}
    for target, names in _ABOUT.items():
        surest = next((places[name] for text in names.split("|") if (name := plain(text)) in places), None)
        if surest is not None:
            found[surest] = target
    return found


def writes_codes(headings: Sequence[str]) -> bool:
    """Say whether Kobo or ODK wrote the file: they put several answers in one cell as codes with spaces between."""
    return not _OF_KOBO.isdisjoint(map(plain, headings))


_OF_KOBO = frozenset(map(plain, ("_uuid", "_submission_time", "meta/instanceID", "instanceID", "KEY")))
_MADE_BY_PROGRAMS = frozenset(
    plain(name) for names in (_LEFT_OUT, *_ABOUT.values()) for name in names.split("|")
)


def _without_sums(found: Mapping[int, str]) -> dict[int, str]:
    """Leave out the first of two columns of the same thing, and sums of what stands option by option beside them."""
    apart = {Target.of(one).question for one in found.values() if "/" in one}
    kept: dict[int, str] = {}
    for place, one in found.items():
        if one and one not in kept.values() and one not in apart:
            kept[place] = one
    return kept


def _add_alike(found: dict[int, str], headings: Sequence[str], finder: "_Finder") -> None:
    """Give columns that nobody knows to the questions left over whose texts are most alike."""
    taken = {Target.of(one).question for one in found.values()}
    free = [question for question in finder.questions if question.key not in taken]
    pairs = [
        (score, place, question.key)
        for place, heading in enumerate(headings)
        if place not in found and heading
        for question in free
        if (
            score := max(
                (likeness(_bare(heading), _bare(text)) for text in question.text.values()), default=0
            )
        )
        >= _ALIKE
    ]
    for _score, place, key in sorted(pairs, reverse=True):
        if place not in found and key not in found.values():
            found[place] = key


def _bare(heading: str) -> str:
    """Return a heading without its number, folded: "3. ¿Cuántas?" -> "cuantas"."""
    return fold(re.sub(r"^\s*\(?[0-9]{1,3}[a-z]?\s*[.):\-]\s*", "", heading))


class _Finder:
    """The questions of an instrument by their keys and texts."""

    def __init__(self, instrument: Instrument) -> None:
        self.questions = list(instrument.questions())

    @cached_property
    def by_name(self) -> dict[str, Question | None]:
        """Questions by every name that is theirs alone."""
        found: dict[str, Question | None] = {}
        for question in self.questions:
            for name in {_bare(text) for text in question.text.values()} | {fold(question.key)}:
                found[name] = None if name in found else question
        for question in self.questions:
            found[fold(question.key)] = question
        address = next((question for question in self.questions if question.role == "EMAIL"), None)
        for text in ("email address", "direccion de correo electronico", "endereco de e mail"):
            found.setdefault(text, address)
        found.pop("", None)
        return found

    def known(self, question: Question) -> Known:
        if question.key not in self._known:
            self._known[question.key] = Known(
                question.rows if question.kind is Kind.MATRIX else question.options
            )
        return self._known[question.key]

    def exact(self, question: Question, text: str) -> str:
        """Return the key of an option or row as it is written."""
        parts = question.rows if question.kind is Kind.MATRIX else question.options
        return next((one.key for one in parts if one.key == text), "")

    @cached_property
    def _known(self) -> dict[str, Known]:
        return {}

    def find(self, heading: str) -> Target | None:
        """Return what a heading names: a question, its text for "other", or one option or row of it."""
        if heading.endswith(TEXT) and heading[:-1] in self.by_key:
            return Target(heading[:-1], TEXT)
        if ticked := self._ticked(heading):
            return ticked
        if question := self._whole(heading):
            return Target(question.key)
        for left, right in _halves(heading):
            question = self.question(left)
            if question and (part := self._part(question, right)):
                return Target(question.key, TEXT if heading.endswith(f"_{right}") else part)
        question = self.question(heading)
        return Target(question.key) if question else None

    def _ticked(self, heading: str) -> Target | None:
        """Return the option of which programs wrote the keys as they are, also behind groups: "group/question/option"."""
        left, _slash, part = heading.rpartition("/")
        question = None if heading in self.by_key else self.by_key.get(left.rpartition("/")[2])
        return Target(question.key, part) if question and self.exact(question, part) else None

    def question(self, heading: str) -> Question | None:
        """Return the question of a name, also behind the groups that stand before it."""
        found = self._whole(heading)
        if found is None and "/" in heading:
            return self.question(heading.split("/", 1)[1])
        return found

    def _whole(self, heading: str) -> Question | None:
        if heading in self.by_key:
            return self.by_key[heading]
        return self.by_name.get(_bare(heading)) or self.by_name.get(fold(heading))

    @cached_property
    def by_key(self) -> dict[str, Question]:
        """Questions by their keys as they are written."""
        return {question.key: question for question in self.questions}

    def _part(self, question: Question, text: str) -> str:
        if question.kind not in WITH_OPTIONS:
            return ""
        return (
            self.exact(question, text)
            or self.known(question).find(text)
            or (TEXT if fold(text) in _SPECIFIED else "")
        )


_SPECIFIED = frozenset(
    {"other", "other text", "otro", "otra", "outro", "outra", "text", "otro texto", "especifique", "specify"}
)


def _halves(heading: str) -> Iterator[tuple[str, str]]:
    """Yield each way in which a heading may be a question and a part of it."""
    if found := re.match(r"^(.*\S)\s*\[(.*)\]$", heading, re.DOTALL):
        yield found[1], found[2]
    for mark in ("/", ".", " - ", " | ", "_"):
        start = len(heading)
        for _each in range(6):
            start = heading.rfind(mark, 0, start)
            if start <= 0:
                break
            yield heading[:start], heading[start + len(mark) :]
