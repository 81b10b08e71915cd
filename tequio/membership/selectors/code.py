"""Every read of the code of ethics: its versions, who signed, who is missing. Source: GOV-38."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef

from tequio.core.texts import Texts
from tequio.membership.models import CodeVersion, Signature
from tequio.networks import selectors as networks
from tequio.people.models import Membership
from tequio.people.models.memberships import VOICED

CODE_KEYS = ("code", "code-of-ethics")


def current_code() -> CodeVersion | None:
    """Return the code of ethics that holds."""
    return CodeVersion.objects.order_by("-number").first()


def codes() -> list[CodeVersion]:
    """Return every version, newest first."""
    return list(CodeVersion.objects.order_by("-number"))


def translations(code: CodeVersion) -> list[tuple[str, str, str]]:
    """Return what the charter translated after a version was made: language, its own name, words. Source: XCT-01.

    They are no part of what was signed, and none where the charter says something else by now.
    """
    said = networks.statements(*CODE_KEYS)
    texts: Texts = next((said[key].texts for key in CODE_KEYS if key in said), {})
    if not code.texts.items() <= texts.items():
        return []
    names = dict(settings.LANGUAGES)
    later = {language: body for language, body in texts.items() if body and language not in code.texts}
    return [(language, str(names.get(language, language)), body) for language, body in later.items()]


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
