"""CILA, the consortium of the No Manual, as its documents describe it: facts and figures theirs, words ours.

Source: CTX-03, CTX-04, CTX-12, CTX-14, STR-19.
"""

from datetime import date
from typing import Any

from tequio.cli.samples.cila_tables import TABLES as TABLES

NAME = {
    "es": "CILA, Consorcio Internacional de Localidades en Acción",
    "pt-br": "CILA, Consórcio Internacional de Localidades em Ação",
    "en": "CILA, International Consortium of Localities in Action",
}
LANGUAGES = ("es", "pt-br", "en")
MEMBERS = (
    ("Asuntos del Sur", "AR", "Buenos Aires"),
    ("Fundación Ciudadanía Inteligente", "CL", "Santiago"),
    ("Extituto de Política Abierta", "CO", "Bogotá"),
    ("Instituto Procomún", "BR", "Santos"),
)
ALIASES = {
    "Extituto de Política Abierta": ("Exstituto de Política Abierta", "Ixtituto de Política Abierta"),
    "Instituto Procomún": ("Instituto Pro Común", "Instituto Procomum"),
    "Fundación Ciudadanía Inteligente": ("Ciudadanía Inteligente",),
}
RESIDENTS = (("Instituto SUR", ""), ("Ollin, A.C.", "MX"))
PROGRAM = {
    "es": "Residencias Democráticas",
    "pt-br": "Residências Democráticas",
    "en": "Democratic Residencies",
}
PROGRAM_ABOUT = {
    "es": "Tres meses de 2023 para aprender cómo nacen las redes. Los días exactos son un ejemplo.",
    "pt-br": "Três meses de 2023 para aprender como nascem as redes. Os dias exatos são um exemplo.",
    "en": "Three months of 2023 to learn how networks are born. The exact days are an example.",
}
PROGRAM_STAGES = (
    ("Conocerse, a distancia", date(2023, 5, 1), date(2023, 5, 31)),
    ("Residencia en cada ciudad, con entrevistas y encuestas", date(2023, 6, 1), date(2023, 6, 30)),
    ("Investigar y escribir", date(2023, 7, 1), date(2023, 7, 31)),
)

ANSWERS: dict[str, Any] = {
    "joiners": ["ORGANIZATIONS"],
    "model": "VERTICAL",
    "base": "CAST",
    "tie_break": "YES",
    "changes": "CONSENT",
    "round_hours": "72",
    "silence": "BLOCKS",
    "quorum": "NONE",
    "answers_shown": "AFTER_MINE",
    "coordination": "ELECTED",
    "mandate_months": 12,
    "renewals": "1",
    "admission": "COORDINATION",
    "contribution": "OPEN",
    "in_kind": ["EXPERTS", "EXPERTISE", "DISSEMINATION"],
    "size": 96,
    "speed": "SOMETIMES",
    "trust": "SOME",
    "distance": "COUNTRIES",
    "channels": ["MAIL", "CHAT", "WEB"],
    "digest": "52",
    "meeting": "12",
    "face_to_face": "2",
    "workshop": "12",
}

TEXTS: dict[str, dict[str, str]] = {
    "politics": {
        "es": "Desde hace años cuesta más reunirse, asociarse y alzar la voz. A la vez, las ciudades prueban maneras nuevas de "
        "decidir con su gente.",
        "pt-br": "Há anos fica mais difícil reunir-se, associar-se e falar. Ao mesmo tempo, as cidades experimentam maneiras novas "
        "de decidir com a sua gente.",
        "en": "For years it has become harder to meet, to join and to speak up. At the same time, cities try new ways of deciding "
        "with their people.",
    },
    "economy": {
        "es": "Faltan recursos: es lo que más nombran las organizaciones, y 63 dicen que sin financiamiento no hay red.",
        "pt-br": "Faltam recursos: é o que as organizações mais citam, e 63 dizem que sem financiamento não há rede.",
        "en": "Resources are lacking: it is what organizations name most, and 63 say that without funding there is no network.",
    },
    "purpose": {
        "es": "Existimos para que las ciudades del Sur Global se gobiernen con su gente: con participación, con decisiones "
        "que se construyen en común y con políticas públicas que logren igualdad de verdad.",
        "pt-br": "Existimos para que as cidades do Sul Global se governem com a sua gente: com participação, com decisões "
        "construídas em comum e com políticas públicas que alcancem igualdade de verdade.",
        "en": "We exist so that the cities of the Global South govern themselves with their people: with participation, with "
        "decisions built together, and with public policies that bring real equality.",
    },
    "objective": {
        "es": "Promover formas innovadoras de gobernanza y de acción colectiva en las ciudades del Sur Global, compartiendo "
        "conocimiento y haciendo comunidad.",
        "pt-br": "Promover formas inovadoras de governança e de ação coletiva nas cidades do Sul Global, compartilhando "
        "conhecimento e fazendo comunidade.",
        "en": "Promote new forms of governance and of collective action in the cities of the Global South, by sharing knowledge "
        "and building community.",
    },
    "territory": {
        "es": "América Latina, con la mirada en todo el Sur Global. Nacimos en Argentina, Chile, Colombia y Brasil.",
        "pt-br": "América Latina, com o olhar em todo o Sul Global. Nascemos na Argentina, no Chile, na Colômbia e no Brasil.",
        "en": "Latin America, with the whole Global South in view. We were born in Argentina, Chile, Colombia and Brazil.",
    },
    "code": {
        "es": "Nos tratamos con respeto y escuchamos antes de responder.\n\nNo toleramos la violencia ni la discriminación por "
        "género, origen, color de piel, orientación, edad o discapacidad, en ningún espacio de la red.\n\nQuien sufre violencia "
        "cuenta su historia una sola vez, a una persona de contacto que eligió, y nadie la obliga a más.\n\nCuidamos los datos "
        "de las demás organizaciones como si fueran nuestros.\n\nDeclaramos cuando una decisión nos toca de cerca.",
        "pt-br": "Tratamo-nos com respeito e escutamos antes de responder.\n\nNão toleramos violência nem discriminação por "
        "gênero, origem, cor da pele, orientação, idade ou deficiência, em nenhum espaço da rede.\n\nQuem sofre violência conta "
        "a sua história uma só vez, a uma pessoa de contato que escolheu, e ninguém a obriga a mais.\n\nCuidamos dos dados das "
        "outras organizações como se fossem nossos.\n\nDeclaramos quando uma decisão nos toca de perto.",
        "en": "We treat each other with respect and listen before we answer.\n\nWe tolerate no violence and no discrimination for "
        "gender, origin, skin color, orientation, age or disability, in any space of the network.\n\nWhoever suffers violence "
        "tells it once, to a contact person of their choice, and nobody forces them to more.\n\nWe look after other "
        "organizations' data as if they were ours.\n\nWe say so when a decision touches us closely.",
    },
    "joining_contact": {
        "es": "Escriban a la coordinación de la red desde esta misma página.",
        "pt-br": "Escrevam à coordenação da rede por esta mesma página.",
        "en": "Write to the network's coordination from this same page.",
    },
    "mission": {
        "es": "Ser un lugar de encuentro que fortalece al Sur Global: cooperación entre comunidades diversas y capacidades para "
        "las personas y organizaciones de América Latina, con inclusión y participación.",
        "pt-br": "Ser um lugar de encontro que fortalece o Sul Global: cooperação entre comunidades diversas e capacidades para "
        "as pessoas e organizações da América Latina, com inclusão e participação.",
        "en": "To be a meeting place that strengthens the Global South: cooperation between diverse communities, and capacities for "
        "people and organizations in Latin America, with inclusion and participation.",
    },
    "vision": {
        "es": "Ciudades, localidades y personas del Sur Global más fuertes porque comparten contenidos, métodos y herramientas "
        "de gobernanza abierta, sostenible y respetuosa de los derechos humanos.",
        "pt-br": "Cidades, localidades e pessoas do Sul Global mais fortes porque compartilham conteúdos, métodos e ferramentas "
        "de governança aberta, sustentável e respeitosa dos direitos humanos.",
        "en": "Cities, localities and people of the Global South made stronger by sharing contents, methods and tools of a "
        "governance that is open, sustainable and respectful of human rights.",
    },
}

LISTS: dict[str, dict[str, tuple[str, ...]]] = {
    "commitments": {
        "es": (
            "Dos espacios al año para reflexionar sobre diversidad y cultura inclusiva.",
            "Cada encuentro empieza por recordar el código y quién escucha.",
        ),
        "pt-br": (
            "Dois espaços por ano para refletir sobre diversidade e cultura inclusiva.",
            "Cada encontro começa lembrando o código e quem escuta.",
        ),
        "en": (
            "Two spaces a year to reflect on diversity and an inclusive culture.",
            "Each gathering begins by recalling the code and who listens.",
        ),
    },
    "five_minutes": {
        "es": ("Dar una recomendación sobre un texto.", "Decir qué falta en la próxima reunión."),
        "pt-br": ("Dar uma recomendação sobre um texto.", "Dizer o que falta na próxima reunião."),
        "en": ("Give a recommendation on a text.", "Say what is missing in the next meeting."),
    },
    "values": {
        "es": (
            "Innovación: tecnologías y métodos ágiles para políticas del territorio.",
            "Colaboración: muchos valores y saberes en una misma mesa.",
            "Acción colectiva: herramientas que fortalecen la incidencia de cada quien.",
        ),
        "pt-br": (
            "Inovação: tecnologias e métodos ágeis para políticas do território.",
            "Colaboração: muitos valores e saberes em uma mesma mesa.",
            "Ação coletiva: ferramentas que fortalecem a incidência de cada um.",
        ),
        "en": (
            "Innovation: technologies and agile methods for policies rooted in a territory.",
            "Collaboration: many values and kinds of knowledge at one table.",
            "Collective action: tools that strengthen everybody's advocacy.",
        ),
    },
}
