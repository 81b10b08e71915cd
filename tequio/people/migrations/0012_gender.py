"""What somebody says of their gender, to be counted and not read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_standing_listed"),
    ]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="gender",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
    ]
