from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("founding", "0009_shared_answers_wall")]

    operations = [
        migrations.AddField(
            model_name="charterchange", name="earlier", field=models.JSONField(blank=True, default=list)
        ),
        migrations.AddField(
            model_name="remark", name="withdrawn_at", field=models.DateTimeField(blank=True, null=True)
        ),
    ]
