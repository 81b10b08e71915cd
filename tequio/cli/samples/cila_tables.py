"""What CILA needs, promises and wants, as tables: facts of its documents, words ours.

Source: FIN-06, COM-01, COM-02, STR-10, STR-12.
"""

from tequio.cli.samples.cila_ground import GROUND, Row, said

TABLES: dict[str, tuple[Row, ...]] = GROUND | {
    "needs": (
        {
            "text": said(
                "Un equipo pequeño que sostenga la coordinación",
                "Uma equipe pequena que sustente a coordenação",
                "A small team that keeps the coordination going",
            ),
            "kind": "INSTITUTIONAL",
        },
        {
            "text": said(
                "El encuentro presencial del año",
                "O encontro presencial do ano",
                "The face-to-face gathering of the year",
            ),
            "kind": "PROJECT",
        },
    ),
    "sources": (
        {
            "name": "Estados nacionales",
            "kind": "PUBLIC",
            "text": said("Por temas y por año", "Por temas e por ano", "By theme and by year"),
        },
        {
            "name": "Embajadas y organismos",
            "kind": "COOPERATION",
            "text": said(
                "Proyectos entre varios países",
                "Projetos entre vários países",
                "Projects among several countries",
            ),
        },
        {
            "name": "Empresas con valores cercanos",
            "kind": "PRIVATE",
            "text": said("El encuentro del año", "O encontro do ano", "The gathering of the year"),
        },
    ),
    "benefits": (
        {
            "reason": "ARTICULATION",
            "text": said(
                "Articularse con otras organizaciones",
                "Articular-se com outras organizações",
                "Work together with other organizations",
            ),
            "measure": said(
                "cada mes, una reunión con un turno por grupo",
                "cada mês, uma reunião com uma vez por grupo",
                "each month, a meeting with a turn for each group",
            ),
        },
        {
            "reason": "ADVOCACY",
            "text": said(
                "Llegar más lejos con la incidencia",
                "Ir mais longe com a incidência",
                "Reach further in advocacy",
            ),
            "measure": said(
                "cada semana, las noticias de todas en un correo",
                "cada semana, as notícias de todas em um e-mail",
                "each week, everyone's news in one mail",
            ),
        },
        {
            "reason": "EXCHANGE",
            "text": said("Aprender en común", "Aprender em comum", "Learn together"),
            "measure": said(
                "un taller al mes y dos encuentros al año",
                "uma oficina por mês e dois encontros por ano",
                "a workshop a month and two gatherings a year",
            ),
        },
        {
            "reason": "FUNDING",
            "text": said("Buscar fondos en conjunto", "Buscar fundos em conjunto", "Look for funds jointly"),
            "measure": said(
                "cada semana, las convocatorias abiertas",
                "cada semana, os editais abertos",
                "each week, the calls that are open",
            ),
        },
    ),
    "pillars": (
        {
            "id": "diverse",
            "name": said(
                "Democracia diversa e inclusiva",
                "Democracia diversa e inclusiva",
                "Diverse and inclusive democracy",
            ),
            "text": said(
                "Toda forma de participación y representación, con la diversidad de género, etnia, origen y orientación de nuestros pueblos.",
                "Toda forma de participação e representação, com a diversidade de gênero, etnia, origem e orientação dos nossos povos.",
                "Every form of participation and representation, with our peoples' diversity of gender, ethnicity, origin and orientation.",
            ),
            "group": said(
                "La comunidad de la red",
                "A comunidade da rede",
                "The network's community",
            ),
        },
        {
            "id": "environmental",
            "name": said(
                "Democracia ambiental",
                "Democracia ambiental",
                "Environmental democracy",
            ),
            "text": said(
                "Otra manera de habitar: el ambiente como parte de lo que somos, con los saberes de cada territorio.",
                "Outra maneira de habitar: o ambiente como parte do que somos, com os saberes de cada território.",
                "Another way of living in a territory: the environment as part of what we are, with the knowledge of each place.",
            ),
            "group": said(
                "Comunidades y territorios",
                "Comunidades e territórios",
                "Communities and territories",
            ),
        },
        {
            "id": "innovative",
            "name": said(
                "Democracia innovadora",
                "Democracia inovadora",
                "Innovative democracy",
            ),
            "text": said(
                "Tecnología y participación para vigilar, vincular y acceder a la información pública.",
                "Tecnologia e participação para fiscalizar, vincular e acessar a informação pública.",
                "Technology and participation to oversee, connect and reach public information.",
            ),
            "group": said(
                "Gobiernos locales y alianzas",
                "Governos locais e alianças",
                "Local governments and alliances",
            ),
        },
    ),
    "longlist": (
        {
            "text": said(
                "Generar conocimiento, herramientas y métodos",
                "Gerar conhecimento, ferramentas e métodos",
                "Make knowledge, tools and methods",
            ),
            "pillar": "innovative",
        },
        {
            "text": said("Formar liderazgos", "Formar lideranças", "Form leaders"),
            "pillar": "diverse",
        },
        {
            "text": said(
                "Abrir espacios de diálogo y de incidencia",
                "Abrir espaços de diálogo e de incidência",
                "Open spaces for dialogue and advocacy",
            ),
            "pillar": "environmental",
        },
        {
            "text": said(
                "Dar apoyo técnico a las instituciones",
                "Dar apoio técnico às instituições",
                "Give technical support to institutions",
            ),
            "pillar": "innovative",
        },
    ),
}
