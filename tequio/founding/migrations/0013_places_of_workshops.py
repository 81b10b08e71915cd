"""Workshops know the cities of the table of places, and when their people were reminded."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("founding", "0012_workshops")]

    operations = [
        migrations.AddField("workshop", "country", models.CharField(blank=True, default="", max_length=2)),
        migrations.AddField("workshop", "places", models.JSONField(blank=True, default=list)),
        migrations.AddField("workshop", "reminded_at", models.DateTimeField(blank=True, null=True)),
    ]
