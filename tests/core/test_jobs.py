"""Jobs live in the day of their network, not in that of UTC."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from tequio.core import clock
from tequio.core.jobs import day_of, job_scope
from tequio.core.scoping import here
from tequio.decisions import services, tasks
from tequio.decisions.models import Proposal
from tequio.networks.models import Governance, Network
from tests.decisions.world import propose

NIGHT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)  # half past nine of the evening before, in Bogotá


def test_a_job_is_in_the_network_and_in_its_day(network):
    network.time_zone = "America/Bogota"
    network.save()
    with clock.at(NIGHT), timezone.override("UTC"):
        assert clock.today() == date(2026, 11, 23)
        with job_scope(network.pk):
            assert (here(), clock.today()) == (network.pk, date(2026, 11, 22))
        assert clock.today() == date(2026, 11, 23)


def test_a_network_that_is_gone_has_the_day_of_utc(db):
    with clock.at(NIGHT), day_of(0):
        assert clock.today() == date(2026, 11, 23)


def test_a_round_that_the_clock_closes_begins_its_term_on_the_day_of_the_network(ana, network):
    """So does one that a person closes on a page at the same moment. Source: GOV-19."""
    Network.objects.filter(pk=network.pk).update(time_zone="America/Bogota")
    Governance.objects.update(silence="CONSENTS")
    with clock.at(NIGHT - timedelta(days=20)):
        proposal = propose(ana)
        Proposal.objects.filter(pk=proposal.pk).update(term_months=1)
        round = services.open_round(by=ana, proposal=proposal)
        services.answer(by=ana, round=round, position="CAN_LIVE_WITH")
    with clock.at(NIGHT), timezone.override("UTC"):
        tasks.close(network_id=network.pk, round_id=round.pk)
    assert Proposal.objects.get().in_force_until == date(2026, 12, 22)
