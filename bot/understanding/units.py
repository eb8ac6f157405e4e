"""Words for kinds of places: town, district, region, village, in every language."""

import re
from collections.abc import Mapping
from typing import Final, Literal

from bot.understanding.normalise import skeleton

Unit = Literal["region", "district", "town", "village"]

_STEMS: Final[Mapping[Unit, str]] = {
    "region": "облыс облус област вилоят вилаят viloyat oblast республика respublika",
    "district": "аудан район rayon raion ноҳия noxiya туман tuman tumon",
    "town": "қала шаар шаҳар шаҳр шахр shahar shaxar shahr кент шаарча шаҳрак shaharcha поселка "
    "posyolka",
    "village": "ауыл айыл овул ovul кыштак кыштаг қышлақ қишлоқ qishlogʻ деҳа деҳот маҳалла "
    "mahalla округ аймак аймаг ҷамоат jamoat село",
}
"""Native words, to which the endings of possession and of cases come."""

_FORMS: Final[Mapping[Unit, str]] = {
    "region": "обл область области областью областей region province республики республике "
    "республику",
    "district": "рн районом районный district",
    "town": "г гор город городе города городу городом пгт п пос посёлок поселке поселок city town",
    "village": "с селе села селу аул ауле аула деревня деревне деревни станция станции станица "
    "ст разъезд village кишлак кишлаке кишлака",
}
"""Whole words: Russian and English forms, abbreviations."""

_TAIL: Final = (
    "(?:i|u|si|su)?(?:n?(?:[dt][aeo](?:n|gi|gu)?|[aeo]|[iu]n|[nd]ing?|[dt][iu]n)|[gk][aeo]|"
    "n[ae]n|[ld]i[kg]|ro|da?gi)?"
)


def _form(word: str) -> str:
    return "".join(re.findall(r"\w+", skeleton(word)))


_WORDS: Final[Mapping[str, Unit]] = {
    _form(word): unit for unit, forms in _FORMS.items() for word in forms.split()
}
_NATIVE: Final = re.compile(
    "|".join(
        f"(?P<{unit}>(?:{'|'.join(map(_form, stems.split()))}){_TAIL})"
        for unit, stems in _STEMS.items()
    )
)


def unit_of(word: str) -> Unit | None:
    """Tell which kind of place the skeleton `word` means, in whatever case it stands."""
    if known := _WORDS.get(word):
        return known
    found = _NATIVE.fullmatch(word)
    return found.lastgroup if found else None  # type: ignore[return-value] # a group is a unit
