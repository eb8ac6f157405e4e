"""Single turns that people depend on."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from bot.engine.events import Chosen, Commanded, Departed, Strayed, Wrote
from bot.engine.phrases import LEADS
from bot.engine.replies import Leave, Remove, Show
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from bot.engine.world import Offered
from bot.language.tongues import NAMES
from bot.understanding.normalise import words
from tests.engine.walking import (
    LANGUAGES,
    NOW,
    buttons,
    lists_lines,
    pages,
)

TOLD = Session("hub", "en", country="kz", told=True)
GIBBERISH = ("qwzx plmokn", "???", "🙈🙉🙊", "1000000", "а" * 4096, "<b>hub</b>", "{number}")


def seen(turn):
    """A turn but for her own message, which only typed words leave to be removed."""
    return replace(turn, conceal=False) if turn.conceal else turn


def test_typing_a_number_is_tapping(stage, everywhere):
    """A typed number does what the button of that number does, on every screen."""
    engine, typed = Engine(stage), 0
    for session in everywhere:
        page = stage.page(session, NOW)
        standing = replace(session, told=True)
        counted = [int(one.text) for one in page.labels if one.text.isdecimal()]
        gone = {*range(1, max([n for n in counted if n <= len(page.labels)], default=0) + 1)}
        named = {word for label in page.labels for word in words(label.text)}
        for number, button in enumerate(buttons(page), 1):
            if str(number) in named:
                continue  # a label's own number wins over counting
            if number in gone:
                continue  # a step that was put has no button any more, and its number means none
            turn = seen(engine.step(standing, Wrote(f" {number}. "), NOW))
            if button.silent:
                assert pages(stage, turn) == [page]
            else:
                assert turn == seen(engine.step(standing, button.tap, NOW))
            typed += 1
    assert typed > 1000


def test_typing_a_label_is_tapping(engine, stage, everywhere):
    """Typed words of a label do what its button does, on every screen, however they are written."""
    for session in everywhere:
        for button in buttons(stage.page(session, NOW)):
            tapped = None if button.silent else seen(engine.step(session, button.tap, NOW))
            label = button.label.text
            for text in (label, label.upper(), f"  {label}!!"):
                turn = seen(engine.step(session, Wrote(text), NOW))
                if button.silent:
                    assert turn.replies == (Show(session.place, session.item),), text
                else:
                    assert turn == tapped, (button, text)


@pytest.mark.parametrize("text", GIBBERISH)
def test_the_first_free_text_is_answered_with_what_is_kept(engine, stage, text):
    """Before a newcomer's first free text is answered she reads what this bot keeps (R15)."""
    turn = engine.step(None, Wrote(text), NOW, "ky")
    assert turn.replies == (Show("about", "", "unmatched"),)
    assert turn.reader.told
    assert engine.step(turn.session, Wrote(text), NOW).reader.place != "about"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", GIBBERISH)
def test_the_fallback_says_more_than_that_it_did_not_understand(engine, stage, text, language):
    """What nobody understood is answered with a whole screen, and numbers are one tap away."""
    for session in (TOLD, replace(TOLD, place="start", told=False)):
        turn = engine.step(replace(session, language=language), Wrote(text), NOW)
        (page,) = pages(stage, turn)
        lead = stage.world.words.say(language, LEADS["unmatched"])
        assert page.text.startswith(lead)
        assert len(page.text) > len(lead)
        onward = [engine.step(turn.session, button.tap, NOW) for button in buttons(page)]
        assert any(lists_lines(stage, pages(stage, one)[0]) for one in onward)


def test_after_a_pause_an_old_button_meets_the_neutral_start(engine, stage, everywhere):
    """Whoever taps an old sensitive screen of somebody forgotten sees a newcomer's start (R15)."""
    newcomers = {
        code: engine.step(None, Commanded("start"), NOW, code) for code in ("ru", "uz", None)
    }
    for session in everywhere:
        page = stage.page(session, NOW)
        if not page.sensitive:
            continue
        for button, (code, newcomer) in product(buttons(page), newcomers.items()):
            turn = engine.step(None, button.tap, NOW, code)
            assert turn == newcomer or turn.replies == (Leave(),)
            assert pages(stage, turn) == pages(stage, newcomer)


def test_forgotten_people_are_newcomers_whatever_they_send(engine, stage):
    """A dead button, a picture and a note's button show somebody forgotten the start screen."""
    newcomer = engine.step(None, Commanded("start"), NOW, "tg")
    for event in (
        Strayed(),
        Strayed(wordless=True),
        Chosen("start", "resume"),
        Chosen("gone", "x"),
    ):
        assert engine.step(None, event, NOW, "tg") == newcomer


@pytest.mark.parametrize(
    "event", [Commanded("forget"), Chosen("about", "forget"), Wrote("delete my data")]
)
@pytest.mark.parametrize("known", [None, TOLD])
def test_forgetting_is_asked_once(engine, known, event):
    """Command, button and words ask alike; the next yes erases, and a no erases nothing (R6)."""
    asked = engine.step(known, event, NOW, "en")
    assert asked.replies == (Show("forget"),)
    assert engine.step(asked.session, Chosen("forget", "no"), NOW).session is not None
    for sure in (Chosen("forget", "yes"), Commanded("forget"), Wrote("yes"), Wrote("yes, delete")):
        assert engine.step(asked.session, sure, NOW).session is None


@pytest.mark.parametrize("words", ["yes", "yes, delete", "Да, удалить", "Иә, өшірілсін"])
def test_nothing_is_erased_from_elsewhere(engine, words):
    """The yes to that question is one only where it stands."""
    for place in ("hub", "start", "about", "play"):
        turn = engine.step(replace(TOLD, place=place), Wrote(words), NOW)
        assert turn.session is not None
        assert turn.session.place != "forget"


def test_forgetting_leaves_no_session(engine, stage):
    """The screen that says "deleted" is the last thing rendered from the session."""
    turn = engine.step(TOLD, Chosen("forget", "yes"), NOW)
    assert turn.session is None
    assert turn.replies == (Show("forgotten"),)
    assert turn.reader.language == TOLD.language


def test_who_departs_is_erased_without_a_word(stage):
    """A person who blocked the bot leaves nothing and hears nothing."""
    turn = Engine(stage).step(TOLD, Departed(), NOW)
    assert (turn.session, turn.replies) == (None, ())


@pytest.mark.parametrize("name", ["stop", "exit", "close", "стоп", "Stop", "STOP"])
def test_neutral_words_close_from_anywhere(engine, stage, everywhere, name):
    """A neutral word clears the chat from every screen, typed or as a command."""
    for session in everywhere:
        if session.language == "ru":
            for event in (Wrote(name), Commanded(name)):
                turn = engine.step(session, event, NOW)
                assert (turn.session, turn.replies) == (None, (Leave(),)), (session, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_changed_by_its_own_name(engine, stage, language):
    """Typing a language's own name anywhere shows the same screen in that language."""
    turn = engine.step(replace(TOLD, place="friend"), Wrote(NAMES[language]), NOW)
    assert (turn.reader.place, turn.reader.language) == ("friend", language)


def test_what_was_wanted_is_shown_after_the_country_is_known(engine, stage):
    """Who wanted the numbers before naming the country sees the numbers after naming it."""
    asked = engine.step(None, Chosen("start", "numbers"), NOW)
    assert asked.reader.place == "country"
    answered = engine.step(asked.session, Chosen("country", "tj"), NOW)
    assert (answered.reader.place, answered.reader.country) == ("danger", "tj")
    assert answered.reader.after == ""


def test_a_card_is_closed_without_moving(stage):
    """Removing a kept number removes that message and leaves the person where she is."""
    turn = Engine(stage).step(TOLD, Chosen("danger-line", "remove", "kz-102"), NOW)
    assert turn.replies == (Remove(),)
    assert turn.session == TOLD


def test_an_old_sessions_foreign_place_is_mended(engine, stage):
    """A session that names a place, country or language nobody offers any more is mended."""
    odd = Session("gone", "xx", "gone", "zz", "gone", told=True)
    for event in (Wrote("1"), Strayed(), Commanded("menu"), Chosen("hub", "danger")):
        turn = engine.step(odd, event, NOW)
        assert pages(stage, turn)[0].text


def test_a_withdrawn_country_is_asked_again(world):
    """Who stands in a country that is not offered any more is asked for the country again."""
    fewer = Engine(Stage(replace(world, offered=Offered(("kg",), ("ru", "en")))))
    turn = fewer.step(TOLD, Commanded("menu"), NOW)
    assert turn.reader.place == "country"
    assert [label.id for label in pages(fewer.stage, turn)[0].labels][:1] == ["kg"]


def test_a_line_too_old_is_not_called_from_an_old_screen(stage):
    """A line past its shelf life is withheld even from a screen that still offers it."""
    engine, later = Engine(stage), NOW + timedelta(days=400)
    turn = engine.step(TOLD, Chosen("talk", "kz-150"), later)
    assert "150" not in "".join(page.text for page in pages(stage, turn, later))
    turn = engine.step(TOLD, Chosen("danger", "kz-102"), later)
    assert "<b>102</b>" in pages(stage, turn, later)[0].text


def test_a_number_longer_than_any_list_is_just_words(engine, stage):
    """A very long number or text takes no longer and breaks nothing."""
    for text in ("9" * 100_000, "1 " * 50_000, "٣", "²"):
        assert engine.step(TOLD, Wrote(text), NOW).replies == (Show("hub", "", "unmatched"),)
