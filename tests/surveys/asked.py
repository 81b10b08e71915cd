"""A small instrument with one question of each kind, for tests."""

from decimal import Decimal

from tequio.surveys.rules.instrument import (
    Clause,
    Condition,
    Instrument,
    Kind,
    Operator,
    Option,
    Question,
    Section,
)


def said(text: str, pt: str = "") -> dict[str, str]:
    return {"es": text, "pt-br": pt or text}


def options(*keys: str, other: bool = False, alone: str = "") -> tuple[Option, ...]:
    made = tuple(Option(key, said(key.capitalize()), alone=key == alone) for key in keys)
    return (*made, Option("other", said("Otro"), other=True)) if other else made


JOINS = Question("joins", Kind.YES_NO, said("¿Se sumarían?", "Participariam?"), required=True, role="JOINS")
EVERYTHING = Instrument(
    languages=("es", "pt-br"),
    title=said("¿Cómo es tu organización?", "Como é a sua organização?"),
    about=said("Para saber quién trabaja en qué."),
    sections=(
        Section(
            "who",
            said("Quiénes son"),
            (
                Question("name", Kind.OPEN, said("¿Cómo se llama?"), required=True, role="ORGANIZATION"),
                Question("mail", Kind.OPEN, said("¿A qué correo te escribimos?"), role="EMAIL"),
                Question(
                    "country",
                    Kind.COUNTRY,
                    said("¿En qué país está?", "Em que país está?"),
                    required=True,
                    options=tuple(
                        Option(code, said(name)) for code, name in (("CO", "Colombia"), ("CL", "Chile"))
                    ),
                    role="COUNTRY",
                ),
                Question("cities", Kind.CITIES, said("¿En qué ciudades?"), role="CITIES"),
                Question(
                    "kind",
                    Kind.SINGLE,
                    said("¿Qué tipo?"),
                    options=options("water", "rights", other=True),
                    role="KIND",
                ),
                Question(
                    "with",
                    Kind.MULTI,
                    said("¿Con quiénes trabajan?"),
                    options=(
                        *options("women", "youth", "rural", other=True),
                        Option("nobody", said("Nadie"), alone=True),
                    ),
                    at_most=2,
                ),
            ),
        ),
        Section(
            "how",
            said("Cómo trabajan"),
            (
                JOINS,
                Question(
                    "offers",
                    Kind.OPEN,
                    said("¿Qué pueden ofrecer?"),
                    long=True,
                    condition=Condition((Clause("joins", Operator.IS, "yes"),)),
                ),
                Question(
                    "size",
                    Kind.NUMBER,
                    said("¿Cuántas personas?"),
                    lowest=Decimal(1),
                    highest=Decimal(10_000),
                ),
                Question("since", Kind.DATE, said("¿Desde cuándo?")),
                Question(
                    "hard",
                    Kind.MATRIX,
                    said("¿Qué tan difícil es…?"),
                    options=options("little", "much"),
                    rows=options("money", "time"),
                ),
            ),
        ),
    ),
)
GOOD = {
    "q:name": ["Junta del Agua"],
    "q:country": ["CO"],
    "q:joins": ["yes"],
}
