"""What a proposal says never changes, but for one thing: a name in it that the law lets somebody erase, once."""

from django.db import migrations, models

ONLY_ERASED = """
CREATE OR REPLACE FUNCTION decisions_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.id = OLD.id AND NEW.network_id = OLD.network_id
       AND NEW.proposal_id = OLD.proposal_id AND NEW.number = OLD.number AND NEW.written_at = OLD.written_at
       AND NEW.before_id IS NOT DISTINCT FROM OLD.before_id
       AND NEW.written_by_id IS NOT DISTINCT FROM OLD.written_by_id THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'The table decisions_version only grows.' USING ERRCODE = 'insufficient_privilege';
END $$;
GRANT UPDATE ON decisions_version TO tequio_app;
"""
ONLY_GROWS = """
REVOKE UPDATE ON decisions_version FROM tequio_app;
CREATE OR REPLACE FUNCTION decisions_version_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'The table decisions_version only grows.' USING ERRCODE = 'insufficient_privilege'; END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0016_nobody_facilitates_outside_a_meeting")]

    operations = [
        migrations.AddField("version", "erased_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(ONLY_ERASED, ONLY_GROWS),
    ]
