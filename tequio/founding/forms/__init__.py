"""What people send to the founding path and to the charter."""

from tequio.founding.forms.path import (
    MOST_ROWS,
    ChooseForm,
    CompareForm,
    InviteForm,
    RowOfFields,
    StartForm,
    TopicForm,
    currencies,
    options_of,
)

__all__ = [
    "MOST_ROWS",
    "ChooseForm",
    "CompareForm",
    "InviteForm",
    "RowOfFields",
    "StartForm",
    "TopicForm",
    "currencies",
    "options_of",
]
