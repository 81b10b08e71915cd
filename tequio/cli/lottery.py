"""The command `tequio lottery`: odds, draw and verify, with files alone and no database."""

import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tequio.cli.exchanging import speak
from tequio.cli.trouble import Trouble
from tequio.cli.words import gettext_now as _
from tequio.cli.words import ngettext_now as ngettext
from tequio.cli.words import plain

if TYPE_CHECKING:
    from tequio.elections.rules.lots import Lot, Panel


def odds(features: Path | None, pool: Path, *, size: int, id_column: str | None, as_json: bool) -> None:
    """Print everybody's probability, and the panels that give it."""
    _speak_nowhere()
    from tequio.elections.formats import lots as formats
    from tequio.elections.rules import leximin
    from tequio.elections.rules.lots import Impossible

    try:
        lot = formats.read_lot(
            features=(features.name, _content(features)) if features else None,
            pool=(pool.name, _content(pool)),
            size=size,
            id_column=id_column,
        )
        found = formats.document(lot, leximin.panels(lot))
    except formats.BadLot as wrong:
        raise Trouble(str(wrong)) from wrong
    except Impossible as problem:
        raise Trouble(formats.why(problem)) from problem
    except leximin.NoSolver as missing:
        raise Trouble(
            _("Odds with quotas need the solver: install the packages highspy and numpy.")
        ) from missing
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _show_odds(found)


def _show_odds(found: dict[str, Any]) -> None:
    width = max(len(one) for one in found["odds"])
    for one, share in found["odds"].items():
        print(plain(f"{one:<{width}}  {100 * share:6.2f} %"))
    panels = len(found["panels"])
    print(
        ngettext(
            "%(panels)s panel on %(tickets)s tickets; the smallest probability is %(min)s %%.",
            "%(panels)s panels on %(tickets)s tickets; the smallest probability is %(min)s %%.",
            panels,
        )
        % {"panels": panels, "tickets": found["tickets"], "min": f"{100 * found['min']:.2f}"}
    )


def draw(odds_file: Path, *, randomness: str, as_json: bool, bundle: Path | None) -> None:
    """Draw a panel and its reserves from odds and a number that nobody could choose.

    A terminal is shown the names; a file or another program is given JSON.
    """
    said = randomness.strip().lower()
    if not re.fullmatch(r"(?:[0-9a-f]{2}){1,256}", said):
        raise Trouble(_("--randomness takes hexadecimal digits, two for each byte."))
    _speak_nowhere()
    from tequio.elections.formats import lots as formats
    from tequio.elections.rules.drawing import RULE, draw, seed_of
    from tequio.elections.rules.lot_facts import commitment_of

    found, lot, panels = _opened(odds_file)
    commitment = commitment_of(found)
    drawn = draw(lot, panels, seed=seed_of(commitment=commitment, randomness=said))
    result = {
        "rule": RULE,
        "commitment": commitment,
        "beacon": None,
        "randomness": said,
        "ticket": drawn.ticket,
        "panel": list(drawn.panel),
        "reserves": list(drawn.reserves),
    }
    if bundle:
        whole = {**formats.document(lot, panels), "draw": result}
        bundle.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if as_json or not sys.stdout.isatty():
        print(json.dumps(result, ensure_ascii=False, indent=1))
        return
    print(_("Drawn:"), *map(plain, drawn.panel), sep="\n  ")
    print(_("Reserves, in order:"), *map(plain, drawn.reserves), sep="\n  ")


def verify(file: Path, *, as_json: bool = False) -> int:
    """Check a document of a lot and its draw with no solver and no database; 1 where it does not hold."""
    _speak_nowhere()
    from tequio.elections.rules import lot_facts

    found, lot, panels = _opened(file, whole=False)
    problems, drawn = list(dict.fromkeys(lot_facts.problems_of(found))), found.get("draw")
    if as_json:
        print(
            json.dumps({"ok": not problems, "problems": problems, "drawn": bool(drawn)}, ensure_ascii=False)
        )
    else:
        _show_check(lot, panels, drawn, problems)
    return 1 if problems else 0


def _show_check(lot: "Lot", panels: "tuple[Panel, ...]", drawn: Any, problems: list[str]) -> None:
    from tequio.register.formats.report import say_why

    for problem in problems:
        print(plain(_("This does not hold: %(why)s") % {"why": say_why(problem)}), file=sys.stderr)
    if problems:
        return
    seats = ngettext("%(size)s seat", "%(size)s seats", lot.size) % {"size": lot.size}
    print(
        ngettext(
            "The odds hold: %(pool)s in the pool, %(seats)s, %(panels)s panel that keeps every quota.",
            "The odds hold: %(pool)s in the pool, %(seats)s, %(panels)s panels that keep every quota.",
            len(panels),
        )
        % {"pool": len(lot.pool), "seats": seats, "panels": len(panels)}
    )
    if not drawn:
        print(_("Nothing was drawn yet."))
        return
    if drawn.get("beacon"):
        print(_("The number is the beacon's own: its signature was checked."))
    else:
        print(_("Who brought the number was not checked."))
    print(_("The draw gives these names again:"), *map(plain, drawn["panel"]), sep="\n  ")


def _opened(file: Path, *, whole: bool = True) -> "tuple[dict[str, Any], Lot, tuple[Panel, ...]]":
    from tequio.elections.formats import lots as formats
    from tequio.elections.rules.lots import faults
    from tequio.register.formats.report import say_why

    try:
        found = formats.load(_content(file), name=file.name)
        lot, panels = formats.lot_of(found, name=file.name)
    except formats.BadLot as wrong:
        raise Trouble(str(wrong)) from wrong
    if whole and (wrong_panels := list(faults(lot, panels))):
        raise Trouble(_("This does not hold: %(why)s") % {"why": say_why(wrong_panels[0])})
    return found, lot, panels


def _content(file: Path) -> bytes:
    if not file.is_file():
        raise Trouble(_("%(file)s is not there.") % {"file": file})
    return file.read_bytes()


def _speak_nowhere() -> None:
    """Load Django for its texts alone: no home, no database, nothing left behind."""
    with tempfile.TemporaryDirectory(prefix="tequio-lottery-") as nowhere:
        os.environ |= {"TEQUIO_HOME": nowhere, "TEQUIO_SECRET_KEY": os.urandom(32).hex()}
        speak()
