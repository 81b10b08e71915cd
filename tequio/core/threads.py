"""Language, time zone and address of a request, kept where reading them costs next to nothing.

Django keeps them so that they follow a request through coroutines, at the price of a lock and several calls each time one
is read, which a page does some hundred times. Here a request stays in the thread that took it.
"""

import threading

from django.urls import base as addresses
from django.utils import timezone
from django.utils.translation import trans_real


class Kept(threading.local):
    """What belongs to one thread; a class because Django asks for an object with attributes."""


def keep_in_threads() -> None:
    """Put plain thread-local places where Django looks for what belongs to a request; before the first request."""
    for module, name in PLACES:
        setattr(module, name, Kept())


PLACES = ((trans_real, "_active"), (timezone, "_active"), (addresses, "_prefixes"), (addresses, "_urlconfs"))
