"""The outbox: a letter is written where it is caused, and leaves in a job of its own."""

from __future__ import annotations

import logging
import re
import smtplib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, models, transaction
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from tequio.core import clock
from tequio.core.scoping import NoNetwork, here
from tequio.notify.kinds import LETTERS, letter_kind
from tequio.notify.models import Ask, HowOften, Letter, Preference, State
from tequio.notify.tokens import stop_token

if TYPE_CHECKING:
    from tequio.networks.models import Network

log = logging.getLogger(__name__)
TRIES = 60
CANNOT_WAIT = frozenset({"reminder"})  # in the weekly letter they would come after the end
NOT_LATER = frozenset({"asked"})  # the weekly letter lists what waits by itself


class NotSentYet(RuntimeError):
    """The mail server did not take the letter now; the job runs again, later each time."""


@transaction.atomic
def mail(
    *,
    person_id: int | None,
    address: str,
    language: str,
    kind: str,
    template: str,
    context: Mapping[str, Any],
    key: str,
) -> Letter | None:
    """Write a letter once, in the reader's language, and let it leave when this transaction is safe.

    None: this person asked not to be written to about this kind of thing.
    """
    written = Letter.objects.filter(key=key[:200])
    if known := written.first():
        return known
    network = current_network()
    how_often = leaves(kind=kind, chosen=_chosen(kind, person_id=person_id, network=network))
    if how_often is None:
        return None
    letter = draft(
        person_id=person_id, address=address, language=language, kind=kind, key=key, network=network
    )
    if how_often == HowOften.WEEKLY:
        letter.state = State.HELD
    with override(language), timezone.override(network.time_zone if network else None):
        write(letter=letter, template=template, context={"network": network, **context})
    try:
        with transaction.atomic():
            letter.save()
    except IntegrityError:  # somebody wrote the same letter meanwhile
        return written.get()
    post(letter=letter)
    return letter


def current_network() -> Network | None:
    """Return the network we are in, or None outside any."""
    # The app of networks lies above this one, so it is reached through the key that points to it.
    try:
        found: Network | None = networks().filter(pk=here()).first()
    except NoNetwork:
        return None
    return found


def networks() -> models.Manager[Network]:
    """Return the table of networks."""
    model: type[Network] = Ask._meta.get_field("network").related_model  # type: ignore[assignment]
    return model._default_manager  # noqa: SLF001 (Django documents it)


def _chosen(kind: str, *, person_id: int | None, network: Network | None) -> str:
    """Return how often the person wants this kind; letters that somebody waits for always leave."""
    sort = letter_kind(kind)
    if LETTERS[sort].always or person_id is None or network is None:
        return HowOften.NOW
    rows = Preference.objects.filter(person_id=person_id, kind=sort)
    return rows.values_list("how_often", flat=True).first() or HowOften.NOW


def leaves(*, kind: str, chosen: str) -> str | None:
    """Return whether a letter leaves at once or in the weekly one, by what its reader chose; None: it is not written."""
    if chosen == HowOften.WEEKLY and kind in CANNOT_WAIT:
        return HowOften.NOW
    if chosen == HowOften.NEVER or (chosen == HowOften.WEEKLY and kind in NOT_LATER):
        return None
    return chosen


def draft(
    *, person_id: int | None, address: str, language: str, kind: str, key: str, network: Network | None
) -> Letter:
    """Return a letter that is not written yet, with its address, its name and its way to be stopped."""
    host = urlsplit(settings.ORIGIN).hostname
    sort = letter_kind(kind)
    stoppable = network is not None and person_id is not None and not LETTERS[sort].always
    return Letter(
        key=key[:200],
        message_id=f"<{uuid4()}@{host}>",
        network_id=network.pk if network else None,
        person_id=person_id,
        address=address,
        language=language,
        kind=sort,
        stop_url=_stop_url(person_id, network.pk, sort) if stoppable and network and person_id else "",
        written_at=clock.now(),
    )


def _stop_url(person_id: int, network_id: int, sort: str) -> str:
    token = stop_token(person_id=person_id, network_id=network_id, kind=sort)
    return settings.ORIGIN + reverse("letters:stop", args=[token])


def write(*, letter: Letter, template: str, context: Mapping[str, Any]) -> None:
    """Fill in subject, text and HTML from the templates, in the active language."""
    network = context.get("network")
    preferences = (
        settings.ORIGIN + reverse("notify:preferences", args=[network.slug])
        if letter.stop_url and network
        else ""
    )
    values = {
        "origin": settings.ORIGIN.rstrip("/"),
        "preferences_url": preferences,
        "unsubscribe_url": letter.stop_url,
        "why": "",
        **context,
    }
    letter.subject = " ".join(_plain(f"{template}.subject.txt", values).split())[:300]
    values["subject"] = letter.subject
    letter.text = (
        re.sub(r"\n{3,}", "\n\n", _plain(f"{template}.txt", values)).strip().removesuffix("\n--") + "\n"
    )
    letter.html = _inlined(_html(template, values, letter.text))


def _plain(name: str, values: dict[str, Any]) -> str:
    """Fill in a template of plain text: nothing in it is HTML, so nothing is escaped."""
    text: str = get_template(name).template.render(Context(values, autoescape=False))  # type: ignore[attr-defined]
    return text


def _html(template: str, values: dict[str, Any], text: str) -> str:
    try:
        return render_to_string(f"{template}.html", values)
    except TemplateDoesNotExist as absent:
        if str(absent) != f"{template}.html":
            raise
    return render_to_string("notify/mail/paragraphs.html", {**values, "paragraphs": paragraphs(text=text)})


def paragraphs(*, text: str) -> list[dict[str, str]]:
    """Cut a text into paragraphs, without its first line (who writes) and its foot; a lone address is a link."""
    body = text.partition("\n")[2].partition("\n-- \n")[0].partition("\n--\n")[0]
    parts = [part.strip() for part in re.split(r"\n\s*\n", body) if part.strip()]
    return [
        {"url": part, "text": ""} if re.fullmatch(r"https?://\S+", part) else {"url": "", "text": part}
        for part in parts
    ]


@cache
def _inliner() -> Any:
    import css_inline

    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def _inlined(html: str) -> str:
    """Write the style of each element into the element, as mail programs need; rules for dark screens stay above."""
    return str(_inliner().inline(html))


def can_send() -> bool:
    """Say whether there is a mail server; without one letters wait, and are shown on the outbox page."""
    return bool(settings.SMTP_URL)


def post(*, letter: Letter) -> None:
    """Start the job that sends a letter, with the transaction; a letter that is under way already is left alone."""
    if letter.state != State.WAITING or not can_send():
        return
    job = jobs.configure_task("tequio.notify.tasks.send", queueing_lock=f"letter.{letter.pk}")
    try:
        with transaction.atomic():
            job.defer(letter_id=letter.pk)
    except AlreadyEnqueued:
        log.debug("letter %s is under way", letter.pk)


def send_some(*, letter_ids: Sequence[int]) -> int:
    """Send letters one after the other on one line to the server; those that it does not take get a job each."""
    sent = 0
    line: BaseEmailBackend | None = get_connection()
    try:
        line.open()  # type: ignore[union-attr]  # it was made the line before
    except (OSError, smtplib.SMTPException):
        line = None  # each letter notes by itself what the trouble is
    for letter_id in letter_ids:
        try:
            sent += send_now(letter_id=letter_id, line=line)
        except NotSentYet:
            post(letter=Letter.objects.get(pk=letter_id))
    if line is not None:
        line.close()
    return sent


def send_now(*, letter_id: int, line: BaseEmailBackend | None = None) -> bool:
    """Send a letter unless it has left or somebody is sending it; raise ``NotSentYet`` when the server is not there.

    The letter is marked as sent in the transaction that holds it: dying before the server has taken it loses
    nothing, dying between the server's yes and our commit sends it again under the same Message-ID.
    """
    try:
        with transaction.atomic():
            letter = (
                Letter.objects.select_for_update(skip_locked=True)
                .filter(pk=letter_id, state=State.WAITING)
                .first()
            )
            if letter is None:
                return False
            message = envelope(letter=letter)
            message.connection = line
            message.send()
            _mark_sent(letter)
    except (OSError, smtplib.SMTPException) as problem:
        if _note_trouble(letter_id, problem):
            raise NotSentYet(str(problem)[:300]) from problem
        return False
    return True


def _mark_sent(letter: Letter) -> None:
    """Keep that it was sent, and nothing of what it said."""
    letter.state, letter.sent_at, letter.attempts = State.SENT, clock.now(), letter.attempts + 1
    letter.subject = letter.text = letter.html = letter.trouble = ""
    letter.save()


@transaction.atomic
def _note_trouble(letter_id: int, problem: Exception) -> bool:
    """Write down why a letter did not leave; return whether it is worth trying again."""
    letter = Letter.objects.select_for_update().get(pk=letter_id)
    letter.attempts += 1
    letter.trouble = str(problem)[:500]
    if _refused_for_good(problem) or letter.attempts >= TRIES:
        letter.state = State.FAILED
    letter.save(update_fields=["attempts", "trouble", "state"])
    return letter.state == State.WAITING


def _refused_for_good(problem: Exception) -> bool:
    """Say whether the server said that this letter will never be taken. Source: RFC 5321 §4.2.1."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _words in problem.recipients.values())
    if isinstance(problem, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return 500 <= problem.smtp_code < 600
    return False


def envelope(*, letter: Letter) -> EmailMultiAlternatives:
    """Return the message as it goes to the server: two forms of one text, and how to stop it. Source: RFC 8058."""
    headers = {
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    if letter.stop_url:
        headers["List-Unsubscribe"] = f"<{letter.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.address], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    return message
