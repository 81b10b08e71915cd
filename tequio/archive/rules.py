"""What of a network travels when it moves, and what stays behind: names alone, no tables.

Every table of a network travels unless it stands here with a reason; a house test reads these lists.
"""

from collections.abc import Mapping

FORMAT = "tequio-network/1"
CLOSING = "network/closing"  # the subject of the decision that closes a network

# Tables that stay behind. A secret opens nothing elsewhere; what is derived is written anew on arrival.
STAYS: Mapping[str, str] = {
    "archive.Copy": "copies that were made to be carried away: each can be made again",
    "atlas.Mention": "what matching reads of needs and offers: written anew on arrival",
    "decisions.AgreementWord": "the index of the book of agreements: written anew on arrival",
    "decisions.AnswerLink": "single-use links in letters: they lead to the old installation",
    "decisions.CalendarKey": "secret addresses of calendars: they lead to the old installation",
    "founding.Place": "who looks at which question right now",
    "notify.Letter": "letters on their way out of the old installation",
    "people.Hosting": "what networks of one installation agreed with each other: ask again where it arrives",
    "people.Invitation": "letters whose links lead to the old installation: invite again",
    "people.Listing": "the index of the directory: written anew on arrival",
    "people.Recovery": "ways back in that hang on mails of the old installation",
    "people.Spelling": "the index of the directory: written anew on arrival",
    "people.Tally": "the counts of the directory: written anew on arrival",
    "people.Vouch": "part of a way back in",
    "surveys.Earlier": "what taking back a change of a draft needs: the draft itself goes along as it is",
    "surveys.Link": "links in letters, and to whom they went: they lead to the old installation",
    "surveys.Packed": "answers as bits, to be counted fast: made anew on arrival",
    "surveys.Printout": "reports as PDF: each can be printed again",
    "surveys.Preparation": "a report that is being prepared: prepare it anew where it arrives",
    "surveys.Tallied": "tables counted aside: counted anew on arrival",
}

# Of persons, who belong to no network, only these columns go along. The right to look after an installation does not.
PERSON = "people.Person"
PERSON_COLUMNS = ("id", "uuid", "email", "name", "language", "theme", "time_zone", "is_active")

# Columns that stay behind, with what stands there on arrival: nobody was to read them, and a copy is read.
KEPT_BACK: Mapping[str, Mapping[str, str]] = {"people.Participant": {"gender": ""}}

# Columns whose names sound like secrets and which travel all the same, with the reason.
NO_SECRETS: Mapping[str, str] = {
    "elections.Ballot.secret": "that a ballot is a secret one, which everybody it asks may see",
    "surveys.Survey.token": "the address of a page that whoever was given it may answer",
    "surveys.Reply.token": "a fingerprint of the secret in an address: the address cannot be told from it",
    "register.Leaf.hash": "a leaf of the register's tree, which every member may see",
}
SOUNDS_SECRET = ("token", "secret", "nonce", "password", "hash", "passphrase")

# What anybody may see, column by column. What does not stand here is withheld from a public copy: also every new table.
PUBLIC: Mapping[str, tuple[str, ...]] = {
    "networks.Network": (
        "uuid", "slug", "name", "languages", "host_kind", "stage", "time_zone", "created_at",
    ),
    "networks.Governance": (
        "model", "majority_numerator", "majority_denominator", "base", "quorum_percent", "silence", "round_hours",
        "tie_break", "coordination_by_lot", "mandate_months", "mandate_renewable", "renewals_at_most", "admission",
        "answers_shown", "charter_change", "majority_strict", "least_yes", "proxies_at_most", "regime", "hearing_days",
    ),
    "networks.Joining": (
        "contribution", "period", "currency", "fixed_minor", "small_minor", "medium_minor", "large_minor", "in_kind",
        "accepts_organizations", "accepts_people", "accepts_companies",
    ),
    "networks.Criterion": ("texts", "answer", "required", "position"),
    "networks.Benefit": ("reason", "texts", "measure", "position"),
    "networks.Pillar": ("name", "texts", "interest_group", "position"),
    "networks.Rhythm": ("kind", "times_a_year"),
    "networks.Channel": ("kind", "position"),
}  # fmt: skip


def travels(label: str) -> bool:
    """Say whether the rows of a network's table go along when it moves."""
    return label not in STAYS


def resource_of(label: str) -> str:
    """Return the name of a table in the data package: lower case, as Frictionless asks."""
    return label.lower()


def secret_sounding(column: str) -> bool:
    """Say whether a column's name sounds like something that opens a door."""
    return any(word in column.lower() for word in SOUNDS_SECRET)
