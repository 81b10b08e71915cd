"""What tests of decisions share: proposals, rounds with objections, crowds of voices."""

import re

from django.utils.html import strip_tags

from tequio.core import clock
from tequio.decisions import services
from tequio.decisions.models import Answer, Elector, Objection
from tequio.decisions.rules import (
    Matter,
    Position,
)
from tequio.networks.models import Governance
from tequio.people.models import Membership, Organization, Participant, Person

LEARNING = {"es": "Formación"}
YES, LIVE, ASIDE, OBJECT = Position.AGREE, Position.CAN_LIVE_WITH, Position.STAND_ASIDE, Position.OBJECT
TITLE = {"es": "Cuota solidaria", "en": "Solidarity dues"}
SUMMARY = {"es": "Cada organización paga según su tamaño.", "en": "Each organization pays by its size."}
BODY = {"es": "Pequeñas: 60. Grandes: 480."}


def propose(by, *, matter=Matter.STRATEGIC, kind="general", **more):
    return services.propose(by=by, title=TITLE, summary=SUMMARY, body=BODY, matter=matter, kind=kind, **more)


def inside(by, circle, **more):
    """Propose within the domain of a circle."""
    touches = more.pop("touches", LEARNING)
    return services.propose(
        by=by,
        title=TITLE,
        summary=SUMMARY,
        body={},
        matter=Matter.OPERATIONAL,
        circle=circle,
        touches=touches,
        **more,
    )


def state(proposal):
    proposal.refresh_from_db()
    return proposal.state


def model(name, **more):
    Governance.objects.update(model=name, **more)


def object_and_close(ana, beto, round):
    services.answer(by=ana, round=round, position=YES)
    services.answer(
        by=beto, round=round, position=OBJECT, reason="Deja fuera a los colectivos", mend="Aportar horas"
    )
    services.close_round(by=ana, round=round)
    return Objection.objects.get(round=round, state="OPEN")


def vote_after_objection(ana, beto, proposal):
    opened = services.open_round(by=ana, proposal=proposal)
    object_and_close(ana, beto, opened)
    return services.open_vote(by=ana, proposal=proposal)


HOME = "/andina/decisions/"


def text(response):
    return re.sub(r"\s+", " ", strip_tags(response.text))


def crowd(network, count):
    """Add many members at once; none of them has people yet."""
    organizations = Organization.objects.bulk_create(
        Organization(name=f"Colectivo {k}", folded=f"colectivo {k}", created_at=clock.now())
        for k in range(count)
    )
    return Membership.objects.bulk_create(
        Membership(organization=one, name=one.name, joined_on=clock.today()) for one in organizations
    )


def answer_all(opened, members):
    """Let many members answer without walking through the service."""
    electors = {one.membership_id: one for one in Elector.objects.filter(round=opened)}
    Answer.objects.bulk_create(
        Answer(elector=electors[one.pk], position="CAN_LIVE_WITH", concern="Ojo", given_at=clock.now())
        for one in members
    )


def delegates(members):
    """Give each member a delegate, without walking through the service: many people at once."""
    people = Person.objects.bulk_create(
        Person(email=f"voz{k}@example.org", name=f"Voz {k}", language=("es", "pt-br", "en")[k % 3])
        for k in range(len(members))
    )
    return Participant.objects.bulk_create(
        Participant(
            person=person, name=person.name, membership=member, voice="DELEGATE", since_on=clock.today()
        )
        for person, member in zip(people, members, strict=True)
    )
