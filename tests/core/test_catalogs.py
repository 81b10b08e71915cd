"""Texts that were laid together say what they said."""

import pytest
from django.utils import translation
from django.utils.translation import trans_real

from tequio.core.catalogs import gather
from tequio.core.messages import strange_marks


@pytest.mark.parametrize("language", ["es", "pt-br", "en"])
def test_every_text_and_plural_stays_what_it_was(language):
    gather(language)
    whole = trans_real.translation(language)
    apart = trans_real.DjangoTranslation(language)
    assert len(whole._catalog._catalogs) == len(apart._catalog._catalogs) + 1
    known = {text for layer in apart._catalog._catalogs for text in layer}
    assert known
    for text in known:
        if isinstance(text, str):
            assert whole.gettext(text) == apart.gettext(text), text
        else:
            for many in (0, 1, 2, 5, 1_000_000):
                assert whole.ngettext(text[0], text[0], many) == apart.ngettext(text[0], text[0], many)
    assert whole.gettext("Nobody has translated this.") == "Nobody has translated this."


def test_a_language_is_laid_together_once():
    gather("es")
    layers = len(trans_real.translation("es")._catalog._catalogs)
    gather("es")
    assert len(trans_real.translation("es")._catalog._catalogs) == layers
    with translation.override("es"):
        assert translation.gettext("Home") == "Inicio"


def test_each_language_quotes_with_its_own_marks():
    """``messages check`` keeps it in every catalog: one convention in Spanish, one in Portuguese."""
    assert not strange_marks("¿Cerrar «%(title)s»? Dice: «el “otro” lado».", language="es")
    assert strange_marks("¿Cerrar “%(title)s”?", language="es")
    assert not strange_marks('Abrir<span class="vh"> “%(title)s”</span>', language="pt_BR")
    assert strange_marks("Fechar «%(title)s»?", language="pt_BR")
    assert strange_marks('Fechar "%(title)s"?', language="pt_BR")
