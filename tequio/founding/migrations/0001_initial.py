import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("networks", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Charter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFT", "draft"),
                            ("RATIFYING", "being ratified"),
                            ("RETURNED", "sent back with objections"),
                            ("IN_FORCE", "in force"),
                            ("REPLACED", "replaced"),
                        ],
                        default="DRAFT",
                        max_length=10,
                    ),
                ),
                ("settings", models.JSONField(default=dict)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
                ("proposal", models.UUIDField(blank=True, null=True)),
                ("proposal_number", models.PositiveIntegerField(blank=True, null=True)),
                ("drafted_at", models.DateTimeField()),
                ("in_force_at", models.DateTimeField(blank=True, null=True)),
                ("entry", models.UUIDField(blank=True, null=True)),
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
                "constraints": [
                    models.UniqueConstraint(fields=("network", "version"), name="charter_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "IN_FORCE")),
                        fields=("network",),
                        name="one_charter_in_force",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["DRAFT", "RATIFYING"])),
                        fields=("network",),
                        name="one_charter_under_way",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("key", models.SlugField(max_length=40)),
                ("heading", models.JSONField(default=dict)),
                ("texts", models.JSONField(default=dict)),
                (
                    "governs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                (
                    "missing",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
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
                    "charter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="founding.charter",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("charter", "number"), name="article_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.SlugField(max_length=40)),
                ("at", models.DateTimeField()),
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
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="founding_place",
                        to="people.participant",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="SharedText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.SlugField(max_length=40)),
                ("language", models.CharField(blank=True, default="", max_length=10)),
                ("version", models.PositiveIntegerField()),
                ("base", models.PositiveIntegerField(default=0)),
                ("body", models.TextField(blank=True, default="")),
                ("rows", models.JSONField(blank=True, default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("CURRENT", "the text that stands"),
                            ("OLD", "an earlier version"),
                            ("APART", "written at the same time: waits for a choice"),
                            ("SETTLED", "written at the same time: a choice was made"),
                        ],
                        default="CURRENT",
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.participant"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("network", "question", "language", "version"), name="text_version_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "CURRENT")),
                        fields=("network", "question", "language"),
                        name="one_text_stands",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="StepAgreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.PositiveSmallIntegerField()),
                ("step_state", models.CharField(max_length=16)),
                ("at", models.DateTimeField()),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.participant"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("participant", "step"), name="agreed_to_a_step_once"),
                    models.CheckConstraint(
                        condition=models.Q(("step__gte", 1), ("step__lte", 6)), name="six_steps"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.SlugField(max_length=40)),
                ("value", models.JSONField(blank=True, null=True)),
                ("unknown", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.participant"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("participant", "question"), name="answered_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unknown", False), ("value__isnull", False)),
                            models.Q(("unknown", True), ("value__isnull", True)),
                            _connector="OR",
                        ),
                        name="an_answer_says_something",
                    ),
                ],
            },
        ),
    ]
