from django.db import migrations

from tequio.core.walls import wall

TABLES = (
    "founding_answer",
    "founding_sharedtext",
    "founding_stepagreement",
    "founding_place",
    "founding_charter",
    "founding_article",
)


class Migration(migrations.Migration):
    dependencies = [("founding", "0001_initial")]
    operations = [operation for table in TABLES for operation in wall(table)]
