"""What PostgreSQL itself refuses: decisions of other networks, and any change of what an answer was before."""

from django.db import migrations

from tequio.core.walls import append_only, wall

TABLES = (
    "proposal",
    "version",
    "round",
    "elector",
    "answer",
    "answerchange",
    "objection",
    "outcome",
    "calendarkey",
)


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial")]

    operations = [
        *[operation for table in TABLES for operation in wall(f"decisions_{table}")],
        *append_only("decisions_answerchange"),
    ]
