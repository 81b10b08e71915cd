"""Who stands behind a network: organizations of its own, and another network; each side keeps its own row."""

import django.db.models.deletion
from django.db import migrations, models

from tequio.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [
        ("networks", "0004_charter_ways"),
        ("people", "0007_pauses"),
    ]

    operations = [
        migrations.CreateModel(
            name="Host",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("coordinates", models.BooleanField(default=False)),
                ("since_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hosted",
                        to="people.organization",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_on", None)), fields=("organization",), name="hosts_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("coordinates", True), ("until_on", None)),
                        fields=("network",),
                        name="one_coordinating_host",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hosting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("side", models.CharField(choices=[("HOSTED", "Hosted"), ("HOSTS", "Hosts")], max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ASKED", "Asked"),
                            ("ACCEPTED", "Accepted"),
                            ("DECLINED", "Declined"),
                            ("ENDED", "Ended"),
                        ],
                        default="ASKED",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=500)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
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
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="networks.network"
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("side", "HOSTED"), ("state__in", ["ASKED", "ACCEPTED"])),
                        fields=("network",),
                        name="hosted_by_one_network",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["ASKED", "ACCEPTED"])),
                        fields=("network", "other"),
                        name="one_agreement_with_a_network",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("network", models.F("other")), _negated=True),
                        name="a_network_hosts_others",
                    ),
                ],
            },
        ),
        *wall("people_host"),
        *wall("people_hosting"),
    ]
