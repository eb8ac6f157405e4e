"""Truths about playing: every quiz to its end in every language, in one message, with help on each."""

import random
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from bot.engine.blocks import BLOCKS
from bot.engine.blocks.quiz import item_of
from bot.engine.events import Chosen, Commanded, Wrote
from bot.engine.replies import Show
from bot.engine.session import AND, Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from bot.learning.answers import scene
from bot.learning.play import Play
from bot.learning.round import Round
from bot.learning.tour import tour
from tests.engine.walking import LANGUAGES, NOW

PLAY = "play-quiz"
ALWAYS = {"talk", "others", "menu", "close"}


@pytest.fixture
def playing(world):
    return Engine(Stage(replace(world, draw=random.Random(11).randbytes)))


def offered(engine, session):
    """The options of the screen, but for the ways out."""
    labels = engine.stage.page(session, NOW).labels
    return [one.id for one in labels if one.id not in ALWAYS]


def tap(engine, session, option):
    turn = engine.step(session, Chosen(session.place, option, session.item), NOW)
    assert turn.session.place == PLAY
    return turn.session


def begun(engine, quiz, language="en", age="from_16", country="kz"):
    session = Session(PLAY, language, item=quiz, country=country, told=True)
    return tap(engine, session, age)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quiz_is_played_to_its_end(playing, language):
    """In every language, whatever is tapped: questions, answers, an end; ways out on each screen."""
    chance = random.Random(language)
    for quiz in playing.stage.world.content.played.values():
        session, told = begun(playing, quiz.quiz, language), 0
        for _ in range(120):
            page, options = playing.stage.page(session, NOW), offered(playing, session)
            assert {one.id for one in page.labels} >= ALWAYS
            assert len(page.text) < 1_500
            assert "{" not in page.text
            if "anew" in options:
                break
            told += options == ["next"]
            session = tap(playing, session, chance.choice(options))
        assert options[-3:] == ["anew", "picture", "tree"]
        assert told == quiz.asks


def test_what_is_offered_is_what_can_be_tapped(playing):
    """Each button of a question does something, and what is not offered does nothing."""
    for quiz in playing.stage.world.content.played:
        session = begun(playing, quiz)
        options = offered(playing, session)
        for option in ("next", "missed", "anew", "begin", "from_14", "done", "6"):
            turn = playing.step(session, Chosen(PLAY, option, session.item), NOW)
            assert (turn.session == session) is (option not in options)
        assert all(tap(playing, session, one) != session for one in options)


def test_an_answer_is_explained_at_once(playing):
    """After an answer its explanation and source stand there, and the one way on is the next."""
    content = playing.stage.world.content
    session = begun(playing, "myths")
    session = tap(playing, session, "skip")
    text = playing.stage.page(session, NOW).text
    (item,) = (one for one in content.quizzes["myths"].items if one.text in text)
    assert item.why in text
    assert "Source: " in text
    assert offered(playing, session) == ["next"]


def test_words_and_numbers_answer_too(playing):
    """Typing the number or the words of an answer is tapping it."""
    session = begun(playing, "numbers")
    while "1" not in offered(playing, session):
        session = tap(playing, tap(playing, session, "skip"), "next")
    typed = playing.step(session, Wrote("2"), NOW).session
    label = playing.stage.page(session, NOW).labels[1]
    assert typed == tap(playing, session, label.id)
    assert playing.step(session, Wrote(label.also), NOW).session == typed


def test_age_is_asked_once_and_kept_nowhere_else(playing):
    """Who says her age is not asked again while she plays; away from sensitive screens it is gone."""
    first = Session(PLAY, "en", item="help", country="kz", told=True)
    assert offered(playing, first) == ["under_14", "from_14", "from_16"]
    other = replace(begun(playing, "help", age="from_14"), item="numbers")
    assert offered(playing, other) == ["begin"]
    home = playing.step(other, Commanded("start"), NOW).session
    assert "from_14" not in home.said


def test_nobody_is_asked_what_is_for_older_people(playing):
    """Who is too young for a quiz is led to the others, which are all for her."""
    content = playing.stage.world.content
    session = Session(PLAY, "en", item="consent", country="kz", told=True)
    turn = playing.step(session, Chosen(PLAY, "under_14", "consent"), NOW)
    assert turn.replies == (Show("play", "", "for_older"),)
    shown = offered(playing, turn.session)
    for_all = [one.quiz for one in content.played.values() if one.age == 12]
    assert shown == [*for_all, "tree", "remember", "news"]


@pytest.mark.parametrize(
    ("words", "quiz", "language"),
    [
        ("q14", "what-now", "en"),
        ("q14_kk", "what-now", "kk"),
        ("q1_uz_Cyrl", "help", "uz_Cyrl"),
        ("q1_xx", "help", "en"),
    ],
)
def test_a_link_opens_a_quiz(playing, words, quiz, language):
    """A link on a poster opens the quiz at once, in the language it names if that is offered."""
    turn = playing.step(None, Commanded("start", words), NOW, "en")
    assert (turn.session.place, turn.session.item) == (PLAY, quiz)
    assert turn.session.language == language


@pytest.mark.parametrize("words", ["q", "q0", "q999", "q1 extra", "quiz_help", "q٣", "help", "_"])
def test_other_links_open_the_start(playing, words):
    """Words behind `start` that are no quiz of ours lead to the start page, as ever."""
    turn = playing.step(None, Commanded("start", words), NOW, "en")
    assert turn.session.place == "start"


@pytest.mark.parametrize(
    "item", ["nothing", "help+zz", "help+aa+aa+aa+aa+aa", "", "help+xx+77+77+77+77"]
)
def test_what_newer_content_does_not_know_is_no_fault(playing, item):
    """A round of a quiz that has gone, or of none, shows a screen with ways on; a tap stays there."""
    session = Session(PLAY, "en", item=item, country="kz", told=True)
    page = playing.stage.page(session, NOW)
    assert {one.id for one in page.labels} >= ALWAYS
    turn = playing.step(session, Chosen(PLAY, "next", item), NOW)
    assert turn.session == session


def test_a_quiz_that_has_changed_goes_back_to_its_beginning(playing, world):
    """Whatever item is taken away or shortened meanwhile: old buttons lead to screens, not faults."""
    for name, quiz in world.content.played.items():
        items = [item_of(Play(quiz, one)) for one in tour(quiz, "kz")]
        for at, item in enumerate(quiz.items):
            wrong = [one for one in item.answers if not one.right]
            answers = tuple(one for one in item.answers if one not in wrong[1:])
            short = item.model_copy(update={"order": item.order[:3], "answers": answers})
            for changed in (quiz.items[:at] + quiz.items[at + 1 :],
                            (*quiz.items[:at], short, *quiz.items[at + 1 :])):  # fmt: skip
                fewer = quiz.model_copy(update={"items": changed})
                quizzes = {**world.content.quizzes, name: fewer}
                content = world.content.model_copy(update={"quizzes": quizzes})
                look = playing.stage.look(Session(PLAY, "en", country="kz"), NOW)
                there = replace(look, world=SimpleNamespace(content=content, draw=bytes))
                for old in items[at % 3 :: 3]:
                    block = BLOCKS["quiz"]
                    seen = replace(there, session=replace(look.session, item=old))
                    for row in block.view(seen).rows:
                        for option in row:
                            assert block.choose(seen, option.id) is not None


def test_a_country_chosen_in_the_middle_changes_no_question(playing):
    """A round keeps the country it was drawn for: what stands there stays what it was."""
    session = begun(playing, "rights", country="")
    before = playing.stage.page(session, NOW).text
    for country in ("kz", "kg", "tj", "uz"):
        assert playing.stage.page(replace(session, country=country), NOW).text == before


def test_a_button_of_somebody_older_is_not_played_on(playing):
    """Who says a younger age than the round was drawn for meets the first screen of the quiz."""
    older = begun(playing, "love", age="from_16")
    younger = replace(older, said=("under_14",))
    assert offered(playing, younger) == ["under_14", "from_14", "from_16"]


def test_old_law_is_not_asked(playing, world):
    """Half a year after it was compared, nobody is asked what holds in one country."""
    later = NOW + timedelta(days=200)
    quiz = world.content.quizzes["rights"]
    session = replace(begun(playing, "rights"), item="rights", said=("from_16",))
    turn = playing.step(session, Chosen(PLAY, "begin", "rights"), later)
    begun_now = Round.read(tuple(turn.session.item.split(AND)[1:]))
    assert begun_now is not None
    played = Play(quiz.standing(later.date()), begun_now)
    assert played.items
    assert all(item.country is None for item in played.items)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_way_of_a_story_may_be_typed(playing, language):
    """What stands on the screen as an answer is one, also where its words sound like harm."""
    say = playing.stage.world.words.text
    quiz = playing.stage.world.content.quizzes["what-now"]
    for one in tour(quiz, "kg"):
        play = Play(quiz, one)
        if play.options:
            item = item_of(play)
            session = Session(PLAY, language, item=item, country="kg", told=True)
            for option, way in zip(play.options, scene(play.item, one.picks).ways, strict=True):
                typed = playing.step(session, Wrote(say(language, way.text)), NOW).session
                assert typed == playing.step(session, Chosen(PLAY, option, item), NOW).session


def test_a_number_that_is_not_shown_is_none(playing):
    """Once a step of an order was put its number is gone: typing it again puts no other step."""
    quiz = playing.stage.world.content.quizzes["help"]
    order = next(
        one for one in tour(quiz, "kz") if (play := Play(quiz, one)).options and play.item.order
    )
    session = Session(PLAY, "en", item=item_of(Play(quiz, order)), told=True)
    first = playing.step(session, Wrote("2"), NOW).session
    again = playing.step(first, Wrote("2"), NOW)
    assert again.session == first
    assert again.replies[0].lead == "unmatched"


def test_a_word_too_many_costs_no_round(playing):
    """Who came by a link and types what nobody understands stays where she plays."""
    session = replace(begun(playing, "help"), told=False, country="")
    turn = playing.step(session, Wrote("qwertyuiop"), NOW)
    assert turn.session == session
