import django.db.models.deletion
from django.db import migrations, models

from tequio.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [
        ("founding", "0003_charter_changes"),
        ("networks", "0004_charter_ways"),
        ("people", "0003_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="MappedActor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=20)),
                ("name", models.JSONField(default=dict)),
                ("texts", models.JSONField(default=dict)),
                (
                    "effect",
                    models.CharField(
                        blank=True,
                        choices=[("HARMED", "is harmed"), ("MIXED", "both"), ("HELPED", "is helped")],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "influence",
                    models.CharField(
                        blank=True,
                        choices=[("HIGH", "high"), ("MEDIUM", "medium"), ("LOW", "low")],
                        default="",
                        max_length=10,
                    ),
                ),
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
                "constraints": [models.UniqueConstraint(fields=("network", "key"), name="actor_once")],
            },
        ),
        migrations.CreateModel(
            name="PlannedAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=20)),
                ("objective", models.CharField(blank=True, default="", max_length=20)),
                ("texts", models.JSONField(default=dict)),
                ("who", models.CharField(blank=True, default="", max_length=120)),
                ("until", models.DateField(blank=True, null=True)),
                ("means", models.JSONField(blank=True, default=dict)),
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
                    models.UniqueConstraint(fields=("network", "key"), name="planned_action_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SpecificObjective",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=20)),
                ("texts", models.JSONField(default=dict)),
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
                    models.UniqueConstraint(fields=("network", "key"), name="specific_objective_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Territory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=20)),
                (
                    "level",
                    models.CharField(
                        choices=[("COUNTRY", "a country"), ("REGION", "a region"), ("CITY", "a city")],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "city",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.place",
                    ),
                ),
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
                "constraints": [models.UniqueConstraint(fields=("network", "key"), name="territory_once")],
            },
        ),
        *wall("founding_mappedactor"),
        *wall("founding_territory"),
        *wall("founding_specificobjective"),
        *wall("founding_plannedaction"),
    ]
