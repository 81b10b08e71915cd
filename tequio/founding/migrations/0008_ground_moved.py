"""The ground of a network is kept in ``networks`` from here on; the tables went there as they were."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("founding", "0007_shared_answers"), ("networks", "0005_ground")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name=name)
                for name in ("MappedActor", "Territory", "SpecificObjective", "PlannedAction")
            ],
        ),
    ]
