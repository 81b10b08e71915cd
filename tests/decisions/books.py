"""A book of many agreements, and the reads of it that are measured."""

from datetime import timedelta

from tequio.core import clock
from tequio.decisions import selectors
from tequio.decisions.models import AgreementWord, Proposal


def many(count):
    """Put agreements into the book without deciding each: three of four are over, all find "agua"."""
    first, version = Proposal.objects.count() + 100, Proposal.objects.order_by("pk").first().version
    rows = Proposal.objects.bulk_create(
        Proposal(
            number=first + n, matter="STRATEGIC", review_on=clock.today() + timedelta(days=n), state="ADOPTED",
            proposed_at=clock.now(), decided_at=clock.now() - timedelta(days=n % 900),
            in_force_until=clock.today() - timedelta(days=1) if n % 4 else None, shelf="OVER" if n % 4 else "NOW",
            version=version,
        )
        for n in range(count)
    )  # fmt: skip
    AgreementWord.objects.bulk_create(
        AgreementWord(key=f"{row.shelf}:{word}", number=row.number, proposal=row)
        for row in rows
        for word in ("agu", "acuerd")
    )


READS = {
    "in force": lambda ana: selectors.book(ana),
    "later pages": lambda ana: selectors.book(ana, before=250),
    "over": lambda ana: selectors.book(ana, over=True),
    "words": lambda ana: selectors.book(ana, words="agua acuerdos"),
    "words, over": lambda ana: selectors.book(ana, over=True, words="agua"),
    "by review": lambda ana: selectors.in_force(ana),
    "by review, later": lambda ana: selectors.in_force(ana, after=(clock.today() + timedelta(days=200), 300)),
}
