"""The export and its check: nothing true is refused, nothing changed is accepted."""

import os
import random
import re
import time
from dataclasses import replace

import pytest
from django.utils import translation

from tequio.register.events import sentence
from tequio.register.formats import verify, verifying
from tequio.register.rules import notes
from tequio.register.rules.canonical import canonical
from tequio.register.rules.flaws import Flaw
from tests.register.exports import (
    RECOMPUTERS,
    SIGNER,
    THIEF,
    checkpoint,
    export,
    facts_of,
    lively,
    read,
    record,
)

PROOF = bool(os.environ.get("PROOF"))
KEY = str(SIGNER.verifier)


def check(lines, **known):
    return verify(lines, recomputers=RECOMPUTERS, **known)


def said(report):
    return " ".join(map(str, report.problems))


def test_a_clean_export_holds():
    records = lively()
    report = check(
        export(records, points=(1, 7, 16)), known_checkpoints=[checkpoint(records[:9])], trusted_key=KEY
    )

    assert said(report) == ""
    assert (report.size, report.erased, report.checkpoints, report.witnessed) == (24, 1, 4, 1)
    assert report.recomputed == {"tests.majority/1": 4}
    assert report.trusted


def test_the_report_speaks_plainly():
    records = [*lively(), record(24, facts={"rule": "lots/9"})]
    assert check(export(records, points=(7,))).sentences() == [
        "The register of Test network is whole.",
        "25 entries, unchanged.",
        "2 checkpoints of the file fit them.",
        "4 outcomes recomputed: the same results.",
        "1 entry whose content was erased, with its ground.",
        "This version does not know the rule lots/9, so its outcomes were not recomputed.",
        "No checkpoint kept elsewhere was compared. Give one from an old e-mail to be sure that history was not"
        " written anew.",
        f"Compare the key with the one you know: {KEY}",
    ]
    kept = check(export(records), known_checkpoints=[checkpoint(records[:5])], trusted_key=KEY).sentences()
    assert kept[-1] == "1 checkpoint that you kept fits them too."
    assert check([]).sentences() == ["This register does not hold.", "The file is empty."]


def test_the_short_way_finds_what_the_long_way_finds(monkeypatch):
    """Entries of the usual form are not read as JSON as a whole: reading all of them finds the same, byte for byte."""
    dice = random.Random(7)
    raw = b"".join(export(lively(), points=(5, 11)))
    changed = []
    for _attempt in range(5000 if PROOF else 200):
        place, other = dice.randrange(len(raw)), bytes([dice.choice(b'"{}[]\\,:0aA \n\xcc\x81')])
        changed.append(
            (raw[:place] + other + raw[place + dice.choice((0, 1, 1, 2)) :]).splitlines(keepends=True)
        )
    short = [str(check(lines)) for lines in changed]

    monkeypatch.setattr(verifying, "OPENED", re.compile("(?!)"))

    assert [str(check(lines)) for lines in changed] == short


@pytest.mark.parametrize("size", [0, 1, 2, 3, 8, 31])
def test_no_false_alarm_at_any_size(size):
    records = [record(number) for number in range(size)]
    assert said(check(export(records, points=tuple(range(1, size + 1, 3))))) == ""


def test_no_byte_can_change():
    lines = export(lively(), points=(5, 11))
    raw = b"".join(lines)
    places = range(len(raw)) if PROOF else random.Random(1).sample(range(len(raw)), 400)
    chance = random.Random(2)
    for place in places:
        changed = bytearray(raw)
        changed[place] ^= chance.randint(1, 255)
        assert not check(bytes(changed).splitlines(keepends=True)).ok, f"byte {place} changed unseen"
        assert not check(split(bytes(changed))).ok


def split(raw):
    """Cut at line feeds only, as a file opened in binary does."""
    return [part + b"\n" for part in raw.split(b"\n")[:-1]] + (
        [raw.split(b"\n")[-1]] if raw[-1:] != b"\n" else []
    )


@pytest.mark.parametrize("field", ["adopted", "yes", "title"])
def test_a_changed_outcome_is_named_even_by_somebody_who_signs_again(field):
    records = lively()
    facts = facts_of(9) | {field: {"adopted": False, "yes": 0, "title": "Ano 9"}[field]}
    records[9] = replace(records[9], opening={**records[9].opening, "facts": facts})

    problem = check(export(records)).problems[0]

    assert (problem.number, problem.line) == (9, 11)
    assert "promised" in str(problem)


def test_an_outcome_that_was_wrong_from_the_start_is_named():
    records = [*lively(9), record(10, facts=facts_of(4) | {"adopted": False})]
    assert "entry 10: The outcome cannot be recomputed: 4 to 1 is not False." in said(check(export(records)))


@pytest.mark.parametrize(
    ("tongue", "why"),
    [
        ("en", "somebody took part who had no voice"),
        ("es", "participó alguien que no tenía voz"),
        ("pt-br", "participou alguém que não tinha voz"),
    ],
)
def test_why_an_outcome_does_not_come_out_is_said_in_the_readers_language(tongue, why):
    """The file is read in one language, and its report in another."""
    entry = record(0, facts={"rule": "tests.majority/1"})
    found = verify(
        export([entry]),
        recomputers={"tests.majority/1": lambda _facts: [Flaw("somebody took part who had no voice")]},
    )
    with translation.override(tongue):
        assert why in said(found)


def test_a_rule_nobody_knows_is_said_and_a_recomputer_that_breaks_is_a_problem():
    records = [record(0, facts={"rule": "lots/9"}), record(1, facts={"rule": "tests.majority/1"})]
    report = check(export(records))
    assert report.unknown_rules == {"lots/9": 1}
    assert "KeyError('yes')" in said(report)


def test_content_cannot_hide():
    records = lively()
    records[4] = record(4, erased=True)
    report = check(export(records))
    assert [(one.number, "no entry says" in str(one)) for one in report.problems] == [(4, True)]


def test_what_was_erased_does_not_come_back():
    records = lively()
    records[2] = record(2)
    assert "says that it was erased" in said(check(export(records)))


def test_a_key_written_down_tells_a_forger_apart():
    forged = export(lively(), signer=THIEF)
    assert check(forged).ok
    assert "another key" in said(check(forged, trusted_key=KEY))
    assert "cannot be read" in said(check(forged, trusted_key="AbC"))


def test_a_stolen_key_cannot_rewrite_what_a_mailbox_keeps():
    kept = f"Hola\n\n{checkpoint(lively()[:9])}Adiós".replace("\n", "\r\n> > ")
    rewritten = lively()
    rewritten[3] = record(3, facts={"who": "Ana", "answer": "object"})
    lines = export(rewritten, points=(4, 9))

    assert check(lines).ok
    assert "written anew" in said(check(lines, known_checkpoints=[kept]))
    assert "Entries are missing" in said(check(export(lively()[:7]), known_checkpoints=[kept]))
    assert "holds none" in said(check(lines, known_checkpoints=["Hola"]))
    assert "another register" in said(check(lines, known_checkpoints=[checkpoint(lively(), THIEF)]))


def test_a_new_key_needs_an_entry_that_says_so():
    old = [record(number) for number in range(4)]
    changed = record(4, kind="register.key_changed", facts={"old": str(THIEF.verifier), "new": KEY})
    keys = {"keys": [str(THIEF.verifier), KEY]}
    for records, fine in (([*old, changed], True), ([*old, record(4)], False)):
        lines = resealed(export(records, points=(5,)), point=checkpoint(old, THIEF), at=5, **keys)
        report = check(lines, trusted_key=KEY)
        assert report.ok is fine, said(report)


def resealed(lines, *, point, at, **header):
    """Put a checkpoint after this many lines, change the header, and seal again."""
    from tequio.register.formats.writing import seal_text

    body = [canonical(read(lines[0]) | header) + b"\n", *lines[1:at]]
    body += [canonical({"type": "checkpoint", "note": point}) + b"\n", *lines[at:-1]]
    import hashlib

    digest = hashlib.sha256(b"".join(body)).hexdigest()
    note = notes.sign(seal_text(SIGNER.name, digest), signer=SIGNER)
    return [*body, canonical({"type": "seal", "note": note}) + b"\n"]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [b""],
        [b"\n"],
        [b"{}\n"],
        [b"[" * 10_000 + b"\n"],
        [b'{"format":"tequio-export/1","type":"header"}\n'],
        [b'{"format":"tequio-export/2","type":"header"}\n'],
        [b"PK\x03\x04 a spreadsheet"],
    ],
)
def test_other_files_are_refused_in_words(lines):
    report = check(lines)
    assert not report.ok
    assert report.sentences()


@pytest.mark.parametrize("cut", [1, 2, 5, -2, -1])
def test_a_cut_file_is_refused(cut):
    assert not check(export(lively())[:cut]).ok


def test_nothing_follows_the_seal():
    lines = export(lively())
    assert "after the seal" in said(check([*lines, b"\n"]))
    assert not check([*lines[:-1], lines[-1].replace(b'"}\n', b'\\n\xe2\x80\x94 x AAAAAAA=\\n"}\n')]).ok


def test_random_attacks_are_all_found():
    chance = random.Random(7)
    records = lively(40)
    honest = export(records, points=(10, 20, 30))
    kept = [checkpoint(records[:size]) for size in (10, 25)]
    for attempt in range(1000 if PROOF else 100):
        name, attack = chance.choice(ATTACKS)
        lines = attack(chance, list(honest), records)
        assert not check(lines, known_checkpoints=kept, trusted_key=KEY).ok, f"{name} ({attempt}) unseen"
        assert check(honest, known_checkpoints=kept, trusted_key=KEY).ok


def edit(chance, lines, records):
    place = chance.randrange(1, len(lines) - 1)
    lines[place] = lines[place].replace(chance.choice([b"a", b"1", b"0"]), b"7", 1)
    return lines if lines[place] != export(records, points=(10, 20, 30))[place] else lines[:-1]


def delete(chance, lines, _records):
    del lines[chance.randrange(len(lines))]
    return lines


def insert(chance, lines, _records):
    lines.insert(chance.randrange(1, len(lines)), lines[chance.randrange(1, len(lines))])
    return lines


def reorder(chance, lines, _records):
    one, other = chance.sample(range(1, len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def truncate(chance, lines, _records):
    return lines[: chance.randrange(len(lines))]


def replay(chance, _lines, records):
    """An old export of the same register, honestly signed, in place of today's."""
    return export(records[: chance.randrange(25)])


def rewrite_without_the_key(chance, _lines, records):
    return export(rewritten(chance, records), points=(10, 20, 30), signer=THIEF)


def rewrite_with_the_stolen_key(chance, _lines, records):
    return export(rewritten(chance, records), points=(10, 20, 30))


def rewrite_the_database(chance, _lines, records):
    """Somebody edits rows and lets the honest server export them, old checkpoints and all."""
    from tequio.register.formats import write_export

    return list(
        write_export(
            network=SIGNER.name.removeprefix("tequio/"),
            name={},
            made_at="2026-04-01T00:00:00Z",
            size=len(records),
            records=rewritten(chance, records),
            checkpoints={size: checkpoint(records[:size]) for size in (10, 20, 30)},
            keys=[KEY],
            signer=SIGNER,
        )
    )


def rewritten(chance, records):
    place = chance.randrange(25)
    forged = list(records)
    forged[place] = record(place, facts={"who": "Ana", "answer": f"other {chance.random()}"})
    return forged


ATTACKS = [
    (function.__name__, function)
    for function in (
        edit,
        delete,
        insert,
        reorder,
        truncate,
        replay,
        rewrite_without_the_key,
        rewrite_with_the_stolen_key,
        rewrite_the_database,
    )
]


def test_a_hundred_thousand_entries_take_a_few_seconds():
    count = 100_000 if PROOF else 10_000
    lines = export([record(number) for number in range(count)], points=(100, count // 2))
    start = time.process_time()
    report = check(lines)
    spent = time.process_time() - start
    assert report.ok, said(report)
    assert spent < count / 25_000  # Measured: less than half of this.


@pytest.mark.parametrize(
    ("tongue", "said_at"),
    [("es", "el 25 de noviembre de 2026, 17:00 UTC"), ("en", "at November 25, 2026, 17:00 UTC")],
)
def test_an_instant_is_said_in_words(tongue, said_at):
    facts = {"who": "Ana", "title": "Foro", "round": 1, "draws_at": "2026-11-25 17:00 UTC"}
    with translation.override(tongue):
        assert said_at in sentence("elections.draw_announced", facts)
