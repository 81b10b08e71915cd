"""What PostgreSQL itself refuses: rows of other networks."""

from django.db import migrations

from tequio.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_structure")]

    operations = [
        *wall("governance_circle"),
        *wall("governance_domainitem"),
        *wall("governance_seat"),
        *wall("governance_flownote"),
        *wall("governance_waiver"),
        *wall("governance_report"),
        *wall("governance_ringright"),
    ]
