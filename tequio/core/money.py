"""Amounts in minor units with their currency: never a float, never a bare number."""

from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision


@dataclass(frozen=True)
class Money:
    """An amount: ``minor`` counts the smallest unit (cents), ``currency`` is an ISO 4217 code."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up.")
        return Money(self.minor + other.minor, self.currency)

    @property
    def amount(self) -> Decimal:
        """The amount in whole units, exact."""
        return Decimal(self.minor).scaleb(-get_currency_precision(self.currency))

    def say(self, language: str) -> str:
        """Return the amount as people write it in a language, such as ``US$ 1.234,50``."""
        if language.startswith("es"):
            # CLDR's plain Spanish is Spain's, with the sign at the end.
            return format_currency(self.amount, self.currency, "¤\xa0#,##0.00", locale="es_CO")
        return format_currency(self.amount, self.currency, locale=language.replace("-", "_"))


def parse(amount: Decimal, currency: str) -> Money:
    """Return a ``Money``; raise ``ValueError`` when the amount has more decimals than the currency."""
    minor = amount.scaleb(get_currency_precision(currency))
    if minor != minor.to_integral_value():
        raise ValueError("Too many decimals for this currency.")
    return Money(int(minor), currency)
