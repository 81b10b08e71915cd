"""The living page of the design system: every component in every state, with invented content that says so."""

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.forms import DayInput, Form
from tequio.core.money import Money
from tequio.core.options import Option
from tequio.core.pages import public
from tequio.web.icons import PATHS

ANSWERS: list[tuple[str, Option]] = [
    (
        "can_live_with",
        Option(gettext_lazy("Yes, I can live with it"), help=gettext_lazy("I give my consent.")),
    ),
    (
        "concern",
        Option(
            gettext_lazy("Yes, and I leave a concern"),
            help=gettext_lazy("It is written down for the review. It does not stop the agreement."),
            reveal="2",
        ),
    ),
    (
        "object",
        Option(
            gettext_lazy("I see a harm: I have an objection"),
            help=gettext_lazy("It stops the agreement for now. Together we look for what would mend it."),
            reveal="1",
        ),
    ),
    (
        "stand_aside",
        Option(gettext_lazy("I pass this time"), help=gettext_lazy("I trust what the circle decides.")),
    ),
]
COUNTRIES: list[tuple[str, str | Promise]] = [
    ("AR", gettext_lazy("Argentina")),
    ("BR", gettext_lazy("Brazil")),
    ("CO", gettext_lazy("Colombia")),
]


class Example(Form):
    """Each kind of field, once."""

    name = forms.CharField(
        label=gettext_lazy("Name of the organization"), help_text=gettext_lazy("As people know it.")
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=COUNTRIES)
    about = forms.CharField(label=gettext_lazy("What do you do?"), widget=forms.Textarea(attrs={"rows": 3}))
    founded_on = forms.DateField(
        label=gettext_lazy("When was it born?"),
        widget=DayInput(),
    )
    people = forms.IntegerField(label=gettext_lazy("How many people?"), min_value=1)
    answer = forms.ChoiceField(
        label=gettext_lazy("Can you live with this proposal?"), choices=ANSWERS, widget=forms.RadioSelect
    )
    places = forms.MultipleChoiceField(
        label=gettext_lazy("Where do you work?"),
        choices=COUNTRIES,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "grid"}),
        required=False,
    )
    agree = forms.BooleanField(
        label=gettext_lazy("We agree"), help_text=gettext_lazy("You can change it later.")
    )


@public
def components(request: HttpRequest) -> HttpResponse:
    """Show the whole family; ``?page=`` shows one of the frames: confirm, plain, public, 400, 403, 404, 500, 503."""
    frame = FRAMES.get(request.GET.get("page", ""), "web/components.html")
    return render(request, frame, _shown(request))


FRAMES = {
    "confirm": "web/confirm.html",
    "plain": "web/components_plain.html",
    "public": "web/components_public.html",
    "mail": "web/mail.html",
    **{number: f"{number}.html" for number in ("400", "403", "404", "500", "503")},
}


def _shown(request: HttpRequest) -> dict[str, object]:
    now = clock.now()
    wrong = Example({"wrong-email": "x", "wrong-country": "CO", "wrong-people": "0"}, prefix="wrong")
    return {
        "wrong": wrong,
        "right": Example(initial={"country": "CO", "answer": "object"}),
        "icons": sorted(PATHS),
        "tones": ["indigo", "carmine", "gold", "jade", "walnut"],
        "stages": [_("Proposal"), _("Questions"), _("Reactions"), _("Consent"), _("Agreement")],
        "seats": [
            "you",
            "consent",
            "consent",
            "waiting",
            "consent",
            "concern",
            "consent",
            "waiting",
            "objection",
            "consent",
            "aside",
            "waiting",
        ],
        "many_seats": ["consent"] * 30 + ["concern+you"] + ["waiting"] * 9,
        "rows": [(_("Working with others"), 83), (_("More reach"), 71), (_("Exchange"), 66)],
        "pairs": [
            ("Brasil", 10, "10 / 11", 11),
            ("Argentina", 11, "11 / 17", 17),
            ("Colombia", 9, "9 / 29", 29),
        ],
        "map": {"CO": 29, "MX": 21, "CL": 18, "AR": 17, "BR": 11},
        "weeks": [[(row * 7 + week * (row % 4 + 2)) % 5 != 0 for week in range(26)] for row in range(12)],
        "soon": now + timedelta(days=3, hours=2),
        "later": now + timedelta(days=400),
        "fee": Money(6000, "USD"),
        "aim": {"es": "Aprender unas de otras.", "pt-br": "Aprender umas com as outras."},
        "before": _("Each organization pays a fee a year."),
        "after": _("Each organization pays a fee according to its size."),
        "prose": "# Title\n\nSome **strong** words, a [link](https://example.org/) and a list:\n\n- one\n- two\n\n> said",
        "question": _("Withdraw this proposal?"),
        "consequences": [
            _("The answers given so far are kept in the register."),
            _("Nobody is asked any more."),
        ],
        "verb": _("Withdraw it"),
        "back_url": request.path,
        "reason": _("Only the facilitator of this circle can close its round."),
    }
