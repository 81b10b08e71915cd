"""One transaction a request, inside the network that the address names, as the person who is signed in."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from tequio.core import clock, once
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.http import MemberRequest
from tequio.core.prepared import prepared, slot
from tequio.core.scoping import enter, leave
from tequio.networks.models import Network, Stage
from tequio.people.models import Participant
from tequio.people.selectors import actor_of, find_participant, today_of

GetResponse = Callable[[HttpRequest], HttpResponse]
READING = ("GET", "HEAD", "OPTIONS")


def person_id_of(request: HttpRequest) -> int | None:
    """Return who the session says is signed in; the participant or the person is loaded later."""
    key = request.session.get(SESSION_KEY)
    return int(key) if key else None


def _set_config(name: str, value: Any) -> Func:
    return Func(Value(name), value, Value(True), function="set_config", output_field=CharField())


_network_told = prepared(
    lambda: Network.objects.annotate(
        _network=_set_config("tequio.network", Cast(F("pk"), CharField())),
        _person=_set_config("tequio.person", slot("person", CharField())),
    ).filter(slug=slot("slug", CharField()))
)


def find_network(slug: str, person_id: int | None) -> Network | None:
    """Find a network and, in the same query, tell row-level security of it and of the person."""
    return _network_told.first(slug=slug, person=str(person_id or ""))


class NetworkMiddleware:
    """Let in the network's participants, and anyone where a page is public; a class as Django asks."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.network_token = None  # type: ignore[attr-defined]
        request.sending_token = None  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                response = once.answer_once(request, self.get_response)
                if response.status_code >= 400:
                    transaction.set_rollback(True)
        finally:
            leave(request.network_token)  # type: ignore[attr-defined]
            once.answered(request.sending_token)  # type: ignore[attr-defined]
            timezone.deactivate()
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        slug = kwargs.pop("network", None)
        if slug is None:
            return None
        member = cast(MemberRequest, request)
        person_id = person_id_of(request)
        public = getattr(view, "public", False)
        if person_id is None and not public:
            # The same answer whether the network exists or not.
            return redirect_to_login(request.get_full_path())
        network = find_network(slug, person_id)
        if network is None:
            raise Http404
        request.network_token = enter(network.pk)  # type: ignore[attr-defined]
        participant = find_participant(person_id, today=today_of(network)) if person_id else None
        if participant and not _still_signed_in(request, participant):
            participant = None
        member.network = network
        timezone.activate(
            clock.zone_of(participant.person.time_zone if participant else "", network.time_zone)
        )
        member.actor = cast(Actor, actor_of(participant) if participant else None)
        if participant:
            request.sending_token = once.sent_by(participant.person_id, request)  # type: ignore[attr-defined]
        open_to_strangers = public and (network.listed or getattr(view, "by_token", False))
        if participant is None and not open_to_strangers:
            raise Http404
        if network.stage == Stage.CLOSED and request.method not in READING:
            _require_written_when_closed(view)
        return None


def _require_written_when_closed(view: Callable[..., Any]) -> None:
    """Refuse to change anything in a network that is closed, but for what leads out of it."""
    if not getattr(view, "when_closed", False):
        raise Refused(
            _(
                "This network is closed: it can be read, and nothing in it changes. Its coordination can open it again."
            )
        )


def _still_signed_in(request: HttpRequest, participant: Participant) -> bool:
    """Check the session's own hash, and spare the page a second look at the person."""
    person = participant.person
    if not constant_time_compare(request.session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()):
        return False
    request._cached_user = person  # type: ignore[attr-defined]  # noqa: SLF001 (where Django itself keeps it)
    return True
