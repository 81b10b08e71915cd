"""Every read of the code of ethics: its versions, who signed, who is missing. Source: GOV-38."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from tequio.membership.models import CodeVersion, Signature
from tequio.people.models import Membership
from tequio.people.models.memberships import VOICED

CODE_KEYS = ("code", "code-of-ethics")


def current_code() -> CodeVersion | None:
    """Return the code of ethics that holds."""
    return CodeVersion.objects.order_by("-number").first()


def codes() -> list[CodeVersion]:
    """Return every version, newest first."""
    return list(CodeVersion.objects.order_by("-number"))


@dataclass(frozen=True)
class Signed:
    """The members who signed a version, with the day and the hand, and those who have not yet."""

    signatures: Sequence[Signature]
    missing: Sequence[Membership]


def signed(code: CodeVersion) -> Signed:
    """Return who signed a version and who is missing. Source: GOV-38."""
    signatures = (
        Signature.objects.filter(code=code).select_related("membership", "participant").order_by("at", "pk")
    )
    mine = Signature.objects.filter(code=code, membership=OuterRef("pk"))
    missing = Membership.objects.filter(~Exists(mine), status__in=VOICED).order_by("name", "pk")
    return Signed(list(signatures), list(missing))


def has_signed(membership_id: int | None, code: CodeVersion) -> bool:
    """Say whether a member signed this version."""
    return (
        membership_id is not None
        and Signature.objects.filter(code=code, membership_id=membership_id).exists()
    )
