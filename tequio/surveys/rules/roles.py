"""What the answers to a question probably feed, told from how it is asked in Spanish, Portuguese or English."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from tequio.surveys.rules.faults import ROLE_KINDS
from tequio.surveys.rules.instrument import Kind

SIGNS = {
    "ORGANIZATION": re.compile(
        r"^(nombre de (la|su|tu) )?organizacion$|^(nome da )?(sua )?organizacao$"
        r"|^(name of (the|your) )?organi[sz]ation( name)?$|^what is your organi[sz]ation called$"
        r"|^como se (llama|chama) (la|su|tu|a|a sua|sua) organiza(cion|cao)$"
    ),
    "EMAIL": re.compile(r"\be ?mail\b|\bcorreo\b"),
    "CITIES": re.compile(r"^(en que |in which |em que |em quais |en cuales )?(ciudad(es)?|cidades?|city|cities)\b(?!.*(tema|theme))"),
    "JOINS": re.compile(
        r"\bjoin\b|\b(want|like) to (be|become) part of .*\bnetwork\b"
        r"|\b(se|te) (sumaria|uniria)n?s?\b|\b(sumarian|unirian)\b"
        r"|\b(quiere[ns]?|quisieran?|gustaria|desean?) .*\b((sumar|unir|participar|entrar)\w*|(ser|formar) parte)( \w+)? (a|en|de)( \w+){1,2} red\b"
        r"|\b(participariam?|entrariam?) (da|na|em) .*rede\b"
        r"|\b(quer(em)?|gostariam?|desejam?) .*\b(juntar|unir|participar|entrar|fazer parte)( \w+)? (a|da|na|numa|(a|de|em) (uma|nossa))( \w+)? rede\b"
    ),
}  # fmt: skip


def likely_role(kind: Kind, folded: Iterable[str], *, taken: Collection[str]) -> str:
    """Return the role of a question with these folded texts, or "" where nothing tells it or another has it."""
    texts = list(folded)
    if kind is Kind.COUNTRY and "COUNTRY" not in taken:
        return "COUNTRY"
    for role, sign in SIGNS.items():
        if kind in ROLE_KINDS[role] and role not in taken and any(sign.search(text) for text in texts):
            return role
    return ""
