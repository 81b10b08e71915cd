from django.db import migrations

from tequio.core.walls import wall

TABLES = (
    "networks_governance",
    "networks_joining",
    "networks_criterion",
    "networks_statement",
    "networks_pillar",
    "networks_rhythm",
    "networks_contactperson",
    "networks_need",
)


class Migration(migrations.Migration):
    dependencies = [("networks", "0001_initial")]
    operations = [operation for table in TABLES for operation in wall(table)]
