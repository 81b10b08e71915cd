"""An unlisted network does not exist for strangers: not by status, not by a word of the page."""

import re

import pytest

from tequio.networks.models import Network
from tests.house.addresses import staying
from tests.house.rich import Rich


def told(answer):
    """What the answer says, without what differs from one asking to the next."""
    text = re.sub(r'value="[^"]*"', "", answer.content.decode())
    return answer.status_code, text.replace("/andina/", "/nowhere/")


@pytest.mark.parametrize("reader", ["nobody", "carla"])
def test_a_stranger_cannot_tell_it_from_one_that_is_not_there(rich: Rich, reader):
    Network.objects.filter(slug="andina").update(listed=False)
    client = rich.client(reader)
    client.get("/about/")  # a device's very first page carries the style, whichever page it is
    for address in staying():
        if not address.scoped:
            continue
        there = rich.paths(address)[0]
        nowhere = there.replace("/andina/", "/nowhere/")
        first, second = client.get(there), client.get(nowhere)
        assert told(first) == told(second), there
        assert "Red Andina" not in first.content.decode()
        assert first.get("Location", "").replace("/andina/", "/nowhere/") == second.get("Location", "")
