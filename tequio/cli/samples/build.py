"""Found the sample networks of the demonstration, through the same services as any other network."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from tequio.cli.samples import (
    aguas,
    asking,
    belonging,
    changing,
    choosing,
    cila,
    circles,
    drawing,
    meeting,
    talk,
    together,
    voting,
)
from tequio.cli.samples.jobs import run_waiting_jobs
from tequio.core.actor import Actor, system
from tequio.core.scoping import network_scope
from tequio.decisions import services as decisions
from tequio.decisions.models import Proposal
from tequio.decisions.rules import Matter, Position
from tequio.founding import rules as founding_rules
from tequio.founding import selectors as founding_selectors
from tequio.founding import services as founding
from tequio.governance.models import Circle
from tequio.governance.rules import Kind as Group
from tequio.networks.models import Network
from tequio.people import services as people
from tequio.people.models import Duty, Membership, Organization, Person, Voice
from tequio.people.rules.organizations import Details
from tequio.people.rules.programs import Stage
from tequio.people.selectors import find_actor

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Character:
    """Somebody to be in the demonstration; ``path`` signs in with one click."""

    name: str
    network: str
    role: str
    language: str
    path: str


@dataclass(frozen=True)
class Part:
    """A character's part: the member they speak for, their voice and their duties there."""

    name: str
    role: str
    email: str
    language: str
    network: str
    member: int = 0
    voice: Voice = Voice.DELEGATE
    duties: tuple[str, ...] = ()


CILA_PARTS = (
    Part("Ana (ejemplo)", "coordination", "ana@cila.example", "es", "cila", 0),
    Part("Beto (ejemplo)", "delegate", "beto@cila.example", "es", "cila", 1),
    Part("Inés (ejemplo)", "delegate", "ines@cila.example", "en", "cila", 2),
    Part("João (exemplo)", "delegate", "joao@cila.example", "pt-br", "cila", 3),
    Part(
        "Dora (ejemplo)",
        "contact person",
        "dora@cila.example",
        "es",
        "cila",
        1,
        Voice.SUBSTITUTE,
        (Duty.CONTACT,),
    ),
)
AGUAS_PARTS = (
    Part("Carla (exemplo)", "founder", "carla@aguas.example", "pt-br", "aguas", 0),
    Part("Lucía (ejemplo)", "delegate", "lucia@aguas.example", "es", "aguas", 1),
    Part("Rui (exemplo)", "delegate", "rui@aguas.example", "pt-br", "aguas", 2),
)
CONTACTS = {
    "cila": (
        {"name": "Dora (ejemplo)", "reach": "dora@cila.example", "outside": ""},
        {"name": "Vera (ejemplo)", "reach": "vera@casa.example", "outside": "YES"},
    ),
    "aguas": (
        {"name": "Rui (exemplo)", "reach": "rui@aguas.example", "outside": ""},
        {"name": "Nina (exemplo)", "reach": "nina@casa.example", "outside": "YES"},
    ),
}


def build() -> list[Character]:
    """Build what is not there yet and return everybody one can be."""
    if not Network.objects.filter(slug="cila").exists():
        _cila()
    if not Network.objects.filter(slug="aguas").exists():
        _aguas()
    return [_character(part) for part in (*CILA_PARTS, *AGUAS_PARTS)]


def _character(part: Part) -> Character:
    person = people.person_for(email=part.email, name=part.name, language=part.language)
    return Character(part.name, part.network, part.role, part.language, people.demo_link(person=person))


def _cila() -> None:
    network = _found(cila, "cila", CILA_PARTS, host_kind="CONSORTIUM")
    with _in(network, CILA_PARTS) as (ana, beto, ines, joao):
        _seat_dora(beto)
        people.import_organizations(
            by=ana,
            name="cila_organizations.csv",
            content=(HERE / "cila_organizations.csv").read_bytes(),
        )
        members = [_member(actor).organization for actor in (ana, beto, ines, joao)]
        consortium = [row for row in members if row is not None]
        people.set_hosts(
            by=ana, network=network, kind="CONSORTIUM", organizations=consortium, coordinating=consortium[0]
        )
        residents = [
            people.record_organization(by=ana, name=name, country=country) for name, country in cila.RESIDENTS
        ]
        _residencies(ana, consortium, residents)
        _adopt_the_map(ana, (ana, beto, ines, joao))
        _ask_about_the_gathering(ana, (beto, joao))
        talk.draft_a_library(ines, (beto, joao))
        belonging.belong(network, ana, beto, joao)
        together.work_together(network, ana, beto, ines, joao)
        circles.put_groups_to_work(network, ana, joao)
        changing.meet_less_often(beto, network)
        voting.share_out_a_fund((ana, beto, ines, joao))
        voting.choose_objectives((ana, beto))
        groups = Circle.objects.filter(kind=Group.WORKING_GROUP).order_by("pk")
        choosing.elect_by_name((ana, beto, ines, joao), groups[1])
        drawing.draw_a_panel((ana, beto, ines))
        asking.map_the_region(ana, network.languages)
    run_waiting_jobs()


def _residencies(by: Actor, hosts: Sequence[Organization], residents: Sequence[Organization]) -> None:
    """Write down the three months of 2023 that the No Manual came out of; the days themselves are an example."""
    program = people.record_program(
        by=by,
        title=cila.PROGRAM,
        about=cila.PROGRAM_ABOUT,
        first_on=date(2023, 5, 1),
        last_on=date(2023, 7, 31),
        stages=[Stage(title, first, last) for title, first, last in cila.PROGRAM_STAGES],
        language="es",
    )
    for role, organizations in (("HOST", hosts), ("RESIDENT", residents)):
        for organization in organizations:
            people.join_program(by=by, program=program, organization=organization, role=role)


def _aguas() -> None:
    network = _found(aguas, "aguas", AGUAS_PARTS, host_kind="GROUP")
    with _in(network, AGUAS_PARTS) as (carla, lucia, rui):
        circles.tie_the_circles(network, carla, lucia, rui)
        talking = Circle.objects.filter(kind=Group.CIRCLE).order_by("-pk")[0]
        measuring = Circle.objects.filter(kind=Group.CIRCLE).exclude(parent=None).order_by("pk")[0]
        meeting.decide_in_a_meeting(measuring, (lucia, rui))
        choosing.choose_a_facilitator(talking, carla, (lucia, rui, carla))
        asking.ask_for_needs(carla, network.languages)
        founding.share_answers(by=carla, network=network, shared=True)
        proposal = decisions.propose(
            by=carla,
            title={
                "pt-br": "Medir o rio toda primeira segunda-feira",
                "es": "Medir el río cada primer lunes",
            },
            summary={
                "pt-br": "Cada bairro mede a água no mesmo dia, e publica o número.",
                "es": "Cada barrio mide el agua el mismo día y publica el número.",
            },
            body={
                "pt-br": "Usamos o mesmo kit e a mesma hora. Quem não puder, avisa, e outra pessoa vai no seu lugar.",
                "es": "Usamos el mismo equipo y la misma hora. Quien no pueda, avisa, y va otra persona en su lugar.",
            },
            matter=Matter.OPERATIONAL,
            leading_team="Medição",
        )
        opened = decisions.open_round(by=carla, proposal=proposal)
        decisions.answer(by=carla, round=opened, position=Position.CAN_LIVE_WITH)
        decisions.answer(
            by=lucia,
            round=opened,
            position=Position.OBJECT,
            reason="Los lunes llueve y el camino al río se cierra: habría accidentes.",
            mend="Que cada barrio elija otro día de la misma semana cuando llueva.",
        )
        changing.decide_before_the_flood(lucia, carla, rui)
    run_waiting_jobs()


def _found(sample: ModuleType, slug: str, parts: Sequence[Part], *, host_kind: str) -> Network:
    """Walk the six steps with every founder, agree to each, and ratify the charter."""
    founders = [part for part in parts if part.voice is Voice.DELEGATE]
    network = founding.start_network(
        person=_person(founders[0]),
        name=sample.NAME,
        languages=sample.LANGUAGES,
        organization=sample.MEMBERS[0][0],
        slug=slug,
        host_kind=host_kind,
    )
    with network_scope(network.pk):
        first = _actor(founders[0])
        for part in founders[1:]:
            founding.seat_founder(by=first, person=_person(part), organization=sample.MEMBERS[part.member][0])
        for (name, country, city), part in zip(sample.MEMBERS, founders, strict=True):
            _describe(_actor(part), name, country, city, sample.ALIASES.get(name, ()))
        actors = [_actor(part) for part in founders]
        _write_texts(network, first, sample, CONTACTS[slug])
        for actor in actors:
            _answer_everything(network, actor, sample.ANSWERS)
        for actor in actors:
            for step in founding_rules.STEPS:
                state = founding_selectors.path(actor, network).state(step)
                founding.agree_step(by=actor, network=network, step=step, state=state)
        charter = founding.open_ratification(by=first, network=network)
        opened = Proposal.objects.get(subject=str(charter.uuid)).rounds.get()
        for actor in actors:
            decisions.answer(by=actor, round=opened, position=Position.AGREE)
    run_waiting_jobs()
    network.refresh_from_db()
    return network


def _answer_everything(network: Network, actor: Actor, answers: Mapping[str, Any]) -> None:
    for topic in founding_rules.TOPICS:
        given = {q.code: answers[q.code] for q in topic.questions if q.code in answers}
        if given:
            founding.save_topic(
                by=actor, network=network, topic=topic.code, answers=given, shared={}, language=actor.language
            )


def _write_texts(
    network: Network, actor: Actor, sample: ModuleType, contacts: Sequence[Mapping[str, str]]
) -> None:
    """Write the shared texts, each in every language that the sample has."""
    for language in sample.LANGUAGES:
        bodies = {code: texts[language] for code, texts in sample.TEXTS.items()}
        bodies |= {code: "\n".join(lists[language]) for code, lists in sample.LISTS.items()}
        for code, body in bodies.items():
            founding.save_text(by=actor, question=code, language=language, base=0, body=body)
    for code, rows in (sample.TABLES | {"contacts": contacts}).items():
        founding.save_text(by=actor, question=code, language=sample.LANGUAGES[0], base=0, rows=rows)


def _describe(actor: Actor, name: str, country: str, city: str, aliases: Sequence[str]) -> None:
    """Complete what the network knows of a founding organization."""
    organization = _member(actor).organization
    if organization is None:
        return  # a person who founds on their own
    details = Details(
        name=name,
        kind="NGO",
        sector="SOCIAL",
        country=country,
        cities=(city,),
        aliases=tuple(aliases),
        scope="REGIONAL",
    )
    people.change_organization(by=actor, organization=organization, details=details)
    everybody = dict.fromkeys(("name", "kind", "country", "cities"), "EVERYBODY")
    people.show_organization(by=actor, organization=organization, levels=everybody)


def _member(actor: Actor) -> Membership:
    return Membership.objects.get(pk=actor.membership_id or 0)


def _seat_dora(beto: Actor) -> None:
    part = CILA_PARTS[-1]
    membership = _member(beto)
    people.seat(
        by=system(beto.network_id),
        person=_person(part),
        name=part.name,
        membership=membership,
        voice=part.voice,
        duties=part.duties,
    )


def _adopt_the_map(by: Actor, everybody: Sequence[Actor]) -> None:
    proposal = decisions.propose(
        by=by,
        title={
            "es": "Publicar el mapeo de 96 organizaciones",
            "pt-br": "Publicar o mapeamento de 96 organizações",
            "en": "Publish the mapping of 96 organizations",
        },
        summary={
            "es": "Publicamos los resultados por país y por tema. Nunca los datos de una sola organización.",
            "pt-br": "Publicamos os resultados por país e por tema. Nunca os dados de uma só organização.",
            "en": "We publish the results by country and by theme. Never the data of a single organization.",
        },
        body={
            "es": "Respondieron 96 organizaciones de cinco países y 95 están nombradas. 93 quieren sumarse a una red.",
            "pt-br": "Responderam 96 organizações de cinco países e 95 estão nomeadas. 93 querem participar de uma rede.",
            "en": "96 organizations from five countries answered, and 95 are named. 93 want to join a network.",
        },
        matter=Matter.STRATEGIC,
    )
    opened = decisions.open_round(by=by, proposal=proposal)
    for actor in everybody:
        decisions.answer(by=actor, round=opened, position=Position.CAN_LIVE_WITH)


def _ask_about_the_gathering(by: Actor, answered: Sequence[Actor]) -> None:
    proposal = decisions.propose(
        by=by,
        title={
            "es": "El próximo encuentro presencial, en Bogotá",
            "pt-br": "O próximo encontro presencial, em Bogotá",
            "en": "The next face-to-face gathering, in Bogotá",
        },
        summary={
            "es": "Nos vemos dos días en Bogotá, como en Conexión.CILA: 8 horas de trabajo y una tarde sin agenda.",
            "pt-br": "Encontramo-nos dois dias em Bogotá, como na Conexión.CILA: 8 horas de trabalho e uma tarde sem pauta.",
            "en": "We meet for two days in Bogotá, as at Conexión.CILA: 8 hours of work and an afternoon without an agenda.",
        },
        body={
            "es": "En 2022 fuimos 74 personas de 31 ciudades y 19 países. Esta vez cada organización trae a una persona que "
            "no dirige.",
            "pt-br": "Em 2022 fomos 74 pessoas de 31 cidades e 19 países. Desta vez cada organização traz uma pessoa que não "
            "dirige.",
            "en": "In 2022 we were 74 people from 31 cities and 19 countries. This time each organization brings a person who "
            "does not direct it.",
        },
        matter=Matter.OPERATIONAL,
        leading_team="Comunicación",
    )
    talk.talk_about_the_gathering(by, proposal, answered)
    opened = decisions.open_round(by=by, proposal=proposal)
    for actor in answered[:1]:
        decisions.answer(
            by=actor,
            round=opened,
            position=Position.CAN_LIVE_WITH,
            concern="Que haya sala para seguirlo a distancia.",
        )
    talk.hear_the_distance(by, proposal)


@contextmanager
def _in(network: Network, parts: Sequence[Part]) -> Iterator[list[Actor]]:
    with network_scope(network.pk):
        yield [_actor(part) for part in parts if part.voice is Voice.DELEGATE]


def _person(part: Part) -> Person:
    return people.person_for(email=part.email, name=part.name, language=part.language)


def _actor(part: Part) -> Actor:
    actor = find_actor(_person(part))
    if actor is None:
        raise LookupError(f"{part.name} has no part in {part.network}.")
    return actor
