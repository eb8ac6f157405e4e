"""Which languages the bot speaks, what stands in for what, and which to offer first.

`User.language_code` is the language of a person's app, not of the person. It therefore only
orders the chooser and picks the very first screen; a saved choice wins over it for ever after.
Nothing here fails on a tag nobody has seen before.
"""

from collections.abc import Mapping

LANGUAGES = ("en", "ru", "kk", "ky", "tg", "uz", "uz_Cyrl")
"""All languages, the source language first."""

TRANSLATED = ("ru", "kk", "ky", "tg", "uz")
"""The languages with a catalogue of their own; Uzbek Cyrillic is made from Uzbek Latin."""

NAMES: Mapping[str, str] = {
    "en": "English",
    "ru": "Русский",
    "kk": "Қазақша",
    "ky": "Кыргызча",
    "tg": "Тоҷикӣ",
    "uz": "Oʻzbekcha",
    "uz_Cyrl": "Ўзбекча",
}
"""How each language names itself in the chooser, whatever the screen's language."""

CHAIN: Mapping[str, tuple[str, ...]] = {
    "en": (),
    "ru": ("en",),
    "kk": ("ru", "en"),
    "ky": ("ru", "en"),
    "tg": ("ru", "en"),
    "uz": ("ru", "en"),
    "uz_Cyrl": ("ru", "en"),
}
"""What stands in, in this order, for a text that a language lacks."""

_TURKIC = ("en", ("uz", "kk", "ky", "ru"))
_PERSIAN = ("en", ("tg", "en", "ru"))
_RUSSIAN = ("ru", ("ru",))
_TAGS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "kk": ("kk", ("kk", "ru")),
    "ky": ("ky", ("ky", "ru")),
    "tg": ("tg", ("tg", "ru")),
    "uz": ("uz", ("uz", "uz_Cyrl", "ru")),
    "uz-cyrl": ("uz_Cyrl", ("uz_Cyrl", "uz")),
    "kaa": ("uz", ("uz", "ru", "kk")),
    **dict.fromkeys(("ru", "be", "uk", "tk", "az", "hy", "ka", "tt", "ba"), _RUSSIAN),
    **dict.fromkeys(("fa", "prs", "ps"), _PERSIAN),
    **dict.fromkeys(("tr", "ug"), _TURKIC),
}
_UNKNOWN = ("en", ("en",))

_COUNTRIES: Mapping[str, tuple[str, ...]] = {
    "kz": ("kk", "ru"),
    "kg": ("ky", "ru", "uz"),
    "tj": ("tg", "ru", "uz"),
    "uz": ("uz", "uz_Cyrl", "ru", "tg"),
}


def first_language(code: str | None, offered: tuple[str, ...] = LANGUAGES) -> str:
    """Pick the language of the very first screen for an IETF tag such as `uz-Latn-UZ`.

    Where the right one is not offered, what stands in for it is taken, then whatever the
    chooser would place first; English where nothing is offered at all.
    """
    first, _ = _advice(code)
    for language in (first, *CHAIN[first], *chooser(code, offered)):
        if language in offered:
            return language
    return "en"


def chooser(code: str | None, offered: tuple[str, ...] = LANGUAGES) -> tuple[str, ...]:
    """Order all offered languages for an IETF tag: the likely ones first, none left out."""
    _, leading = _advice(code)
    return _ordered(leading, offered)


def for_country(
    country: str | None, language: str, offered: tuple[str, ...] = LANGUAGES
) -> tuple[str, ...]:
    """Order all offered languages for a country such as `kz`.

    The languages of the country come first, then the person's present `language`, then the
    rest; an unknown country has no languages of its own.
    """
    own = _COUNTRIES.get((country or "").lower(), ())
    return _ordered((*own, language), offered)


def _advice(code: str | None) -> tuple[str, tuple[str, ...]]:
    """Look the tag up whole, then by its first two parts, then by its first."""
    parts = (code or "").strip().lower().replace("_", "-").split("-", 2)
    for tag in ("-".join(parts), "-".join(parts[:2]), parts[0]):
        if tag in _TAGS:
            return _TAGS[tag]
    return _UNKNOWN


def _ordered(leading: tuple[str, ...], offered: tuple[str, ...]) -> tuple[str, ...]:
    """Bring the leading languages to the front; each language comes once."""
    return tuple(dict.fromkeys((*(one for one in leading if one in offered), *offered)))
