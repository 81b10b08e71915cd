"""Who is absent in an open election can be excused, for a reason."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("elections", "0006_candidates_weights_and_more_time")]

    operations = [
        migrations.AddField(
            model_name="openvoice", name="excused_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="openvoice",
            name="excused_why",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddConstraint(
            model_name="openvoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("excused_at", None), models.Q(("excused_why", ""), _negated=True), _connector="XOR"
                ),
                name="who_is_excused_is_so_for_a_reason",
            ),
        ),
    ]
