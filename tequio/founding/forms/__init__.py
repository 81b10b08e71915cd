"""What people send to the founding path and to the charter."""

from tequio.founding.forms.articles import ArticleForm, TranslateForm
from tequio.founding.forms.choosing import ChooseForm, RowAsked, RowsForm
from tequio.founding.forms.models import ModelForm
from tequio.founding.forms.path import (
    CompareForm,
    InviteForm,
    StartForm,
    TopicForm,
    currencies,
    options_of,
)
from tequio.founding.forms.remarks import RemarkForm
from tequio.founding.forms.rows import MOST_ROWS, Do, RowOfFields, read_do, said_by
from tequio.founding.forms.voices import StanceForm

__all__ = [
    "MOST_ROWS",
    "ArticleForm",
    "ChooseForm",
    "CompareForm",
    "Do",
    "InviteForm",
    "ModelForm",
    "RemarkForm",
    "RowAsked",
    "RowOfFields",
    "RowsForm",
    "StanceForm",
    "StartForm",
    "TopicForm",
    "TranslateForm",
    "currencies",
    "options_of",
    "read_do",
    "said_by",
]
