"""Who works with whom among the sample members. All of it is made up."""

from tequio.atlas import services as atlas
from tequio.core.actor import Actor
from tequio.networks.models import Network
from tequio.people.models import Organization


def work_together(network: Network, ana: Actor, beto: Actor, ines: Actor, joao: Actor) -> None:
    """Let two pairs of members say that they work together; of one pair, everybody may know it."""
    _tie(network, ana, beto, "Una escuela de datos abiertos para gobiernos locales (ejemplo).", public=True)
    _tie(network, joao, ines, "Intercâmbio entre laboratórios cidadãos (exemplo).", public=False)


def _tie(network: Network, one: Actor, other: Actor, what: str, *, public: bool) -> None:
    organization = Organization.objects.get(memberships__pk=other.membership_id or 0)
    tie = atlas.declare_tie(
        by=one, network=network, other=organization, what=what, language=one.language, public=public
    )
    atlas.answer_tie(by=other, tie=tie, agree=True)
