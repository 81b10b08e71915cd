"""A form sent twice acts once, also when both arrive at the same moment."""

import threading
import uuid

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from tequio.core.http import see_other
from tequio.core.models import Once
from tequio.core.once import answer_once, forget_old
from tequio.networks.models import Network


def sent(key):
    return RequestFactory().post("/somewhere/", {"once": str(key)})


def founding(_request):
    """A view that writes: each time it runs, there is one network more."""
    number = Network.objects.count()
    Network.objects.create(
        slug=f"n{uuid.uuid4().hex[:8]}", name={"es": "x"}, languages=["es"], created_at="2026-01-01T00:00Z"
    )
    return see_other(f"/result/{number}/")


def test_the_second_sending_gets_the_first_answer(db):
    key = uuid.uuid4()
    first = answer_once(sent(key), founding)
    second = answer_once(sent(key), founding)
    assert (
        (first.status_code, first["Location"])
        == (second.status_code, second["Location"])
        == (303, "/result/0/")
    )
    assert Network.objects.count() == 1


def test_a_form_with_mistakes_can_be_sent_again_with_its_key(db):
    key = uuid.uuid4()
    answer_once(sent(key), lambda request: HttpResponse("mend this", status=422))
    answer_once(sent(key), founding)
    assert Network.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x", "123", "\ud800", "0" * 10_000])
def test_a_key_that_is_none_is_no_key(db, key):
    request = RequestFactory().post("/somewhere/", {"once": key.encode("utf-8", "replace").decode()})
    assert answer_once(request, founding).status_code == 303


def test_eight_at_once_act_once(committing):
    key, answers, barrier = uuid.uuid4(), [], threading.Barrier(8)

    def send():
        try:
            barrier.wait()
            with transaction.atomic():
                answers.append(answer_once(sent(key), founding)["Location"])
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["/result/0/"] * 8
    assert Network.objects.count() == 1


def test_old_keys_are_forgotten(db):
    answer_once(sent(uuid.uuid4()), founding)
    assert forget_old(days=14) == 0
    Once.objects.update(taken_at="2020-01-01T00:00Z")
    assert forget_old(days=14) == 1
