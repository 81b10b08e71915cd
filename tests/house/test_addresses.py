"""No network can take a name that the site's own addresses need."""

from tequio.founding.services.starting import RESERVED
from tests.house.addresses import patterns


def test_the_sites_own_words_are_no_names_of_networks():
    first = {address.route.split("/")[1] for address in patterns()}
    own = {word for word in first if word and not word.startswith("<")}
    assert own <= RESERVED, own - RESERVED
    assert "static" in RESERVED
