"""What PostgreSQL itself refuses: the lots of other networks."""

from django.db import migrations

from tequio.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [("elections", "0003_lots")]

    operations = [*wall("elections_lot"), *wall("elections_entrant")]
