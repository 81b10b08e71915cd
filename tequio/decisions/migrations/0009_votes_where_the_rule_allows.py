from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0008_urgent"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="round", name="no_vote_where_only_consent_decides"),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=Q(kind="CONSENT")
                | Q(model="VERTICAL", urgent_why="") & ~Q(purpose__in=["charter", "election"]),
                name="no_vote_where_only_consent_decides",
            ),
        ),
    ]
