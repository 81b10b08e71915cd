"""Every read of the charter's documents."""

from tequio.core.actor import Actor
from tequio.founding.models import Charter, Document, DocumentState


def documents(actor: Actor | None, charter: Charter) -> list[Document]:
    """The documents of a charter, without their content."""
    return list(Document.objects.filter(charter=charter).defer("content").order_by("language", "kind"))


def document(actor: Actor | None, charter: Charter, *, language: str, kind: str) -> Document | None:
    """A document that has been made, with its content."""
    return Document.objects.filter(
        charter=charter, language=language, kind=kind, state=DocumentState.MADE
    ).first()
