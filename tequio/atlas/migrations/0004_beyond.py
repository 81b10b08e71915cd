"""Matching with organizations beyond the members, and introductions by the coordination."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from tequio.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [
        ("atlas", "0003_census"),
        ("networks", "0009_hearing_and_channels"),
        ("people", "0013_pillars"),
    ]

    operations = [
        migrations.AlterField(
            model_name="declined",
            name="other",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.membership",
            ),
        ),
        migrations.AlterField(
            model_name="mention",
            name="membership",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mentions",
                to="people.membership",
            ),
        ),
        migrations.CreateModel(
            name="Prospect",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("named", models.BooleanField(default=False)),
                (
                    "candidate",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.candidate",
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
                    "organization",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.organization",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Bridge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("words", models.TextField(blank=True, default="")),
                ("language", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ASKED", "the coordination is asked"),
                            ("SENT", "the coordination wrote to them"),
                            ("ACCEPTED", "introduced"),
                            ("NOT_NOW", "not now"),
                            ("TAKEN_BACK", "taken back"),
                        ],
                        default="ASKED",
                        max_length=20,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.participant"
                    ),
                ),
                (
                    "asking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.membership"
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
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.participant",
                    ),
                ),
                (
                    "prospect",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="atlas.prospect"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="declined",
            name="prospect",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="atlas.prospect"
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="prospect",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mentions",
                to="atlas.prospect",
            ),
        ),
        migrations.AddConstraint(
            model_name="declined",
            constraint=models.UniqueConstraint(
                fields=("membership", "prospect"), name="prospect_declined_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="declined",
            constraint=models.CheckConstraint(
                condition=models.Q(("other__isnull", False), ("prospect__isnull", False), _connector="XOR"),
                name="declined_is_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(
                fields=("network", "side", "tag", "prospect"), name="mentioned_once_by_a_prospect"
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("membership__isnull", False), ("prospect__isnull", False), _connector="XOR"
                ),
                name="mention_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="prospect",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("organization__isnull", False), ("candidate__isnull", False), _connector="XOR"
                ),
                name="prospect_is_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="bridge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("ASKED", "SENT", "ACCEPTED"))),
                fields=("asking", "prospect"),
                name="one_bridge_between_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="bridge",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["ASKED", "SENT", "ACCEPTED", "NOT_NOW", "TAKEN_BACK"])),
                name="bridge_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="bridge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["ASKED", "SENT"]), ("ended_at__isnull", False), _connector="XOR"
                ),
                name="bridge_ended_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="bridge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["SENT", "ACCEPTED", "NOT_NOW"]), _negated=True),
                    ("sent_at__isnull", False),
                    _connector="OR",
                ),
                name="bridge_answered_when_sent",
            ),
        ),
        *wall("atlas_prospect"),
        *wall("atlas_bridge"),
    ]
