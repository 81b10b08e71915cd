"""What a network shares is read by all and written by itself alone: PostgreSQL says so too. Source: REA-09, XCT-02."""

import pytest
from django.db import DatabaseError, connection, transaction

from tequio.core import clock
from tequio.core.scoping import network_scope
from tequio.founding.models import SharedAnswers


@pytest.fixture
def shared(andina, elsewhere):
    for network in (andina.network, elsewhere.network):
        with network_scope(network.pk):
            SharedAnswers.objects.create(network=network, name=network.name, at=clock.now())
    return andina.network, elsewhere.network


def test_everybody_reads_what_is_shared(shared):
    ours, _theirs = shared
    assert SharedAnswers.objects.count() == 2
    with network_scope(ours.pk):
        assert SharedAnswers.objects.count() == 2


def test_nobody_writes_what_another_network_shares(shared):
    ours, theirs = shared
    with network_scope(ours.pk):
        rows = SharedAnswers.objects.filter(network=theirs)
        assert rows.update(answers={"model": "HORIZONTAL"}) == 0
        assert rows.delete()[0] == 0
        assert SharedAnswers.objects.filter(network=ours).update(answers={"model": "VERTICAL"}) == 1
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE founding_sharedanswers SET network_id = %s WHERE network_id = %s",
                           [theirs.pk, ours.pk])  # fmt: skip
    SharedAnswers.objects.filter(network=theirs).update(answers={})
    assert SharedAnswers.objects.count() == 2


def test_outside_any_network_nothing_is_written(shared):
    ours, _theirs = shared
    assert SharedAnswers.objects.filter(network=ours).update(answers={"x": 1}) == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        SharedAnswers.objects.create(network=ours, at=clock.now())
