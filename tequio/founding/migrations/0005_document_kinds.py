from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("founding", "0004_ground")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="kind",
            field=models.CharField(choices=[("PDF", "PDF"), ("DOCX", "DOCX")], default="PDF", max_length=10),
        ),
        migrations.RemoveConstraint(model_name="document", name="one_document_a_language"),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=("charter", "language", "kind"), name="one_document_a_language"
            ),
        ),
    ]
