"""Put something behind every address of a network, through services, each with a mark of that network."""

from datetime import timedelta
from typing import Any

from tequio.archive import services as archive
from tequio.archive.models import Copy, Offer
from tequio.atlas.models import Tie
from tequio.core import clock
from tequio.core.actor import Actor, system
from tequio.core.scoping import network_scope
from tequio.decisions import services as decisions
from tequio.decisions.models import Objection, Proposal, State, Task
from tequio.decisions.rules import Matter, Position
from tequio.founding import rules as founding_rules
from tequio.founding import services as founding
from tequio.founding.models import Article, CharterChange, CharterState, Remark
from tequio.governance import services as governance
from tequio.governance.models import Circle
from tequio.governance.rules import Role
from tequio.membership import services as membership
from tequio.networks import selectors as networks
from tequio.networks import services as networks_services
from tequio.networks.models import Governance, Network
from tequio.notify.models import Ask
from tequio.people import services as people
from tequio.people.models import Hosting, Invitation, Membership, Organization, Participant, Program
from tequio.people.rules.programs import Stage
from tequio.register import services as register
from tequio.register.models import Entry
from tests.house.furnish_elections import ballots, lots, open_elections
from tests.house.furnish_matching import matching
from tests.house.furnish_quotes import quotes
from tests.house.furnish_surveys import surveys
from tests.house.furnish_workshops import workshops
from tests.house.surveyed import answered

Samples = dict[str, list[Any]]
CIRCLES = ("circle", "change", "close", "join", "seat", "flow", "report", "waive", "end-waiver")
OCCASIONS = ("occasion", "attend", "call-off")
REMOVALS = ("removal", "decide-removal", "drop-removal")
IMPORTS = ("import", "import-rejected", "undo-import", "drop-import")
ARTICLES = ("article", "propose-change", "translate", "article-consent")
APPLICATIONS = ("application", "admit", "criteria", "decline", "open-decision", "follow", "withdraw", "again")


def furnish(network: Network, *, by: Actor, other: Actor | None) -> tuple[Samples, list[str]]:
    """Return, by parameter, what can stand in an address, and the marks that only this network may show."""
    marks = [f"kanarie{network.slug}{number:03}" for number in range(200)]
    taken = iter(marks)
    organizations = [_organization(by, taken) for _ in range(3)]
    proposals = [_proposal(by, taken) for _ in range(3)]
    file = decisions.attach(
        by=by, proposal=proposals[0], label=f"Anexo {next(taken)}", content=b"Anexo", language="es"
    )
    decisions.react(by=by, proposal=proposals[0], words=next(taken))
    Governance.objects.update(urgent_hours=24, records_for="COORDINATION")
    opened = [decisions.open_round(by=by, proposal=proposal) for proposal in proposals[:2]]
    question = decisions.ask_question(by=other or by, proposal=proposals[0], words=next(taken))
    decisions.answer(by=by, round=opened[0], position=Position.OBJECT, reason=next(taken), mend=next(taken))
    if other:
        decisions.answer(by=other, round=opened[0], position=Position.CAN_LIVE_WITH, concern=next(taken))
    application = membership.apply(
        network=network,
        name=f"Junta {next(taken)}",
        kind="BOARD",
        why=next(taken),
        contact_name=next(taken),
        contact_email=f"{next(taken)}@example.org",
        language="es",
    )
    row = people.start_import(
        by=by, name=f"{next(taken)}.csv", content=f"name\nClub {next(taken)}\n".encode()
    )
    people.read_import(by=by, row=row)
    invitation = people.invite(by=by, email=f"{next(taken)}@example.org", name=next(taken))
    participant = Participant.objects.get(pk=(other or by).participant_id)
    register.make_checkpoint(network=network)
    change = _charter(network, by, taken)
    agreement, task = _agreement(by, taken)
    joined = _organization(by, taken)
    doubted = people.join(by=by, organization=joined, name=joined.name)
    removal = membership.open_removal(
        by=by, network=network, membership=doubted, reasons=next(taken), language="es"
    )
    relation = decisions.relate(by=by, proposal=proposals[0], source="article", key="purpose")
    occasion = membership.call_members(
        by=by,
        kind="REFLECTION",
        title=next(taken),
        at=clock.now() + timedelta(days=7),
        place=next(taken),
        language="es",
    )
    resource = membership.add_resource(
        by=by, title=next(taken), url=f"https://testserver/{next(taken)}", language="es"
    )
    program = _program(by, organizations[0], taken)
    meeting = _meeting(by, taken)
    circle = _circle(by, participant, taken)
    samples: Samples = {
        **ballots(by, taken),
        **lots(by),
        "number": [proposals[0].number, proposals[2].number],
        "round_number": [1],
        "objection_id": [Objection.objects.get().pk],
        "question_id": [question.pk],
        "relation_id": [relation.pk],
        "file": [file.uuid],
        **surveys(by, taken),
        **matching(by, taken),
        "uuid": [organizations[0].uuid],
        "other": [organizations[1].uuid],
        "token": ["no-such-token"],
        "mark": ["yes"],
        **{f"decisions:{name} number": [agreement.number] for name in ("after", "task", "evaluate", "line")},
        "task_id": [task.pk],
        "decisions:urgent number": [proposals[2].number],
        **{
            f"decisions:{name} number": [meeting]
            for name in ("live", "live-mark", "live-end", "live-judge", "live-step")
        },
        "proxy_id": [_proxy(by, other, proposals[2])],
        "elector_id": [opened[0].electors.order_by("pk")[0].pk],
        "key": ["no-such-device"],
        "where": [network.slug],
        "pk": [1],
        "people:answer-hosting number": [_hosted(network)],
        "people:end-hosting number": [_hosted(network)],
        "people:program uuid": [program.uuid],
        "people:edit-program uuid": [program.uuid],
        "people:leave-program uuid": [program.uuid],
        "people:leave-program number": [program.parts.get().pk],
        "people:voice uuid": [_of(by).uuid],
        "people:end-standing-in uuid": [_of(by).uuid],
        "people:end-standing-in number": [_stands_in(by)],
        "people:revoke-invitation number": [Invitation.objects.get(pk=invitation.pk).pk],
        "notify:decline uuid": [Ask.objects.values_list("uuid", flat=True).first()],
        "notify:reopen uuid": [Ask.objects.values_list("uuid", flat=True).first()],
        **{
            f"people:{name} uuid": [participant.uuid]
            for name in ("person", "rename", "speak", "duties", "end", "recovery")
        },
        **{f"people:{name} uuid": [row.uuid] for name in IMPORTS},
        **{f"membership:{name} uuid": [application.uuid] for name in APPLICATIONS},
        **{f"membership:{name} uuid": [removal.uuid] for name in REMOVALS},
        "membership:open-removal uuid": [removal.membership.uuid],
        **{f"governance:{name} uuid": [circle.uuid] for name in CIRCLES},
        "decisions:circle uuid": [circle.uuid],
        "decisions:leaving uuid": [circle.uuid],
        "circle": [circle.uuid],
        **open_elections(circle, participant),
        "atlas:answer-tie uuid": [_tie(by, organizations[1], _of(by), taken).uuid],
        "atlas:end-tie uuid": [_tie(by, _of(by), organizations[2], taken).uuid],
        "governance:end-seat uuid": [circle.seats.get(role=Role.SECRETARY).uuid],
        **{f"membership:{name} uuid": [occasion.uuid] for name in OCCASIONS},
        "membership:remove-resource uuid": [resource.uuid],
        "membership:hand uuid": [Ask.objects.values_list("uuid", flat=True).first()],
        "entry": [Entry.objects.order_by("turn").values_list("pk", flat=True).first()],
        "size": [1],
        "step": [1],
        "topic": ["why"],
        "question": ["purpose"],
        "language": ["es"],
        "version": [1],
        **{f"founding:{name} key": ["purpose"] for name in ARTICLES},
        "founding:translate language": ["pt-br"],
        "founding:change uuid": [change.uuid],
        "founding:amend-change uuid": [change.uuid],
        "founding:withdraw-remark number": [Remark.objects.values_list("pk", flat=True).first()],
        "founding:document kind": ["docx"],
        **workshops(network, by, taken),
        **quotes(network, by, taken),
        "archive:download uuid": [_copy(network, by).uuid],
        **{f"archive:{name} uuid": [_offer(network, by).uuid] for name in ("offer", "withdraw")},
    }
    _survey, asked = answered(network, by)
    return {**samples, **asked}, marks


def _tie(by: Actor, one: Organization, other: Organization, taken: Any) -> Tie:
    """Let one organization say that it works with another, whether or not somebody is there to be asked."""
    return Tie.objects.create(
        one=one,
        other=other,
        what=next(taken),
        language="es",
        declared_by_id=by.participant_id,
        declared_at=clock.now(),
    )


def _meeting(by: Actor, taken: Any) -> int:
    """Take a proposal into a meeting."""
    proposal = _proposal(by, taken)
    facilitator = Participant.objects.get(pk=by.participant_id)
    decisions.start_meeting(by=by, proposal=proposal, facilitator=facilitator)
    return proposal.number


def _proxy(by: Actor, other: Actor | None, proposal: Proposal) -> int:
    """Give a voice away where the charter lets members do so."""
    if other is None or not Governance.objects.filter(model="VERTICAL").update(proxies_at_most=1):
        return 0
    holder = Membership.objects.get(pk=other.membership_id)
    return decisions.give_proxy(by=by, holder=holder, proposal=proposal).pk


def _circle(by: Actor, participant: Participant, taken: Any) -> Circle:
    """Open a circle inside another one, with a member who writes for it, that owes reports and has no link yet."""
    general = governance.open_circle(
        by=by, name={"es": next(taken)}, aim={"es": next(taken)}, domain=[{"es": next(taken)}],
        members=[participant],
    )  # fmt: skip
    circle = governance.open_circle(
        by=by, name={"es": next(taken)}, aim={"es": next(taken)}, parent=general, domain=[{"es": next(taken)}],
        members=[participant], reports_every=1,
    )  # fmt: skip
    until = clock.today() + timedelta(days=90)
    governance.seat(by=by, circle=circle, participant=participant, role=Role.SECRETARY, until=until)
    return circle


def _offer(network: Network, by: Actor) -> Offer:
    """Offer the coordination to somebody new; the same offer when asked again."""
    if found := Offer.objects.first():
        return found
    person = people.person_for(email=f"heredera@{network.slug}.example", name="Heredera")
    receiver = people.seat(by=by, person=person, name="Heredera")
    return archive.offer_coordination(by=by, network=network, receiver=receiver, stays=True)


def _copy(network: Network, by: Actor) -> Copy:
    """Make a public copy of the network."""
    copy = archive.ask_for_copy(by=by, network=network, kind="PUBLIC")
    archive.make_copy(network=network, copy_id=copy.pk)
    return copy


def _agreement(by: Actor, taken: Any) -> tuple[Proposal, Task]:
    """Return an agreement in force, and a task that follows from it; nobody needs to be asked for that here."""
    agreement = _proposal(by, taken)
    Proposal.objects.filter(pk=agreement.pk).update(state=State.ADOPTED, decided_at=clock.now(), shelf="NOW")
    agreement.refresh_from_db()
    owner = Participant.objects.get(pk=by.participant_id)
    task = decisions.plan_task(by=by, proposal=agreement, what=next(taken), owner=owner, due_on=clock.today())
    return agreement, task


def _charter(network: Network, by: Actor, taken: Any) -> CharterChange:
    """Put a charter in force that lacks a language, with a remark, a change that waits, and a document.

    What the charter says is for everybody to read: it holds none of the marks.
    """
    settled = founding_rules.settled_from({"values": {"model": networks.governance().model}, "texts": {}})
    settled = founding_rules.with_answers(
        settled,
        {
            "purpose": {"es": "Cuidar el agua"},
            "code": {"es": "Nos tratamos con respeto"},
            "contacts": [
                {"id": str(n), "name": f"Contacto {n}", "reach": f"+5730000000{n}", "outside": False}
                for n in range(2)
            ],
        },
    )
    charter = founding.write_charter(network=network, settled=settled, state=CharterState.RETURNED)
    founding.rule(network=network, charter=charter, proposal=None)
    document = founding.ask_for_document(charter=charter, language="es", kind="DOCX")
    founding.make_document(document=document)
    article = charter.articles.select_related("charter").get(key="purpose")
    founding.remark(by=by, network=network, article=article, body=next(taken))
    return founding.propose_change(
        by=by,
        network=network,
        article="purpose",
        answers={"purpose": {"es": f"Cuidar {next(taken)}"}},
        why=next(taken),
    )


def fill_up(*, by: Actor, rows: int) -> None:
    """Add as many of everything that pages list: what a page asks of the database must stay the same."""
    for number in range(rows):
        taken = iter(f"más {number} {part}" for part in "abcdefghijklmnop")
        _organization(by, taken)
        opened = decisions.open_round(by=by, proposal=_proposal(by, taken))
        decisions.answer(by=by, round=opened, position=Position.OBJECT, reason=next(taken))
        _agreement(by, taken)
        people.invite(by=by, email=f"más{number}@example.org".replace("á", "a"), name=next(taken))
        person = people.person_for(email=f"otra{number}@example.org", name=f"Otra {number}")
        people.seat(by=by, person=person, name=f"Otra {number}")
        recorded = _organization(by, taken)
        people.join(by=by, organization=recorded, name=recorded.name)
        _talk(by, number)


def _talk(by: Actor, number: int) -> None:
    """Say something about an article, propose to change it, ask about a proposal and put a file beside it."""
    proposal = Proposal.objects.get(number=1)
    decisions.ask_question(by=by, proposal=proposal, words=f"¿más {number}?")
    written = _proposal(by, iter(f"más {number} {part}" for part in "xyz"))
    decisions.attach(by=by, proposal=written, label=f"más {number}", content=b"Anexo", language="es")
    network = Network.objects.get(pk=by.network_id)
    article = Article.objects.select_related("charter").get(charter__state="IN_FORCE", key="purpose")
    founding.remark(by=by, network=network, article=article, body=f"más {number}")
    founding.propose_change(
        by=by,
        network=network,
        article="purpose",
        answers={"purpose": {"es": f"Cuidar más {number}"}},
        why=f"más {number}",
    )


def _program(by: Actor, organization: Organization, taken: Any) -> Program:
    """Write a program of one stage down, with one organization in it."""
    first, last = clock.today(), clock.today() + timedelta(days=90)
    made = people.record_program(
        by=by, title={"es": f"Programa {next(taken)}"}, about={"es": next(taken)}, first_on=first, last_on=last,
        stages=[Stage(f"Etapa {next(taken)}", first, last)], language="es",
    )  # fmt: skip
    people.join_program(by=by, program=made, organization=organization, role="HOST")
    return made


def _hosted(network: Network) -> int:
    """Let another network ask this one to host it; return the number of that."""
    if known := Hosting.objects.filter(state="ASKED").first():
        return known.pk
    below = networks_services.start(name={"es": "Red menor"}, slug=f"{network.slug}-menor", languages=["es"])
    with network_scope(below.pk):
        people.ask_to_be_hosted(by=system(below.pk), network=below, host=network)
    return Hosting.objects.get().pk


def _of(by: Actor) -> Organization:
    """Return the organization for which somebody acts."""
    found = Membership.objects.select_related("organization").get(pk=by.membership_id).organization
    assert found is not None
    return found


def _stands_in(by: Actor) -> int:
    """Let a colleague stand in next month; return the number of that."""
    membership = Membership.objects.get(pk=by.membership_id)
    person = people.person_for(email=f"suple-{membership.pk}@example.org", name="Suplente")
    colleague = people.seat(by=by, person=person, name="Suplente", membership=membership)
    first = clock.today() + timedelta(days=30)
    return people.stand_in(
        by=by, membership=membership, participant=colleague, first_on=first, last_on=first
    ).pk


def _organization(by: Actor, taken: Any) -> Organization:
    return people.record_organization(
        by=by, name=f"Casa {next(taken)}", country="CO", cities=[f"Pueblo {next(taken)}"], phone=next(taken)
    )


def _proposal(by: Actor, taken: Any) -> Any:
    return decisions.propose(
        by=by,
        title={"es": f"Propuesta {next(taken)}"},
        summary={"es": f"En breve {next(taken)}"},
        body={"es": f"Entera {next(taken)}"},
        matter=Matter.OPERATIONAL,
        leading_team="Aprendizaje",
    )
