import uuid

import django.db.models.deletion
from django.db import migrations, models

from tequio.core.walls import wall

TABLES = (
    "founding_articlevoice",
    "founding_charterchange",
    "founding_document",
    "founding_remark",
)


class Migration(migrations.Migration):
    dependencies = [
        ("founding", "0002_walls"),
        ("networks", "0004_charter_ways"),
        ("people", "0003_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="since",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="charter",
            name="answers",
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name="ArticleVoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("CONSENT", "I can live with it"),
                            ("CONCERN", "I can live with it, and leave a concern"),
                            ("OBJECT", "I see a harm: I have an objection"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="founding.article",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.membership",
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
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.participant"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("article", "participant"), name="one_stance_an_article"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stance", "CONSENT"), models.Q(("words", ""), _negated=True), _connector="OR"
                        ),
                        name="a_concern_or_an_objection_needs_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CharterChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("article", models.SlugField(max_length=40)),
                ("base", models.PositiveIntegerField()),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                ("why", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OPEN", "being decided"),
                            ("APPLIED", "in force"),
                            ("RETURNED", "stopped by an objection"),
                            ("REFUSED", "not adopted"),
                            ("OUTDATED", "overtaken: the charter had changed meanwhile"),
                        ],
                        default="OPEN",
                        max_length=10,
                    ),
                ),
                ("proposal", models.UUIDField(blank=True, null=True)),
                ("proposal_number", models.PositiveIntegerField(blank=True, null=True)),
                ("proposed_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("applied_in", models.PositiveIntegerField(blank=True, null=True)),
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
                "indexes": [models.Index(fields=["network", "article", "-id"], name="change_by_article")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["OPEN", "APPLIED", "RETURNED", "REFUSED", "OUTDATED"])
                        ),
                        name="change_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="a_change_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "APPLIED"), ("applied_in", None), _connector="XOR"),
                        name="an_applied_change_has_a_version",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ASKED", "being made"),
                            ("MADE", "ready"),
                            ("FAILED", "it could not be made"),
                        ],
                        default="ASKED",
                        max_length=10,
                    ),
                ),
                ("content", models.BinaryField(blank=True, null=True)),
                ("asked_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                (
                    "charter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="founding.charter",
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
                "constraints": [
                    models.UniqueConstraint(fields=("charter", "language"), name="one_document_a_language"),
                    models.CheckConstraint(
                        condition=models.Q(("state", "MADE"), ("content", None), _connector="XOR"),
                        name="a_made_document_has_content",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("article", models.SlugField(max_length=40)),
                ("since", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("COMMENT", "comment"), ("PROPOSAL", "other words proposed")],
                        default="COMMENT",
                        max_length=10,
                    ),
                ),
                ("body", models.TextField()),
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
                (
                    "under",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="founding.remark",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["network", "article", "since"], name="remark_by_article")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["COMMENT", "PROPOSAL"])), name="remark_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("body", ""), _negated=True), name="a_remark_needs_words"
                    ),
                ],
            },
        ),
        *(operation for table in TABLES for operation in wall(table)),
    ]
