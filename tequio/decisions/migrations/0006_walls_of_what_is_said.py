"""What PostgreSQL itself refuses: what is said in other networks, and any change of a text that was written."""

from django.db import migrations

from tequio.core.walls import append_only, wall

TABLES = ("question", "reaction", "attachment", "relation")


class Migration(migrations.Migration):
    dependencies = [("decisions", "0005_what_is_said")]

    operations = [
        *[operation for table in TABLES for operation in wall(f"decisions_{table}")],
        *append_only("decisions_version"),
    ]
