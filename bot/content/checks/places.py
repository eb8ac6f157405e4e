"""Whether places written by hand have their names, in the right letters, and lie where they can."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.content.checks.ground import Ground
from bot.content.checks.terms import Terms
from bot.content.model import Content, Place
from bot.content.places_file import OWN
from bot.content.problem import Problem

ALONE: Final = 150
"""Kilometres from the nearest other settlement of its country that no settlement has."""
BORDER: Final = 60
"""Kilometres a settlement may be from its country's others and nearer to a neighbour's.

Enclaves in the Fergana valley and valleys behind a ridge need up to 45.
"""

_RUSSIAN: Final = "а-яё"
_LETTERS: Final[Mapping[str, re.Pattern[str]]] = {
    language: re.compile(rf"[{letters}]", re.IGNORECASE)
    for language, letters in {
        "en": "a-zà-öø-žʻʼ",
        "ru": _RUSSIAN,
        "kk": f"{_RUSSIAN}әғқңөұүһі",
        "ky": f"{_RUSSIAN}ңөү",
        "tg": f"{_RUSSIAN}ғӣқӯҳҷ",
        "uz": "a-zʻʼ",
        "uz_Cyrl": f"{_RUSSIAN}ўқғҳ",
    }.items()
}
_SIGNS: Final = re.compile("[‘’'`´ʹ′]")


def check_places(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield places without a name people know, in strange letters, or far from their country."""
    if not content.places.places:
        return
    for country in terms.countries:
        if ("places", country) not in content.origin.things:
            file = f"{content.origin.root}/places/{country}.yaml"
            yield Problem(file, 1, 1, "this file is missing")
    ground = Ground(one for one in content.places.places.values() if not one.is_area)
    alike: dict[str, str] = {}
    for place in content.places.places.values():
        keys = _written(content, place)
        if keys is None:
            continue
        yield from _names(content, place, named="names" in keys)
        if "lat" in keys and not place.is_area:
            yield from _lies(content, place, ground)
        other = alike.setdefault(place.id.replace("-", ""), place.id)
        if other != place.id:
            what = f"the ids '{other}' and '{place.id}' look the same"
            yield content.origin.at("place", place.id, "id", what=what)


def _written(content: Content, place: Place) -> Mapping[str, object] | None:
    """Return what was written of a place by hand, or None if nothing was."""
    tree, steps = content.origin.things["place", place.id]
    value: Any = tree.data
    for step in steps if value is not None else ():
        value = value[step]
    return value if isinstance(value, Mapping) else None


def _names(content: Content, place: Place, *, named: bool) -> Iterator[Problem]:
    own = OWN[place.country]
    for language in ("en", "ru", own) if named else ():
        if language not in place.names:
            what = f"'{place.id}' has no name in {language}"
            hint = f"{language}: how people there call it" if language == own else ""
            yield content.origin.at("place", place.id, "names", what=what, hint=hint, key=True)
    for language, name in place.names.items() if named else ():
        for letter in dict.fromkeys(name):
            if sign := _SIGNS.match(letter):
                what = f"the sign {sign[0]} (U+{ord(letter):04X}) in '{name}'"
                hint = "write ʻ (U+02BB) in oʻ and gʻ, else ʼ (U+02BC)"
            elif letter.isalpha() and not _LETTERS[language].match(letter):
                what = f"'{letter}' (U+{ord(letter):04X}) in '{name}' is not a letter of {language}"
                hint = "type the name again"
            else:
                continue
            yield content.origin.at("place", place.id, "names", language, what=what, hint=hint)


def _lies(content: Content, place: Place, ground: Ground) -> Iterator[Problem]:
    """Judge where an author put a settlement by those around it."""
    around = ground.around(place.lat, place.lon, but=place.id)
    own = around.pop(place.country, (ALONE + 1.0, place))[0]
    nearer = [(far, other) for far, other in around.values() if far < own]
    if nearer and own > BORDER:
        far, other = min(nearer, key=lambda each: each[0])
        what = f"this is {far:.0f} km from {other.names['en']} in '{other.country}'"
        hint = f"'{place.id}' is in '{place.country}': compare the source"
        yield content.origin.at("place", place.id, "lat", what=what, hint=hint)
    elif own > ALONE:
        what = f"no settlement of '{place.country}' is near this point"
        hint = "north comes first: is lat the latitude?"
        yield content.origin.at("place", place.id, "lat", what=what, hint=hint)
