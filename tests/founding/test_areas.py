"""The areas that the charter names open as circles or as working groups, with one click. Source: GOV-02."""

from tequio.core.scoping import network_scope
from tequio.founding import services
from tequio.governance import selectors
from tequio.governance.models import Circle, Seat
from tequio.governance.rules import Kind
from tequio.networks.models import Governance, Model
from tequio.people.models import Participant
from tests.conftest import sign_in
from tests.founding.test_pages import in_force
from tests.founding.world import save


def founded_with_areas(client, network, first, run_jobs):
    area = {"name": "Aprendizaje", "text": "Un taller al mes", "who": "Rio Vivo", "alone": "Los temas"}
    with network_scope(network.pk):
        save(first, network, "areas", areas="", rows=[area])
    in_force(network, first, run_jobs)


def test_the_areas_open_once_as_working_groups_of_a_coordination_with_mandates(
    client, started, first, run_jobs
):
    """Source: GOV-02, GOV-17, GOV-19, GOV-21."""
    founded_with_areas(client, started, first, run_jobs)
    sign_in(client, first)
    with network_scope(started.pk):
        Governance.objects.update(model=Model.VERTICAL)
    page = client.get(f"/{started.slug}/charter/areas/").text
    assert "Aprendizaje" in page
    assert "Los temas" in page
    for _twice in range(2):
        assert client.post(f"/{started.slug}/charter/areas/").status_code == 303
    with network_scope(started.pk):
        body = selectors.coordination_body()
        group = Circle.objects.get(kind=Kind.WORKING_GROUP)
        assert group.parent == body
        assert group.reports_every == 1
        assert Seat.objects.get(circle=body).entry
        assert Seat.objects.get(circle=body).participant_id == first.participant_id
        assert [one.texts for one in group.domain.all()] == [{"es": "Los temas"}]


def test_the_areas_open_as_circles_in_a_horizontal_network(client, started, first, run_jobs):
    """Source: GOV-02, GOV-11."""
    founded_with_areas(client, started, first, run_jobs)
    with network_scope(started.pk):
        Governance.objects.update(model=Model.HORIZONTAL)
        made = services.open_areas(by=first, network=started)
        assert [one.title for one in made] == ["Aprendizaje"]
        assert made[0].parent.kind == Kind.CIRCLE
        assert [item.of.circle_id for item in made[0].domain.all()] == [made[0].parent_id]
        assert list(selectors.red_links()) == made  # nobody was elected yet
        first_member = Participant.objects.get(pk=first.participant_id)
        assert list(selectors.members_of(made[0].parent)) == [first_member]
