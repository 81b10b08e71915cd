"""List organizations by whether they are members and how far they work, and count members apart."""

from django.db import migrations

TABLES = ("people_organization", "people_membership", "people_listing", "people_tally")
STAND_ASIDE = "".join(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;" for table in TABLES)
STAND_AGAIN = "".join(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;" for table in TABLES)
IS_MEMBER = """EXISTS (
    SELECT 1 FROM people_membership m JOIN people_organization p ON p.id = m.organization_id
    WHERE m.ended_on IS NULL AND (p.id = o.id OR p.merged_into_id = o.id))"""
# Who shows it only to the coordination is not listed by it: as in services.listings.
REACH = """CASE WHEN coalesce(o.shows->>'cities', '') <> 'COORDINATION' THEN
    CASE WHEN o.scope <> '' THEN ARRAY['scope:' || o.scope] ELSE '{}' END
    || CASE WHEN o.national_level THEN ARRAY['scope:WHOLE'] ELSE '{}' END
    ELSE '{}'::text[] END"""
NEW = "(l.key LIKE 'scope:%' OR l.key LIKE 'standing:%')"
LIST = f"""
UPDATE people_organization o SET facets = o.facets || ({REACH})::varchar[]
    || ARRAY[CASE WHEN {IS_MEMBER} THEN 'standing:member' ELSE 'standing:recorded' END]::varchar[]
    WHERE o.merged_into_id IS NULL AND cardinality(o.facets) > 0;
INSERT INTO people_listing (network_id, key, folded, organization_id)
    SELECT o.network_id, l.key, o.folded, o.id FROM people_organization o, unnest(o.facets) l (key)
    WHERE {NEW} ON CONFLICT DO NOTHING;
UPDATE people_organization o SET facets = o.facets || (
    SELECT array_agg('m:' || l.key) FROM unnest(o.facets) l (key) WHERE l.key NOT IN ('', 'standing:member'))
    WHERE 'standing:member' = ANY(o.facets) AND cardinality(o.facets) > 2;
INSERT INTO people_tally (network_id, key, facet, label, count)
    SELECT o.network_id, l.key, split_part(l.key, ':', 1), coalesce(max(t.label), ''), count(*)
    FROM people_organization o CROSS JOIN unnest(o.facets) l (key)
    LEFT JOIN people_tally t ON t.network_id = o.network_id AND 'm:' || t.key = l.key
    WHERE {NEW} OR l.key LIKE 'm:%' GROUP BY o.network_id, l.key ON CONFLICT DO NOTHING;
SET CONSTRAINTS ALL IMMEDIATE;
"""  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [("people", "0010_candidates")]

    # The owner's own walls stand aside for some statements: they touch every network alike.
    operations = [migrations.RunSQL(STAND_ASIDE + LIST + STAND_AGAIN, migrations.RunSQL.noop)]
