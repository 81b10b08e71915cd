"""What people of this network, and of others that allow it, said of their own experience with a step. Source: CTX-10."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, JSONField, QuerySet, Value

from tequio.core.texts import Texts
from tequio.founding.models import SharedAnswers
from tequio.networks.models import Network
from tequio.people.models import SharedQuote
from tequio.people.selectors.quotes import standing

MOST = 3
COLUMNS = ("words", "said_by", "role", "organization_name", "slug", "network_name", "when")


@dataclass(frozen=True)
class Lived:
    """A quote: its words, who said it, and the network that it comes from (None: this one)."""

    words: Texts
    who: str
    network: Texts | None
    slug: str


def lived(network: Network, step: int) -> list[Lived]:
    """The newest quotes about a step: of this network, then of networks that let others read; one query."""
    here: QuerySet[Any, Any] = standing().filter(step=step).annotate(
        slug=Value("", output_field=CharField()), network_name=Value(None, output_field=JSONField()), when=F("recorded_at")
    )  # fmt: skip
    allowed = SharedAnswers.objects.values("network")
    there: QuerySet[Any, Any] = (
        SharedQuote.objects.filter(step=step, network__listed=True, network__in=allowed)
        .exclude(network=network)
        .annotate(slug=F("network__slug"), network_name=F("network__name"), when=F("at"))
    )
    parts = [rows.order_by("-when").values_list(*COLUMNS)[:MOST] for rows in (here, there)]
    rows = list(parts[0].union(parts[1], all=True))
    found = [
        Lived(words, " · ".join(part for part in (by, role, organization) if part), name, slug)
        for words, by, role, organization, slug, name, _when in sorted(
            rows, key=lambda row: row[-1], reverse=True
        )
    ]
    return sorted(found, key=lambda one: one.network is not None)
