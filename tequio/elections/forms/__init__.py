"""Reading what people write about ballots and lots."""

from tequio.elections.forms.ballots import (
    ANSWERS,
    DAYS,
    HELP,
    MAJORITY,
    WRONG,
    BallotForm,
    OptionForm,
    PaperForm,
    ReceiptForm,
    circles,
    in_words,
)
from tequio.elections.forms.lots import AnnounceForm, HoldForm, NumberForm, QuotasForm, ReasonForm, RowForm

__all__ = [
    "ANSWERS",
    "DAYS",
    "HELP",
    "MAJORITY",
    "WRONG",
    "AnnounceForm",
    "BallotForm",
    "HoldForm",
    "NumberForm",
    "OptionForm",
    "PaperForm",
    "QuotasForm",
    "ReasonForm",
    "ReceiptForm",
    "RowForm",
    "circles",
    "in_words",
]
