"""The regional mapping with a report that was published."""

import pytest

from tequio.core.scoping import network_scope
from tequio.surveys.models import Preparation
from tequio.surveys.rules.releases import publishable
from tequio.surveys.rules.reporting import Wishes
from tequio.surveys.selectors.releases import opened_instrument
from tequio.surveys.services.releasing import make_release, prepare_release, publish_release
from tests.standing import world
from tests.surveys.mapping import mapped

REASON = "Two organizations were counted twice."


@pytest.fixture
def unprinted(monkeypatch):
    """No paper is printed."""
    monkeypatch.setattr("tequio.surveys.services.printing.pdf_possible", lambda: False)


def prepared(by, survey, **chosen):
    everything = tuple(one.key for one in publishable(opened_instrument(survey)))
    wishes = Wishes(
        **{"questions": everything, "by": "country", "names": True, "authors": "Red Andina", **chosen}
    )
    found = prepare_release(by=by, survey=survey, wishes=wishes)
    make_release(network_id=found.network_id, preparation_id=found.pk)
    return Preparation.objects.get(pk=found.pk)


@world(on="andina")
def reported(andina):
    """The regional mapping with a report of its ninety-six answers."""
    with network_scope(andina.network.pk):
        survey = mapped(andina.ana)
        return publish_release(by=andina.ana, survey=survey, preparation=prepared(andina.ana, survey))
