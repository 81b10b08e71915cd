"""Counting people by what they say of themselves, so that nobody can be found in the figures. Source: XCT-05, P27."""

from datetime import date

from django.db import transaction

from tequio.atlas import events
from tequio.atlas.models import Census
from tequio.atlas.rules.representation import LEAST, may_follow, protected
from tequio.atlas.selectors.representation import PEOPLE, genders
from tequio.core.actor import system
from tequio.networks.models import Network
from tequio.people.selectors.voices import today_of


@transaction.atomic
def take_census(*, network: Network, on: date | None = None) -> Census | None:
    """Count once a month; None where too few have changed for new figures to be told, or too few are there."""
    day = on or today_of(network)
    last = Census.objects.order_by("-on").first()
    if last is not None and (last.on.year, last.on.month) >= (day.year, day.month):
        return None
    counts = genders(system(network.pk), on=day)
    if sum(counts[PEOPLE].values()) < LEAST:
        return None
    told = protected(counts, whole=PEOPLE)
    if last is not None and not may_follow(last.told, told):
        return None
    made = Census.objects.create(on=day, told=told)
    events.census_taken.record(made, by=system(network.pk), on=day)
    return made
