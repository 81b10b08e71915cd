"""The meeting of the demonstration: an objection is raised in it, integrated into the text, and agreed by who raised it."""

from tequio.cli.samples.meeting import decide_in_a_meeting
from tequio.decisions.models import Live, Objection, Proposal, Round, State
from tequio.governance.models import Seat


def test_the_meeting_of_the_demonstration_integrates_an_objection(circles, beto, dora):
    """Newcomers see an objection that mends a text and stops nothing. Source: GOV-09, GOV-10."""
    Seat.objects.filter(circle=circles.learning, participant=circles.people["emi"]).delete()
    decide_in_a_meeting(circles.learning, (beto, dora))
    proposal = Proposal.objects.select_related("version").get()
    objection = Objection.objects.get()
    assert (proposal.state, objection.state, Round.objects.count()) == (State.ADOPTED, "INTEGRATED", 2)
    assert objection.offered_in_id == proposal.version_id
    assert "na margem" in proposal.version.summary["pt-br"]
    assert Live.objects.get().stage == "DECIDED"
