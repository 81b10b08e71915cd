"""Who sees which field of a person and of an organization, in place of one mark for the public page."""

from django.db import migrations, models

KNOWN = '$.* ? (!(@ == "COORDINATION" || @ == "MEMBERS" || @ == "EVERYBODY"))'


def known_levels(table: str) -> migrations.RunSQL:
    """Let the database refuse a level that nobody knows."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_shows_known CHECK (NOT jsonb_path_exists(shows, '{KNOWN}'))",
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_shows_known",
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0004_contacts")]

    operations = [
        migrations.AddField("organization", "shows", models.JSONField(blank=True, default=dict)),
        # The owner's own walls stand aside for one statement: it touches every network alike.
        migrations.RunSQL(
            "ALTER TABLE people_organization NO FORCE ROW LEVEL SECURITY;"
            'UPDATE people_organization SET shows = \'{"name": "EVERYBODY"}\' WHERE shown;'
            "ALTER TABLE people_organization FORCE ROW LEVEL SECURITY;",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField("organization", "shown"),
        migrations.AddField("participant", "about", models.CharField(blank=True, default="", max_length=300)),
        migrations.AddField("participant", "phone", models.CharField(blank=True, default="", max_length=40)),
        migrations.AddField("participant", "shows", models.JSONField(blank=True, default=dict)),
        known_levels("people_organization"),
        known_levels("people_participant"),
    ]
