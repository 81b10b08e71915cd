"""An earlier answer says whose it was; it never changes, but for the name of somebody who left for good."""

import django.db.models.deletion
from django.db import migrations, models

ONLY_ERASED = """
CREATE OR REPLACE FUNCTION decisions_answerchange_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.erased_at IS NOT NULL AND NEW.erased_at IS DISTINCT FROM OLD.erased_at AND NEW.id = OLD.id
       AND NEW.network_id = OLD.network_id AND NEW.answer_id = OLD.answer_id AND NEW.position = OLD.position
       AND NEW.given_at = OLD.given_at AND NEW.replaced_at = OLD.replaced_at
       AND NEW.given_by_id IS NOT DISTINCT FROM OLD.given_by_id THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'The table decisions_answerchange only grows.' USING ERRCODE = 'insufficient_privilege';
END $$;
GRANT UPDATE ON decisions_answerchange TO tequio_app;
"""
ONLY_GROWS = """
REVOKE UPDATE ON decisions_answerchange FROM tequio_app;
CREATE OR REPLACE FUNCTION decisions_answerchange_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'The table decisions_answerchange only grows.' USING ERRCODE = 'insufficient_privilege'; END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0017_a_text_without_a_name"), ("people", "0014_quotes")]

    operations = [
        migrations.AddField(
            "answerchange",
            "given_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.participant",
            ),
        ),
        migrations.AddField("answerchange", "erased_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(ONLY_ERASED, ONLY_GROWS),
    ]
