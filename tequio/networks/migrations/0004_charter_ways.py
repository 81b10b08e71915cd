from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("networks", "0003_criteria_and_benefits")]

    operations = [
        migrations.AddField(
            model_name="governance",
            name="charter_change",
            field=models.CharField(
                choices=[
                    ("CONSENT", "Every article only by consent"),
                    ("TWO_WAYS", "Articles about the daily work like any other decision"),
                ],
                default="CONSENT",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="joining",
            name="accepts_organizations",
            field=models.BooleanField(default=True),
        ),
    ]
