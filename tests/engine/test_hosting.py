"""Truths about what a group reads: polls within their limits, right answers, escaped names."""

from dataclasses import replace

import pytest

from bot.content.checks.quizzes import ANSWER, QUESTION, WHY
from bot.engine import hosting
from bot.learning.live.game import announced, answered, asked
from bot.learning.live.orders import Begin, obeyed
from tests.engine.walking import LANGUAGES

NOW = 1_795_000_000.0
LINK = "https://t.me/stand_in_bot"


def game_of(quiz, items, language="en", seed=3):
    game = obeyed(None, Begin(-5, language, quiz.quiz, items, 30, seed, b"salt" * 4), NOW)
    assert game is not None
    return announced(game, NOW)


def asks(quiz):
    return [one for one in quiz.items if not one.order and not one.story]


def played(game, world, *answers):
    """The game after these players, each with what she chose."""
    poll = hosting.poll(world, game)
    assert poll is not None
    game = asked(game, "p", 5, poll.right, NOW)
    for who, (name, is_right) in enumerate(answers, 1):
        wrong = [at for at, _ in enumerate(poll.options) if at not in poll.right]
        game = answered(game, "p", who, name, poll.right if is_right else (wrong[0],), NOW + who)
    return game


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_fits_a_poll(world, language):
    """In every language question, answers and explanation keep to Telegram's limits, as shown."""
    for quiz in world.content.played.values():
        for number, one in enumerate(asks(quiz)):
            game = game_of(quiz, tuple(each.id for each in asks(quiz)), language)
            poll = hosting.poll(world, replace(game, number=number))
            assert poll is not None, one.id
            assert len(poll.question) <= QUESTION
            assert all(0 < len(each) <= ANSWER for each in poll.options)
            assert len({*poll.options}) == len(poll.options)
            assert len(poll.why) <= WHY


def test_the_right_options_are_those_of_the_file(world):
    """However options are shuffled, the places called right hold the right answers' words."""
    for quiz in world.content.played.values():
        for one in asks(quiz):
            for seed in range(5):
                poll = hosting.poll(world, game_of(quiz, (one.id,), seed=seed))
                assert poll is not None
                told = {poll.options[at] for at in poll.right}
                meant = {each.text for each in one.answers if each.right}
                assert told == (meant or {"Fact" if one.fact else "Myth"})
                assert poll.several == one.several == (len(poll.right) > 1)


def test_names_are_escaped(world):
    """A first name is never read as markup; who has none is called a player."""
    quiz = world.content.quizzes["help"]
    game = game_of(quiz, (asks(quiz)[0].id,))
    game = played(game, world, ("<b>&</b>", True), ("", True), ("", False))
    for text in (hosting.answer(world, game), hosting.podium(world, game, LINK)):
        assert "1. &lt;b&gt;&amp;&lt;/b&gt;: 1" in text
        assert "2. A player: 1" in text
        assert "3. A player 2: 0" in text


def test_five_are_named_on_the_way_and_three_at_the_end(world):
    """The table after a question names five players, the podium three and how many there were."""
    quiz = world.content.quizzes["help"]
    game = game_of(quiz, (asks(quiz)[0].id,))
    game = played(game, world, *((f"N{n}", True) for n in range(8)))
    assert [f"N{n}: 1" in hosting.answer(world, game) for n in range(8)] == [True] * 5 + [False] * 3
    podium = hosting.podium(world, game, LINK)
    assert [f"N{n}: 1" in podium for n in range(8)] == [True] * 3 + [False] * 5
    assert "Players: 8." in podium
    assert LINK in podium


def test_a_game_nobody_played_ends_kindly(world):
    """Without players the end says so, and says where there is more."""
    quiz = world.content.quizzes["help"]
    told = hosting.podium(world, game_of(quiz, ("useful",)), LINK)
    assert "Nobody has answered this time." in told
    assert LINK in told


def test_what_is_not_in_the_content_any_more_is_passed_over(world):
    """A game over newer content asks nothing that is gone, and says no wrong word."""
    quiz = world.content.quizzes["help"]
    gone = game_of(quiz, ("not-there",))
    assert hosting.poll(world, gone) is None
    assert hosting.poll(world, replace(gone, quiz="nowhere")) is None
    assert "None" not in hosting.answer(world, gone) + hosting.welcome(world, gone)
    assert hosting.welcome(world, replace(gone, quiz="nowhere"))
