"""A network with people enough for a lot."""

from tequio.core.scoping import network_scope
from tequio.people.models import Organization
from tests.standing import world
from tests.world import add_member, add_person


@world(on="andina")
def seven(andina):
    """Andina with four more people, one without an organization of her own kind: seven in all."""
    with network_scope(andina.network.pk):
        member = add_member(andina.network, "Raíces")
        for name in ("Elsa", "Fabio", "Gema", "Hugo"):
            add_person(andina.network, name, membership=member)
        Organization.objects.filter(name="Raíces").update(country="CO", size="SMALL")
        Organization.objects.exclude(name="Raíces").update(country="MX", size="LARGE")
    return andina
