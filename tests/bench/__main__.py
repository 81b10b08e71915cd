"""``make bench``: what pages cost against a bare view, how the directory grows, how many voices a second,
how long lots take, and cross-tabs.

Everything is a ratio within this run: the same machine, the same minutes.
"""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402

from tequio.web import first_visit  # noqa: E402
from tests.bench.counting import counts  # noqa: E402
from tests.bench.ground import committed_world, session_of, set_up  # noqa: E402
from tests.bench.lots import lots  # noqa: E402
from tests.bench.masks import crosstabs  # noqa: E402
from tests.bench.matching import matching  # noqa: E402
from tests.bench.proving import books, checking  # noqa: E402
from tests.bench.serving import serve  # noqa: E402
from tests.bench.voices import voices  # noqa: E402

GOALS = {"list": 25, "details": 20}
PAGES = (
    ("details", "home", "/andina/home/"),
    ("list", "decisions", "/andina/decisions/"),
    ("details", "one decision", "/andina/decisions/{number}/"),
    ("list", "organizations", "/andina/organizations/"),
    ("details", "one organization", "/andina/organizations/{uuid}/"),
    ("list", "register", "/andina/register/"),
    ("details", "charter", "/andina/charter/"),
    ("list", "people", "/andina/people/"),
)


def pages() -> None:
    """Print the CPU and the bytes of each main page as times a bare view."""
    world = committed_world(rows=50)
    environment = {name: os.environ[name] for name in os.environ if name.startswith("TEQUIO_")}
    environment["DJANGO_SETTINGS_MODULE"] = "tequio.config.settings"
    # What a browser brings that was here before: its session, its form key, the stylesheet it has.
    brought = {
        settings.SESSION_COOKIE_NAME: session_of(world["ana"]),
        settings.CSRF_COOKIE_NAME: "a" * 32,
        first_visit.cookie(): first_visit.sheet().version,
    }
    cookie = "; ".join(f"{name}={value}" for name, value in brought.items())
    headers = {"Cookie": cookie, "Accept-Encoding": "gzip", "Host": "testserver"}
    with serve("tests.bench.bare:application", {}) as bare:
        floor = bare.cost("/", 4000, {})
    with serve("tequio.config.wsgi:application", environment) as real:
        for sort, name, path in PAGES:
            address = path.format(**world)
            ratio = real.cost(address, 150, headers) / floor
            weight = len(real.ask(address, 1, headers))
            goal = GOALS[sort]
            word = "within the goal" if ratio <= goal else "OVER the goal"
            print(
                f"{name:<18} {ratio:6.1f} x a bare view ({word} of {goal}), {weight:6} bytes gzipped",
                flush=True,
            )


def main() -> None:
    """Measure and print."""
    lots()
    crosstabs()
    with set_up():
        matching()
    with set_up():
        pages()
    checking()
    with set_up():
        books()
    for electorate, within in ((500, 0), (3000, 0), (3000, 60)):
        with set_up():
            print(voices(electorate, within=within), flush=True)
    for line in counts():
        print(line, flush=True)


if __name__ == "__main__":
    main()
