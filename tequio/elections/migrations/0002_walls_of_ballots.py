"""What PostgreSQL itself refuses: ballots of other networks, and any change of a paper that was cast."""

from django.db import migrations

from tequio.core.walls import wall

TABLES = ("ballot", "option", "voter", "participation", "paper")


class Migration(migrations.Migration):
    dependencies = [("elections", "0001_ballots")]

    operations = [
        *[operation for table in TABLES for operation in wall(f"elections_{table}")],
        migrations.RunSQL(
            "CREATE FUNCTION elections_paper_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'A paper that was cast never changes.' "
            "USING ERRCODE = 'insufficient_privilege'; END $$;"
            "CREATE TRIGGER never_changed BEFORE UPDATE ON elections_paper "
            "FOR EACH ROW EXECUTE FUNCTION elections_paper_refuse();",
            "DROP TRIGGER never_changed ON elections_paper; DROP FUNCTION elections_paper_refuse();",
        ),
    ]
