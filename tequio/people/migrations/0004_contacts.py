import django.db.models.deletion
from django.db import migrations, models

from tequio.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [
        ("networks", "0004_charter_ways"),
        ("people", "0003_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("reach", models.CharField(max_length=300)),
                ("outside", models.BooleanField(default=False)),
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
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.participant",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("network", "position"), name="listener_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(("outside", False), ("participant", None), _connector="OR"),
                        name="outside_is_nobody_here",
                    ),
                ],
            },
        ),
        *wall("people_contact"),
    ]
