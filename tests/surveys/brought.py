"""A survey of six questions, a file of answers to it, and how the file is brought in."""

from pathlib import Path

from tequio.core.actor import Actor
from tequio.core.scoping import network_scope
from tequio.surveys.models import Batch, Survey
from tequio.surveys.rules.instrument import Instrument, Kind, Option, Question, Section
from tequio.surveys.services import building, importing
from tests.standing import world
from tests.world import Andina

FILES = Path(__file__).parent / "files"
GOOGLE = (FILES / "google_forms.csv").read_bytes()


def texts(text: str) -> dict[str, str]:
    return {"es": text}


def options(*names: str) -> tuple[Option, ...]:
    made = tuple(Option(f"o{place}", texts(text)) for place, text in enumerate(names))
    return (*made, Option("other", texts("Otro"), other=True))


MAPPING = Instrument(
    ("es",), texts("Mapeo"),
    (Section("s", {}, (
        Question("name", Kind.OPEN, texts("Nombre de la organización"), role="ORGANIZATION"),
        Question("country", Kind.COUNTRY, texts("¿En qué país está constituida?"), role="COUNTRY"),
        Question("cities", Kind.CITIES, texts("¿En qué ciudades trabajan?"), role="CITIES"),
        Question("themes", Kind.MULTI, texts("¿Qué temas trabajan?"),
                 options=options("Agua, saneamiento y salud", "Participación ciudadana", "Género; y diversidad")),
        Question("joins", Kind.YES_NO, texts("¿Se sumarían a la red?")),
        Question("people", Kind.NUMBER, texts("¿Cuántas personas son?")),
    )),),
)  # fmt: skip


@world(on="andina")
def fields_survey(andina: Andina) -> Survey:
    """An open survey of six questions in the network andina."""
    with network_scope(andina.network.pk):
        survey = building.create_survey(
            by=andina.ana, title=texts("Mapeo"), languages=["es"], instrument=MAPPING
        )
        return building.open_survey(by=andina.ana, survey=survey)


def bring(by: Actor, survey: Survey, content: bytes = GOOGLE, **decided: dict[str, str]) -> Batch:
    batch = importing.start_batch(by=by, survey=survey, name="respuestas.csv", content=content)
    batch = importing.read_batch(by=by, batch=batch)
    if decided:
        batch = importing.decide_batch(by=by, batch=batch, decisions=decided)
        batch = importing.read_batch(by=by, batch=batch)
    return importing.run_batch(by=by, batch=importing.confirm_batch(by=by, batch=batch))
