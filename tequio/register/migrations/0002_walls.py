"""What PostgreSQL itself refuses in the register: other networks, changes, and any edit of a payload but emptying it."""

from django.db import migrations

from tequio.core.walls import append_only, wall

ONLY_ERASED = """
CREATE FUNCTION register_payload_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
     AND NEW.facts IS NULL AND NEW.private IS NULL AND NEW.person_id IS NULL
     AND NEW.salt = '' AND NEW.private_salt = '' AND NEW.private_commitment = ''
     AND NEW.id = OLD.id AND NEW.entry_id = OLD.entry_id AND NEW.network_id = OLD.network_id THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'What an entry says can only be erased.' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER only_erased BEFORE UPDATE OR DELETE ON register_payload
  FOR EACH ROW EXECUTE FUNCTION register_payload_refuse();
REVOKE DELETE, TRUNCATE ON register_payload FROM tequio_app;
"""
ANYTHING = "DROP TRIGGER only_erased ON register_payload; DROP FUNCTION register_payload_refuse();"


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]

    operations = [
        *wall("register_entry"),
        *wall("register_payload"),
        *wall("register_leaf"),
        *wall("register_checkpoint"),
        *wall("register_told"),
        *append_only("register_entry"),
        *append_only("register_leaf"),
        *append_only("register_checkpoint"),
        *append_only("register_told"),
        migrations.RunSQL(ONLY_ERASED, ANYTHING),
    ]
