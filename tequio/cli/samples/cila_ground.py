"""What CILA wrote into the tables of the path: facts and figures of its documents, words ours.

Source: REA-02 to REA-10, GOV-02.
"""

from typing import Any

Row = dict[str, Any]


def said(es: str, pt: str, en: str) -> dict[str, str]:
    return {"es": es, "pt-br": pt, "en": en}


GROUND: dict[str, tuple[Row, ...]] = {
    "actors": (
        {
            "name": said(
                "Organizaciones de la región", "Organizações da região", "Organizations of the region"
            ),
            "text": said(
                "Respondieron 96. La falta de recursos es lo que más las frena; 93 quieren sumarse a una red.",
                "Responderam 96. A falta de recursos é o que mais as freia; 93 querem participar de uma rede.",
                "96 answered. Lack of resources holds them back most; 93 want to join a network.",
            ),
            "effect": "HARMED",
            "influence": "MEDIUM",
        },
        {
            "name": said(
                "Equipos de gobiernos locales", "Equipes de governos locais", "Local government teams"
            ),
            "text": said(
                "Pueden abrir sus decisiones a la gente, o cerrarlas.",
                "Podem abrir as suas decisões à gente, ou fechá-las.",
                "They can open their decisions to people, or close them.",
            ),
            "effect": "MIXED",
            "influence": "HIGH",
        },
        {
            "name": said("Universidades", "Universidades", "Universities"),
            "text": said(
                "Ganan con qué investigar, y prestan método.",
                "Ganham o que pesquisar, e emprestam método.",
                "They gain matter to study, and lend method.",
            ),
            "effect": "HELPED",
            "influence": "MEDIUM",
        },
        {
            "name": said("Vecinas y vecinos", "Vizinhas e vizinhos", "Neighbors"),
            "text": said(
                "Viven lo que se decide sin ellas. Por separado, pesan poco.",
                "Vivem o que se decide sem elas. Separadas, pesam pouco.",
                "They live what is decided without them. On their own, they weigh little.",
            ),
            "effect": "HARMED",
            "influence": "LOW",
        },
        {
            "name": said("Embajadas y cooperación", "Embaixadas e cooperação", "Embassies and cooperation"),
            "text": said(
                "Eligen qué temas se financian.",
                "Escolhem quais temas são financiados.",
                "They choose which themes are funded.",
            ),
            "effect": "HELPED",
            "influence": "HIGH",
        },
    ),
    "specific": (
        {
            "id": "map",
            "text": said(
                "Conocer a las organizaciones de cinco países y lo que necesitan",
                "Conhecer as organizações de cinco países e o que precisam",
                "Know the organizations of five countries, and what they need",
            ),
        },
        {
            "id": "resources",
            "text": said(
                "Compartir herramientas y guías de cada miembro",
                "Compartilhar ferramentas e guias de cada membro",
                "Share the tools and guides of each member",
            ),
        },
        {
            "id": "meet",
            "text": said(
                "Encontrarse más allá de las fronteras",
                "Encontrar-se para além das fronteiras",
                "Meet across borders",
            ),
        },
    ),
    "actions": (
        {
            "objective": "map",
            "text": said(
                "Una encuesta en la región, y publicar lo que dice",
                "Uma pesquisa na região, e publicar o que ela diz",
                "A survey in the region, and publishing what it says",
            ),
            "who": "Extituto de Política Abierta",
            "until": "2027-03-31",
            "means": said("Un formulario y talleres", "Um formulário e oficinas", "A form and workshops"),
        },
        {
            "objective": "resources",
            "text": said(
                "Un lugar donde cada miembro sube sus manuales y guías",
                "Um lugar onde cada membro põe os seus manuais e guias",
                "A place where each member puts its manuals and guides",
            ),
            "who": "Instituto Procomún",
            "until": "2027-06-30",
            "means": said("La página de la red", "A página da rede", "The network's page"),
        },
        {
            "objective": "meet",
            "text": said(
                "Ocho horas de trabajo en común, como las de 74 personas de 31 ciudades",
                "Oito horas de trabalho em comum, como as de 74 pessoas de 31 cidades",
                "Eight hours of work together, like those of 74 people from 31 cities",
            ),
            "who": "Asuntos del Sur",
            "until": "2027-09-30",
            "means": said(
                "Un método que se puede repetir",
                "Um método que se pode repetir",
                "A method that can be repeated",
            ),
        },
    ),
    "outlook": (
        {
            "kind": "COST",
            "text": said(
                "El tiempo de quienes coordinan",
                "O tempo de quem coordena",
                "The time of those who coordinate",
            ),
        },
        {
            "kind": "RISK",
            "text": said(
                "Que falten recursos: es el 41,9 % de las dificultades nombradas",
                "Que faltem recursos: são 41,9 % das dificuldades citadas",
                "Lack of resources: 41.9 % of the difficulties that were named",
            ),
        },
        {
            "kind": "OPPORTUNITY",
            "text": said(
                "De 96 organizaciones, 93 quieren sumarse",
                "De 96 organizações, 93 querem participar",
                "Of 96 organizations, 93 want to join",
            ),
        },
    ),
    "places": (
        {"level": "COUNTRY", "name": "Argentina"},
        {"level": "COUNTRY", "name": "Chile"},
        {"level": "COUNTRY", "name": "Colombia"},
        {"level": "COUNTRY", "name": "Brasil"},
        {"level": "COUNTRY", "name": "México"},
        {"level": "CITY", "name": "Bogotá, Colombia"},
    ),
    "audience": (
        {
            "text": said(
                "Organizaciones de la sociedad civil",
                "Organizações da sociedade civil",
                "Civil society organizations",
            ),
            "where": said("América Latina", "América Latina", "Latin America"),
            "about": said(
                "democracia, ambiente e innovación pública",
                "democracia, meio ambiente e inovação pública",
                "democracy, the environment and public innovation",
            ),
        },
        {
            "text": said(
                "Equipos de gobiernos locales", "Equipes de governos locais", "Local government teams"
            ),
            "where": said("ciudades de la red", "cidades da rede", "the network's cities"),
            "about": said("participación ciudadana", "participação cidadã", "citizen participation"),
        },
        {
            "text": said("Universidades", "Universidades", "Universities"),
            "where": said("América Latina", "América Latina", "Latin America"),
            "about": said("gobernanza local", "governança local", "local governance"),
        },
    ),
    "criteria": (
        {
            "text": said(
                "¿Su organización trabaja en una ciudad o localidad del Sur Global?",
                "Sua organização trabalha em uma cidade ou localidade do Sul Global?",
                "Does your organization work in a city or locality of the Global South?",
            ),
            "answer": "YES_NO",
            "required": True,
        },
        {
            "text": said(
                "¿Su trabajo toca al menos uno de los tres pilares de la red?",
                "Seu trabalho toca ao menos um dos três pilares da rede?",
                "Does your work touch at least one of the network's three pillars?",
            ),
            "answer": "YES_NO",
            "required": True,
        },
        {
            "text": said(
                "¿Puede firmar el código de ética?",
                "Pode assinar o código de ética?",
                "Can you sign the code of ethics?",
            ),
            "answer": "YES_NO",
            "required": True,
        },
        {
            "text": said(
                "¿Qué quisieran aprender de las demás?",
                "O que gostariam de aprender com as outras?",
                "What would you like to learn from the others?",
            ),
            "answer": "TEXT",
            "required": False,
        },
    ),
    "areas": (
        {
            "name": said("Crecimiento", "Crescimento", "Growth"),
            "text": said(
                "Recibe a quienes llegan y cuida que nadie se pierda.",
                "Recebe quem chega e cuida para que ninguém se perca.",
                "Receives those who arrive, and takes care that nobody gets lost.",
            ),
            "who": "Fundación Ciudadanía Inteligente",
            "alone": said("Cómo se da la bienvenida", "Como se dá as boas-vindas", "How people are welcomed"),
        },
        {
            "name": said("Aprendizaje", "Aprendizagem", "Learning"),
            "text": said(
                "Un taller al mes, con gente de dentro o de fuera.",
                "Uma oficina por mês, com gente de dentro ou de fora.",
                "A workshop a month, with people from inside or outside.",
            ),
            "who": "Extituto de Política Abierta",
            "alone": said(
                "Temas y fechas de los talleres",
                "Temas e datas das oficinas",
                "Themes and dates of workshops",
            ),
        },
        {
            "name": said("Comunicación", "Comunicação", "Communication"),
            "text": said(
                "El correo de cada semana y la página.",
                "O e-mail de cada semana e a página.",
                "The weekly mail and the page.",
            ),
            "who": "Instituto Procomún",
            "alone": said("Qué noticias salen", "Que notícias saem", "Which news go out"),
        },
    ),
}
