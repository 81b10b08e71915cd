"""A horizontal network, invented for the demonstration and named so: rivers looked after by neighbors."""

from typing import Any

NAME = {"pt-br": "Mutirão das Águas (rede de exemplo)", "es": "Minga de las Aguas (red de ejemplo)"}
LANGUAGES = ("pt-br", "es")
MEMBERS = (
    ("Guardiãs do Rio (exemplo)", "BR", "Belém"),
    ("Barrio Vivo (ejemplo)", "CO", "Cali"),
    ("Escola da Chuva (exemplo)", "BR", "Recife"),
)
ALIASES: dict[str, tuple[str, ...]] = {}

ANSWERS: dict[str, Any] = {
    "joiners": ["ORGANIZATIONS", "PEOPLE"],
    "model": "HORIZONTAL",
    "round_hours": "168",
    "silence": "BLOCKS",
    "quorum": "NONE",
    "answers_shown": "AFTER_MINE",
    "urgent": "48",
    "urgent_by": "ANYBODY",
    "records_for": "COORDINATION",
    "mandate_months": 6,
    "renewals": "2",
    "admission": "EVERYBODY",
    "contribution": "OPEN",
    "in_kind": ["VOLUNTEERS", "DISSEMINATION"],
    "size": 12,
    "speed": "CAN_WAIT",
    "trust": "WELL",
    "distance": "COUNTRIES",
    "channels": ["CHAT", "RADIO"],
    "digest": "52",
    "meeting": "12",
    "face_to_face": "2",
    "workshop": "4",
}

TEXTS: dict[str, dict[str, str]] = {
    "politics": {
        "pt-br": "As prefeituras decidem sobre a água sem quem vive junto dela.",
        "es": "Los municipios deciden sobre el agua sin quienes viven junto a ella.",
    },
    "purpose": {
        "pt-br": "Existimos para que nenhum bairro fique sem água limpa nem sem voz sobre ela.",
        "es": "Existimos para que ningún barrio se quede sin agua limpia ni sin voz sobre ella.",
    },
    "objective": {
        "pt-br": "Cuidar juntas de dez rios e córregos, e levar o que aprendemos às prefeituras.",
        "es": "Cuidar en común diez ríos y arroyos, y llevar lo aprendido a los municipios.",
    },
    "territory": {"pt-br": "Bairros do Brasil e da Colômbia.", "es": "Barrios de Brasil y de Colombia."},
    "code": {
        "pt-br": "Falamos por turnos. Ninguém grita. Quem sofre violência é ouvida uma vez, por quem escolheu, e não precisa "
        "repetir.\n\nNão há lugar aqui para discriminação.",
        "es": "Hablamos por turnos. Nadie grita. A quien sufre violencia la escucha una vez la persona que eligió, y no tiene "
        "que repetir.\n\nAquí no hay lugar para la discriminación.",
    },
    "mission": {
        "pt-br": "Medir, limpar e defender os rios, bairro a bairro.",
        "es": "Medir, limpiar y defender los ríos, barrio a barrio.",
    },
    "vision": {"pt-br": "Rios onde se nada.", "es": "Ríos en los que se nada."},
}

LISTS: dict[str, dict[str, tuple[str, ...]]] = {
    "commitments": {
        "pt-br": ("Toda roda começa com uma rodada em que cada pessoa fala.",),
        "es": ("Toda ronda empieza con una vuelta en la que cada persona habla.",),
    },
    "values": {"pt-br": ("Cuidado", "Paciência", "Alegria"), "es": ("Cuidado", "Paciencia", "Alegría")},
}


def _said(pt: str, es: str) -> dict[str, str]:
    return {"pt-br": pt, "es": es}


TABLES: dict[str, tuple[dict[str, Any], ...]] = {
    "actors": (
        {
            "name": _said("Quem mora perto do rio", "Quienes viven cerca del río"),
            "text": _said("Ficam sem água limpa.", "Se quedan sin agua limpia."),
            "effect": "HARMED",
            "influence": "LOW",
        },
        {
            "name": _said("Prefeituras", "Municipios"),
            "text": _said("Decidem onde vai o esgoto.", "Deciden adónde va el desagüe."),
            "effect": "MIXED",
            "influence": "HIGH",
        },
        {
            "name": _said("Escolas", "Escuelas"),
            "text": _said("Aprendem medindo.", "Aprenden midiendo."),
            "effect": "HELPED",
            "influence": "MEDIUM",
        },
    ),
    "specific": (
        {"id": "measure", "text": _said("Medir dez rios toda semana", "Medir diez ríos cada semana")},
        {
            "id": "tell",
            "text": _said("Levar as medições às prefeituras", "Llevar las mediciones a los municipios"),
        },
    ),
    "actions": (
        {
            "objective": "measure",
            "text": _said("Formar uma equipe em cada bairro", "Formar un equipo en cada barrio"),
            "who": "Guardiãs do Rio",
            "until": "2027-02-28",
            "means": _said("Três kits", "Tres equipos de medir"),
        },
    ),
    "outlook": (
        {"kind": "COST", "text": _said("Os kits de medir", "Los equipos de medir")},
        {"kind": "RISK", "text": _said("A chuva fecha o caminho", "La lluvia cierra el camino")},
    ),
    "places": (
        {"level": "CITY", "name": "Belém, Brasil"},
        {"level": "CITY", "name": "Cali, Colombia"},
        {"level": "CITY", "name": "Recife, Brasil"},
    ),
    "audience": (
        {
            "text": _said("Quem mora perto da água", "Quienes viven cerca del agua"),
            "where": _said("os bairros da rede", "los barrios de la red"),
            "about": _said("água limpa", "agua limpia"),
        },
    ),
    "criteria": (
        {
            "text": _said(
                "Sua organização cuida de um rio, um córrego ou uma nascente?",
                "¿Su organización cuida un río, un arroyo o una naciente?",
            ),
            "answer": "YES_NO",
            "required": True,
        },
        {
            "text": _said("Quantas pessoas são?", "¿Cuántas personas son?"),
            "answer": "NUMBER",
            "required": False,
        },
    ),
    "areas": (
        {
            "name": _said("Medição", "Medición"),
            "text": _said("Os kits e os números.", "Los equipos y los números."),
            "who": "Guardiãs do Rio",
            "alone": _said("O dia de medir", "El día de medir"),
        },
    ),
    "needs": ({"text": _said("Kits para medir a água", "Equipos para medir el agua"), "kind": "PROJECT"},),
    "benefits": (
        {
            "reason": "EXCHANGE",
            "text": _said("Ferramentas e companhia", "Herramientas y compañía"),
            "measure": _said("um kit por bairro", "un equipo por barrio"),
        },
        {
            "reason": "ADVOCACY",
            "text": _said("Peso político", "Peso político"),
            "measure": _said(
                "uma reunião por ano com cada prefeitura", "una reunión al año con cada municipio"
            ),
        },
    ),
    "pillars": (
        {
            "id": "clean",
            "name": _said("Água limpa", "Agua limpia"),
            "text": _said("Medir e limpar.", "Medir y limpiar."),
            "group": _said("Bairros", "Barrios"),
        },
        {
            "id": "voice",
            "name": _said("Voz", "Voz"),
            "text": _said("Levar as medições a quem decide.", "Llevar las mediciones a quien decide."),
            "group": _said("Prefeituras", "Municipios"),
        },
    ),
    "longlist": (
        {"text": _said("Limpar um córrego por ano", "Limpiar un arroyo por año"), "pillar": "clean"},
    ),
}
