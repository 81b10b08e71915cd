"""Sounds as phones and recorders make them can lie beside a proposal."""

from django.db import migrations, models

KNOWN = [
    "pdf", "odt", "ods", "odp", "docx", "xlsx", "pptx", "png", "jpg", "webp", "mp3", "ogg", "m4a", "wav", "txt", "csv",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("decisions", "0018_earlier_answers_without_a_name")]

    operations = [
        migrations.RemoveConstraint("attachment", "file_format_known"),
        migrations.AlterField(
            "attachment", "format", models.CharField(choices=[(name, name) for name in KNOWN], max_length=8)
        ),
        migrations.AddConstraint(
            "attachment",
            models.CheckConstraint(condition=models.Q(("format__in", KNOWN)), name="file_format_known"),
        ),
    ]
