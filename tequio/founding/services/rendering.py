"""The charter in force as documents: asked for by whoever reads it, made once by a job, kept."""

from collections.abc import Sequence
from dataclasses import replace

from babel.dates import format_date
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app as jobs

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.texts import language_of, say
from tequio.founding import formats, texts
from tequio.founding.models import Article, Charter, Document, DocumentKind, DocumentState
from tequio.networks.models import Network


def kinds_possible() -> list[str]:
    """Return the formats that this installation can make."""
    return [kind for kind in DocumentKind.values if kind != DocumentKind.PDF or formats.pdf_possible()]


@transaction.atomic
def ask_for_document(*, charter: Charter, language: str, kind: str) -> Document:
    """Ask for a document of the charter, once: who asks again gets the one that is there or under way.

    Raises ``Refused`` for a language or a format that there is not.
    """
    if language not in charter.languages or kind not in kinds_possible():
        raise Refused(_("There is no such document."))
    Document.objects.filter(
        charter=charter, language=language, kind=kind, state=DocumentState.FAILED
    ).delete()
    document, made = Document.objects.get_or_create(
        charter=charter, language=language, kind=kind, defaults={"asked_at": clock.now()}
    )
    if made:
        jobs.configure_task("tequio.founding.tasks.make_document").defer(
            network_id=document.network_id, document_id=document.pk
        )
    return document


@transaction.atomic
def forget_documents(*, charter: Charter) -> None:
    """Drop the documents of a charter whose words have grown."""
    Document.objects.filter(charter=charter).delete()


@transaction.atomic
def make_document(*, document: Document) -> Document:
    """Make a document and keep it; one that was made stays as it is."""
    document = Document.objects.select_for_update(of=("self",)).select_related("charter").get(pk=document.pk)
    if document.state == DocumentState.MADE:
        return document
    network = Network.objects.get(pk=document.network_id)
    paper = paper_of(
        network=network,
        charter=document.charter,
        articles=list(document.charter.articles.all()),
        language=document.language,
    )
    try:
        content = _made(document.kind, paper)
    except formats.PressFailed:
        document.state = DocumentState.FAILED
        document.save(update_fields=["state"])
        return document
    document.content, document.state, document.made_at = content, DocumentState.MADE, clock.now()
    document.save(update_fields=["content", "state", "made_at"])
    return document


def _made(kind: str, paper: formats.Paper) -> bytes:
    if kind == DocumentKind.PDF:
        return formats.pdf_of(formats.html_of(paper))
    return formats.docx_of(paper)


def paper_of(
    *, network: Network, charter: Charter, articles: Sequence[Article], language: str
) -> formats.Paper:
    """Return a charter as a paper in one language; what is missing in it stands in another, and says so."""
    with (
        override(language),
        timezone.override(network.time_zone),
    ):  # the day as it was where the network lives
        name = say(network.name, language)
        return formats.Paper(
            title=_("Charter of %(name)s") % {"name": name},
            said=_("Version %(n)s, in force since %(day)s.")
            % {"n": charter.version, "day": _day(charter, language)},
            author=name,
            language=language,
            pieces=[_piece(article, language) for article in articles],
        )


def _day(charter: Charter, language: str) -> str:
    if charter.in_force_at is None:
        return "—"
    local = timezone.localtime(charter.in_force_at).date()
    return str(format_date(local, "long", locale=language.replace("-", "_")))


def _piece(article: Article, language: str) -> formats.Piece:
    spoken = language_of(article.texts, language) or language
    body = say(article.texts, language)
    if spoken != language:
        mark = _("Not yet translated.")
        body = f"*{mark}*\n\n{body}"
    piece = formats.Piece(article.number, say(article.heading, language), body, spoken)
    if other := texts.whole_in(article.texts, spoken, article.missing):
        mark = _("Not all of it is translated yet. Here it stands whole:")
        return replace(piece, mark=mark, whole=article.texts[other], whole_language=other)
    return piece
