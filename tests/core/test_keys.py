"""Secret letters: of the alphabet, as many as asked for, none likelier than another."""

from collections import Counter

from django.middleware import csrf
from django.test import RequestFactory

from tequio.core.keys import letters


def test_letters_are_drawn_evenly():
    counted = Counter("".join(letters(1000, csrf.CSRF_ALLOWED_CHARS) for _ in range(62)))
    assert set(counted) == set(csrf.CSRF_ALLOWED_CHARS)
    assert all(800 < count < 1200 for count in counted.values())  # six standard deviations around 1000
    assert len({letters(32, csrf.CSRF_ALLOWED_CHARS) for _ in range(100)}) == 100
    assert letters(3, "a") == "aaa"


def test_keys_of_forms_are_drawn_so_and_hold():
    assert csrf.get_random_string is letters
    request = RequestFactory().get("/")
    assert csrf._does_token_match(csrf.get_token(request), request.META["CSRF_COOKIE"])
    assert csrf.get_token(request) != csrf.get_token(request)
