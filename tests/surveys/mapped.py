"""The ninety-six golden answers as rows, for pages of results."""

from django.db.models import Model

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.scoping import network_scope
from tequio.surveys.models import Answer, Reply, Source, Survey, Tick
from tequio.surveys.rules.instrument import Kind
from tequio.surveys.services import building
from tests.standing import world
from tests.surveys import golden

TITLE = {"es": "Mapeo regional", "en": "Regional mapping", "pt-br": "Mapeamento regional"}


def open_mapping(by: Actor, *, answers: int = golden.SIZE) -> Survey:
    """Open the regional mapping and put so many of the golden answers in, in a few inserts."""
    survey = building.create_survey(
        by=by, title=TITLE, languages=["es", "pt-br", "en"], template="regional_mapping"
    )
    survey = building.open_survey(by=by, survey=survey)
    add_answers(survey, answers)
    return survey


def add_answers(survey: Survey, answers: int, *, first: int = 0) -> None:
    """Put some of the golden answers in as if they were sent."""
    version, now = survey.versions.latest("number"), clock.now()
    said = list(golden.replies())[first : first + answers]
    rows = {"survey": survey, "version": version, "language": "es", "source": Source.PAGE}
    times = {"began_at": now, "changed_at": now, "sent_at": now}
    replies = Reply.objects.bulk_create([Reply(**rows, **times) for _one in said])
    kinds = {question.key: question.kind for question in version.instrument.questions()}
    texts: list[Model] = []
    ticks: list[Model] = []
    for reply, values in zip(replies, said, strict=True):
        for key, value in values.items():
            ticks += [Tick(reply=reply, question=key, option=option) for option in value.chosen]
            if kinds[key] is Kind.OPEN:
                texts.append(Answer(reply=reply, question=key, text=value.text))
        pillar = "".join(values["pillar"].chosen) if "pillar" in values else ""
        texts.append(
            Answer(reply=reply, question="initiative_description", text=f"Participación de jóvenes: {pillar}")
        )
    Tick.objects.bulk_create(ticks)
    Answer.objects.bulk_create(texts)


@world(on="andina")
def answered_mapping(andina):
    """The regional mapping with its ninety-six answers."""
    with network_scope(andina.network.pk):
        return open_mapping(andina.ana)
