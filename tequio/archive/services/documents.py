"""What people read in an archive: the versions of the charter, and what the file is."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from tequio.archive.models import CopyKind
from tequio.core.texts import say
from tequio.founding import selectors as founding
from tequio.founding.formats import Paper
from tequio.founding.models import Charter, CharterState
from tequio.founding.services import paper_of
from tequio.networks.models import Network

AGREED = (CharterState.IN_FORCE, CharterState.REPLACED)


def charters(*, network: Network, public: bool) -> Iterator[tuple[str, bytes]]:
    """Yield every version of the charter in each of its languages, as Markdown.

    In public the one in force alone, and of it the articles that strangers ask about: others may name people.
    """
    states = (CharterState.IN_FORCE,) if public else AGREED
    shown = {article.number for article in founding.public_articles()} if public else None
    for charter in Charter.objects.filter(state__in=states).order_by("version").prefetch_related("articles"):
        rows = [row for row in charter.articles.all() if shown is None or row.number in shown]
        articles = sorted(rows, key=lambda article: article.number)
        for language in charter.languages:
            paper = paper_of(network=network, charter=charter, articles=articles, language=language)
            yield f"documents/charter-{charter.version}.{language}.md", _markdown(paper)


def _markdown(paper: Paper) -> bytes:
    pieces = [f"## {piece.number}. {piece.heading}\n\n{piece.body}" for piece in paper.pieces]
    return ("\n\n".join([f"# {paper.title}", paper.said, *pieces]) + "\n").encode()


def readme(*, network: Network, kind: str) -> bytes:
    """Say what the file is, in each language of the network."""
    return "\n".join(_said(network, kind, language) for language in network.languages).encode()


def _said(network: Network, kind: str, language: str) -> str:
    with override(language):
        name = say(network.name, language)
        whole = [
            _("This is the whole network: its documents, its tables, its files and its register."),
            _("It holds the addresses of people. Keep it as you would keep the keys of your house."),
            _("Another installation of Tequio takes it with: tequio import network FILE"),
        ]
        public = [
            _("This is what anybody may read of the network. It holds no secrets and no data of people."),
        ]
        folders = [
            _("documents: the charter, as text."),
            _("data: each table twice, as JSON and as CSV; schemas says what each column is."),
            _("register: what was decided, and the program that checks it: python3 verify.py FILE")
            if kind == CopyKind.PRIVATE
            else _(
                "register: hashes of all entries, without words. python3 verify.py FILE --since OLD-LETTER checks them."
            ),
            _("datapackage.json lists every file with its checksum; seal.txt signs that list."),
        ]
        lines = [*(whole if kind == CopyKind.PRIVATE else public), *(f"- {line}" for line in folders)]
        return "\n".join([f"# {name}", "", *lines, ""])
