"""Texts to start from, in our own words. Source: GOV-29 to GOV-39."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tequio.founding.texts.words import Word

STARTERS: Mapping[str, Word] = {
    "code": _(
        "We treat each other with respect, also when we disagree.\n"
        "Nobody is treated worse for their gender, skin, people, language, age, body, faith or whom they love.\n"
        "We accept no violence: no blows, no threats, no insults, no sexual harassment.\n"
        "We say what we decide, and how. We show what we do with the money.\n"
        "We say so when a matter touches our own interest, and we step aside.\n"
        "We keep what was told to us in trust.\n"
        "Whoever asks for help is listened to, and is believed first."
    ),
    "commitments": _(
        "Talk about violence and care once a year at least\n"
        "Name the contact persons at the start of each meeting\n"
        "Meet in places and at hours that are safe for everyone\n"
        "Share the floor, so that the same people do not always speak\n"
        "Make room to reflect on diversity in the network"
    ),
}
