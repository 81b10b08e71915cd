"""A published report is corrected by a newer one, and says words and findings beside its tables."""

import hashlib
import json

import pytest
from django.utils.translation import override

from tequio.core.access import Refused
from tequio.register.models import Entry
from tequio.register.rules.canonical import canonical
from tequio.surveys.rules.reporting import Correction
from tequio.surveys.services.findings import sign_finding
from tequio.surveys.services.printing import page_of
from tequio.surveys.services.releasing import (
    correct_release,
    publish_release,
    withdraw_release,
)
from tests.conftest import sign_in
from tests.surveys.mapping import mapped
from tests.surveys.released import REASON, prepared


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def corrected(by, release, **said):
    texts = {"words": {"es": "83 de 96 buscan articularse."}, "method": {}, "authors": "Red", **said}
    changes = {"es": "Decía 38 en vez de 83."}
    return correct_release(by=by, release=release, correction=Correction(changes=changes, **texts))


def test_a_correction_is_a_new_report_of_the_same_tables_and_the_old_one_stays(
    reported, network, ana, beto, client, unprinted
):
    """Source: issue 5 section 4: nothing is edited after release."""
    with pytest.raises(Refused, match="publish its report"):
        corrected(beto, reported)
    newer = corrected(ana, reported)
    entry = Entry.objects.get(kind="surveys.release_corrected")

    assert (newer.number, newer.tables, newer.basis) == (2, reported.tables, reported.basis)
    assert newer.digest == hashlib.sha256(canonical(newer.document)).hexdigest() == entry.facts["sha256"]
    with pytest.raises(Refused, match="correct that one"):
        corrected(ana, reported)
    page = client.get("/andina/surveys/mapeo/report/").text
    assert "Decía 38 en vez de 83." in page
    assert "83 de 96 buscan articularse." in page
    old = client.get("/andina/surveys/mapeo/report/1/").text
    assert "/andina/surveys/mapeo/report/2/" in old
    assert "83 de 96 buscan" not in old
    assert "Decía 38" in page_of(release=newer, language="es")
    withdraw_release(by=ana, release=newer, reason=REASON)
    assert REASON in client.get("/andina/surveys/mapeo/report/").text  # not the one that was wrong before


def test_a_correction_tells_the_numbers_that_no_table_shows(reported, network, ana, client, unprinted):
    """Source: SUR-24."""
    sign_in(client, ana)
    address = "/andina/surveys/mapeo/report/1/correct/"
    sent = {"words_es": "Son 997.", "changes_es": "Faltaba.", "authors": "Red Andina"}
    refused = client.post(address, sent)

    assert refused.status_code == 422
    assert ": 997." in refused.text
    assert "Son 997." in refused.text
    assert client.post(address, {**sent, "words_es": "", "changes_es": ""}).status_code == 422
    assert client.post(address, {**sent, "sure": "on"}).status_code == 303
    assert (
        "997" in client.get("/andina/surveys/mapeo/report/").text.partition("ninguna tabla de aquí")[2][:80]
    )


def test_own_words_and_findings_of_members_are_printed_with_a_report(network, ana, client):
    """Source: SUR-23, SUR-24; a finding whose numbers the public tables do not say is not printed."""
    survey = mapped(ana)
    said = {"by": ana, "survey": survey, "language": "es"}
    right = sign_finding(**said, text="83 buscan articularse.", question="opportunities")
    wrong = sign_finding(**said, text="Solo 3 son de Bolivia.")
    threads = (str(right.thread), str(wrong.thread))
    found = prepared(
        ana, survey, words={"es": "Son 997 países."}, signed=threads, questions=("opportunities",)
    )

    assert [one["text"] for one in found.document["signed"]] == ["83 buscan articularse."]
    assert "Ana" not in json.dumps(found.document)
    sign_in(client, ana)
    page = client.get("/andina/surveys/mapeo/publish/", headers={"accept-language": "en"}).text
    assert "Español says numbers that no table shows: 997." in page
    assert "no words in English yet" in page
    assert "Solo 3 son de Bolivia." in page
    publish_release(by=ana, survey=survey, preparation=found)
    public = client.get("/andina/surveys/mapeo/report/").text
    assert "83 buscan articularse." in public
    assert "Bolivia" not in public
