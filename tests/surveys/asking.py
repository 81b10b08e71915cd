"""A small survey whose answers feed a network, and replies to it, as rows."""

from datetime import UTC, datetime

from tequio.people.rules.names import folded_name
from tequio.surveys.models import Answer, Reply, State, Survey, Tick, Version
from tequio.surveys.rules.instrument import Instrument, Kind, Option, Question, Section
from tequio.surveys.rules.written import as_json

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)


def options(*keys, other=()):
    return tuple(
        Option(key, {"en": key.capitalize(), "es": f"{key} (es)"}, other=key in other) for key in keys
    )


def question(role, kind, *choices, other=()):
    return Question(role.lower(), kind, {"en": role}, options=options(*choices, other=other), role=role)


INSTRUMENT = Instrument(
    languages=("en", "es"),
    title={"en": "Mapping"},
    sections=(
        Section(
            "all",
            {"en": "All"},
            (
                question("ORGANIZATION", Kind.OPEN),
                question("EMAIL", Kind.OPEN),
                question("COUNTRY", Kind.COUNTRY, "CO", "MX"),
                question("CITIES", Kind.CITIES),
                question("POPULATIONS", Kind.MULTI, "women", "youth"),
                question("THEMES", Kind.MULTI, "advocacy", "innovation", "which", other=("which",)),
                question("IN_NETWORK", Kind.YES_NO),
                question("LED_NETWORK", Kind.YES_NO),
                question("JOINS", Kind.YES_NO),
                question("NEEDS", Kind.MULTI, "funding_networks", "connection", "capacities"),
                question("OFFERS", Kind.MULTI, "training", "volunteers", "advisory_hours"),
                question("CHALLENGES", Kind.MULTI, "budget", "time", "political_will"),
            ),
        ),
    ),
)


def survey_of(actor, *, slug="mapping", instrument=INSTRUMENT):
    """Return an open survey with one version."""
    survey = Survey.objects.create(
        slug=slug, token=f"{slug}-{actor.network_id}", title={"en": "Mapping"}, languages=["en", "es"], state=State.OPEN,
        created_by_id=actor.participant_id, created_at=AT, opened_at=AT,
    )  # fmt: skip
    Version.objects.create(survey=survey, number=1, document=as_json(instrument), changed_at=AT, opened_at=AT)
    return survey


def reply_to(survey, name, *, joins="yes", email="", sent=True, organization=None, **chosen):
    """Return a reply: ``chosen`` are option keys by question, ``themes=("advocacy",)``; texts go as ``text_themes=…``."""
    reply = Reply.objects.create(
        survey=survey, version=survey.versions.get(), language="es", organization_name=name, organization=organization,
        folded=folded_name(name) if name else "", began_at=AT, changed_at=AT, sent_at=AT if sent else None,
    )  # fmt: skip
    texts = {key.removeprefix("text_"): text for key, text in chosen.items() if key.startswith("text_")}
    ticks = {"joins": (joins,), **{key: keys for key, keys in chosen.items() if not key.startswith("text_")}}
    Tick.objects.bulk_create(
        Tick(reply=reply, question=q, option=key) for q, keys in ticks.items() for key in keys if key
    )
    said = {"organization": name, "email": email, **texts}
    Answer.objects.bulk_create(Answer(reply=reply, question=q, text=text) for q, text in said.items() if text)
    return reply
