"""Instruments to begin from, in three languages; each is a JSON document of this folder. Nothing counted is in them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from tequio.surveys.rules.instrument import Instrument
from tequio.surveys.rules.written import from_json

REGIONAL_MAPPING = "regional_mapping"
INTERVIEW = "interview"
NEEDS_AND_OFFERS = "needs_and_offers"
EVENT_FEEDBACK = "event_feedback"
GOOD_GOVERNANCE = "good_governance"
KEYS = (REGIONAL_MAPPING, INTERVIEW, NEEDS_AND_OFFERS, EVENT_FEEDBACK, GOOD_GOVERNANCE)


@cache
def template(key: str) -> Instrument:
    """Return the instrument of a template; raise KeyError for a name that there is none of."""
    if key not in KEYS:
        raise KeyError(key)
    document = files(__name__).joinpath(f"{key}.json").read_text(encoding="utf-8")
    return from_json(json.loads(document))
