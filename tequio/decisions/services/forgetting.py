"""What somebody said in decisions, under a pseudonym, once they left and asked for erasure."""

from django.db import transaction

from tequio.decisions.models import Answer, Outcome, Reaction
from tequio.people.models import Participant


@transaction.atomic
def use_pseudonym(*, participant: Participant) -> None:
    """Put what stands for the name now wherever a voice says who gave it; the voice itself counts as before.

    What broke a tie keeps its name: the charter asks for one. Source: LGPD article 18, GDPR article 17; RULES, step 3.
    """
    name = participant.name
    Answer.objects.filter(given_by=participant).update(given_name=name)
    Reaction.objects.filter(given_by=participant).update(given_name=name)
    given = Answer.objects.filter(given_by=participant).values_list(
        "elector__round_id", "elector__membership__uuid"
    )
    members = {round_id: str(uuid) for round_id, uuid in given}
    for outcome in Outcome.objects.filter(round_id__in=members):
        for voice in outcome.voices:
            if voice["member"] == members[outcome.round_id]:
                voice["by"] = name
        outcome.save(update_fields=["voices"])
