"""The picture of a result: there at the end alone, readable in every language, and telling nothing."""

from dataclasses import replace

import pytest

from bot.engine.blocks.quiz import item_of
from bot.engine.events import Chosen
from bot.engine.links import Linked
from bot.engine.replies import Picture
from bot.engine.session import Session
from bot.engine.step import Engine
from bot.learning.play import Play
from bot.learning.round import Round
from tests.betrayal import lexicon
from tests.engine.walking import LANGUAGES, NOW
from tests.pictures.conftest import LINK

PLAY = "play-quiz"
ADDRESS, _, _ = LINK.partition("?")


def ends(quiz):
    """One round of a quiz for each number of right answers, over and done."""
    first = Play.begun(quiz, 16, "kz", b"\0")
    many = len(first.items)
    for missed in range(many + 1):
        over = replace(first.round, number=many, missed=(1 << missed) - 1)
        yield Play(quiz, over)


def cards(stage, language):
    """The words of each card that a quiz can end with, once for each of its bands."""
    for quiz in stage.world.content.played.values():
        bands = {play.band.from_: play for play in ends(quiz)}
        for play in bands.values():
            there = Session(PLAY, language, item=item_of(play), country="kz", told=True)
            yield stage.picture(there, NOW).draw


@pytest.fixture
def over(world):
    """The end of a round of one quiz with a miss."""
    play = [*ends(world.content.quizzes["love"])][1]
    return Session(PLAY, "en", item=item_of(play), country="kz", told=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_result_fits_its_card(stage, language, monkeypatch):
    """Each title and each band of each quiz has room in letters that can be read on a phone."""
    monkeypatch.setattr("bot.pictures.canvas.Canvas.png", lambda _: b"drawn")
    drawn = [draw(ADDRESS) for draw in cards(stage, language)]
    assert len(drawn) >= len(stage.world.content.quizzes)
    assert {*drawn} == {b"drawn"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_tells_no_more_than_its_title(stage, language):
    """No word on a card tells what the bot is about, for a picture is shown to anybody (R12)."""
    for draw in cards(stage, language):
        card = draw.card
        for text in (card.name, card.title, card.score, card.words, card.invitation):
            assert text
            assert "{" not in text
            assert lexicon().tells(text) is None


def test_the_last_screen_offers_it_and_a_tap_sends_it(stage, over):
    """A tap leaves her where she is and sends one message that can be drawn again from the reply."""
    assert "picture" in [one.id for one in stage.page(over, NOW).labels]
    turn = Engine(stage).step(over, Chosen(PLAY, "picture", over.item), NOW)
    assert turn.replies == (Picture(PLAY, over.item),)
    assert turn.session == over
    page = stage.picture(over, NOW)
    again = stage.picture(replace(over), NOW)
    assert page.draw(ADDRESS) == again.draw(ADDRESS)
    assert page.file_name == "picture.png"


def test_no_picture_before_the_end(stage, world):
    """In the middle of a round there is nothing to share, whatever button is pressed."""
    play = Play.begun(world.content.quizzes["love"], 16, "kz", b"\0")
    for item in ("love", item_of(play), "nothing"):
        there = Session(PLAY, "en", item=item, country="kz", told=True)
        assert stage.picture(there, NOW) is None
        turn = Engine(stage).step(there, Chosen(PLAY, "picture", item), NOW)
        assert not any(isinstance(one, Picture) for one in turn.replies)


def test_other_screens_draw_nothing(stage):
    """A node without a block, or with one that draws nothing, has no picture."""
    for place in ("start", "hub", "talk"):
        assert stage.picture(Session(place, "en", country="kz", told=True), NOW) is None


def test_the_link_opens_the_same_quiz_in_the_same_language(stage, over, world):
    """What the code says leads whoever scans it to the quiz, and names no topic."""
    for language in LANGUAGES:
        draw = stage.picture(replace(over, language=language), NOW).draw
        linked = Engine(stage)._links.read(draw.start.removeprefix("?start="))
        assert linked == Linked(PLAY, "love", language)
        assert "love" not in draw.start


def test_a_changed_quiz_has_no_picture(stage, over):
    """A round that does not fit its quiz any more is not shown as a result."""
    name, *words = over.item.split("+")
    round_ = Round.read(tuple(words))
    assert round_ is not None
    other = replace(round_, check=(round_.check + 1) % 7)
    item = "+".join((name, *other.written()))
    assert stage.picture(replace(over, item=item), NOW) is None
