"""The same form from four places at once is one reply; two answers of one organization are one. These tests commit."""

import uuid

from tequio.core.scoping import network_scope
from tequio.surveys.models import Reply, Survey
from tequio.surveys.rules.instrument import Value
from tequio.surveys.selectors.answering import version_of
from tequio.surveys.services import replying
from tests.decisions.test_races import at_once, inside
from tests.surveys.field import open_a_survey
from tests.world import add_person, make_network

SAID = {"name": Value(text="Casa"), "country": Value(chosen=("CO",)), "joins": Value(chosen=("no",))}


def test_sent_from_four_places_at_once_it_is_one_reply(committing):
    """Source: SUR-01."""
    network = make_network(f"race-{uuid.uuid4().hex[:10]}", "Carrera")
    with network_scope(network.pk):
        survey = open_a_survey(add_person(network, "Uno"), token=f"race-{uuid.uuid4().hex[:10]}")
        version = version_of(survey)

    def send(once):
        return inside(
            network,
            lambda: replying.take_reply(
                survey=survey, version=version, once=once, values=SAID, language="es"
            ),
        )

    same = uuid.uuid4()
    taken = at_once([send(same) for _ in range(4)])
    assert {one.once for one in taken} == {same}
    with network_scope(network.pk):
        assert Reply.objects.count() == 1
        Reply.objects.all().delete()
        Survey.objects.update(once_per_organization=True)
        survey.refresh_from_db()
    others = at_once([send(uuid.uuid4()) for _ in range(4)])
    assert sum(isinstance(one, replying.SameNameError) for one in others) == 3
