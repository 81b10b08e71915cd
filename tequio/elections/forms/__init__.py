"""Reading what people write about ballots and lots."""

from tequio.elections.forms.ballots import (
    ANSWERS,
    DAYS,
    HELP,
    MAJORITY,
    WRONG,
    BallotForm,
    ExtendForm,
    OptionForm,
    PaperForm,
    ReceiptForm,
    StatementForm,
    VoiceForm,
    WeightsForm,
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
    "ExtendForm",
    "HoldForm",
    "NumberForm",
    "OptionForm",
    "PaperForm",
    "QuotasForm",
    "ReasonForm",
    "ReceiptForm",
    "RowForm",
    "StatementForm",
    "VoiceForm",
    "WeightsForm",
    "circles",
    "in_words",
]
