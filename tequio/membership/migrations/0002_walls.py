"""What PostgreSQL itself refuses: other networks, and any change of a code of ethics or of a signature."""

from django.db import migrations

from tequio.core.walls import append_only, wall


class Migration(migrations.Migration):
    dependencies = [("membership", "0001_initial")]

    operations = [
        *wall("membership_application"),
        *wall("membership_codeversion"),
        *wall("membership_signature"),
        *append_only("membership_codeversion"),
        *append_only("membership_signature"),
    ]
