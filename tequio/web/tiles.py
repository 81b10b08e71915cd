"""Which country has its tile where: a grid a region, neighbors beside each other, without borders to dispute."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Places = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Region:
    """A grid of tiles: country code -> column and row; ``pitch`` is how far apart tiles are drawn."""

    name: str
    places: Places
    pitch: int

    @property
    def width(self) -> int:
        """How many columns it has."""
        return 1 + max(column for column, _row in self.places.values())

    @property
    def height(self) -> int:
        """How many rows it has."""
        return 1 + max(row for _column, row in self.places.values())


def _region(name: str, rows: str, pitch: int = 40) -> Region:
    lines = [line.split() for line in rows.strip().splitlines()]
    places = {
        code: (column, row)
        for row, line in enumerate(lines)
        for column, code in enumerate(line)
        if code != "."
    }
    return Region(name, places, pitch)


LATIN = _region(
    "LATIN",
    """
    MX .  .  CU DO .
    .  GT HN .  .  .
    .  SV NI .  .  .
    .  .  CR PA VE .
    .  .  .  CO BR .
    .  .  EC PE BO PY
    .  .  .  CL AR UY
    """,
    pitch=48,
)
AMERICAS = _region(
    "AMERICAS",
    """
    .  .  .  .  .  .  PM .  GL
    US CA .  .  BM .  .  .  .
    MX .  CU BS TC AI MF BL .
    BZ KY JM HT DO PR VI SX AG
    GT HN .  .  BQ VG KN MS GP
    SV NI CR AW CW GD VC DM MQ
    .  .  PA CO VE TT BB LC .
    .  .  EC PE BO GY SR GF .
    .  .  .  CL PY BR .  .  .
    .  .  .  .  AR UY FK .  .
    """,
)
EUROPE = _region(
    "EUROPE",
    """
    .  .  .  .  SJ .  .  .  .
    IS FO .  NO SE AX FI .  .
    .  IM .  DK .  LV EE .  .
    IE GB NL DE CZ PL LT BY RU
    .  GG BE LU AT SK HU UA .
    .  JE FR LI SI HR RO MD .
    .  AD CH SM BA RS BG .  .
    PT ES MC IT ME XK MK .  .
    .  GI .  VA MT AL GR CY .
    """,
)
AFRICA = _region(
    "AFRICA",
    """
    .  MA DZ TN .  .  .  .  .
    CV EH MR .  LY .  EG .  .
    GM SN ML NE .  .  SD ER .
    GW GN BF NG TD .  ET DJ .
    SL CI TG BJ CM CF SS SO .
    .  LR GH GQ CG RW UG KE .
    .  .  ST GA CD BI TZ KM SC
    .  .  SH .  AO ZM MW YT .
    .  .  .  NA BW ZW MZ MG MU
    .  .  .  .  ZA LS SZ .  RE
    """,
)
ASIA = _region(
    "ASIA",
    """
    TR GE .  KZ KG .  MN .  .
    SY AM AZ TM UZ .  .  KP .
    LB IQ IR AF TJ .  .  KR JP
    IL JO KW PK NP .  CN .  .
    PS BH QA AE BT BD MO TW .
    .  SA OM .  IN MM LA HK .
    .  YE .  .  LK TH VN PH .
    .  .  .  .  MV MY KH BN .
    .  .  .  .  .  SG ID TL .
    """,
)
OCEANIA = _region(
    "OCEANIA",
    """
    MP GU .  MH .  .  .  .
    PW FM NR KI TV TK .  .
    .  PG SB .  WF WS AS PF
    CX .  VU FJ TO NU CK PN
    CC AU NC NF NZ .  .  .
    """,
)
REGIONS = (AMERICAS, EUROPE, AFRICA, ASIA, OCEANIA)


def regions_of(counts: Mapping[str, int]) -> list[Region]:
    """Return the regions in which something was counted, the one with most first; of Latin America alone, its own.

    Where nothing was counted, it is Latin America. A country without a tile chooses no region.
    """
    whole = [(_within(counts, region.places), region) for region in REGIONS]
    found = sorted((pair for pair in whole if pair[0]), key=lambda pair: (-pair[0], REGIONS.index(pair[1])))
    if not found:
        return [LATIN]
    latin = all(code in LATIN.places for code in _counted(counts) if code in AMERICAS.places)
    return [LATIN if region is AMERICAS and latin else region for _number, region in found]


def _counted(counts: Mapping[str, int]) -> Iterable[str]:
    return (code for code, number in counts.items() if number)


def _within(counts: Mapping[str, int], places: Places) -> int:
    return sum(number for code, number in counts.items() if code in places)
