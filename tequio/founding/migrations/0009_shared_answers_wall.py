"""Everybody on the installation reads what a network shares; only the network itself writes it."""

from django.db import migrations

from tequio.core.walls import read_by_all


class Migration(migrations.Migration):
    dependencies = [("founding", "0008_ground_moved")]
    operations = read_by_all("founding_sharedanswers")
