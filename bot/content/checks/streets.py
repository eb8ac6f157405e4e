"""Words that tell where a house stands, in the languages of the four countries."""

import re
from typing import Final

_SIGN: Final = "[ʻʼ‘’'`´]?"
_WORDS: Final = (
    *(r"ул\.", r"улиц[аыеу]\w*", r"пер\.", r"переул\w*", r"пр-к?т\w*", r"пр\.(?=\s*[\w«])"),
    *(r"просп\.", r"проспект\w*", r"б-р", r"бульвар\w*", r"шоссе", r"мкр\.?", r"микрорайон\w*"),
    *(r"дом\s*№?\s*\d+", r"д\.\s*\d+", r"кв\.\s*\d+", r"корп\.\s*\d+", r"стр\.\s*\d+"),
    *(r"көшесі\w*", r"көш\.", r"даңғыл\w*", r"шағын\s?аудан\w*", r"үй\s*\d+"),
    *(r"көчөсү\w*", r"көч\.", r"кичи\s?район\w*"),
    *(r"к[ӯу]ча(?:и|ҳо)?", r"хиёбон\w*", r"гузар\w*", r"хонаи\s*\d+"),
    *(r"кўча\w*", r"хиёбони", rf"ko{_SIGN}cha(?:si\w*)?", r"xiyobon\w*", rf"{_SIGN}mavze\w*"),
    *(r"(?<!\bof )(?<!\bthe )street(?!\s+child|\s+work)\w*", r"st\.(?=\s*\w)", r"avenue", r"ave\."),
    *(r"boulevard", r"lane\s+\d+", r"house\s+\d+", r"apartment\s*\d+"),
    *(r"apt\.?\s*\d+", r"(?:flat|building|bldg\.?)\s*(?:no\.?|№)?\s*\d+"),
)
_HOUSE: Final = r"[^\W\d]{3,},\s*№?\s*(?!(?:19|20)\d\d\b)\d{1,4}\s?(?:[/-]\s?\d{1,3}|[а-яa-z]\b)?(?![\w.%-]|\s\w)"
_POINT: Final = r"\d{1,3}[.,]\d{3,}\s*[°NSСЮ]?\s*[,;]?\s+\d{1,3}[.,]\d{3,}|\d{1,3}\s*°"
_FOUND: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join(_WORDS)})(?:(?<=[.\d])|(?!\w))|{_HOUSE}|{_POINT}", re.IGNORECASE
)


def whereabouts(text: str) -> str | None:
    """Find the first word that belongs to an address, a house number or coordinates."""
    found = _FOUND.search(text)
    return found[0].strip() if found else None
