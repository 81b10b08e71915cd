"""What things really take, without names; asks keep what was guessed beside what people are told."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from tequio.core.walls import wall

GUESSED = [
    "ALTER TABLE notify_ask NO FORCE ROW LEVEL SECURITY",
    "UPDATE notify_ask SET guess = minutes",
    "ALTER TABLE notify_ask FORCE ROW LEVEL SECURITY",
]
WITHIN_AN_HOUR = Q(halves__gte=1, halves__lte=120)
TOOK = Q(took=None) | Q(took__gte=1, took__lte=120, closed_because="DONE")


class Migration(migrations.Migration):
    dependencies = [("networks", "0002_walls"), ("notify", "0002_walls")]

    operations = [
        migrations.AddField(
            "ask", "guess", models.PositiveSmallIntegerField(default=1), preserve_default=False
        ),
        migrations.RunSQL(GUESSED, migrations.RunSQL.noop),
        migrations.AddField("ask", "took", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.AddConstraint(
            "ask", models.CheckConstraint(condition=Q(guess__gte=1, guess__lte=600), name="ask_is_guessed")
        ),
        migrations.AddConstraint(
            "ask", models.CheckConstraint(condition=TOOK, name="ask_took_an_hour_at_most")
        ),
        migrations.CreateModel(
            "Pace",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("guess", models.PositiveSmallIntegerField()),
                ("halves", models.PositiveSmallIntegerField()),
                ("people", models.PositiveIntegerField()),
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
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("network", "kind", "guess", "halves"), name="pace_once"),
                    models.CheckConstraint(condition=WITHIN_AN_HOUR, name="pace_within_an_hour"),
                    models.CheckConstraint(condition=Q(people__gte=1), name="pace_of_somebody"),
                ],
            },
        ),
        *wall("notify_pace"),
    ]
