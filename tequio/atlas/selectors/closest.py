"""Who fits best among those who said something, by the indexes of what was said: the same work in any network."""

from collections.abc import Collection
from typing import Any

from django.db import connection

from tequio.atlas.rules.matching import Party, Side, answers_to, needs_met_by
from tequio.core.scoping import here

MOST = 30
NOBODY = 0  # no row has this number: a page that found nothing asks for it, so each takes as many queries
LOOKED_AT = 500  # so many of each tag, the latest to come; what few say is looked at whole
Wanted = Collection[tuple[Side, str]]

# Whom not to propose: who was put away, who is asked or known already, who said no, who is not there any more.
_MEMBERS = """
    JOIN people_membership m ON m.network_id = %(here)s AND m.id = found.who AND m.ended_on IS NULL
    WHERE found.who <> %(ours)s AND NOT EXISTS (SELECT 1 FROM atlas_declined d
            WHERE d.network_id = %(here)s AND d.membership_id = %(ours)s AND d.other_id = found.who)
        AND NOT EXISTS (SELECT 1 FROM atlas_introduction i WHERE i.network_id = %(here)s AND i.state <> 'TAKEN_BACK'
            AND (i.asking_id, i.asked_id) IN ((%(ours)s, found.who), (found.who, %(ours)s)))
    ORDER BY found.fit DESC, found.most DESC, m.name, found.who"""
# The best come first and are looked up one by one until there are enough: OFFSET 0 keeps the server from reading all.
_PROSPECTS = """
    CROSS JOIN LATERAL (
        SELECT FROM atlas_prospect p
        LEFT JOIN people_candidate c ON c.network_id = %(here)s AND c.id = p.candidate_id
        WHERE p.network_id = %(here)s AND p.id = found.who
            AND (p.candidate_id IS NULL OR (c.state IN ('NEW', 'INVITED') AND c.name <> ''))
            AND NOT EXISTS (SELECT 1 FROM people_membership m WHERE m.network_id = %(here)s
                AND m.organization_id = p.organization_id AND m.ended_on IS NULL)
            AND NOT EXISTS (SELECT 1 FROM atlas_declined d
                WHERE d.network_id = %(here)s AND d.membership_id = %(ours)s AND d.prospect_id = found.who)
            AND NOT EXISTS (SELECT 1 FROM atlas_bridge b WHERE b.network_id = %(here)s AND b.state <> 'TAKEN_BACK'
                AND b.asking_id = %(ours)s AND b.prospect_id = found.who)
        OFFSET 0) there
    ORDER BY found.fit DESC, found.most DESC, found.who"""
_FOUND = """
SELECT found.who FROM (
    SELECT one.who, count(*) AS most, least(count(*) FILTER (WHERE w.side = 'OFFER'),
        count(*) FILTER (WHERE w.side = 'NEED'), 1) AS fit
    FROM unnest(%(sides)s::text[], %(tags)s::text[]) AS w(side, tag)
    CROSS JOIN LATERAL (
        SELECT t.{who} AS who FROM atlas_mention t
        WHERE t.network_id = %(here)s AND t.side = w.side COLLATE "C" AND t.tag = w.tag COLLATE "C"
            AND t.{who} IS NOT NULL
        ORDER BY t.{who} DESC LIMIT %(looked_at)s) one
    GROUP BY one.who ORDER BY fit DESC, most DESC, one.who) found {rest} LIMIT %(most)s
"""
MEMBERS = _FOUND.format(who="membership_id", rest=_MEMBERS)
PROSPECTS = _FOUND.format(who="prospect_id", rest=_PROSPECTS)


def helping(ours: Party) -> set[tuple[Side, str]]:
    """Return what others could say that would help us, or that we could help with."""
    wanted = {(Side.OFFER, tag) for said in ours.of(Side.NEED) for tag in answers_to(said.tag)}
    asked = {(Side.NEED, tag) for said in ours.of(Side.OFFER) for tag in needs_met_by(said.tag)}
    return wanted | asked


def similar(ours: Party) -> set[tuple[Side, str]]:
    """Return what others could find hard that we find hard, too."""
    return {(Side.CHALLENGE, said.tag) for said in ours.of(Side.CHALLENGE)}


def closest(ours: int, wanted: Wanted, *, among: str) -> list[int]:
    """Return who said most of what is wanted, mutual first; ``among`` is ``MEMBERS`` or ``PROSPECTS``."""
    with connection.cursor() as cursor:
        cursor.execute(among, asked_of(ours, wanted))
        return [number for (number,) in cursor.fetchall()]


def asked_of(ours: int, wanted: Wanted) -> dict[str, Any]:
    """Return what both questions are asked with."""
    pairs = sorted(wanted)
    return {
        "here": here(),
        "ours": ours,
        "sides": [str(side) for side, _tag in pairs],
        "tags": [tag for _side, tag in pairs],
        "looked_at": LOOKED_AT,
        "most": MOST,
    }
