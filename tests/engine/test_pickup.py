"""Truths about going on from another phone."""

import random
from dataclasses import replace

import pytest

from bot.channels.telegram.buttons import Codebook
from bot.engine.events import Chosen, Wrote
from bot.engine.pickup import WORDS, PickupBook
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from tests.engine.walking import LANGUAGES, NOW

SHOW = Chosen("other-phone", "show")
HERS = Session("other-phone", "kk", country="kz", told=True, town="kz-shymkent")


@pytest.fixture
def drawing(world):
    """An engine with true chance in it."""
    return Engine(Stage(replace(world, draw=random.Random(7).randbytes)))


def test_four_words_take_the_conversation_along(drawing):
    """Typed on a phone that nobody knows, the words go on with country and town, and are used up."""
    shown = drawing.step(HERS, SHOW, NOW)
    phrase = drawing.phrases(shown.left)
    assert phrase == shown.left
    other = drawing.step(None, Wrote(shown.left), NOW, "ru", left={phrase: shown.session})
    assert other.taken == phrase
    assert other.conceal
    assert (other.session.country, other.session.town) == ("kz", "kz-shymkent")


def test_words_that_are_used_up_say_so(drawing):
    """Words that nobody left, or left too long ago, are answered kindly and removed."""
    shown = drawing.step(HERS, SHOW, NOW)
    late = drawing.step(None, Wrote(shown.left), NOW, "ru")
    assert late.replies[0].lead == "words_old"
    assert late.conceal
    assert not late.taken


def test_neither_cover_nor_time_moves_along(drawing):
    """What the other phone has chosen for itself stays there."""
    shown = drawing.step(replace(HERS, idle=5), SHOW, NOW)
    left = {shown.left: replace(shown.session, idle=0, cover=None)}
    other = drawing.step(Session("hub", "ru", idle=120), Wrote(shown.left), NOW, left=left)
    assert other.session.idle == 120


def test_the_words_stand_behind_no_button(drawing, stage):
    """Nothing that Telegram keeps beside the text holds the words."""
    shown = drawing.step(HERS, SHOW, NOW)
    book = Codebook.of(stage.world.content, stage.world.offered.languages)
    words = shown.session.item.split("+")
    assert not {*words} & {*book.code}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_known_in_every_spelling(world, drawing, language):
    """Each language draws words of its own, which are known however they are typed."""
    shown = drawing.step(replace(HERS, language=language), SHOW, NOW)
    page = drawing.stage.page(shown.session, NOW)
    said = page.text.rpartition("<b>")[2].partition("</b>")[0]
    assert len(said.split()) == WORDS
    assert drawing.phrases(said) == shown.left
    assert drawing.phrases(f"  {said.upper()} !") == shown.left


def test_ordinary_talk_is_no_phrase(world):
    """Fewer, more or other words mean nothing."""
    book = PickupBook(world.content.pickup)
    assert book.phrase("apple bread bridge") is None
    assert book.phrase("apple bread bridge candle carpet") is None
    assert book.phrase("where is my husband") is None


def test_phrases_hardly_ever_meet(world):
    """Among ten thousand drawn phrases of one language no two are the same by more than chance."""
    book, chance = PickupBook(world.content.pickup), random.Random(3)
    drawn = [book.draw("ru", chance.randbytes) for _ in range(10_000)]
    assert len({*drawn}) >= 9_998
    assert all(len({*one}) == WORDS for one in drawn)
