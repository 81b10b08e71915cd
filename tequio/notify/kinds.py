"""The kinds of letters and of asks, with their words. A kind that is not listed here is spoken of in general words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class LetterKind:
    """One sort of letter; ``always`` ones cannot be switched off, since somebody waits for them.

    ``weekly`` ones come once a week or not at all.
    """

    label: str | Promise
    help: str | Promise
    always: bool = False
    weekly: bool = False


WEEKLY_LETTER = "weekly"
LETTERS: dict[str, LetterKind] = {
    "account": LetterKind(
        _("Your account"), _("Codes to sign in, changes of address, recovery."), always=True
    ),
    "care": LetterKind(_("Care"), _("What concerns your safety. It never says why."), always=True),
    "invitation": LetterKind(
        _("Invitations"), _("Somebody asks you to join or to act for an organization."), always=True
    ),
    "application": LetterKind(_("Your request to join"), _("What became of it."), always=True),
    "survey": LetterKind(
        _("Surveys"), _("Your own link to a survey, to answer it or to change it."), always=True
    ),
    "ask": LetterKind(_("What waits for you"), _("Something needs your answer, or will close soon.")),
    "decision": LetterKind(_("What was decided"), _("The result of rounds and votes, with its record.")),
    "member": LetterKind(_("Who joins and who leaves"), _("New members, new people in charge.")),
    WEEKLY_LETTER: LetterKind(
        _("The weekly letter"),
        _("What waits for you, and the register's checkpoint: with it your mailbox is a witness."),
        weekly=True,
    ),
    "news": LetterKind(_("Other news of the network"), _("Everything else.")),
}
ALIASES = {
    "reminder": "ask",
    "asked": "ask",
    "consent": "ask",
    "vote": "ask",
    "admission": "member",
    "membership": "member",
}
GENERAL = "news"


def letter_kind(kind: str) -> str:
    """Return the sort of letter that a kind belongs to: "decision.adopted" is of the sort "decision"."""
    sort = kind.partition(".")[0]
    sort = ALIASES.get(sort, sort)
    return sort if sort in LETTERS else GENERAL


@dataclass(frozen=True)
class AskKind:
    """How an ask looks at home: its word, its thread, its picture, and the words on its button.

    ``timed`` ones are done on one page, so that what that page took others tells what it will take. A paper of a
    ballot never is: when and how long somebody filled it in is nobody's business.
    """

    label: str | Promise
    tone: str = "indigo"
    icon: str = "pen"
    verb: str | Promise = ""
    timed: bool = True


ASKS: dict[str, AskKind] = {
    "consent": AskKind(_("Consent"), "carmine", "circle", _("Read and answer")),
    "vote": AskKind(_("Vote"), "carmine", "check", _("Read and vote")),
    "ballot": AskKind(_("Ballot"), "carmine", "check", _("Fill in my paper"), timed=False),
    "candidate": AskKind(_("Candidacy"), "gold", "pen", _("Read and answer")),
    "election": AskKind(_("Election"), "carmine", "people", _("Read and answer")),
    "tie_break": AskKind(_("Tie-break"), "carmine", "people", _("Read and decide"), timed=False),
    "objection": AskKind(_("Objection"), "carmine", "alert", _("Read and mend")),
    "question": AskKind(_("Question"), "gold", "pen", _("Read and reply")),
    "introduction": AskKind(_("Introduction"), "gold", "people", _("Read and answer")),
    "task": AskKind(_("Task"), "jade", "check", _("Say how it went")),
    "recorded": AskKind(_("Your answer"), "gold", "pen", _("See if it is right")),
    "review": AskKind(_("Evaluation"), "gold", "search", _("Look at how it went")),
    "link": AskKind(_("Double link"), "carmine", "circle", _("Mend it"), timed=False),
    "mandate": AskKind(_("Mandate"), "gold", "date", _("Choose anew"), timed=False),
    "seat": AskKind(_("Wants to join"), "jade", "people", _("Answer")),
    "report": AskKind(_("Report"), "indigo", "pen", _("Write it"), timed=False),
    "ratification": AskKind(_("Charter"), "carmine", "file", _("Read and answer")),
    "founding": AskKind(_("Found the network"), "gold", "arrow", _("Keep going"), timed=False),
    "application": AskKind(_("Request to join"), "jade", "people", _("Read the request")),
    "code": AskKind(_("Code of ethics"), "walnut", "pen", _("Read and sign")),
    "hear": AskKind(_("Your word"), "carmine", "pen", _("Read and answer"), timed=False),
    "needs": AskKind(_("Welcome"), "jade", "people", _("Say it")),
    "meet": AskKind(_("Welcome"), "walnut", "people", _("See who")),
    "second": AskKind(_("Welcome"), "gold", "people", _("Bring somebody in")),
    "look": AskKind(_("Welcome"), "indigo", "circle", _("Have a look")),
    "delegate": AskKind(_("Who speaks for you"), "indigo", "people", _("Name the delegate")),
    "succession": AskKind(_("Coordination"), "gold", "people", _("Name somebody"), timed=False),
    "contact": AskKind(_("Care"), "walnut", "people", _("Name somebody"), timed=False),
    "team": AskKind(_("Who admits"), "jade", "people", _("See the people"), timed=False),
    "recovery": AskKind(_("Lost access"), "walnut", "lock", _("Read and confirm"), timed=False),
    "import": AskKind(_("Organizations"), "jade", "file", _("Have a look"), timed=False),
    "lot": AskKind(_("Lots"), "gold", "people", _("See if it is right")),
    "promise": AskKind(_("Lots"), "indigo", "lock", _("Promise a secret")),
    "show_secret": AskKind(_("Lots"), "carmine", "lock", _("Show the secret")),
    "drawn": AskKind(_("Lots"), "carmine", "people", _("Read and answer")),
    "draw": AskKind(_("Lots"), "gold", "search", _("Bring the number")),
    "date": AskKind(_("A date to choose"), "indigo", "date", _("Answer it")),
    "workshop": AskKind(_("Workshop"), "carmine", "check", _("Mark what comes first")),
    "sign": AskKind(_("Workshop"), "gold", "pen", _("Count and sign the order")),
    "call": AskKind(_("Call for funds"), "gold", "coin", _("See if it suits us")),
}
ANYTHING = AskKind(_("To do"), verb=_("Open it"))


def ask_kind(kind: str) -> AskKind:
    """Return how an ask of this kind looks; "consent.second_round" looks like "consent"."""
    return ASKS.get(kind.partition(".")[0], ANYTHING)
