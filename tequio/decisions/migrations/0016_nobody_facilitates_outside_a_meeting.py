"""A proposal names who facilitates while a meeting is on it; older rows kept the name after the meeting."""

from django.db import migrations

OPEN_WALLS = """
    ALTER TABLE decisions_proposal NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE decisions_live NO FORCE ROW LEVEL SECURITY;
"""
FORGET = """
    UPDATE decisions_proposal SET facilitator_id = NULL
    WHERE facilitator_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM decisions_live WHERE proposal_id = decisions_proposal.id AND closed_at IS NULL
    );
    SET CONSTRAINTS ALL IMMEDIATE;
"""
CLOSE_WALLS = """
    ALTER TABLE decisions_proposal FORCE ROW LEVEL SECURITY;
    ALTER TABLE decisions_live FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0015_helping_circle")]

    operations = [
        migrations.RunSQL([OPEN_WALLS, FORGET, CLOSE_WALLS], migrations.RunSQL.noop),
    ]
