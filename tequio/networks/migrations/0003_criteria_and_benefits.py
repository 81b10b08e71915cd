import django.db.models.deletion
from django.db import migrations, models

from tequio.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [("networks", "0002_walls")]

    operations = [
        migrations.AddField(
            model_name="criterion",
            name="answer",
            field=models.CharField(
                choices=[
                    ("YES_NO", "yes or no"),
                    ("TEXT", "in a few words"),
                    ("NUMBER", "with a number"),
                ],
                default="YES_NO",
                max_length=10,
            ),
        ),
        migrations.AddField(model_name="criterion", name="required", field=models.BooleanField(default=True)),
        migrations.CreateModel(
            name="Benefit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ARTICULATION", "to work with others"),
                            ("ADVOCACY", "to reach further in advocacy"),
                            ("EXCHANGE", "to exchange and think together"),
                            ("FUNDING", "to look for funds together"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("texts", models.JSONField(default=dict)),
                ("measure", models.JSONField(blank=True, default=dict)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "network",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.network",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("network", "position"), name="benefit_position_once")
                ],
            },
        ),
        *wall("networks_benefit"),
    ]
