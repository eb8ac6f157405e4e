"""Every letter that a picture may have to show is in the fonts."""

import re
import unicodedata

import pytest
from PIL import ImageFont

from bot.language import pofile
from bot.language.letters import _ALPHABETS
from tests.conftest import ROOT

FONTS = ROOT / "bot" / "pictures" / "fonts"
WEIGHTS = ("Regular", "Bold")
MARKUP = re.compile(r"<[^<>]*>|https?://\S+")


def known(weight):
    """The characters that have a shape of their own, unlike one that no font has."""
    face = ImageFont.truetype(FONTS / f"NotoSans-{weight}.ttf", 40)
    missing = bytes(face.getmask("\U000e0080"))
    return lambda sign: sign.isspace() or bytes(face.getmask(sign)) != missing


def is_emoji(sign):
    return ord(sign) > 0xFFFF or unicodedata.category(sign) == "So" or sign in "\ufe0f\u200d"


@pytest.fixture(params=WEIGHTS)
def has(request):
    return known(request.param)


def test_every_letter_of_every_language_is_there(has):
    """All alphabets, small and capital, and both apostrophes of Uzbek."""
    letters = {one for alphabet in _ALPHABETS.values() for one in alphabet}
    letters |= {one.upper() for one in letters} | set("ʻʼўғқҳӣӯҷіңәөұүһ·")
    assert [one for one in sorted(letters) if not has(one)] == []


def test_every_character_of_the_catalogues_is_there(has):
    """Whatever stands in a translation or in its English can be drawn, emoji excepted."""
    signs = set()
    for language in ("kk", "ky", "ru", "tg", "uz"):
        for file in pofile.read_all(ROOT / "locales", language).values():
            for message in file:
                if message.id:
                    texts = (*pofile.ids(message), *pofile.forms(message))
                    signs |= set(MARKUP.sub("", " ".join(texts)))
    lost = sorted(one for one in signs if not is_emoji(one) and one not in "▰▱" and not has(one))
    assert lost == []


def test_a_sign_that_is_not_there_is_noticed(has):
    """The proof can fail: no font of ours has letters of Georgian."""
    assert not has("ა")


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_fonts_are_small(weight):
    """A font weighs less than 200 kB, and its licence lies beside it."""
    assert (FONTS / f"NotoSans-{weight}.ttf").stat().st_size < 200_000
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text()
