"""Leaving: from everywhere, by every way out, and what remains is a newcomer's screen."""

from dataclasses import replace

import pytest

from bot.engine.blocks.choose_fading import MINUTES
from bot.engine.events import Chosen, Commanded, Located, Strayed, Wrote
from bot.engine.replies import Leave
from bot.engine.session import Session
from bot.engine.step import Engine
from tests.engine.walking import LANGUAGES, NOW, buttons, pages

HUB = Session("hub", "en", country="kz", told=True)


def words_out(stage):
    """Every word, in every language, that leaves."""
    nodes = [node for node in stage.world.content.nodes.values() if node.leaves]
    called = {
        stage.world.words.text(language, node.called) for node in nodes for language in LANGUAGES
    }
    return sorted({word.strip() for words in called for word in words.split(",")})


def test_every_word_out_leaves_from_everywhere(stage, everywhere):
    """Every word that leaves clears the chat from every screen, typed or as a command."""
    engine, words = Engine(stage), words_out(stage)
    assert len(words) >= 8
    for at, session in enumerate(everywhere):
        word = words[at % len(words)]
        for event in (Wrote(word), Commanded(word), Commanded("close", "anything")):
            turn = engine.step(session, event, NOW)
            assert (turn.session, turn.replies) == (None, (Leave(),)), (session, event)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_out_is_understood_in_every_language(engine, stage, language):
    """A word that leaves in one language leaves in all of them, in any case, and for newcomers."""
    for word in words_out(stage):
        for known in (None, replace(HUB, language=language)):
            for text in (word, word.upper(), f" {word}! "):
                assert engine.step(known, Wrote(text), NOW).replies == (Leave(),), text


@pytest.mark.parametrize("code", ["ru", "tg", None])
def test_what_remains_is_what_a_newcomer_sees(engine, stage, everywhere, code):
    """After an exit the screen, and the conversation, are those of somebody never seen before."""
    newcomer = engine.step(None, Commanded("start"), NOW, code)
    for session in everywhere:
        page = stage.page(session, NOW)
        if not page.sensitive:
            continue
        out = [one for one in buttons(page) if one.label.id == "close"]
        assert out, session
        for known in (session, None):
            turn = engine.step(known, out[0].tap, NOW, code)
            assert (turn.session, turn.replies) == (None, (Leave(),))
            assert pages(stage, turn) == pages(stage, newcomer)
            assert turn.tallies == ()


def test_an_old_exit_button_works_without_the_country(engine, stage):
    """Who is forgotten, or has no country any more, still leaves by the button of an old screen."""
    for known in (None, replace(HUB, place="start", country="")):
        assert engine.step(known, Chosen("near-safe", "close", "2"), NOW).replies == (Leave(),)


def test_a_point_on_the_map_is_always_removed(engine, stage):
    """Her message with a location asks to be removed at once, wherever she stands."""
    for known in (None, HUB, replace(HUB, country=""), replace(HUB, place="town")):
        assert engine.step(known, Located(40.51401, 72.80302), NOW).conceal
        assert not engine.step(known, Strayed(wordless=True), NOW).conceal


@pytest.mark.parametrize("minutes", MINUTES)
def test_the_time_until_the_chat_clears_is_chosen_and_told(engine, stage, minutes):
    """The chosen time holds from now on, and the page about what is kept tells it."""
    about = stage.page(replace(HUB, place="about"), NOW).text
    turn = engine.step(replace(HUB, place="fading"), Chosen("fading", str(minutes)), NOW)
    assert turn.session is not None
    assert (turn.session.place, turn.session.idle) == ("fading", minutes)
    said = f"{minutes} min" if minutes < 60 else f"{minutes // 60} h"
    assert f"do nothing for {said}." in pages(stage, turn)[0].text
    now = stage.page(replace(turn.session, place="about"), NOW).text
    assert f"do nothing for {said}." in now
    assert (now == about) == (minutes == stage.world.fade_minutes)


@pytest.mark.parametrize("came_from", ["about", "phone"])
def test_back_from_the_clearing_leads_to_where_she_came_from(engine, came_from):
    """Before and after a time is chosen, "Back" is the screen that led here."""
    turn = engine.step(replace(HUB, place=came_from), Chosen(came_from, "fading"), NOW)
    for option in (str(MINUTES[0]), "back"):
        turn = engine.step(turn.session, Chosen(turn.session.place, option), NOW)
    assert turn.session.place == came_from


@pytest.mark.parametrize(
    ("choice", "wanted"), [("shared", "shared-phone"), ("other", "other-phone")]
)
def test_who_was_not_told_is_told_and_then_led_on(engine, choice, wanted):
    """From phone safety the notice comes first, and "Continue" leads to the page that was wanted."""
    session = Session("phone", "en", country="kz")
    turn = engine.step(session, Chosen("phone", choice), NOW)
    assert turn.session.place == "about"
    assert engine.step(turn.session, Chosen("about", "continue"), NOW).session.place == wanted


@pytest.mark.parametrize("option", ["0", "7", "1441", "-5", "fading", ""])
def test_no_other_time_can_be_chosen(stage, option):
    """A forged time changes nothing."""
    turn = Engine(stage).step(HUB, Chosen("fading", option), NOW)
    assert turn.session == HUB


def test_the_way_out_is_told_before_anything_is_written(stage):
    """What leaving does, and what remains after it, stands on the page before the first words."""
    text = stage.page(Session("about", "en"), NOW).text
    for told in (
        "type “stop”",
        "delete it yourself",
        "48 hours",
        "notifications",
        "Another device",
    ):
        assert told in text
    assert "Is this phone safe?" in text
    assert "Anyone who opens this phone" in stage.page(Session("start", "en"), NOW).text


@pytest.mark.parametrize(
    "text", ["stop stop", "stop he is coming", "стоп он идет", "Стоп!! стоп", "выход закрыть"]
)
def test_a_few_words_that_begin_with_a_word_out_leave(stage, text):
    """Whoever types the plainest word with a few behind it, or only words out, leaves."""
    assert Engine(stage).step(HUB, Wrote(text), NOW).replies == (Leave(),)


@pytest.mark.parametrize(
    "text",
    [
        "he does not stop",
        "stop hitting me now please",
        "пока он спит я пишу",
        "dont stop the bus here",
    ],
)
def test_a_word_out_inside_other_words_does_not_leave(stage, text):
    """What only holds such a word, or goes on behind it, clears nothing."""
    assert Leave() not in Engine(stage).step(HUB, Wrote(text), NOW).replies


@pytest.mark.parametrize("text", ["yep", "push", "pushed", "Yep!"])
@pytest.mark.parametrize("place", ["hub", "ask-hurt", "ask-gently"])
def test_a_word_of_another_language_that_only_sounds_alike_does_not_leave(stage, text, place):
    """On a Latin keyboard words out are taken as they are spelt: "yep" is no "ёп"."""
    session = replace(HUB, place=place)
    assert Leave() not in Engine(stage).step(session, Wrote(text), NOW).replies
