"""What PostgreSQL itself refuses: asks and preferences of other networks."""

from django.db import migrations

from tequio.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [("notify", "0001_initial")]

    operations = [
        *wall("notify_ask"),
        *wall("notify_preference"),
    ]
