"""The deferred jobs of a test, run in the test's own transaction."""

from django.db import connection
from procrastinate.contrib.django import app


def run_due_jobs(*, rounds: int = 10) -> int:
    """Run every job that is due, and those that they defer; return how many ran."""
    done = 0
    for _ in range(rounds):
        jobs = _due()
        if not jobs:
            return done
        for number, task, arguments in jobs:
            app.tasks[task].func(**arguments)
            _finish(number)
            done += 1
    raise AssertionError("The jobs keep deferring one another.")


def _due() -> list[tuple[int, str, dict[str, object]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo' "
            "AND (scheduled_at IS NULL OR scheduled_at <= now()) ORDER BY id"
        )
        return [
            (n, t, a if isinstance(a, dict) else __import__("json").loads(a)) for n, t, a in cursor.fetchall()
        ]


def _finish(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [number])
