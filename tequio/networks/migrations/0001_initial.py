import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Network",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.JSONField(default=dict)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
                (
                    "host_kind",
                    models.CharField(
                        choices=[
                            ("ORGANIZATION", "An organization"),
                            ("GROUP", "A group of organizations"),
                            ("CONSORTIUM", "A consortium"),
                            ("NETWORK", "A network"),
                        ],
                        default="GROUP",
                        max_length=20,
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("FOUNDING", "being founded"),
                            ("IN_FORCE", "charter in force"),
                            ("CLOSED", "closed"),
                        ],
                        default="FOUNDING",
                        max_length=20,
                    ),
                ),
                ("listed", models.BooleanField(default=True)),
                ("time_zone", models.CharField(default="America/Bogota", max_length=60)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["FOUNDING", "IN_FORCE", "CLOSED"])),
                        name="network_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("languages__len__gte", 1)), name="network_speaks"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("texts", models.JSONField(default=dict)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PROJECT", "for a project or an area"),
                            ("INSTITUTIONAL", "to strengthen the network itself"),
                        ],
                        max_length=20,
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
                    models.UniqueConstraint(fields=("network", "position"), name="need_position_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Joining",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contribution",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("OPEN", "Open: no contribution in money"),
                            ("FIXED", "The same dues for all"),
                            ("VARIABLE", "Dues by size"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        choices=[("MONTHLY", "a month"), ("ANNUAL", "a year")],
                        default="ANNUAL",
                        max_length=20,
                    ),
                ),
                ("currency", models.CharField(default="USD", max_length=3)),
                ("fixed_minor", models.PositiveBigIntegerField(blank=True, null=True)),
                ("small_minor", models.PositiveBigIntegerField(blank=True, null=True)),
                ("medium_minor", models.PositiveBigIntegerField(blank=True, null=True)),
                ("large_minor", models.PositiveBigIntegerField(blank=True, null=True)),
                (
                    "in_kind",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("accepts_people", models.BooleanField(default=False)),
                ("accepts_companies", models.BooleanField(default=False)),
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
                "constraints": [models.UniqueConstraint(fields=("network",), name="joining_once")],
            },
        ),
        migrations.CreateModel(
            name="Governance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "model",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("HORIZONTAL", "Horizontal: circles and consent"),
                            ("VERTICAL", "Vertical: a coordination and working groups"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("majority_numerator", models.PositiveSmallIntegerField(default=3)),
                ("majority_denominator", models.PositiveSmallIntegerField(default=4)),
                (
                    "base",
                    models.CharField(
                        choices=[
                            ("CAST", "of the votes for and against"),
                            ("PRESENT", "of all who answered"),
                            ("ENTITLED", "of all who may vote"),
                        ],
                        default="CAST",
                        max_length=20,
                    ),
                ),
                ("quorum_percent", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "silence",
                    models.CharField(
                        choices=[
                            ("BLOCKS", "Silence is not consent: the round waits"),
                            ("CONSENTS", "Silence is consent, once the quorum has answered"),
                        ],
                        default="BLOCKS",
                        max_length=20,
                    ),
                ),
                ("round_hours", models.PositiveIntegerField(default=72)),
                ("tie_break", models.BooleanField(default=True)),
                ("coordination_by_lot", models.BooleanField(default=False)),
                ("mandate_months", models.PositiveSmallIntegerField(default=12)),
                ("mandate_renewable", models.BooleanField(default=True)),
                ("renewals_at_most", models.PositiveSmallIntegerField(default=1)),
                (
                    "admission",
                    models.CharField(
                        choices=[
                            ("COORDINATION", "The coordination"),
                            ("TEAM", "The people whom the charter names"),
                            ("EVERYBODY", "All members, by consent"),
                        ],
                        default="COORDINATION",
                        max_length=20,
                    ),
                ),
                (
                    "answers_shown",
                    models.CharField(
                        choices=[
                            ("AFTER_MINE", "after I have answered"),
                            ("AT_CLOSE", "when the round closes"),
                            ("ALWAYS", "always"),
                        ],
                        default="AFTER_MINE",
                        max_length=20,
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
                    models.UniqueConstraint(fields=("network",), name="governance_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("majority_numerator__gte", 1),
                            ("majority_numerator__lte", models.F("majority_denominator")),
                        ),
                        name="majority_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quorum_percent", None),
                            models.Q(("quorum_percent__gte", 1), ("quorum_percent__lte", 100)),
                            _connector="OR",
                        ),
                        name="quorum_is_a_percentage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("round_hours__gte", 1), ("round_hours__lte", 1440)),
                        name="round_lasts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                    models.UniqueConstraint(fields=("network", "position"), name="criterion_position_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactPerson",
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
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("network", "position"), name="contact_position_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Pillar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.JSONField(default=dict)),
                ("texts", models.JSONField(default=dict)),
                ("interest_group", models.JSONField(default=dict)),
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
                    models.UniqueConstraint(fields=("network", "position"), name="pillar_position_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rhythm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("DIGEST", "News and opportunities by mail"),
                            ("MEETING", "Virtual meeting of members"),
                            ("FACE_TO_FACE", "Face-to-face gathering"),
                            ("WORKSHOP", "Workshop"),
                        ],
                        max_length=20,
                    ),
                ),
                ("times_a_year", models.PositiveSmallIntegerField()),
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
                    models.UniqueConstraint(fields=("network", "kind"), name="rhythm_once"),
                    models.CheckConstraint(
                        condition=models.Q(("times_a_year__lte", 366)), name="rhythm_at_most_daily"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40)),
                ("texts", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
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
                "constraints": [models.UniqueConstraint(fields=("network", "key"), name="statement_once")],
            },
        ),
    ]
