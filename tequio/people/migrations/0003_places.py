"""The table of places, the same for every network; the walls of what keeps the directory quick."""

import gzip
from importlib.resources import files

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tequio.core.walls import APP_ROLE, wall

COLUMNS = "geonameid, name, country, admin1, latitude, longitude, population, time_zone, folded"


def load_places(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    packed = files("tequio.people.data").joinpath("places.tsv.gz").read_bytes()
    with editor.connection.cursor() as cursor:
        # An index built at the end takes a third of the time of one that grows.
        cursor.execute("DROP INDEX place_folded")
        with cursor.copy(f"COPY people_place ({COLUMNS}) FROM STDIN") as copy:
            copy.write(gzip.decompress(packed))
        cursor.execute("CREATE INDEX place_folded ON people_place USING gin (folded)")
        cursor.execute("ANALYZE people_place")


def forget_places(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    with editor.connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_place")


class Migration(migrations.Migration):
    dependencies = [("people", "0002_walls")]

    operations = [
        *wall("people_import"),
        *wall("people_listing"),
        *wall("people_spelling"),
        *wall("people_tally"),
        migrations.RunPython(load_places, forget_places),
        migrations.RunSQL(
            f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON people_place FROM {APP_ROLE}",
            f"GRANT INSERT, UPDATE, DELETE ON people_place TO {APP_ROLE}",
        ),
        # After a large import the application itself refreshes the planner's numbers, where PostgreSQL lets it (17).
        migrations.RunSQL(
            "DO $$ BEGIN IF current_setting('server_version_num')::int >= 170000 THEN "
            f"EXECUTE 'GRANT MAINTAIN ON people_organization, people_listing, people_tally, people_operation, people_alias TO {APP_ROLE}'; "
            "END IF; END $$",
            migrations.RunSQL.noop,
        ),
    ]
