"""How the command `tequio lottery` is asked; what it does is loaded when it is called."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tequio.cli.words import gettext_now as _
from tequio.cli.words import whole

Command = Callable[..., argparse.ArgumentParser]


def describe(every: Any, command: Command) -> None:
    """Add the command `lottery` with its three steps."""
    lottery = command(
        every, "lottery", _("draw lots with quotas, and check a draw; needs no database"),
        "tequio lottery odds --features quotas.csv --pool pool.csv --size 9 --json", _odds,
    )  # fmt: skip
    steps = lottery.add_subparsers(dest="step", required=True, metavar=_("STEP"))
    odds = command(
        steps, "odds", _("compute everybody's probability"),
        "tequio lottery odds --features quotas.csv --pool pool.csv --size 9 --json > odds.json", _odds,
    )  # fmt: skip
    odds.add_argument("--pool", type=Path, required=True, metavar="FILE", help=_("who is in it: CSV"))
    odds.add_argument(
        "--features", type=Path, metavar="FILE",
        help=_("the quotas: CSV with feature, value, min, max (default: a lot without quotas)"),
    )  # fmt: skip
    odds.add_argument("--size", type=whole, required=True, metavar="N", help=_("how many seats"))
    odds.add_argument("--id", metavar="COLUMN", help=_("the column that names each (default: the first)"))
    draw = command(
        steps, "draw", _("draw a panel and its reserves"),
        "tequio lottery draw --odds odds.json --randomness 3ee41d75… --bundle drawn.json", _draw,
    )  # fmt: skip
    draw.add_argument("--odds", type=Path, required=True, metavar="FILE", help=_("what odds --json wrote"))
    draw.add_argument(
        "--randomness", required=True, metavar="HEX", help=_("a number that nobody could foresee or choose")
    )
    draw.add_argument("--bundle", type=Path, metavar="FILE", help=_("write all that a check needs"))
    check = command(
        steps, "verify", _("check the odds and the draw of a lot"), "tequio lottery verify drawn.json",
        _verify,
    )  # fmt: skip
    check.add_argument("bundle", type=Path, metavar="BUNDLE")
    for one in (odds, draw, check):
        one.add_argument("--json", action="store_true", help=_("answer as JSON"))


def _odds(asked: argparse.Namespace) -> None:
    from tequio.cli import lottery

    lottery.odds(asked.features, asked.pool, size=asked.size, id_column=asked.id, as_json=asked.json)


def _draw(asked: argparse.Namespace) -> None:
    from tequio.cli import lottery

    lottery.draw(asked.odds, randomness=asked.randomness, as_json=asked.json, bundle=asked.bundle)


def _verify(asked: argparse.Namespace) -> int:
    from tequio.cli import lottery

    return lottery.verify(asked.bundle, as_json=asked.json)
