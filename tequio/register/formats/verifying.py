"""Checking an export: with no account, no network and no database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from tequio.register import recompute
from tequio.register.formats import report as says
from tequio.register.formats.reading import (
    BETWEEN,
    HEX,
    OPENED,
    ROW,
    UUID,
    Reading,
    Row,
    Stop,
    end_of,
)
from tequio.register.formats.report import Finding, Report, Since
from tequio.register.formats.writing import FORMAT, seal_text
from tequio.register.rules import notes
from tequio.register.rules.canonical import NotCanonical, load, load_text, text_of


def verify(
    lines: Iterable[bytes],
    known_checkpoints: Iterable[str] = (),
    trusted_key: str | None = None,
    recomputers: Mapping[str, recompute.Recomputer] | None = None,
    reports: Mapping[str, str] | None = None,
) -> Report:
    """Check an export line by line and return what was found, the first bad row first.

    `known_checkpoints` are texts that hold checkpoints kept elsewhere (old e-mails, minutes), `trusted_key` the key as
    somebody wrote it down. Whoever holds the signing key can rewrite a whole register: only these two show it.
    `reports` are names of files by their SHA-256: each must be a report that an entry published.
    """
    reading = Reading(Report(), recompute.REGISTRY if recomputers is None else recomputers)
    reading.reports = reports or {}
    with suppress(Stop):
        _read(reading, iter(lines), list(known_checkpoints), trusted_key)
    reading.report.size = reading.count
    reading.report.root = reading.root().hex()
    reading.report.since.extend(Since(int(number), *rest) for number, *rest in reading.fresh)
    return reading.report


def _read(reading: Reading, lines: Iterator[bytes], known: list[str], trusted_key: str | None) -> None:
    first = next(lines, None)
    if first is None:
        raise reading.stop(says.EMPTY)
    _header(reading, first)
    reading.line = 0  # What the reader brought is no line of the file.
    _trust(reading, trusted_key)
    _remember(reading, known)
    reading.line = 1
    for raw in lines:
        if _usual(reading, raw):
            continue
        line = _load(reading, raw)
        if line["type"] == "seal":
            _seal(reading, line)
            break
        reading.digest.update(raw)
        _take(reading, line, raw)
    else:
        raise reading.stop(says.NO_SEAL)
    if next(lines, None) is not None:
        reading.line += 1
        raise reading.stop(says.AFTER_SEAL)
    _finish(reading)


def _load(reading: Reading, raw: bytes) -> dict[str, Any]:
    reading.line += 1
    if raw[-1:] != b"\n":
        raise reading.stop(says.NO_SEAL if len(raw) == 0 else says.CANNOT_BE_READ)
    try:
        line = load(raw[:-1])
    except NotCanonical:
        raise reading.stop(says.CANNOT_BE_READ) from None
    if not isinstance(line.get("type"), str):
        raise reading.stop(says.CANNOT_BE_READ)
    return line


def _header(reading: Reading, raw: bytes) -> None:
    reading.line = 1
    try:
        line = load(raw.removesuffix(b"\n"))
    except NotCanonical:
        raise reading.stop(says.NOT_AN_EXPORT) from None
    if line.get("type") != "header" or raw[-1:] != b"\n":
        raise reading.stop(says.NOT_AN_EXPORT)
    if line.get("format") != FORMAT:
        raise reading.stop(says.OTHER_FORMAT, format=str(line.get("format"))[:40], ours=FORMAT)
    if not _header_shape(line):
        raise reading.stop(says.CANNOT_BE_READ)
    try:
        reading.keys = [notes.parse_key(text) for text in line["keys"]]
    except notes.BadNote:
        raise reading.stop(says.CANNOT_BE_READ) from None
    if any(key.name != f"tequio/{line['network']}" for key in reading.keys):
        raise reading.stop(says.CANNOT_BE_READ)
    reading.digest.update(raw)
    reading.said_size = line["size"]
    found = reading.report
    found.network, found.name, found.key = line["network"], line["name"], line["keys"][-1]


def _header_shape(line: dict[str, Any]) -> bool:
    texts = (line.get("network"), line.get("made_at"), *_items(line.get("keys")), *_items(line.get("name")))
    return (
        line.keys() == {"type", "format", "network", "name", "made_at", "size", "keys"}
        and all(isinstance(text, str) for text in texts)
        and isinstance(line["name"], dict)
        and isinstance(line["keys"], list)
        and UUID.fullmatch(line["network"]) is not None
        and bool(_items(line["keys"]))
        and _whole(line["size"])
    )


def _items(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _trust(reading: Reading, trusted_key: str | None) -> None:
    if trusted_key is None:
        return
    try:
        key = notes.parse_key(trusted_key.strip())
    except notes.BadNote:
        raise reading.stop(says.BAD_TRUSTED_KEY) from None
    if key != reading.keys[-1]:
        raise reading.stop(says.NOT_THE_TRUSTED_KEY)
    reading.report.trusted = True


def _remember(reading: Reading, known: list[str]) -> None:
    """Read the checkpoints that were kept elsewhere; they are compared when that many entries were read."""
    for text in known:
        found = notes.find_notes(text)
        if not found:
            raise reading.stop(says.KEPT_UNREADABLE)
        for note in found:
            kept = _opened(reading, note)
            if kept is None:
                raise reading.stop(says.KEPT_OF_ANOTHER)
            reading.kept.setdefault(kept.size, set()).add(kept.root)


def _opened(reading: Reading, note: str) -> notes.Checkpoint | None:
    for key in reading.keys:
        try:
            return notes.open_checkpoint(note, key=key)
        except notes.BadNote:
            continue
    return None


def _take(reading: Reading, line: dict[str, Any], raw: bytes) -> None:
    if line["type"] == "entry" and line.keys() == {"type", "entry", "opening"}:
        _unusual(reading, line["opening"], raw)
    elif line["type"] == "checkpoint" and line.keys() == {"type", "note"} and isinstance(line["note"], str):
        _checkpoint(reading, line["note"])
    else:
        raise reading.stop(says.OUT_OF_PLACE)


def _usual(reading: Reading, raw: bytes) -> bool:
    """Check an entry of the usual form without reading all of it as JSON; tell whether it was one."""
    try:
        text = text_of(raw)
        shape, end = OPENED.match(text), end_of(text)
        if shape is None or end is None:
            return False
        facts = load_text(text[shape.end() : end.start()])
    except (NotCanonical, UnicodeDecodeError):
        return False  # the long way says what is wrong
    reading.line += 1
    reading.digest.update(raw)
    place = slice(shape.end(1) + len(BETWEEN), end.end(1))
    # In ASCII a letter is a byte: what was promised is cut out of the line as it was read.
    promised = raw[place] if len(raw) == len(text) else text[place].encode()
    _entry(reading, shape.groups(), facts, _promise(end[2], promised))
    return True


def _promise(salt: str, promised: bytes) -> str:
    return hashlib.sha256(bytes.fromhex(salt) + promised + b"}").hexdigest()


def _unusual(reading: Reading, opening: Any, raw: bytes) -> None:
    """Check an entry whose opening has another form; the line is known to be canonical."""
    text = raw.decode()
    shape = ROW.match(text)
    if shape is None or not _opening_shape(opening):
        raise reading.stop(says.CANNOT_BE_READ)
    if opening is None or opening == KEPT:
        reading.report.withheld += opening is not None
        _entry(reading, shape.groups(), None, "", erased=opening is None)
    else:
        promised = text[shape.end(1) + len(BETWEEN) : text.rindex(',"salt":"')]
        _entry(reading, shape.groups(), opening["facts"], _promise(opening["salt"], promised.encode()))


def _entry(
    reading: Reading, row: Row, facts: dict[str, Any] | None, promise: str, *, erased: bool = False
) -> None:
    """Check one entry. What was hashed is cut out of the line, which is canonical: quicker than writing it."""
    hashed, moment, commitment, uuid, kind, network, number = row
    if int(number) != reading.count:
        reading.wrong(says.WRONG_NUMBER, row=True, found=int(number), wanted=reading.count)
    if network != reading.report.network:
        reading.wrong(says.OTHER_NETWORK, row=True)
    if uuid in reading.seen:
        reading.wrong(says.TWICE, row=True)
    reading.seen.add(uuid)
    if erased:
        reading.closed[uuid] = (reading.line, reading.count)
    if facts is not None:
        if promise != commitment:
            reading.wrong(says.BROKEN_PROMISE, row=True)
        if kind in _TOLD:
            _told(reading, kind, facts)
        if reading.reports and kind in (PUBLISHED, TAKEN_BACK):
            _report(reading, kind, _ref_of(hashed), facts)
        rule = facts.get("rule")
        if isinstance(rule, str):
            _recompute(reading, rule, facts)
    if kind in recompute.FOLLOWERS:
        _tell(reading, recompute.FOLLOWERS[kind], facts, moment, reading.past)
    reading.rows.append(hashed)
    reading.count += 1
    if reading.kept:
        reading.fresh.append((number, moment[:10], kind, facts))
        if reading.count in reading.kept:
            _compare(reading)


_TOLD = ("register.erased", "register.key_changed")


PUBLISHED, TAKEN_BACK = "surveys.release_published", "surveys.release_withdrawn"


def _ref_of(hashed: str) -> str:
    return hashed.rpartition('"ref":"')[2]


def _report(reading: Reading, kind: str, ref: str, facts: dict[str, Any]) -> None:
    """Hold the reports that were given against one that was published, or taken back."""
    if kind == PUBLISHED and (name := reading.reports.get(str(facts.get("sha256")))):
        reading.report.published[name] = reading.count
        reading.released[ref] = name
    elif kind == TAKEN_BACK and ref in reading.released:
        reading.report.taken_back.add(reading.released[ref])


def _told(reading: Reading, kind: str, facts: dict[str, Any]) -> None:
    """Remember what the register says about itself."""
    if kind == "register.erased":
        reading.erased[str(facts.get("entry"))] = reading.count
    else:
        reading.announced.add(str(facts.get("new")))


KEPT = "kept"  # the words are there, and not for whoever got this export


def _is_hex(value: Any) -> bool:
    return isinstance(value, str) and HEX.fullmatch(value) is not None


def _opening_shape(opening: Any) -> bool:
    if opening is None or opening == KEPT:
        return True
    return (
        isinstance(opening, dict)
        and opening.keys() == {"facts", "private", "salt"}
        and isinstance(opening["facts"], dict)
        and _is_hex(opening["salt"])
        and (opening["private"] is None or _is_hex(opening["private"]))
    )


def _recompute(reading: Reading, rule: str, facts: dict[str, Any]) -> None:
    function = reading.recomputers.get(rule)
    if function is None:
        reading.report.unknown_rules[rule] += 1
        return
    _tell(reading, function, facts)
    reading.report.recomputed[rule] += 1


def _tell(reading: Reading, function: Callable[..., list[str]], *given: Any) -> None:
    try:
        problems = function(*given)
    except Exception as error:  # noqa: BLE001 (facts that a rule cannot read are a problem, however it breaks)
        problems = [repr(error)[:300]]
    for why in problems:
        reading.wrong(says.WRONG_OUTCOME, row=True, why=why)


def _compare(reading: Reading) -> None:
    if reading.kept[reading.count] == {reading.root()}:
        reading.report.witnessed += 1
        reading.report.newest_kept = reading.count
        reading.fresh.clear()
        return
    reading.wrong(says.KEPT_DIFFERS, said=reading.count)
    if reading.report.newest_kept:
        reading.wrong(says.STILL_FITS, said=reading.report.newest_kept)


def _checkpoint(reading: Reading, note: str) -> None:
    found = _opened(reading, note)
    if found is None:
        reading.wrong(says.BAD_CHECKPOINT)
    elif found.size != reading.count or found.size <= reading.covered:
        reading.wrong(says.CHECKPOINT_MISPLACED, said=found.size, found=reading.count)
    elif found.root != reading.root():
        reading.wrong(says.CHECKPOINT_DIFFERS)
    reading.covered = reading.count
    reading.report.checkpoints += 1


def _seal(reading: Reading, line: dict[str, Any]) -> None:
    key = reading.keys[-1]
    expected = seal_text(key.name, reading.digest.hexdigest())
    note = line.get("note")
    if line.keys() != {"type", "note"} or not isinstance(note, str):
        raise reading.stop(says.CANNOT_BE_READ)
    try:
        # One signature exactly: a second line could say anything.
        fits = notes.open_note(note, key=key) == expected and note.count("\n") == expected.count("\n") + 2
    except notes.BadNote:
        fits = False
    if not fits:
        reading.wrong(says.BAD_SEAL)


def _finish(reading: Reading) -> None:
    reading.line = 0
    if reading.said_size != reading.count:
        reading.wrong(says.CUT, said=reading.said_size, found=reading.count)
    if reading.covered != reading.count:
        reading.wrong(says.NO_LAST_CHECKPOINT)
    if any(str(key) not in reading.announced for key in reading.keys[1:]):
        reading.wrong(says.UNKNOWN_KEY)
    for size in sorted(size for size in reading.kept if size > reading.count):
        reading.wrong(says.KEPT_LONGER, said=size, found=reading.count)
    for name in reading.reports.values():
        if name not in reading.report.published:
            reading.wrong(says.NOT_PUBLISHED, name=name)
    _finish_erasures(reading)


def _finish_erasures(reading: Reading) -> None:
    for uuid, (line, number) in reading.closed.items():
        if reading.erased.get(uuid, -1) <= number:
            reading.report.problems.append(Finding(says.HIDDEN, {}, line, number))
    shown = reading.erased.keys() & reading.seen - reading.closed.keys()
    reading.report.problems += [Finding(says.NOT_ERASED)] * len(shown)
    reading.report.erased = len(reading.closed)
