"""Which plural form goes with a number, as the catalogues count their forms."""

from collections.abc import Mapping

_TWO = "nplurals=2; plural=(n != 1);"
_RUSSIAN = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)

PLURAL_FORMS: Mapping[str, str] = {
    "en": _TWO,
    "ru": _RUSSIAN,
    "kk": _TWO,
    "ky": _TWO,
    "tg": _TWO,
    "uz": _TWO,
    "uz_Cyrl": _TWO,
}
"""The `Plural-Forms` line of each catalogue. CLDR knows none for Tajik; it gets two like its
neighbours, whose noun stays the same after any number."""


def form_count(language: str) -> int:
    """Tell how many forms a plural text has in the language."""
    return 3 if language == "ru" else 2


def plural_form(language: str, n: int) -> int:
    """Pick the form for `n`, from 0; Russian form 0 also serves 21, 31, 101 and so on."""
    n = abs(n)
    if language != "ru":
        return int(n != 1)
    if n % 10 == 1 and n % 100 != 11:  # noqa: PLR2004 the rule of the language
        return 0
    if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
        return 1
    return 2
