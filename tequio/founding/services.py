"""Every write of the founding path: starting, answering together, agreeing, and the charter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.core.scoping import network_scope
from tequio.core.texts import Texts, say
from tequio.decisions import rules as deciding
from tequio.decisions import services as decisions
from tequio.founding import access, events, rules, selectors, texts
from tequio.founding.models import (
    Answer,
    Article,
    Charter,
    CharterState,
    Place,
    SharedText,
    StepAgreement,
    TextState,
)
from tequio.networks import selectors as network_selectors
from tequio.networks import services as networks
from tequio.networks.models import Network, Stage
from tequio.people import services as people
from tequio.people.models import Duty, Membership, Participant, Person, Status, Voice
from tequio.people.selectors import find_actor

RESERVED = frozenset({
    "start", "salir", "entrar", "cuenta", "language", "accessibility", "healthz", "components", "static", "ayuda",
    "admin", "api", "invitation", "home",
})  # fmt: skip


@transaction.atomic
def start_network(
    *,
    person: Person,
    name: Texts,
    languages: Sequence[str],
    organization: str,
    slug: str | None = None,
    listed: bool = True,
    host_kind: str = "GROUP",
) -> Network:
    """Start a network with its first founder, who coordinates it until the charter says who does.

    ``organization`` may be empty: the founder is then a member in their own name.
    """
    network = networks.start(
        name=name, slug=slug or free_slug(say(name)), languages=languages, listed=listed, host_kind=host_kind
    )
    with network_scope(network.pk):
        by = system(network.pk)
        duties = (Duty.FOUNDER, Duty.COORDINATION, Duty.SIGNER, Duty.ADMISSION)
        seat_founder(by=by, person=person, organization=organization, duties=duties)
        founder = find_actor(person)
        networks.announce(by=founder or by, network=network)
    return network


def free_slug(name: str) -> str:
    """Return a name for addresses that no network has yet."""
    wanted = slugify(name)[:50].strip("-") or "red"
    slug, number = wanted, 1
    while slug in RESERVED or network_selectors.slug_taken(slug):
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def seat_founder(
    *, by: Actor, person: Person, organization: str, duties: Sequence[str] = (Duty.FOUNDER,)
) -> Participant:
    """Make a founder's organization (or the founder) a founding member, and the founder its delegate."""
    shown = person.name or person.email.partition("@")[0]
    if organization:
        recorded = people.record_organization(by=by, name=organization)
        membership = people.join(by=by, organization=recorded, name=organization, status=Status.FOUNDING)
    else:
        membership = people.join(by=by, person=person, name=shown, status=Status.FOUNDING)
    return people.seat(
        by=by, person=person, name=shown, membership=membership, voice=Voice.DELEGATE, duties=duties
    )


@transaction.atomic
def invite_founder(*, by: Actor, network: Network, email: str, name: str, organization: str, language: str) -> None:
    """Write to somebody who would found the network too, for an organization that is recorded now."""
    access.invite.require(by, network)
    recorded = people.record_organization(by=by, name=organization) if organization else None
    people.invite(
        by=by,
        email=email,
        name=name,
        organization=recorded,
        voice=Voice.DELEGATE,
        duties=(Duty.FOUNDER,),
        language=language,
    )
    events.founder_invited.record(network, by=by, private={"email": email}, organization=organization)


@dataclass(frozen=True)
class Save:
    """What came of saving a topic: the shared texts that somebody else had changed meanwhile."""

    apart: Sequence[SharedText]


@transaction.atomic
def save_topic(
    *,
    by: Actor,
    network: Network,
    topic: str,
    answers: Mapping[str, Any],
    shared: Mapping[str, tuple[int, str, Sequence[Mapping[str, Any]]]],
    language: str,
) -> Save:
    """Save what a founder answered on one page. Raises ``Refused`` when the path is closed.

    ``answers`` maps closed questions to a value, or None for "we don't know yet"; ``shared`` maps texts to
    (the version it was written on, body, rows).
    """
    _hold_still(network)
    access.answer.require(by, network, selectors.latest_charter())
    for code, value in answers.items():
        save_answer(by=by, question=code, value=value)
    written = [
        save_text(by=by, question=code, language=_language(code, language), base=base, body=body, rows=rows)
        for code, (base, body, rows) in shared.items()
    ]
    Place.objects.update_or_create(
        participant_id=by.participant_id, defaults={"topic": topic, "at": clock.now()}
    )
    events.answered.record(network, by=by, topic=texts.in_languages(texts.TOPICS[topic]))
    return Save([each for each in written if each is not None and each.state == TextState.APART])


def _hold_still(network: Network) -> None:
    """Let one founder save at a time; the others wait for a moment."""
    Network.objects.select_for_update(no_key=True).get(pk=network.pk)


def _language(code: str, language: str) -> str:
    return language if rules.BY_CODE[code].spoken else ""


@transaction.atomic
def save_answer(*, by: Actor, question: str, value: Any) -> Answer:
    """Keep a founder's own answer to a closed question; None is "we don't know yet"."""
    answer, _made = Answer.objects.update_or_create(
        participant_id=by.participant_id,
        question=rules.BY_CODE[question].code,
        defaults={"value": value, "unknown": value is None, "at": clock.now()},
    )
    return answer


@transaction.atomic
def save_text(
    *,
    by: Actor,
    question: str,
    language: str,
    base: int,
    body: str = "",
    rows: Sequence[Mapping[str, Any]] = (),
) -> SharedText | None:
    """Keep a new version of a shared text, or None when nothing changed.

    Written on an old version, it is kept apart: both texts stay until somebody chooses or joins them.
    """
    versions = SharedText.objects.filter(question=rules.BY_CODE[question].code, language=language)
    current = versions.filter(state=TextState.CURRENT).first()
    if _same(current, body, rows) or (current is None and not body.strip() and not rows):
        return None
    behind = current is not None and base < current.version
    if behind and base and _unchanged_since(versions, base, body, rows):
        return None
    if current is not None and not behind:
        _set_state(current, TextState.OLD)
    return SharedText.objects.create(
        question=question,
        language=language,
        version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
        base=base,
        body=body,
        rows=[dict(row) for row in rows],
        state=TextState.APART if behind else TextState.CURRENT,
        participant_id=by.participant_id,
        at=clock.now(),
    )


def _same(row: SharedText | None, body: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    return row is not None and row.body.strip() == body.strip() and row.rows == [dict(each) for each in rows]


def _unchanged_since(versions: Any, base: int, body: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether somebody sent back, untouched, the version they had been shown."""
    return _same(versions.filter(version=base).first(), body, rows)


def _set_state(row: SharedText, state: str) -> None:
    row.state = state
    row.save(update_fields=["state"])


@transaction.atomic
def choose_text(
    *, by: Actor, network: Network, question: str, language: str, body: str, rows: Sequence[Mapping[str, Any]] = ()
) -> SharedText | None:
    """Settle texts that were written at the same time: what is given here stands; every version stays."""
    _hold_still(network)
    access.answer.require(by, network, selectors.latest_charter())
    versions = SharedText.objects.filter(question=question, language=language)
    current = versions.filter(state=TextState.CURRENT).first()
    versions.filter(state=TextState.APART).update(state=TextState.SETTLED)
    base = current.version if current else 0
    chosen = save_text(by=by, question=question, language=language, base=base, body=body, rows=rows)
    events.text_joined.record(network, by=by, question=texts.in_languages(texts.QUESTIONS[question].ask))
    return chosen


@transaction.atomic
def agree_step(*, by: Actor, network: Network, step: int, state: str) -> StepAgreement:
    """Agree to a step as the founder read it.

    Raises ``Refused`` when it changed meanwhile, or when step 2 lacks its protocol against violence (GOV-29).
    """
    _hold_still(network)
    path = selectors.path(by, network)
    access.answer.require(by, network, path.charter)
    if path.state(step) != state:
        raise Refused(_("This step changed while you were reading it. Read it again, please."))
    missing = [question for question in path.missing if question.step == step]
    if missing:
        raise Refused(_("Something is missing in this step without which a network cannot work."))
    agreement, _made = StepAgreement.objects.update_or_create(
        participant_id=by.participant_id, step=step, defaults={"step_state": state, "at": clock.now()}
    )
    events.step_agreed.record(network, by=by, step=step)
    return agreement


@transaction.atomic
def draft_charter(*, by: Actor, network: Network) -> Charter:
    """Write the articles, numbered, in every language of the network, with what they set."""
    path = selectors.path(by, network)
    Charter.objects.filter(state=CharterState.DRAFT).update(state=CharterState.RETURNED)
    charter = Charter.objects.create(
        version=(Charter.objects.aggregate(last=Max("version"))["last"] or 0) + 1,
        settings=rules.settings_of(path.settled),
        languages=list(network.languages),
        drafted_at=clock.now(),
    )
    drafts = texts.articles(path.settled, name=network.name, languages=network.languages)
    Article.objects.bulk_create([
        Article(
            charter=charter,
            number=number,
            key=draft.key,
            heading=dict(draft.heading),
            texts=dict(draft.texts),
            governs=list(draft.governs),
            missing=list(draft.missing),
        )
        for number, draft in enumerate(drafts, start=1)
    ])  # fmt: skip
    events.charter_drafted.record(charter, by=by, version=charter.version, articles=len(drafts))
    return charter


@transaction.atomic
def open_ratification(*, by: Actor, network: Network) -> Charter:
    """Draft the charter as it stands and ask the founders for their consent to it."""
    _hold_still(network)
    path = selectors.path(by, network)
    access.ratify.require(by, network, path.charter, len(path.missing))
    charter = draft_charter(by=by, network=network)
    body = texts.in_each(network.languages, lambda language: charter_text(charter, language))
    proposal = decisions.propose(
        by=by,
        title=texts.in_each(network.languages, lambda language: _("Charter of %(name)s") % {"name": say(network.name, language)}),
        summary=texts.in_each(network.languages, lambda _language: _("We found the network with these articles. They hold until we change them together.")),
        body=body,
        matter=deciding.Matter.STRATEGIC,
        kind=deciding.Kind.CHARTER.value,
        subject=str(charter.uuid),
    )
    decisions.open_round(by=by, proposal=proposal, hours=int(path.values["round_hours"]))
    charter.state, charter.proposal, charter.proposal_number = CharterState.RATIFYING, proposal.uuid, proposal.number
    charter.save(update_fields=["state", "proposal", "proposal_number"])
    events.ratification_opened.record(charter, by=by, version=charter.version, proposal=proposal.uuid)
    return charter


def charter_text(charter: Charter, language: str) -> str:
    """Return the whole charter in one language, as Markdown."""
    parts = []
    for article in charter.articles.all():
        heading, body = say(article.heading, language), say(article.texts, language)
        parts.append(f"### {article.number}. {heading}\n\n{body}")
    return "\n\n".join(parts)


@transaction.atomic
def put_in_force(*, network: Network, charter: Charter) -> Charter:
    """Put a charter in force: what it sets is written, founders become members, and the register keeps it."""
    by = system(network.pk)
    access.put_in_force.require(by)
    if charter.state == CharterState.IN_FORCE:
        return charter
    Charter.objects.filter(state=CharterState.IN_FORCE).update(state=CharterState.REPLACED)
    networks.put_rules_in_force(
        by=by, network=network, rules=networks.Rules(**charter.settings), version=charter.version
    )
    Membership.objects.filter(status=Status.FOUNDING).update(status=Status.ACTIVE)
    charter.state, charter.in_force_at = CharterState.IN_FORCE, clock.now()
    entry = events.charter_in_force.record(
        charter,
        by=by,
        version=charter.version,
        uuid=charter.uuid,
        proposal=charter.proposal,
        articles=[
            {"number": article.number, "heading": article.heading, "texts": article.texts}
            for article in charter.articles.all()
        ],
        settings=charter.settings,
    )
    charter.entry = entry.pk
    charter.save(update_fields=["state", "in_force_at", "entry"])
    return charter


@transaction.atomic
def send_back(*, network: Network, charter: Charter) -> Charter:
    """Give the charter back to the founders: what was objected to can be mended, and a new draft follows."""
    if charter.state != CharterState.RATIFYING:
        return charter
    charter.state = CharterState.RETURNED
    charter.save(update_fields=["state"])
    events.charter_returned.record(charter, by=system(network.pk), version=charter.version)
    return charter


@transaction.atomic
def prepare_starters(*, by: Actor, network: Network) -> None:
    """Lay the starter texts of the code of ethics and of the commitments, in each language of the network."""
    for code, starter in texts.STARTERS.items():
        for language in network.languages:
            with translation.override(language):
                save_text(by=by, question=code, language=language, base=0, body=str(starter))


def founding(network: Network) -> bool:
    """Say whether the path is still being walked."""
    return network.stage == Stage.FOUNDING
