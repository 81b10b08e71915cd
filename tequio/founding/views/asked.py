"""What is asked of members as whoever applies will read it, from what stands now. Source: MEM-02."""

from collections.abc import Sequence
from dataclasses import dataclass

from tequio.core.money import Money
from tequio.founding import rules
from tequio.founding.selectors import Path
from tequio.networks.models import Benefit, Contribution, Criterion, Joining, Statement
from tequio.networks.selectors import Why, why_join

SHOWN = ("purpose", "objective", "audience")
CONTACT = "joining_contact"
SIZES = ("small", "medium", "large")


@dataclass(frozen=True)
class Asked:
    """The page for applicants as it would be today: the same rows that a charter in force writes, none of them saved."""

    joining: Joining
    criteria: Sequence[Criterion]
    reasons: Sequence[Why]
    contact: Statement | None
    statements: Sequence[Statement]
    code: Statement | None
    admission: str
    dues: Sequence[tuple[str, Money]]


def asked_of_members(path: Path) -> Asked:
    """Return what an applicant would read if the charter came into force as it stands."""
    settings = rules.settings_of(path.settled)
    joining = Joining(**settings["joining"])
    said = settings["statements"]
    return Asked(
        joining=joining,
        criteria=[Criterion(**row) for row in settings["criteria"]],
        reasons=why_join(Benefit(**row) for row in settings["benefits"]),
        contact=Statement(key=CONTACT, texts=said[CONTACT]) if CONTACT in said else None,
        statements=[Statement(key=key, texts=said[key]) for key in SHOWN if key in said],
        code=Statement(key="code", texts=said["code"]) if "code" in said else None,
        admission=settings["governance"]["admission"],
        dues=_dues(joining),
    )


def _dues(joining: Joining) -> list[tuple[str, Money]]:
    sizes = {Contribution.FIXED: ("fixed",), Contribution.VARIABLE: SIZES}.get(
        Contribution(joining.contribution), ()
    )
    amounts = [(size, getattr(joining, f"{size}_minor")) for size in sizes]
    return [
        ("all" if size == "fixed" else size, Money(minor, joining.currency))
        for size, minor in amounts
        if minor is not None
    ]
