"""How a page of the library is read: easy words, sources, and laws that grow old."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.engine.events import Chosen, Wrote
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from tests.engine.walking import COUNTRIES, LANGUAGES, NOW, lists_lines

PAGE = Session("now-hiv", "en", country="kz", told=True)


@pytest.fixture
def engine(stage):
    return Engine(stage)


def library(stage):
    return [node for node in stage.world.content.nodes.values() if node.easy]


def page(stage, session, now=NOW):
    return stage.page(session, now).text


def test_easy_words_hold_for_every_page_until_taken_back(engine, stage):
    """Whoever asks for easy words reads them on the next page too, and full text when she says so."""
    easy = engine.step(PAGE, Chosen("now-hiv", "easier"), NOW).session
    nodes = stage.world.content.nodes
    assert all(one.text in page(stage, easy) for one in nodes["now-hiv"].easy)
    assert nodes["now-hiv"].text[1].text not in page(stage, easy)
    onward = engine.step(easy, Chosen("now-hiv", "back"), NOW).session
    assert nodes["now-days"].easy[0].text in page(stage, onward)
    full = engine.step(onward, Chosen("now-days", "easier"), NOW).session
    assert nodes["now-days"].text[1].text in page(stage, full)
    assert full.said == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_stands_in_both(stage, language):
    """A page has the same first line in full and in easy words."""
    for node in library(stage):
        session = Session(node.id, language, country="kg", told=True)
        first = page(stage, session).partition("\n")[0]
        assert page(stage, replace(session, said=("easy",))).startswith(first)


def test_every_source_is_one_tap_away_and_the_page_one_tap_back(engine, stage):
    """The sources of a page name who says it and since when; the way back leads to that page."""
    content = stage.world.content
    for node in library(stage):
        session = Session(node.id, "en", country="uz", told=True)
        turn = engine.step(session, Chosen(node.id, "sources"), NOW)
        if not node.sources:
            assert turn.reader.place == node.id
            continue
        assert (turn.reader.place, turn.reader.item) == ("sources", node.id)
        shown = page(stage, turn.session)
        assert shown.count("•") == len(node.sources)
        assert all((content.sources[one].by or "") in shown for one in node.sources)
        assert node.law or content.sources[node.sources[0]].title not in shown
        back = engine.step(turn.session, Chosen("sources", "back", node.id), NOW)
        assert back.reader.place == node.id


def test_the_words_of_both_buttons_can_be_typed(engine):
    """Easy words and sources are asked for in words as well."""
    assert engine.step(PAGE, Wrote("easy words"), NOW).session.said == ("easy",)
    assert engine.step(PAGE, Wrote("sources"), NOW).reader.place == "sources"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_law_that_was_compared_too_long_ago_is_not_told(stage, language):
    """After its day a page keeps its title and names a lawyer, in full and in easy words."""
    laws = [node for node in library(stage) if node.law]
    assert laws
    for node in laws:
        last = node.law.good_until - NOW.date()
        session = Session(node.id, language, country=node.law.country, told=True)
        for said in ((), ("easy",)):
            known = replace(session, said=said)
            words = stage.world.words.text
            told = [
                words(language, one.text) for one in (node.easy[:1] if said else node.text[1:2])
            ]
            good, old = (
                page(stage, known, NOW + last),
                page(stage, known, NOW + last + timedelta(1)),
            )
            assert told[-1] in good
            assert told[-1] not in old
            assert old.startswith(good.partition("\n")[0])
            assert any(
                line.number in old
                for line in stage.world.content.countries[node.law.country].hotlines
            )


def test_no_page_asks_for_anything(stage):
    """Pages that are read keep nothing of what is read: they have no block that listens."""
    assert {node.block for node in library(stage)} == {None}


@pytest.mark.parametrize("country", COUNTRIES)
def test_numbers_are_two_taps_from_every_page(engine, stage, country):
    """From every page a list of numbers is two taps away."""
    for node in library(stage):
        session = Session(node.id, "en", country=country, told=True)
        near = [engine.step(session, Chosen(node.id, one.id), NOW).reader for one in node.choices]
        pages = [stage.page(one, NOW) for one in near]
        ways = {
            one.goto for other in near for one in stage.world.content.nodes[other.place].choices
        }
        assert any(lists_lines(stage, one) for one in pages) or "danger" in ways


def test_a_stage_without_sources_has_no_way_to_them(stage):
    """Content without a page for sources shows no broken way."""
    nodes = {name: node for name, node in stage.world.content.nodes.items() if name != "sources"}
    content = stage.world.content.model_copy(update={"nodes": nodes})
    bare = Engine(Stage(replace(stage.world, content=content)))
    assert bare.step(PAGE, Chosen("now-hiv", "sources"), NOW).reader.place == "now-hiv"
