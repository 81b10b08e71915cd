from django.db import migrations

from tequio.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]
    operations = [operation for table in ("archive_copy", "archive_offer") for operation in wall(table)]
