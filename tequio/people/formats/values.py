"""What somebody wrote in a cell, as one of the values that the directory knows; in three languages."""

import re
from collections.abc import Mapping

from tequio.people.rules.countries import find_country
from tequio.people.rules.words import fold, stems_of

_KINDS = {
    "NGO": "ong|osc|ngo|non governmental organization|organizacion no gubernamental|organizacao nao governamental|asociacion civil"
    "|associacao|asociacion|association|fundacion|fundacao|foundation|corporacion|organizacion de la sociedad civil|osc|oscip"
    "|organizacao da sociedade civil|civil society organization|cso|instituto|institute|sociedad civil|nonprofit|non profit|a c",
    "COLLECTIVE": "colectivo|coletivo|collective|colectiva|informal|grupo informal|grupo|group|movimiento|movimento|movement|movimiento social"
    "|grupo social|grupo civico|social group|civic group",
    "COMMUNITY": "organizacion comunitaria|organizacao comunitaria|base comunitaria|organizacion de base|comunitaria|comunidad|comunidade"
    "|community based organization|community|grassroots|cbo|organizacao de base",
    "BOARD": "junta de accion comunal|junta vecinal|junta de vecinos|associacao de moradores|neighborhood board|neighbourhood board"
    "|neighborhood association|junta|comite vecinal",
    "COUNCIL": "consejo|conselho|council|mesa|mesa de mujeres|roundtable|consejo municipal|conselho municipal|consejo de juventud",
    "UNIVERSITY": "universidad|universidade|university|academia|academy|academica|academico|academic|centro de investigacion|think tank"
    "|academic institution|institucion academica|instituicao academica|centro de pesquisa|centro academico|research center",
    "AGENCY": "agencia|agency|multilateral|organismo internacional|organismo multilateral|cooperacion internacional|agencia internacional"
    "|international agency|organizacion internacional|organismo internacional"
    "|agencia regional|regional agency|organismo regional|regional organization",
    "NETWORK": "red|rede|network|red de organizaciones|rede de organizacoes|coalicion|coalizao|coalition|alianza|alianca|alliance"
    "|constellations|constellation|plataforma|consorcio|consortium|federacion|federacao|federation",
    "COMPANY": "empresa|company|empresa social|negocio|startup|social enterprise|empresa privada|sas|s a s|cooperativa|cooperative|business"
    "|empresa tecnologica|empresa de tecnologia|tech company|technology company|empresa multinacional|multinacional|multinational"
    "|multinational company|empresa nacional|national company",
    "FUND": "fondo|fundo|fund|donante|financiador|funder|financiadora|doador|donor|filantropia|philanthropy|fundacion donante"
    "|fondo de inversion|fundo de investimento|investment fund",
    "GOVERNMENT": "gobierno|governo|government|institucion publica|instituicao publica|public institution|entidad publica|alcaldia"
    "|municipalidad|prefeitura|ministerio|ministry|secretaria|estado|gubernamental|publico|orgao publico"
    "|gobierno local|governo local|local government|gobierno nacional|governo nacional|national government"
    "|institucion local|instituicao local|local institution|institucion nacional|instituicao nacional|national institution",
    "PARTY": "partido|party|partido politico|political party|movimiento politico|movimento politico",
    "OUTLET": "medio|medios|midia|media|media outlet|medio de comunicacion|veiculo de comunicacao|periodico|jornal|prensa|radio|press"
    "|medio digital|midia digital|digital media|medio tradicional|midia tradicional|traditional media|digital media outlet",
    "PERSON": "persona|pessoa|person|persona natural|individuo|individual|pessoa fisica|persona fisica|activista"
    "|experta|experto|especialista|expert|emprendedora|emprendedor|empreendedora|empreendedor|entrepreneur"
    "|lider empresarial|lideranca empresarial|business leader|lider politico|lider politica|lideranca politica|political leader|politician",
    "OTHER": "otro|otra|outro|outra|other|otros|outros",
}  # fmt: skip
_SECTORS = {
    "SOCIAL": "social|sector social|setor social|sociedad civil|sociedade civil|civil society|tercer sector|terceiro setor|third sector",
    "PRIVATE": "privado|private|sector privado|setor privado|private sector|empresarial|business",
    "PUBLIC": "publico|public|sector publico|setor publico|public sector|gobierno|governo|government|estatal",
    "MEDIA": "medios|midia|media|medios de comunicacion|prensa|press|comunicacion|comunicacao",
}
_SCOPES = {
    "LOCAL": "local|municipal|comunitario|barrial|city|ciudad|cidade|departamental|estadual|provincial|subnacional",
    "NATIONAL": "nacional|national|pais|country",
    "REGIONAL": "regional|america latina|latinoamerica|latin america|latinoamericano|iberoamerica|continental",
    "GLOBAL": "global|internacional|international|mundial|worldwide|world",
}
_SIZES = {
    "SMALL": "pequena|pequeno|small|chica|micro|peq|s",
    "MEDIUM": "mediana|media|medio|medium|mediano|m",
    "LARGE": "grande|large|big|g|l",
}
_LANGUAGES = {
    "es": "espanol|spanish|espanhol|castellano|es", "pt": "portugues|portuguese|pt|pt br", "en": "ingles|english|en",
    "fr": "frances|french|fr", "qu": "quechua|runasimi|qu", "gn": "guarani|gn", "ay": "aymara|aimara|ay", "nah": "nahuatl|nah",
    "arn": "mapudungun|mapuche|arn", "quc": "quiche|k iche|quc", "ht": "creole|criollo haitiano|kreyol|ht",
}  # fmt: skip


def _stemmed(text: str) -> str:
    """Return a text as a key that its plural and its feminine share."""
    return "~" + " ".join(stems_of(text))


def _turned(table: Mapping[str, str]) -> dict[str, str]:
    pairs = [(text, value) for value, texts in reversed(list(table.items())) for text in texts.split("|")]
    stemmed = {_stemmed(text): value for text, value in pairs if len(text) > 3}
    return stemmed | {fold(text): value for text, value in pairs}


KINDS, SECTORS, SCOPES, SIZES, LANGUAGES = (
    _turned(table) for table in (_KINDS, _SECTORS, _SCOPES, _SIZES, _LANGUAGES)
)


def _find(table: Mapping[str, str], written: str) -> str:
    """Return the value written, whole or as one of its words; its own code counts too."""
    if len(written) > 80:
        return ""
    if written.strip().upper() in table.values():
        return written.strip().upper()
    return table.get(fold(written)) or table.get(_stemmed(written), "")


def find_kind(written: str) -> str:
    """Return the kind of organization, or ""."""
    return _find(KINDS, written) or next(
        (kind for part in several(written) if (kind := _find(KINDS, part))), ""
    )


def find_sector(written: str) -> str:
    """Return the sector, or ""."""
    return _find(SECTORS, written)


def find_scope(written: str) -> str:
    """Return how far an organization reaches, or ""."""
    return _find(SCOPES, written)


def find_size(written: str) -> str:
    """Return the size, or ""."""
    return _find(SIZES, written)


def find_languages(written: str) -> tuple[str, ...]:
    """Return the languages that are known, in the order they were written."""
    found = (LANGUAGES.get(fold(part), "") for part in several(written))
    return tuple(dict.fromkeys(code for code in found if code))


def several(written: str) -> list[str]:
    """Return the parts of a cell that holds several values with ; , | / or new lines between."""
    parts = re.split(r"[;|\n]|\s/\s|(?<=\w)/(?=\w)|,", written)
    return list(dict.fromkeys(part.strip(" .") for part in parts if part.strip(" .")))


def cities_of(written: str) -> list[str]:
    """Return the cities of a cell. A comma may part a city from its country or its letters: "Washington, DC"."""
    found: list[str] = []
    for part in re.split(r"[;|\n]|\s/\s|(?<=\w)/(?=\w)", written):
        bits = [bit.strip() for bit in part.split(",")]
        for bit in bits:
            tail = len(bit.replace(".", "").replace(" ", "")) <= 3 or bool(find_country(bit))
            if found and tail and bit is not bits[0] and bit:
                found[-1] = f"{found[-1]}, {bit}"
            elif bit:
                found.append(bit)
    return list(dict.fromkeys(city.strip(" ,") for city in found if city.strip(" ,.")))


def looks_like_mail(written: str) -> bool:
    """Say whether a cell holds one e-mail address."""
    return bool(re.fullmatch(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[A-Za-z]{2,24}", written.strip()))


def looks_like_site(written: str) -> bool:
    """Say whether a cell holds a web address."""
    return bool(
        re.fullmatch(r"(?:https?://)?[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,24}(?:[/?#:]\S*)?", written.strip())
    )


def site(written: str) -> str:
    """Return a web address with its scheme, or "" for what is none."""
    first = written.strip().split()[0] if written.strip() else ""
    if not looks_like_site(first) or len(first) > 190 or "@" in first.split("/")[0]:
        return ""
    return first if first.casefold().startswith(("http://", "https://")) else f"https://{first}"
