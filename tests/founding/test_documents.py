"""The charter to carry away: tagged PDF and text document, made once by a job."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.utils import timezone

from tequio.core.access import Refused
from tequio.founding import formats, services
from tequio.founding.formats import Paper, Piece
from tequio.founding.models import Charter, Document
from tequio.founding.services.rendering import paper_of
from tests.conftest import sign_in

needs_pango = pytest.mark.skipif(not formats.pdf_possible(), reason="this computer has no Pango")
PAPER = Paper(
    title="Carta de la Red",
    said="Versión 1",
    author="Red",
    language="pt-br",
    pieces=[
        Piece(1, "Nombre", "Somos **muchas**.\n\n- agua\n- *tierra*\n\n> cita\n\n1. uno", "pt-br"),
        Piece(
            2,
            "Con <marcas> \x00\x08\udcff",
            "![x](http://127.0.0.1:9/x.png) [a](https://e.org) <b>no</b>",
            "es",
        ),
        Piece(3, "Lema", "Parte.", "pt-br", mark="Falta", whole="Todo el lema.", whole_language="es"),
    ],
)


def test_a_text_document_has_headings_lists_language_and_title():
    from docx import Document as Docx

    read = Docx(BytesIO(formats.docx_of(PAPER)))
    styles = [(paragraph.style.name, paragraph.text) for paragraph in read.paragraphs]
    assert ("Title", "Carta de la Red") in styles
    assert ("Heading 1", "1. Nombre") in styles
    assert ("List Bullet", "agua") in styles
    assert ("List Number", "uno") in styles
    assert ("Quote", "cita") in styles
    assert read.core_properties.title == "Carta de la Red"
    assert read.core_properties.language == "pt-BR"
    assert 'w:val="pt-BR"' in read.styles.element.xml
    assert [text for _style, text in styles[-3:]] == ["Parte.", "Falta", "Todo el lema."]
    strong = next(run for p in read.paragraphs for run in p.runs if run.text == "muchas")
    assert strong.bold


def test_what_people_write_is_never_markup_in_a_document():
    html = formats.html_of(PAPER)
    assert "<marcas>" not in html
    assert "<b>no</b>" not in html
    assert "<img" not in html
    assert '<div lang="es">' in html
    assert '<p><em>Falta</em></p><div lang="es"><p>Todo el lema.</p>' in html


@needs_pango
def test_a_pdf_is_tagged_and_says_its_language_and_title():
    """PDF/UA-1: marked content, a structure tree, the language and the title shown. Source: XCT-01."""
    from pypdf import PdfReader

    read = PdfReader(BytesIO(formats.pdf_of(formats.html_of(PAPER))))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "pt-BR"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata.title == "Carta de la Red"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert "agua" in read.pages[0].extract_text()


@needs_pango
def test_printing_that_fails_says_so(monkeypatch):
    from tequio.core import printing

    monkeypatch.setattr(printing, "SECONDS", 0.001)
    with pytest.raises(formats.PressFailed):
        formats.pdf_of("<p>x</p>")


def test_a_document_is_made_once_by_a_job_and_kept(client, first, ratified, run_jobs):
    sign_in(client, first)
    path = f"/{ratified.slug}/charter/documents/"
    assert client.get(path).status_code == 200
    assert client.get(f"{path}es.docx").status_code == 404
    assert client.post(path, {"want": "es:DOCX", "once": "1"}).status_code == 303
    assert client.post(path, {"want": "es:DOCX", "once": "2"}).status_code == 303
    assert Document.objects.get().state == "ASKED"
    run_jobs()
    sent = client.get(f"{path}es.docx")
    assert sent.status_code == 200
    assert sent.content.startswith(b"PK")
    assert "attachment" in sent["Content-Disposition"]
    made_at = Document.objects.get().made_at
    services.make_document(document=Document.objects.get())
    assert Document.objects.get().made_at == made_at
    assert client.post(path, {"want": "fr:DOCX", "once": "3"}).status_code == 403
    assert client.post(path, {"want": "", "once": "4"}).status_code == 403


@needs_pango
def test_a_pdf_is_made_by_the_job(first, ratified, run_jobs):
    charter = Charter.objects.get(state="IN_FORCE")
    services.ask_for_document(charter=charter, language="es", kind="PDF")
    run_jobs()
    assert bytes(Document.objects.get().content).startswith(b"%PDF-")


def test_strangers_carry_the_charter_away_too(client, first, ratified, run_jobs):
    path = f"/{ratified.slug}/charter/documents/"
    assert client.post(path, {"want": "pt-br:DOCX", "once": "1"}).status_code == 303
    run_jobs()
    assert client.get(f"{path}pt-br.docx").status_code == 200


def test_without_pango_the_page_says_so_and_offers_the_rest(client, first, ratified, monkeypatch):
    monkeypatch.setattr(formats, "pdf_possible", lambda: False)
    client.cookies["language"] = "es"
    page = client.get(f"/{ratified.slug}/charter/documents/")
    assert "Pango" in page.text
    assert "LibreOffice" in page.text
    charter = Charter.objects.get(state="IN_FORCE")
    with pytest.raises(Refused):
        services.ask_for_document(charter=charter, language="es", kind="PDF")


def test_a_translation_makes_the_documents_anew(first, ratified, run_jobs):
    charter = Charter.objects.get(state="IN_FORCE")
    services.ask_for_document(charter=charter, language="es", kind="DOCX")
    services.translate_article(
        by=first,
        network=ratified,
        article=charter.articles.get(key="purpose"),
        answers={"purpose": {"es": "Cuidar el agua entre todas.", "pt-br": "Cuidar da água."}},
    )
    assert Document.objects.count() == 0


def test_before_a_charter_is_in_force_there_is_nothing_to_carry(client, first, founding):
    sign_in(client, first)
    assert client.get(f"/{founding.slug}/charter/documents/").status_code == 404


def test_a_document_says_the_day_where_the_network_lives(first, ratified):
    """A job knows no reader: at two in the morning of Greenwich it is still the day before in Bogotá."""
    ratified.time_zone = "America/Bogota"
    charter = Charter.objects.get(state="IN_FORCE")
    charter.in_force_at = datetime(2026, 11, 23, 2, tzinfo=UTC)
    with timezone.override("UTC"):
        paper = paper_of(network=ratified, charter=charter, articles=[], language="es")
    assert "22 de noviembre de 2026" in paper.said
