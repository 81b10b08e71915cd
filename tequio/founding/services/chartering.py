"""The charter: drafted, asked for, sent back, put in force."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.actor import Actor, system
from tequio.core.texts import say
from tequio.decisions import rules as deciding
from tequio.decisions import services as decisions
from tequio.founding import access, events, rules, selectors, texts
from tequio.founding.models import Article, Charter, CharterState
from tequio.founding.services.answering import hold_still
from tequio.founding.services.asking import ask_founder, asked_about
from tequio.founding.services.consenting import carry_over
from tequio.networks import services as networks
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people import services as people
from tequio.people.models import Membership, Status
from tequio.register.models import Entry

SUMMARY = gettext_lazy("We found the network with these articles. They hold until we change them together.")


@transaction.atomic
def draft_charter(*, by: Actor, network: Network) -> Charter:
    """Write the articles, numbered, in every language of the network, with what they set."""
    path = selectors.path(by, network)
    Charter.objects.filter(state=CharterState.DRAFT).update(state=CharterState.RETURNED)
    charter = write_charter(network=network, settled=path.settled, state=CharterState.DRAFT)
    events.charter_drafted.record(charter, by=by, version=charter.version, articles=charter.articles.count())
    return charter


@transaction.atomic
def write_charter(
    *,
    network: Network,
    settled: rules.Settled,
    state: str,
    before: Charter | None = None,
    was: rules.Settled | None = None,
) -> Charter:
    """Write a version of the charter from what was settled.

    Of an article that says the same as it did of what ``was`` settled, the words of ``before`` stay, to the letter: a
    sentence that this program says otherwise today changes nothing that was agreed.
    """
    charter = Charter.objects.create(
        version=(Charter.objects.aggregate(last=Max("version"))["last"] or 0) + 1,
        state=state,
        settings=rules.settings_of(settled),
        answers=rules.kept(settled),
        languages=list(network.languages),
        drafted_at=clock.now(),
    )
    known = {article.key: article for article in before.articles.all()} if before else {}
    drafts = texts.articles(settled, name=network.name, languages=network.languages)
    untouched = _untouched(network, drafts, was) if was else set()
    Article.objects.bulk_create([
        Article(
            charter=charter,
            number=number,
            key=draft.key,
            governs=list(draft.governs),
            missing=list(draft.missing),
            **_words(draft, known.get(draft.key) if draft.key in untouched else None, charter.version),
        )
        for number, draft in enumerate(drafts, start=1)
    ])  # fmt: skip
    return charter


def _untouched(network: Network, drafts: Sequence[texts.ArticleDraft], was: rules.Settled) -> set[str]:
    """Return the articles that say the same of what is settled as of what was."""
    old = texts.articles(was, name=network.name, languages=network.languages)
    return {new.key for new, before in zip(drafts, old, strict=True) if new.texts == before.texts}


def _words(draft: texts.ArticleDraft, kept: Article | None, version: int) -> dict[str, Any]:
    if kept is None:
        return {"heading": dict(draft.heading), "texts": dict(draft.texts), "since": version}
    return {"heading": kept.heading, "texts": kept.texts, "since": kept.since}


@transaction.atomic
def open_ratification(*, by: Actor, network: Network) -> Charter:
    """Draft the charter as it stands and ask the founders for their consent to it."""
    hold_still(network=network)
    path = selectors.path(by, network)
    access.ratify.require(by, network, path.charter, len(path.missing))
    charter = draft_charter(by=by, network=network)
    carry_over(charter=charter, before=path.charter)
    proposal = decisions.propose(
        by=by,
        title=texts.in_each(network.languages, lambda language: _title_of(network, language)),
        summary=texts.in_each(network.languages, lambda _language: str(SUMMARY)),
        body=texts.in_each(network.languages, lambda language: _charter_text(charter, language)),
        matter=deciding.Matter.STRATEGIC,
        kind=deciding.Kind.CHARTER.value,
        subject=str(charter.uuid),
    )
    decisions.open_round(by=by, proposal=proposal, hours=int(path.values["round_hours"]))
    charter.state, charter.proposal, charter.proposal_number = (
        CharterState.RATIFYING,
        proposal.uuid,
        proposal.number,
    )
    charter.save(update_fields=["state", "proposal", "proposal_number"])
    events.ratification_opened.record(charter, by=by, version=charter.version, proposal=proposal.uuid)
    notify.close_asks(subject=asked_about(network=network))
    return charter


def _title_of(network: Network, language: str) -> str:
    """Return the title of the decision, in the language that is active."""
    return _("Charter of %(name)s") % {"name": say(network.name, language)}


def _charter_text(charter: Charter, language: str) -> str:
    """Return the whole charter in one language, as Markdown."""
    parts = []
    for article in charter.articles.all():
        heading, body = say(article.heading, language), say(article.texts, language)
        parts.append(f"### {article.number}. {heading}\n\n{body}")
    return "\n\n".join(parts)


@transaction.atomic
def put_in_force(*, network: Network, charter: Charter) -> Charter:
    """Put a charter in force: what it sets is written, founders become members, and the register keeps it."""
    access.put_in_force.require(system(network.pk))
    newer = Charter.objects.filter(version__gt=charter.version).exists()
    if charter.state == CharterState.IN_FORCE or newer:
        return charter
    rule(network=network, charter=charter, proposal=charter.proposal)
    Membership.objects.filter(status=Status.FOUNDING).update(status=Status.ACTIVE)
    notify.close_asks(subject=asked_about(network=network))
    return charter


@transaction.atomic
def rule(*, network: Network, charter: Charter, proposal: UUID | None) -> Entry:
    """Make this version the one that rules: its settings, its words and the register change together."""
    by = system(network.pk)
    before = Charter.objects.filter(state=CharterState.IN_FORCE).values_list("settings", flat=True).first()
    Charter.objects.filter(state=CharterState.IN_FORCE).update(state=CharterState.REPLACED)
    networks.put_rules_in_force(
        by=by, network=network, rules=networks.Rules(**charter.settings), version=charter.version
    )
    _give_duties(network, charter.settings, before or {})
    charter.state, charter.in_force_at, charter.proposal = CharterState.IN_FORCE, clock.now(), proposal
    entry = events.charter_in_force.record(
        charter,
        by=by,
        version=charter.version,
        uuid=charter.uuid,
        proposal=proposal,
        articles=[
            {"number": article.number, "heading": article.heading, "texts": article.texts}
            for article in charter.articles.all()
        ],
        settings=charter.settings,
    )
    charter.entry = entry.pk
    charter.save(update_fields=["state", "in_force_at", "entry", "proposal"])
    return entry


def _give_duties(network: Network, now: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Give the duties that the charter gives by name, where it names others than the one before."""
    named = ("contacts", "team")
    if all(now.get(key) == before.get(key) for key in named):
        return
    people.follow_charter(
        by=system(network.pk),
        network=network,
        listeners=[people.Listener(**row) for row in now.get("contacts", [])],
        team=now.get("team"),
    )


@transaction.atomic
def send_back(*, network: Network, charter: Charter) -> Charter:
    """Give the charter back to the founders: what was objected to can be mended, and a new draft follows."""
    if charter.state != CharterState.RATIFYING:
        return charter
    charter.state = CharterState.RETURNED
    charter.save(update_fields=["state"])
    events.charter_returned.record(charter, by=system(network.pk), version=charter.version)
    for founder in selectors.founders():
        ask_founder(network=network, participant=founder, returned=True)
    return charter
