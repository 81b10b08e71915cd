"""What the agreed answers set, as plain data: it is kept with the charter and put in force with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tequio.founding.rules.agreement import Written, arises
from tequio.founding.rules.catalogue import ALL, BY_CODE
from tequio.founding.rules.questions import Kind
from tequio.founding.rules.rows import rows_of, spoken_in

Texts = dict[str, str]
# Currencies of the catalogue that have no cents. Source: ISO 4217.
WITHOUT_CENTS = frozenset({"CLP", "PYG"})


@dataclass(frozen=True)
class Settled:
    """Everything that founders said, settled: values of closed questions, shared texts by language."""

    values: Mapping[str, Any]
    texts: Mapping[str, Mapping[str, Written]]

    def text(self, code: str) -> Texts:
        """Return a text in the languages in which it was written."""
        return {
            language: each.body for language, each in self.texts.get(code, {}).items() if each.body.strip()
        }

    def lines(self, code: str) -> list[Texts]:
        """Return a list, each thing in the languages in which it was written."""
        spoken = {k: body.strip().splitlines() for k, body in self.text(code).items()}
        kept = {k: [line.strip() for line in lines if line.strip()] for k, lines in spoken.items()}
        longest = max((len(lines) for lines in kept.values()), default=0)
        return [
            {k: lines[place] for k, lines in kept.items() if place < len(lines)} for place in range(longest)
        ]

    def rows(self, code: str) -> list[dict[str, Any]]:
        """Return a table: a spoken part as a text per language, any other as it was written."""
        return rows_of(BY_CODE[code], self.texts.get(code, {}))

    def arises(self, code: str) -> bool:
        return arises(BY_CODE[code], self.values)


def minor(amount: str | None, currency: str) -> int | None:
    """Return an amount such as "60.50" in the currency's smallest unit; None when there is no amount."""
    if amount is None:
        return None
    return int(Decimal(amount) * (1 if currency in WITHOUT_CENTS else 100))


def settings_of(settled: Settled) -> dict[str, Any]:
    """Return what the charter sets, as the rows of ``networks`` need it."""
    return {
        "governance": _governance(settled.values),
        "joining": _joining(settled),
        "statements": _statements(settled),
        "criteria": [
            {
                "texts": row["text"],
                "answer": row["answer"] or "YES_NO",
                "required": bool(row["required"]),
            }
            for row in settled.rows("criteria")
        ],
        "benefits": [
            {"reason": row["reason"], "texts": row["text"], "measure": row["measure"]}
            for row in settled.rows("benefits")
        ],
        "pillars": [
            {"name": row["name"], "texts": row["text"], "interest_group": row["group"]}
            for row in settled.rows("pillars")
        ],
        "rhythms": {
            question.governs.partition(".")[2]: int(settled.values[question.code])
            for question in ALL
            if question.governs.startswith("rhythm.")
        },
        "contacts": [
            {"name": row["name"], "reach": row["reach"], "outside": bool(row["outside"])}
            for row in settled.rows("contacts")
        ],
        "team": [row["name"] for row in settled.rows("team")]
        if settled.values["admission"] == "TEAM"
        else None,
        "channels": list(settled.values.get("channels") or []),
        "needs": [{"texts": row["text"], "kind": row["kind"] or "PROJECT"} for row in settled.rows("needs")],
    }


def _governance(values: Mapping[str, Any]) -> dict[str, Any]:
    renewals = int(values["renewals"])
    return {
        "model": values["model"] or "",
        "base": values["base"],
        "quorum_percent": None if values["quorum"] == "NONE" else int(values["quorum"]),
        "silence": values["silence"],
        "round_hours": int(values["round_hours"]),
        "tie_break": values["tie_break"] == "YES",
        "coordination_by_lot": values["coordination"] == "LOT",
        "mandate_months": int(values["mandate_months"]),
        "mandate_renewable": renewals > 0,
        "renewals_at_most": renewals,
        "admission": values["admission"],
        "answers_shown": values["answers_shown"],
        "charter_change": values["changes"],
        "urgent_hours": _number(values.get("urgent")),
        "urgent_by": values.get("urgent_by") or "COORDINATION",
        "records_for": values.get("records_for") or "NOBODY",
        "majority_strict": values.get("strict") == "YES",
        "least_yes": int(values.get("least_yes") or 0),
        "proxies_at_most": int(values.get("proxies") or 0),
        "regime": values.get("regime") or "EXPLORE",
        "hearing_days": int(values.get("hearing") or 7),
    }


def _joining(settled: Settled) -> dict[str, Any]:
    values = settled.values
    joiners = values.get("joiners") or []
    currency = values["currency"]
    amounts = {
        f"{code}_minor": minor(values.get(code), currency) if settled.arises(code) else None
        for code in ("fixed", "small", "medium", "large")
    }
    return {
        "contribution": values["contribution"],
        "period": values["period"],
        "currency": currency,
        "accepts_organizations": "ORGANIZATIONS" in joiners or not joiners,
        "accepts_people": "PEOPLE" in joiners,
        "accepts_companies": "COMPANIES" in joiners,
        "in_kind": list(values.get("in_kind") or []),
        "sign_within_days": _number(values.get("standing")),
        **amounts,
    }


def _number(answer: str | None) -> int | None:
    return None if answer in (None, "NEVER", "NO") else int(answer)


def _statements(settled: Settled) -> dict[str, Texts]:
    said = {
        question.governs.partition(".")[2]: in_words(settled, question.code)
        for question in ALL
        if question.governs.startswith("statement.")
    }
    return {key: texts for key, texts in said.items() if texts}


def in_words(settled: Settled, code: str) -> Texts:
    """Return a shared text, list or table as one text per language: the rows of a table one after the other."""
    question = BY_CODE[code]
    if question.kind is not Kind.ROWS:
        return settled.text(code)
    rows = settled.rows(code)
    spoken = sorted(spoken_in(question, rows))
    lines = {language: [_line(row, language) for row in rows] for language in spoken}
    return {language: "; ".join(filter(None, said)) for language, said in lines.items()}


def _line(row: Mapping[str, Any], language: str) -> str:
    """Return a row such as "Neighbors (Cali): water", or nothing where the language lacks its first words."""
    parts = ("text", "where", "about", "measure")
    said = {part: str((row.get(part) or {}).get(language, "")) for part in parts}
    if not said["text"]:
        return ""
    beside = said["where"] or said["measure"]
    return said["text"] + (f" ({beside})" if beside else "") + (f": {said['about']}" if said["about"] else "")
