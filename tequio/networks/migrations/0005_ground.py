"""The ground on which a network stands, from the founding path down to where every app may read it.

The tables keep their rows, walls and rights: they are renamed. A place keeps the number of its city without a foreign
key, since places are known above.
"""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("mappedactor", "territory", "specificobjective", "plannedaction")
DOWN = "".join(f"ALTER TABLE founding_{table} RENAME TO networks_{table};" for table in TABLES)
UP = "".join(f"ALTER TABLE networks_{table} RENAME TO founding_{table};" for table in TABLES)
LET_GO = """
DO $$ DECLARE found text; BEGIN
  FOR found IN SELECT conname FROM pg_constraint WHERE conrelid = 'networks_territory'::regclass
      AND contype = 'f' AND confrelid = 'people_place'::regclass
  LOOP EXECUTE format('ALTER TABLE networks_territory DROP CONSTRAINT %I', found); END LOOP;
END $$;
ALTER TABLE networks_territory RENAME COLUMN city_id TO city;
"""
TAKE_BACK = """
ALTER TABLE networks_territory RENAME COLUMN city TO city_id;
ALTER TABLE networks_territory ADD CONSTRAINT territory_city FOREIGN KEY (city_id)
  REFERENCES people_place (geonameid) DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("networks", "0004_charter_ways"), ("founding", "0007_shared_answers")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(DOWN, UP), migrations.RunSQL(LET_GO, TAKE_BACK)],
            state_operations=[
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
                        "constraints": [
                            models.UniqueConstraint(fields=("network", "key"), name="actor_once")
                        ],
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
                                choices=[
                                    ("COUNTRY", "a country"),
                                    ("REGION", "a region"),
                                    ("CITY", "a city"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("country", models.CharField(blank=True, default="", max_length=2)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("city", models.BigIntegerField(blank=True, null=True)),
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
                            models.UniqueConstraint(fields=("network", "key"), name="territory_once")
                        ],
                    },
                ),
            ],
        ),
    ]
