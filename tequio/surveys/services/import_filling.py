"""Writing the replies of a file, a thousand at a time, in as many statements as for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime

from tequio.people.models import Organization
from tequio.people.rules.names import folded_name
from tequio.surveys.formats.answers.doubts import Respondent
from tequio.surveys.models import Answer, Batch, Reply, Source, Tick, Version
from tequio.surveys.rules.instrument import Instrument, Question, Value
from tequio.surveys.services.import_planning import Plan, Ready

_AT_ONCE = 1_000


def write_replies(
    *, batch: Batch, plan: Plan, version: Version, now: datetime, progress: Callable[[int], None]
) -> int:
    """Write every reply that is new, with its answers and ticks; return how many."""
    for start in range(0, len(plan.ready), _AT_ONCE):
        part = plan.ready[start : start + _AT_ONCE]
        _write(batch, part, version, plan.instrument, now)
        progress(start + len(part))
    return len(plan.ready)


def _write(
    batch: Batch, part: Sequence[Ready], version: Version, instrument: Instrument, now: datetime
) -> None:
    role = instrument.with_role("ORGANIZATION")
    names = [_name(ready.respondent, role) for ready in part]
    ours = _ours({folded_name(name) for name in names if name})
    replies = [
        _reply(batch, ready, version, name, ours, now) for ready, name in zip(part, names, strict=True)
    ]
    Reply.objects.bulk_create(replies)
    answers: list[Answer] = []
    ticks: list[Tick] = []
    for reply, ready in zip(replies, part, strict=True):
        for key, value in ready.respondent.values.items():
            if value.text or value.date or value.number is not None:
                answers.append(_answer(reply, key, value))
            ticks += [Tick(reply=reply, question=key, option=option) for option in value.chosen]
            ticks += [
                Tick(reply=reply, question=key, row=row, option=option) for row, option in value.rows.items()
            ]
    Answer.objects.bulk_create(answers, batch_size=5_000)
    Tick.objects.bulk_create(ticks, batch_size=5_000)


def _name(one: Respondent, role: Question | None) -> str:
    return " ".join(one.values.get(role.key, Value()).text.split())[:200] if role else ""


def _ours(folded: set[str]) -> dict[str, int]:
    """Return the organizations of the network by their folded names."""
    rows = Organization.objects.filter(folded__in=folded, merged_into=None).order_by("-pk")
    return dict(rows.values_list("folded", "pk")) if folded else {}


def _reply(
    batch: Batch, ready: Ready, version: Version, name: str, ours: Mapping[str, int], now: datetime
) -> Reply:
    one = ready.respondent
    sent = _instant(one.sent) or now
    folded = folded_name(name) if name else ""
    return Reply(
        survey=batch.survey, version=version, once=ready.once, source=Source.FILE, batch=batch,
        language=_language(one.language, version), organization_id=ours.get(folded), organization_name=name,
        folded=folded, began_at=min(_instant(one.began) or sent, sent), changed_at=now, sent_at=min(sent, now),
    )  # fmt: skip


def _language(written: str, version: Version) -> str:
    """Return the language in which somebody answered, or the first of the survey."""
    languages = list(version.document.get("languages") or ["en"])
    wanted = written.casefold().replace("_", "-")
    same = [one for one in languages if one.casefold() == wanted]
    near = [one for one in languages if wanted and one.casefold().split("-")[0] == wanted.split("-")[0]]
    return str((same or near or languages)[0])


def _instant(written: str) -> datetime | None:
    """Return the instant that a file tells; one without a zone is taken as UTC."""
    if not written:
        return None
    found = datetime.fromisoformat(written)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _answer(reply: Reply, key: str, value: Value) -> Answer:
    day = date.fromisoformat(value.date) if value.date else None
    return Answer(reply=reply, question=key, text=value.text, number=value.number, date=day)
