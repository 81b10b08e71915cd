import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("networks", "0001_initial"),
    ]

    operations = [
        # Entries that wait for a number keep the order in which they were written; a sequence makes nobody wait.
        migrations.RunSQL(
            "CREATE SEQUENCE register_turn; GRANT USAGE ON SEQUENCE register_turn TO tequio_app;",
            "DROP SEQUENCE register_turn;",
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "turn",
                    models.BigIntegerField(
                        db_default=models.Func(models.Value("register_turn"), function="nextval"),
                        editable=False,
                    ),
                ),
                ("kind", models.CharField(max_length=80)),
                ("ref", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("commitment", models.CharField(max_length=64)),
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
                "indexes": [models.Index(fields=["network", "ref", "turn"], name="register_entry_ref")],
                "constraints": [
                    models.UniqueConstraint(fields=("network", "turn"), name="register_turn_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="leaf", to="register.entry"
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
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("network", "number"), name="register_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 0)), name="register_number_from_zero"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("salt", models.CharField(blank=True, max_length=64)),
                ("facts", models.JSONField(null=True)),
                ("private", models.JSONField(null=True)),
                ("private_salt", models.CharField(blank=True, max_length=64)),
                ("private_commitment", models.CharField(blank=True, max_length=64)),
                ("person_id", models.BigIntegerField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payload",
                        to="register.entry",
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
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["network", "person_id"], name="register_payload_person")],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("listener", models.CharField(max_length=200)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.entry"
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
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("network", "entry", "listener"), name="register_told_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.BigIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("frontier", models.JSONField(default=list)),
                ("note", models.TextField()),
                ("key", models.CharField(max_length=200)),
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
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("network", "size"), name="register_checkpoint_once")
                ],
            },
        ),
    ]
