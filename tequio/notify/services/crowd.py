"""The same letter to many readers: rendered once a language, written and posted by the hundred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import override
from procrastinate.contrib.django import app as jobs

from tequio.notify.kinds import LETTERS, letter_kind
from tequio.notify.models import HowOften, Letter, Preference, State
from tequio.notify.rules import Reader
from tequio.notify.services.letters import can_send, current_network, draft, leaves, write

if TYPE_CHECKING:
    from tequio.networks.models import Network

AT_ONCE = 500
A_JOB = 50


@transaction.atomic
def mail_each(
    *,
    readers: Sequence[Reader],
    kind: str,
    template: str,
    context: Mapping[str, Any],
    key: str,
    personal: Mapping[int, Mapping[str, str]] | None = None,
) -> int:
    """Write the same letter to many readers, each in their language, once; return how many letters that made.

    ``personal`` holds by person what only their letter says, such as secret parts of links: plain letters, digits,
    dashes and underscores, under the same names for all. The queries do not grow with the readers but by the
    hundred. ``key`` and the person make each letter once.
    """
    network = current_network()
    made = 0
    for start in range(0, len(readers), AT_ONCE):
        part = _wanted(readers[start : start + AT_ONCE], kind=kind, key=key, network=network)
        letters = [
            letter
            for language in sorted({reader.language for reader, _how in part})
            for letter in _in_language(
                [(reader, how) for reader, how in part if reader.language == language],
                kind=kind, template=template, context=context, key=key, network=network, personal=personal or {},
            )
        ]  # fmt: skip
        Letter.objects.bulk_create(letters, ignore_conflicts=True)
        _post([letter.key for letter in letters if letter.state == State.WAITING])
        made += len(letters)
    return made


def _wanted(
    readers: Sequence[Reader], *, kind: str, key: str, network: Network | None
) -> list[tuple[Reader, str]]:
    """Return who gets the letter, and whether at once or in the weekly one."""
    sort = letter_kind(kind)
    known = set(
        Letter.objects.filter(key__in=[_key(key, reader) for reader in readers]).values_list("key", flat=True)
    )
    chosen: dict[int, str] = {}
    if network is not None and not LETTERS[sort].always:
        rows = Preference.objects.filter(person_id__in=[one.person_id for one in readers], kind=sort)
        chosen = dict(rows.values_list("person_id", "how_often"))
    wanted = []
    for reader in readers:
        how = leaves(kind=kind, chosen=chosen.get(reader.person_id, HowOften.NOW))
        if how is not None and _key(key, reader) not in known:
            wanted.append((reader, how))
    return wanted


def _key(key: str, reader: Reader) -> str:
    return f"{key}:{reader.person_id}"[:200]


def _in_language(
    readers: Sequence[tuple[Reader, str]],
    *,
    kind: str,
    template: str,
    context: Mapping[str, Any],
    key: str,
    network: Network | None,
    personal: Mapping[int, Mapping[str, str]],
) -> list[Letter]:
    """Render the letter once, with marks where something is personal, and put each reader's own in their place."""
    names = sorted({name for own in personal.values() for name in own})
    marks: dict[str, str] = defaultdict(lambda: f"x{uuid4().hex}x")
    letters, written = [], None
    for reader, how in readers:
        letter = draft(
            person_id=reader.person_id, address=reader.address, language=reader.language, kind=kind,
            key=_key(key, reader), network=network,
        )  # fmt: skip
        if how == HowOften.WEEKLY:
            letter.state = State.HELD
        if written is None:
            written = Letter(stop_url=marks["stop"] if letter.stop_url else "")
            with (
                override(reader.language),
                timezone.override(network.time_zone if network else None),
            ):
                said = {"network": network, **context, **{name: marks[name] for name in names}}
                write(letter=written, template=template, context=said)
        own = {marks[name]: personal.get(reader.person_id, {}).get(name, "") for name in names}
        _fill(letter, written, {**own, marks["stop"]: letter.stop_url})
        letters.append(letter)
    return letters


def _fill(letter: Letter, written: Letter, own: Mapping[str, str]) -> None:
    letter.subject, letter.text, letter.html = written.subject, written.text, written.html
    for mark, value in own.items():
        letter.text = letter.text.replace(mark, value)
        letter.html = letter.html.replace(mark, escape(value))


def _post(keys: Sequence[str]) -> None:
    """Start the jobs that send them, some at a time, with the transaction."""
    if not keys or not can_send():
        return
    ids = list(
        Letter.objects.filter(key__in=keys, state=State.WAITING).order_by("pk").values_list("pk", flat=True)
    )
    job = jobs.configure_task("tequio.notify.tasks.send_some")
    parts: list[Any] = [{"letter_ids": ids[start : start + A_JOB]} for start in range(0, len(ids), A_JOB)]
    job.batch_defer(*parts)
