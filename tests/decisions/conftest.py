"""A proposal, its round, and its page."""

import pytest

from tequio.decisions import services
from tests.decisions.world import HOME, propose


@pytest.fixture
def proposal(ana):
    return propose(ana)


@pytest.fixture
def opened(ana, proposal):
    return services.open_round(by=ana, proposal=proposal)


@pytest.fixture
def page(client, opened):
    return f"{HOME}{opened.proposal.number}/"
