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
    "mandate_months": 6,
    "renewals": "2",
    "admission": "EVERYBODY",
    "contribution": "OPEN",
    "in_kind": ["VOLUNTEERS", "DISSEMINATION"],
    "digest": "52",
    "meeting": "12",
    "face_to_face": "2",
    "workshop": "4",
}

TEXTS: dict[str, dict[str, str]] = {
    "purpose": {
        "pt-br": "Existimos para que nenhum bairro fique sem água limpa nem sem voz sobre ela.",
        "es": "Existimos para que ningún barrio se quede sin agua limpia ni sin voz sobre ella.",
    },
    "objective": {
        "pt-br": "Cuidar juntas de dez rios e córregos, e levar o que aprendemos às prefeituras.",
        "es": "Cuidar en común diez ríos y arroyos, y llevar lo aprendido a los municipios.",
    },
    "territory": {"pt-br": "Bairros do Brasil e da Colômbia.", "es": "Barrios de Brasil y de Colombia."},
    "audience": {
        "pt-br": "Quem mora perto da água e quem decide sobre ela.",
        "es": "Quienes viven cerca del agua y quienes deciden sobre ella.",
    },
    "code": {
        "pt-br": "Falamos por turnos. Ninguém grita. Quem sofre violência é ouvida uma vez, por quem escolheu, e não precisa "
        "repetir.\n\nNão há lugar aqui para discriminação.",
        "es": "Hablamos por turnos. Nadie grita. A quien sufre violencia la escucha una vez la persona que eligió, y no tiene "
        "que repetir.\n\nAquí no hay lugar para la discriminación.",
    },
    "benefits": {
        "pt-br": "Ferramentas, companhia e peso político.",
        "es": "Herramientas, compañía y peso político.",
    },
    "mission": {
        "pt-br": "Medir, limpar e defender os rios, bairro a bairro.",
        "es": "Medir, limpiar y defender los ríos, barrio a barrio.",
    },
    "vision": {"pt-br": "Rios onde se nada.", "es": "Ríos en los que se nada."},
}

LISTS: dict[str, dict[str, tuple[str, ...]]] = {
    "criteria": {
        "pt-br": ("Sua organização cuida de um rio, um córrego ou uma nascente?",),
        "es": ("¿Su organización cuida un río, un arroyo o una naciente?",),
    },
    "commitments": {
        "pt-br": ("Toda roda começa com uma rodada em que cada pessoa fala.",),
        "es": ("Toda ronda empieza con una vuelta en la que cada persona habla.",),
    },
    "values": {"pt-br": ("Cuidado", "Paciência", "Alegria"), "es": ("Cuidado", "Paciencia", "Alegría")},
}

NEEDS: dict[str, tuple[tuple[str, str], ...]] = {
    "pt-br": (("Kits para medir a água", "PROJECT"),),
    "es": (("Equipos para medir el agua", "PROJECT"),),
}

PILLARS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "pt-br": (
        ("Água limpa", "Medir e limpar.", "Bairros"),
        ("Voz", "Levar as medições a quem decide.", "Prefeituras"),
    ),
    "es": (
        ("Agua limpia", "Medir y limpiar.", "Barrios"),
        ("Voz", "Llevar las mediciones a quien decide.", "Municipios"),
    ),
}
