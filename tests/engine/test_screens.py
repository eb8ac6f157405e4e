"""Every screen there is, in every language and country."""

import re
from datetime import timedelta
from itertools import product

import pytest

from bot.engine.events import Chosen
from bot.engine.replies import Leave
from bot.engine.screen import Page
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from tests.engine.walking import (
    COUNTRIES,
    LANGUAGES,
    NOW,
    buttons,
    pages,
    taps_to_help,
)


def test_every_screen_fits_and_is_whole(stage, everywhere):
    """Every screen in every language has text and labels within limits, and no open placeholder."""
    looked = 0
    for session in everywhere:
        for later in (timedelta(), timedelta(hours=15)):
            page = stage.page(session, NOW + later)
            assert 0 < len(page.text.encode("utf-16-le")) // 2 <= 4096
            assert not re.search(r"\{\w*\}", page.text), page.text
            assert page.rows
            assert all(1 <= len(row) <= 8 for row in page.rows)
            for label in page.labels:
                assert 0 < len(label.text.strip()) <= 80, label.text
                assert not re.search(r"[{}<>]", label.text)
                assert len(label.copies) <= 256
            looked += 1
    assert looked > 1000


def test_every_label_on_a_screen_is_told_apart(stage, everywhere):
    """No screen has two buttons with the same id or the same words."""
    for session in everywhere:
        page = stage.page(session, NOW)
        assert len({label.id for label in page.labels}) == len(page.labels)
        assert len({label.text for label in page.labels}) == len(page.labels), page


def test_every_sensitive_screen_can_be_closed(engine, stage, everywhere):
    """From every screen of the survivor track one tap clears the chat."""
    for session in everywhere:
        page = stage.page(session, NOW)
        if page.sensitive:
            turns = [engine.step(session, one.tap, NOW) for one in buttons(page)]
            assert any(turn.replies == (Leave(),) for turn in turns), session


def test_help_is_near_every_screen(engine, stage, everywhere):
    """From every screen a list of numbers is two taps away, three while the country is unknown."""
    for session in everywhere:
        if session.language in {"en", "uz_Cyrl"}:
            page = stage.page(session, NOW)
            assert taps_to_help(engine, session, page) <= (2 if session.country else 3), session


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_taps_from_the_menu_to_a_number(engine, stage, country, language):
    """Two taps from the menu a person reads a number whole, in every country and language."""
    session = engine.step(None, Chosen("language", language), NOW).session
    session = engine.step(session, Chosen("country", country), NOW).reader
    assert (session.place, session.language, session.country) == ("hub", language, country)
    reached = set()
    for first in buttons(stage.page(session, NOW)):
        one = engine.step(session, first.tap, NOW)
        for second in buttons(pages(stage, one)[0]):
            two = engine.step(one.session, second.tap, NOW)
            page = pages(stage, two)[0]
            if stage.world.content.nodes[page.place].block == "contact_card":
                line = next(
                    line
                    for line in stage.world.content.countries[country].hotlines
                    if line.id == page.item
                )
                assert (line.e164 or line.number) in page.text
                reached.add(line.id)
    emergencies = {
        line.id
        for line in stage.world.content.countries[country].hotlines
        if line.emergency and line.publish != "no"
    }
    assert emergencies <= reached


def test_no_screen_tells_two_people_apart(world, everywhere):
    """Two people doing the same see the same, whatever others did before them (R28)."""
    busy, quiet = Engine(Stage(world)), Engine(Stage(world))
    for session in everywhere[::7]:
        busy.step(session, Chosen("talk", "danger"), NOW)
        busy.stage.page(session, NOW)
    for session in everywhere[::5]:
        page, other = busy.stage.page(session, NOW), quiet.stage.page(session, NOW)
        assert page == other
        for button in buttons(page):
            turn = busy.step(session, button.tap, NOW)
            assert turn == quiet.step(session, button.tap, NOW)
            assert pages(busy.stage, turn) == pages(quiet.stage, turn)


def test_opening_hours_are_never_an_old_minutes_answer(stage, everywhere):
    """A remembered screen says open or closed as it is now, not as it was."""
    sessions = [one for one in everywhere if one.place == "talk-line"]
    nights = 0
    for session in sessions:
        day, night = stage.page(session, NOW), stage.page(session, NOW + timedelta(hours=14))
        nights += day.text != night.text
        assert stage.page(session, NOW) == Stage(stage.world).page(session, NOW)
    assert nights


def test_what_is_remembered_is_bounded(world, everywhere, monkeypatch):
    """However long it runs, a stage remembers only so many pages."""
    monkeypatch.setattr("bot.engine.stage._REMEMBERED", 50)
    stage = Stage(world)
    sessions = [one for one in everywhere if one.language == "en"]
    for minute in range(5):
        for session in sessions:
            page = stage.page(session, NOW + timedelta(minutes=minute))
            assert isinstance(page, Page)
            assert len(stage._pages) <= 50


def test_a_number_left_in_the_chat_tells_nothing_but_itself(stage):
    """The list of chats shows the newest message: a card holds its number and no name (R14)."""
    for country, language in product(COUNTRIES, LANGUAGES):
        for line in stage.world.content.countries[country].hotlines:
            there = Session("talk-line", language, item=line.id, country=country, told=True)
            card = stage.card(there, NOW)
            if card is None:
                continue
            assert (line.e164 or line.number) in card.text
            assert stage.world.words.text(language, line.name) not in card.text
            assert line.name not in card.text
