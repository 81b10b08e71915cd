"""What a network may show to the founders of others: what strangers may read anyway, no names, no map of actors."""

from dataclasses import replace

from tequio.founding.rules.settings import Settled

SHAREABLE = frozenset({
    "purpose", "objective", "territory", "audience", "joiners", "criteria",
    "model", "base", "strict", "least_yes", "proxies", "tie_break", "round_hours", "silence", "quorum", "regime", "answers_shown", "urgent", "urgent_by", "records_for", "coordination", "renewals",
    "mandate_months", "admission", "hearing", "code", "standing", "commitments", "contribution", "in_kind",
    "benefits", "channels", "five_minutes", "digest", "meeting", "face_to_face", "workshop",
    "mission", "vision", "values", "pillars",
})  # fmt: skip


def shareable(settled: Settled) -> Settled:
    """Return only what may be shown."""
    return replace(
        settled,
        values={code: value for code, value in settled.values.items() if code in SHAREABLE},
        texts={code: spoken for code, spoken in settled.texts.items() if code in SHAREABLE},
    )
