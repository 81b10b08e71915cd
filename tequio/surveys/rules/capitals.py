"""Which cities are capitals, by ISO 3166-1 code and the number of GeoNames. Source: SUR-06.

Bolivia has two: Sucre by its constitution, La Paz as the seat of its government.
"""

CAPITALS: dict[str, tuple[str, ...]] = {
    "AG": ("3576022",), "AR": ("3435910",), "BB": ("3374036",), "BO": ("3903987", "3911925"), "BR": ("3469058",),
    "BS": ("3571824",), "BZ": ("3582672",), "CA": ("6094817",), "CL": ("3871336",), "CO": ("3688689",),
    "CR": ("3621849",), "CU": ("3553478",), "DM": ("3575635",), "DO": ("3492908",), "EC": ("3652462",),
    "ES": ("3117735",), "GD": ("3579925",), "GT": ("3598132",), "GY": ("3378644",), "HN": ("3600949",),
    "HT": ("3718426",), "JM": ("3489854",), "KN": ("3575551",), "LC": ("3576812",), "MX": ("3530597",),
    "NI": ("3617763",), "PA": ("3703443",), "PE": ("3936456",), "PR": ("4568127",), "PT": ("2267057",),
    "PY": ("3439389",), "SR": ("3383330",), "SV": ("3583361",), "TT": ("3573890",), "US": ("4140963",),
    "UY": ("3441575",), "VC": ("3577887",), "VE": ("3646738",),
}  # fmt: skip


def is_capital(city: str, country: str) -> bool | None:
    """Say whether a city is the capital of a country; None where the table does not know the country."""
    if country not in CAPITALS:
        return None
    return city in CAPITALS[country]
