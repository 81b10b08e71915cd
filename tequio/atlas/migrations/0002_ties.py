"""Who works with whom, confirmed by both."""

import uuid

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

from tequio.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [
        ("atlas", "0001_introductions"),
        ("networks", "0009_hearing_and_channels"),
        ("people", "0011_standing_listed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("what", models.CharField(blank=True, default="", max_length=300)),
                ("language", models.CharField(max_length=10)),
                ("since_on", models.DateField(blank=True, null=True)),
                ("public", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ASKED", "waits for the other side"),
                            ("AGREED", "confirmed by both"),
                            ("DECLINED", "not confirmed"),
                            ("TAKEN_BACK", "taken back"),
                            ("ENDED", "ended"),
                        ],
                        default="ASKED",
                        max_length=20,
                    ),
                ),
                ("declared_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.participant",
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.participant"
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
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.organization",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.organization",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["network", "one", "state"], name="tie_of_one"),
                    models.Index(fields=["network", "other", "state"], name="tie_of_other"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("network"),
                        django.db.models.functions.comparison.Least("one", "other"),
                        django.db.models.functions.comparison.Greatest("one", "other"),
                        condition=models.Q(("state__in", ["ASKED", "AGREED"])),
                        name="one_tie_between_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("one", models.F("other")), _negated=True),
                        name="nobody_is_tied_to_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["ASKED", "AGREED", "DECLINED", "TAKEN_BACK", "ENDED"])
                        ),
                        name="tie_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["ASKED", "TAKEN_BACK"]),
                            ("answered_at__isnull", False),
                            _connector="XOR",
                        ),
                        name="tie_answered_at_a_time",
                    ),
                ],
            },
        ),
        *wall("atlas_tie"),
    ]
