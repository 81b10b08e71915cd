"""What PostgreSQL itself refuses: rows of other networks. A person reads their own participations anywhere."""

from django.db import migrations

from tequio.core.walls import own_rows_readable, wall


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        *wall("people_organization"),
        *wall("people_alias"),
        *wall("people_operation"),
        *wall("people_membership"),
        *wall("people_participant"),
        *wall("people_invitation"),
        *wall("people_recovery"),
        *wall("people_vouch"),
        *own_rows_readable("people_participant"),
    ]
