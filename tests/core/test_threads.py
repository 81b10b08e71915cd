"""What belongs to a request stays in its thread."""

from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

from django.urls import set_script_prefix
from django.urls.base import clear_script_prefix, get_script_prefix
from django.utils import timezone, translation

from tequio.core.threads import PLACES, Kept


def test_django_looks_in_the_plain_places():
    assert all(isinstance(getattr(module, name), Kept) for module, name in PLACES)


def test_language_time_zone_and_address_of_one_thread_are_not_those_of_another():
    def seen() -> tuple[str | None, str, str]:
        return translation.get_language(), timezone.get_current_timezone_name(), get_script_prefix()

    with (
        ThreadPoolExecutor(1) as other,
        translation.override("pt-br"),
        timezone.override(ZoneInfo("America/Lima")),
    ):
        set_script_prefix("/under/")
        try:
            assert other.submit(seen).result() == ("es", "UTC", "/")
            assert seen() == ("pt-br", "America/Lima", "/under/")
        finally:
            clear_script_prefix()
