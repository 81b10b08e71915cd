"""Whether the rows of a register that was brought in keep what its entries promised."""

from django.utils.translation import gettext_lazy as _

from tequio.archive.formats import Broken
from tequio.networks.models import Network
from tequio.register.events import private_body
from tequio.register.models import Checkpoint, Leaf, Payload, leaf_of
from tequio.register.rules import merkle
from tequio.register.rules.canonical import NotCanonical, commitment

BROKEN_PROMISE = _("Entry %(number)s of the register does not keep what it promised.")
BROKEN_POINT = _("The checkpoint over %(number)s entries does not fit them.")


def require_register(*, network: Network) -> None:
    """Look at what an export of the register does not show: leaves, private parts, the roots kept for the next checkpoint.

    Raises Broken for the first that does not fit.
    """
    frontier: list[bytes] = []
    points = {point.size: point for point in Checkpoint.objects.all()}
    for leaf in Leaf.objects.select_related("entry").order_by("number").iterator():
        hashed = leaf_of(leaf.entry, number=leaf.number, network=network.uuid)
        if leaf.hash != hashed.hex():
            raise Broken(BROKEN_PROMISE, number=leaf.number)
        merkle.grow(frontier, size=leaf.number, leaf=hashed)
        point = points.get(leaf.number + 1)
        if point and (
            point.frontier != [one.hex() for one in frontier]
            or point.root != merkle.frontier_root(frontier).hex()
        ):
            raise Broken(BROKEN_POINT, number=point.size)
    for payload in Payload.objects.exclude(private_commitment="").select_related("entry__leaf").iterator():
        if not _keeps(payload):
            raise Broken(BROKEN_PROMISE, number=payload.entry.number)


def _keeps(payload: Payload) -> bool:
    promised = private_body(payload.private or {}, person_id=payload.person_id)
    try:
        return payload.private_commitment == commitment(bytes.fromhex(payload.private_salt), promised)
    except (ValueError, NotCanonical):
        return False
