"""Writing a network into an archive: whole, or what of it is public."""

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio import __version__
from tequio.archive import selectors
from tequio.archive.formats import Writing, encode, seal_text
from tequio.archive.models import Arrival, CopyKind
from tequio.archive.rules import PUBLIC
from tequio.archive.selectors.tables import JOB_FIELDS, JOBS
from tequio.archive.services.documents import charters, readme
from tequio.core.access import Refused
from tequio.core.scoping import network_scope
from tequio.core.texts import say
from tequio.elections import selectors as elections
from tequio.founding import selectors as founding
from tequio.networks import selectors as networks
from tequio.networks.models import Network
from tequio.people import selectors as people
from tequio.register import selectors as register
from tequio.register import services as sealing
from tequio.register.formats import verifier
from tequio.register.keys import origin_of
from tequio.register.models import Checkpoint, Leaf

TRIES = 5
SEALED = gettext_lazy(
    "Names in an election are still sealed, and a copy would lose them. Open them first, or end the election."
)
MEMBER_COLUMNS = ("name", "kind", "country", "cities", "about", "themes", "website", "email", "phone")
STATEMENTS = ("purpose", "objective", "mission", "vision", "values")


def write(*, network: Network, kind: str, out: IO[bytes]) -> str:
    """Write an archive of a network and return the SHA-256 of the file, in hex.

    It is read as it stood at one moment, while others go on writing. Nothing new is signed where nothing is new, so
    that two archives of the same state are the same file. Raises Refused while the register grows without a pause, and
    while a whole copy would leave sealed names behind.
    """
    require_nothing_sealed(network=network, kind=kind)
    for _try in range(TRIES):
        with network_scope(network.pk):
            if not register.all_sealed():
                sealing.make_checkpoint(network=network)
        out.seek(0)
        out.truncate()
        try:
            with _one_moment(network):
                if register.all_sealed() or not register.size():
                    _write(Network.objects.get(pk=network.pk), kind, out)
                    return digest_of(file=out)
        except register.KeyNotAnnounced:
            with network_scope(network.pk):
                sealing.make_checkpoint(network=network)
    raise Refused(_("Too much happens right now. Try again in some minutes."))


def require_nothing_sealed(*, network: Network, kind: str) -> None:
    """Raise Refused for a whole copy while names are sealed: the database shows them to nobody, also not to us."""
    with network_scope(network.pk):
        if kind == CopyKind.PRIVATE and elections.has_sealed_names():
            raise Refused(str(SEALED))


def digest_of(*, file: IO[bytes]) -> str:
    """Return the SHA-256 of a file from its beginning, in hex."""
    file.seek(0)
    digest = hashlib.sha256()
    while part := file.read(1 << 20):
        digest.update(part)
    return digest.hexdigest()


@contextmanager
def _one_moment(network: Network) -> Iterator[None]:
    """Enter the network in a transaction that sees one moment; inside another one, that one's."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with network_scope(network.pk), timezone.override(ZoneInfo(network.time_zone)):
            yield


def rewrite(*, network: Network) -> str:
    """Write the archive of a network once more, inside the transaction that brings it in, and return its SHA-256."""
    with tempfile.TemporaryFile() as out, timezone.override(ZoneInfo(network.time_zone)):
        _write(network, CopyKind.PRIVATE, out)
        return digest_of(file=out)


def _write(network: Network, kind: str, out: IO[bytes]) -> None:
    seal = _seal_of(network)
    writing = Writing(out)
    writing.add("README.md", readme(network=network, kind=kind))
    for path, content in charters(network=network, public=kind == CopyKind.PUBLIC):
        writing.add(path, content)
    counts = _whole(network, writing, seal) if kind == CopyKind.PRIVATE else _public(network, writing)
    digest = writing.close(_about(network, kind, counts))
    writing.seal(seal(seal_text(origin_of(network.uuid), digest)))


def _seal_of(network: Network) -> Callable[[str], str]:
    """Return what signs: the kept seal for a text that was sealed where the network came from, else our key."""
    arrival = Arrival.objects.filter(network=network.uuid).first()
    kept: list[str] = arrival.seals if arrival else []

    def seal(text: str) -> str:
        return next(
            (note for note in kept if note.startswith(f"{text}\n")),
            None,
        ) or register.sign_or_refuse(text, network=network)

    return seal


def _whole(network: Network, writing: Writing, seal: Callable[[str], str]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for table in selectors.tables():
        rows = selectors.rows_of(table, network=network)
        writing.add_table(table.name, selectors.schema_of(table), rows)
        for path, content in selectors.blobs(table, rows):
            writing.add(path, content)
        counts[table.name] = len(rows)
    jobs = selectors.job_rows(network)
    writing.add_table(JOBS, JOB_FIELDS, jobs)
    counts[JOBS] = len(jobs)
    if register.size():
        lines = register.archive_lines(network=network, seal=seal)
        writing.add("register/register.jsonl", b"".join(lines))
        writing.add("register/verify.py", verifier())
    return counts


def _public(network: Network, writing: Writing) -> Mapping[str, int]:
    """Write what strangers may read anyway: rules, public articles, members that agreed to be shown, checkpoints."""
    counts = dict(_public_tables(network, writing))
    for name, rows in (
        ("statements", _statements()),
        ("members", _members()),
        ("articles", _articles()),
    ):
        columns = {"statements": ("key", "texts", "version"), "members": MEMBER_COLUMNS,
                   "articles": ("number", "heading", "texts")}[name]  # fmt: skip
        writing.add_table(name, {"fields": [{"name": column, "type": "any"} for column in columns]}, rows)
        counts[name] = len(rows)
    _public_register(writing)
    return counts


def _public_tables(network: Network, writing: Writing) -> Iterator[tuple[str, int]]:
    known = {table.label: table for table in selectors.tables()}
    for label, columns in PUBLIC.items():
        table = known[label]
        rows = [
            {column: row[column] for column in columns} for row in selectors.rows_of(table, network=network)
        ]
        writing.add_table(table.name, selectors.schema_of(table, columns), rows)
        yield table.name, len(rows)


def _statements() -> list[dict[str, Any]]:
    found = networks.statements(*STATEMENTS)
    return [
        {"key": key, "texts": found[key].texts, "version": found[key].version}
        for key in STATEMENTS
        if key in found
    ]


def _members() -> list[dict[str, Any]]:
    """Return what each member chose to show to everybody, and nothing else of it."""
    return [
        {column: _shown(member.get(column)) for column in MEMBER_COLUMNS}
        for member in people.public_members()
    ]


def _shown(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


def _articles() -> list[dict[str, Any]]:
    return [
        {"number": article.number, "heading": article.heading, "texts": article.texts}
        for article in founding.public_articles()
    ]


def _public_register(writing: Writing) -> None:
    """Write checkpoints and the hash of every entry: enough to check a proof, and nothing about anybody."""
    notes = Checkpoint.objects.order_by("size").values_list("note", flat=True)
    writing.add("register/checkpoints.txt", "\n".join(notes).encode())
    leaves = Leaf.objects.order_by("number").values_list("number", "hash")
    writing.add("register/leaves.csv", "".join(f"{n},{hashed}\r\n" for n, hashed in leaves).encode())
    writing.add("register/verify.py", verifier())


def _about(network: Network, kind: str, counts: Mapping[str, int]) -> dict[str, Any]:
    last = register.latest_checkpoint()
    return {
        "profile": "data-package",
        "name": network.slug,
        "id": str(network.uuid),
        "title": say(network.name, network.languages[0]),
        "created": encode(None, last.at if last else network.created_at),
        "tequio": {
            "kind": str(kind),
            "network": str(network.uuid),
            "slug": network.slug,
            "id": network.pk if kind == CopyKind.PRIVATE else 0,
            "key": last.key if last else "",
            "version": __version__,
            "tables": dict(counts),
        },
    }
