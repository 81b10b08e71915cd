"""Writing down joint programs, and which organizations are in them as what. Source: CTX-04, CTX-05, CTX-06."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.texts import Texts
from tequio.people import access, events
from tequio.people.models import Organization, Program, ProgramPart, ProgramRole, ProgramStage
from tequio.people.rules.programs import Stage, wrong_with

DAY = timedelta(days=1)


@transaction.atomic
def record_program(
    *,
    by: Actor,
    title: Texts,
    about: Texts,
    first_on: date,
    last_on: date,
    stages: Sequence[Stage],
    language: str,
) -> Program:
    """Write a joint program down, with its days and its stages; their titles are in ``language``."""
    access.keep_programs.require(by)
    program = Program(title=dict(title), about=dict(about), starts_on=first_on, ends_on=last_on + DAY)
    _write(program, first_on, last_on, stages, language)
    events.program_recorded.record(program, by=by, **_told(program))
    return program


@transaction.atomic
def change_program(
    *, by: Actor, program: Program, title: Texts, about: Texts, first_on: date, last_on: date,
    stages: Sequence[Stage], language: str,
) -> Program:  # fmt: skip
    """Write a program down anew; what its title and its stages say in other languages stays."""
    access.keep_programs.require(by)
    program.title, program.about = {**program.title, **title}, {**program.about, **about}
    program.starts_on, program.ends_on = first_on, last_on + DAY
    _write(program, first_on, last_on, stages, language)
    events.program_changed.record(program, by=by, **_told(program))
    return program


def _write(program: Program, first_on: date, last_on: date, stages: Sequence[Stage], language: str) -> None:
    if wrong_with(first_on, last_on, stages):
        raise Refused(_("Every stage lies within the days of the program, the first day first."))
    program.save()
    before = {row.position: row.title for row in ProgramStage.objects.filter(program=program)}
    ProgramStage.objects.filter(program=program).delete()
    ProgramStage.objects.bulk_create(
        ProgramStage(
            program=program, position=place, title={**before.get(place, {}), language: stage.title},
            starts_on=stage.first_on, ends_on=stage.last_on + DAY,
        )
        for place, stage in enumerate(stages, start=1)
    )  # fmt: skip


def _told(program: Program) -> dict[str, Any]:
    return {
        "uuid": program.uuid,
        "title": program.title,
        "first": program.starts_on,
        "last": program.ends_on - DAY,
    }


@transaction.atomic
def join_program(*, by: Actor, program: Program, organization: Organization, role: str) -> ProgramPart:
    """Write down as what an organization is in a program: host, resident or partner; written again, it changes."""
    access.keep_programs.require(by)
    part, _new = ProgramPart.objects.update_or_create(
        program=program, organization=organization, defaults={"role": ProgramRole(role)}
    )
    events.program_joined.record(
        part, by=by, name=organization.name, title=program.title, role=part.role, uuid=program.uuid
    )
    return part


@transaction.atomic
def leave_program(*, by: Actor, part: ProgramPart) -> None:
    """Write down that an organization is no longer in a program."""
    access.keep_programs.require(by)
    events.program_left.record(
        part.program, by=by, name=part.organization.name, title=part.program.title, uuid=part.program.uuid
    )
    part.delete()
