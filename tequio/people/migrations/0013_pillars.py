"""To which pillars of the network an organization belongs."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0012_gender"),
    ]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="pillars",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
            ),
        ),
    ]
