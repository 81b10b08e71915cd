"""An interview can be kept as WAV, as recorders make it."""

from django.db import migrations, models

SOUNDS = ["mp3", "ogg", "m4a", "wav"]


class Migration(migrations.Migration):
    dependencies = [("surveys", "0009_names_beside_releases")]

    operations = [
        migrations.RemoveConstraint("recording", "recording_format_known"),
        migrations.AlterField(
            "recording",
            "format",
            models.CharField(blank=True, choices=[(name, name) for name in SOUNDS], default="", max_length=8),
        ),
        migrations.AddConstraint(
            "recording",
            models.CheckConstraint(
                condition=models.Q(("format__in", ["", *SOUNDS])), name="recording_format_known"
            ),
        ),
    ]
