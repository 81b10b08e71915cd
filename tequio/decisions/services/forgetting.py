"""What somebody said in decisions, under a pseudonym, once they left and asked for erasure."""

from collections import defaultdict

from django.db import transaction
from django.db.models.functions import Coalesce

from tequio.decisions.models import (
    Answer,
    Choice,
    Elector,
    Evaluation,
    Judgement,
    Outcome,
    Question,
    Reaction,
    Way,
)
from tequio.people.models import Participant


@transaction.atomic
def use_pseudonym(*, participant: Participant) -> None:
    """Put what stands for the name now wherever it was kept beside somebody's words; each voice counts as before.

    An answer that they wrote down for another keeps the name of that other. What broke a tie keeps its name: the
    charter asks for one. Source: LGPD article 18, GDPR article 17; RULES, step 3.
    """
    name = participant.name
    answers = Answer.objects.filter(given_by=participant)
    answers.exclude(way=Way.BEHALF).update(given_name=name)
    answers.filter(way=Way.BEHALF).update(recorded_name=name)
    for model in (Reaction, Judgement):  # what was said aloud names who said it, and who wrote it down
        model.objects.filter(given_by=participant).exclude(given_name__endswith=")").update(given_name=name)
    Choice.objects.filter(chosen_by=participant).update(chosen_name=name)
    Question.objects.filter(asked_by=participant).update(asked_name=name)
    Question.objects.filter(replied_by=participant).update(replied_name=name)
    Evaluation.objects.filter(evaluated_by=participant).update(evaluated_name=name)
    _in_records(participant)


def _in_records(participant: Participant) -> None:
    """Do the same in the records of the rounds in which they answered, or wrote an answer down."""
    places: dict[int, dict[str, str]] = defaultdict(dict)
    given = Answer.objects.filter(given_by=participant)
    whose = Coalesce("elector__membership__uuid", "elector__participant__uuid")
    for round_id, member, way in given.values_list("elector__round_id", whose, "way"):
        places[round_id][str(member)] = "recorded" if way == Way.BEHALF else "by"
    people = Elector.objects.filter(participant=participant).values_list("round_id", flat=True)
    own = set(people)
    for outcome in Outcome.objects.filter(round_id__in=[*places, *own]):
        for voice in outcome.voices:
            if place := places.get(outcome.round_id, {}).get(voice["member"]):
                voice[place] = participant.name
            if outcome.round_id in own and voice["member"] == str(participant.uuid):
                voice["name"] = participant.name
        outcome.save(update_fields=["voices"])
