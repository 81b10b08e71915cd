"""Reasons in words: what matching found, said to one side in the reader's language."""

from collections.abc import Iterable, Mapping

from babel import Locale
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy, to_locale

from tequio.atlas.rules.matching import Need, Offer, Reason, Said, Side, Why
from tequio.atlas.selectors.matching import Member
from tequio.core.texts import say
from tequio.people.models.organizations import Kind
from tequio.people.rules.countries import country_name

KNOWN: Mapping[tuple[str, str], object] = {
    (Side.NEED, Need.FUNDING): gettext_lazy("access to funding"),
    (Side.NEED, Need.CONNECTION): gettext_lazy("connection with other organizations"),
    (Side.NEED, Need.CAPACITIES): gettext_lazy("technical and institutional capacities"),
    (Side.NEED, Need.REACH): gettext_lazy("being heard further away"),
    (Side.NEED, Need.EXCHANGE): gettext_lazy("learning from others"),
    (Side.OFFER, Offer.TRAINING): gettext_lazy("training on a subject"),
    (Side.OFFER, Offer.VOLUNTEERS): gettext_lazy("volunteers"),
    (Side.OFFER, Offer.ADVICE): gettext_lazy("hours of technical advice"),
    (Side.OFFER, Offer.KNOWLEDGE): gettext_lazy("knowledge of a subject"),
    (Side.OFFER, Offer.SPREADING): gettext_lazy("spreading the word"),
}
TOPICS: Mapping[str, object] = {
    "themes": pgettext_lazy("side by side", "Themes"),
    "populations": pgettext_lazy("side by side", "Whom they work with"),
    "needs": pgettext_lazy("side by side", "Needs"),
    "offers": pgettext_lazy("side by side", "Offers"),
    "challenges": pgettext_lazy("side by side", "What is hard"),
    "kind": pgettext_lazy("side by side", "Kind"),
    "country": pgettext_lazy("side by side", "Country"),
    "cities": pgettext_lazy("side by side", "Cities"),
    "languages": pgettext_lazy("side by side", "Languages"),
}


def label(said: Said) -> str:
    """Say one need, offer or challenge as it was asked or written."""
    known = KNOWN.get((said.side, said.tag))
    return str(known) if known else say(said.text) or said.tag


def sentence(reason: Reason, language: str) -> str:
    """Say one reason to our side, in words."""
    words = {
        "ours": label(reason.ours) if reason.ours else "",
        "theirs": label(reason.theirs) if reason.theirs else "",
        "shared": ", ".join(_named(reason, language)),
    }
    if reason.ours and reason.ours.written and reason.why in (Why.THEY_GIVE, Why.WE_GIVE):
        return str(_written(reason)) % words
    return str(_SENTENCES[reason.why]) % words


def _written(reason: Reason) -> object:
    if reason.why is Why.THEY_GIVE:
        return _(
            "You wrote that you need something about “%(ours)s”; they offer something about “%(theirs)s”."
        )
    return _("They wrote that they need something about “%(theirs)s”; you offer something about “%(ours)s”.")


_SENTENCES: Mapping[Why, object] = {
    Why.THEY_GIVE: gettext_lazy("You asked for %(ours)s, they offer %(theirs)s."),
    Why.WE_GIVE: gettext_lazy("They asked for %(theirs)s, you offer %(ours)s."),
    Why.CHALLENGE: gettext_lazy("You both find this hard: %(theirs)s."),
    Why.TOGETHER: gettext_lazy("You both look for %(theirs)s: you could do it together."),
    Why.EXPERTISE: gettext_lazy("They can help with %(theirs)s."),
    Why.THEME: gettext_lazy("You both work on %(shared)s."),
    Why.COUNTRY: gettext_lazy("You are both in %(shared)s."),
    Why.LANGUAGE: gettext_lazy("You both speak %(shared)s."),
}


def _named(reason: Reason, language: str) -> Iterable[str]:
    if reason.why is Why.COUNTRY:
        return [country_name(code, language) for code in reason.shared]
    if reason.why is Why.LANGUAGE:
        return [_language_name(code, language) for code in reason.shared]
    return reason.shared


def _language_name(code: str, language: str) -> str:
    known = Locale.parse(to_locale(language)).languages
    return str(known.get(code.partition("-")[0], code))


def told_of(member: Member, language: str) -> dict[str, list[str]]:
    """Return what a member says of itself, topic by topic, in words."""
    party = member.party
    return {
        "themes": list(party.themes),
        "populations": list(member.populations),
        "needs": [label(said) for said in party.of(Side.NEED) if not said.written],
        "offers": [label(said) for said in party.of(Side.OFFER) if not said.written],
        "challenges": [label(said) for said in party.of(Side.CHALLENGE)],
        "kind": [str(Kind(member.kind).label)] if member.kind in Kind.values else [],
        "country": [country_name(party.country, language)] if party.country else [],
        "cities": list(member.cities),
        "languages": [_language_name(code, language) for code in party.languages],
    }
