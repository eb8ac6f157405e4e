"""Truths about the phrase of the cover: it is hers alone, and nobody else types it by chance."""

import pytest

from bot.engine.blocks.countries import NAMES as COUNTRIES
from bot.engine.events import Commanded, Wrote
from bot.engine.replies import Leave, Show
from bot.engine.session import Session
from bot.language.say import Names, Say
from bot.language.tongues import NAMES as TONGUES
from tests.engine.walking import LANGUAGES, NOW


def asked(engine, language, text):
    """Type something where a phrase is asked for."""
    return engine.step(Session("phrase", language, country="kz", told=True), Wrote(text), NOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_anybody_may_type_is_no_phrase(engine, language):
    """A word that leads somewhere, a country, a language, or what the quiz itself offers is refused."""
    world = engine.stage.world
    say, text = world.words.say, world.words.text
    quiz = [node for node in world.content.nodes.values() if node.cover]
    settled = (one for each in world.content.places.settlements.values() for one in each)
    towns = [town for town in settled if town.population >= 40_000]
    said = [text(language, world.content.nodes["about"].called).split(",")[0]]
    said += [say(language, country) for country in COUNTRIES.values()]
    said += [TONGUES[one] for one in LANGUAGES]
    said += [text(language, choice.text) for node in quiz for choice in node.choices]
    said += [say(language, Say("{name}", {"name": Names(town.names)})) for town in towns]
    shown = {one.text for one in engine.stage.page(Session("phrase", language), NOW).labels}
    for typed in {one.strip() for one in said} - shown:
        turn = asked(engine, language, typed)
        if Leave() in turn.replies:
            continue
        assert turn.conceal
        assert (turn.session.place, turn.session.cover) == ("phrase", None), typed
        assert turn.replies[0].lead in ("phrase_known", "phrase_short")


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_calls_for_numbers_while_choosing_a_phrase_sees_them(engine, language):
    """The word to remember shows numbers here too, and above them that the quiz is not shown yet."""
    called = engine.stage.world.words.text(
        language, engine.stage.world.content.nodes["numbers"].called
    )
    for word in called.split(","):
        turn = asked(engine, language, word.strip())
        assert turn.replies == (Show("numbers", "", "phrase_known"),)
        assert turn.conceal


def test_words_and_signs_of_the_way_out_are_no_phrase(engine):
    """Who wants away while she is asked is not held up."""
    for words in ("stop", "close chat", "stop he is coming"):
        assert Leave() in asked(engine, "en", words).replies


def test_a_phrase_with_a_slash_is_removed_too(engine):
    """What is no command of ours is a phrase, and stays in the chat no longer."""
    asking = Session("phrase", "en", told=True)
    turn = engine.step(asking, Commanded("blue", "kettle of grandma"), NOW)
    assert turn.session.cover is not None
    assert turn.conceal
