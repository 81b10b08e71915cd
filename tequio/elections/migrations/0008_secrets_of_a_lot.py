"""Secrets that organizations promise for a draw and then show, and lots that the clock prepares."""

import django.db.models.deletion
from django.db import migrations, models

from tequio.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [("elections", "0007_excused_voices"), ("people", "0009_programs")]

    operations = [
        migrations.CreateModel(
            name="SecretPromise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("promise", models.CharField(max_length=64)),
                ("promised_at", models.DateTimeField()),
                ("shown", models.CharField(blank=True, default="", max_length=64)),
                ("shown_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.RemoveConstraint(
            model_name="lot",
            name="lot_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="lot",
            name="what_is_drawn_was_promised",
        ),
        migrations.AddField(
            model_name="lot",
            name="promise_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="lot",
            name="state",
            field=models.CharField(
                choices=[
                    ("DRAFT", "being prepared"),
                    ("OPEN", "the list is being looked over"),
                    ("COMPUTING", "the odds are being computed"),
                    ("READY", "the list is closed"),
                    ("PROMISING", "secrets are being promised"),
                    ("ANNOUNCED", "the draw is announced"),
                    ("DRAWN", "drawn"),
                    ("CANCELLED", "called off"),
                ],
                default="OPEN",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "DRAFT",
                            "OPEN",
                            "COMPUTING",
                            "READY",
                            "PROMISING",
                            "ANNOUNCED",
                            "DRAWN",
                            "CANCELLED",
                        ],
                    )
                ),
                name="lot_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["DRAFT", "OPEN", "COMPUTING", "CANCELLED"]),
                    models.Q(("commitment", ""), _negated=True),
                    _connector="OR",
                ),
                name="what_is_drawn_was_promised",
            ),
        ),
        migrations.AddField(
            model_name="secretpromise",
            name="lot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="promises", to="elections.lot"
            ),
        ),
        migrations.AddField(
            model_name="secretpromise",
            name="membership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.membership"
            ),
        ),
        migrations.AddField(
            model_name="secretpromise",
            name="network",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="networks.network",
            ),
        ),
        migrations.AddConstraint(
            model_name="secretpromise",
            constraint=models.UniqueConstraint(fields=("lot", "membership"), name="one_promise_a_member"),
        ),
        migrations.AddConstraint(
            model_name="secretpromise",
            constraint=models.UniqueConstraint(fields=("lot", "promise"), name="no_promise_is_copied"),
        ),
        migrations.AddConstraint(
            model_name="secretpromise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("shown", ""), ("shown_at", None)),
                    models.Q(models.Q(("shown", ""), _negated=True), ("shown_at__isnull", False)),
                    _connector="OR",
                ),
                name="what_is_shown_has_its_time",
            ),
        ),
        *wall("elections_secretpromise"),
    ]
