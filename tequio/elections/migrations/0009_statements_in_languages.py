"""What a candidate says can stand in each language of the network."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("elections", "0008_secrets_of_a_lot")]

    operations = [
        migrations.AddField("option", "language", models.CharField(blank=True, default="", max_length=10)),
        migrations.AddField("option", "translations", models.JSONField(blank=True, default=dict)),
    ]
