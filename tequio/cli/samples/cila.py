"""CILA, the consortium of the No Manual, as its documents describe it: facts and figures theirs, words ours.

Source: CTX-03, CTX-04, CTX-12, CTX-14, STR-19.
"""

from typing import Any

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

ANSWERS: dict[str, Any] = {
    "joiners": ["ORGANIZATIONS"],
    "model": "VERTICAL",
    "base": "CAST",
    "tie_break": "YES",
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
    "digest": "52",
    "meeting": "12",
    "face_to_face": "2",
    "workshop": "12",
}

TEXTS: dict[str, dict[str, str]] = {
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
    "audience": {
        "es": "Organizaciones de la sociedad civil, equipos de gobiernos locales, academia y la ciudadanía de nuestras "
        "ciudades, en temas de democracia, ambiente e innovación pública.",
        "pt-br": "Organizações da sociedade civil, equipes de governos locais, academia e a cidadania das nossas cidades, em "
        "temas de democracia, meio ambiente e inovação pública.",
        "en": "Civil society organizations, local government teams, academia and the people of our cities, on democracy, the "
        "environment and public innovation.",
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
    "benefits": {
        "es": "Articularse con otras organizaciones. Llegar más lejos con la incidencia. Aprender en común. Buscar fondos en "
        "conjunto.",
        "pt-br": "Articular-se com outras organizações. Ir mais longe com a incidência. Aprender em comum. Buscar fundos em "
        "conjunto.",
        "en": "Work together with other organizations. Reach further in advocacy. Learn together. Look for funds jointly.",
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
    "criteria": {
        "es": (
            "¿Su organización trabaja en una ciudad o localidad del Sur Global?",
            "¿Su trabajo toca al menos uno de los tres pilares de la red?",
            "¿Puede firmar el código de ética?",
        ),
        "pt-br": (
            "Sua organização trabalha em uma cidade ou localidade do Sul Global?",
            "Seu trabalho toca ao menos um dos três pilares da rede?",
            "Pode assinar o código de ética?",
        ),
        "en": (
            "Does your organization work in a city or locality of the Global South?",
            "Does your work touch at least one of the network's three pillars?",
            "Can you sign the code of ethics?",
        ),
    },
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

NEEDS: dict[str, tuple[tuple[str, str], ...]] = {
    "es": (
        ("Un equipo pequeño que sostenga la coordinación", "INSTITUTIONAL"),
        ("El encuentro presencial del año", "PROJECT"),
    ),
    "pt-br": (
        ("Uma equipe pequena que sustente a coordenação", "INSTITUTIONAL"),
        ("O encontro presencial do ano", "PROJECT"),
    ),
    "en": (
        ("A small team that keeps the coordination going", "INSTITUTIONAL"),
        ("The face-to-face gathering of the year", "PROJECT"),
    ),
}

PILLARS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "es": (
        (
            "Democracia diversa e inclusiva",
            "Toda forma de participación y representación, con la diversidad de género, etnia, origen y orientación de "
            "nuestros pueblos.",
            "La comunidad de la red",
        ),
        (
            "Democracia ambiental",
            "Otra manera de habitar: el ambiente como parte de lo que somos, con los saberes de cada territorio.",
            "Comunidades y territorios",
        ),
        (
            "Democracia innovadora",
            "Tecnología y participación para vigilar, vincular y acceder a la información pública.",
            "Gobiernos locales y alianzas",
        ),
    ),
    "pt-br": (
        (
            "Democracia diversa e inclusiva",
            "Toda forma de participação e representação, com a diversidade de gênero, etnia, origem e orientação dos "
            "nossos povos.",
            "A comunidade da rede",
        ),
        (
            "Democracia ambiental",
            "Outra maneira de habitar: o ambiente como parte do que somos, com os saberes de cada território.",
            "Comunidades e territórios",
        ),
        (
            "Democracia inovadora",
            "Tecnologia e participação para fiscalizar, vincular e acessar a informação pública.",
            "Governos locais e alianças",
        ),
    ),
    "en": (
        (
            "Diverse and inclusive democracy",
            "Every form of participation and representation, with our peoples' diversity of gender, ethnicity, origin and "
            "orientation.",
            "The network's community",
        ),
        (
            "Environmental democracy",
            "Another way of living in a territory: the environment as part of what we are, with the knowledge of each place.",
            "Communities and territories",
        ),
        (
            "Innovative democracy",
            "Technology and participation to oversee, connect and reach public information.",
            "Local governments and alliances",
        ),
    ),
}
