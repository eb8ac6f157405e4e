"""Truths about a game as a value: who scores, what counts once, what order cannot change."""

from collections import Counter
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.live.game import (
    LIFE,
    MOST_PLAYERS,
    PAUSE,
    Game,
    Phase,
    announced,
    answered,
    asked,
    closed,
    hurried,
    stopped,
    told,
)
from bot.learning.live.orders import Begin, Hurry, Stop, obeyed
from bot.learning.live.standings import standings

NOW: Final = 1_795_000_000.0
ITEMS = ("one", "two", "three")
BEGIN = Begin(-5, "en", "help", ITEMS, 30, 7, b"salt" * 4)
ANNA, BOTA, VERA = 11, 12, 13

VOTES = st.lists(
    st.tuples(
        st.integers(1, 8),
        st.frozensets(st.integers(0, 3), max_size=4),
        st.floats(NOW, NOW + 30),
    ),
    max_size=30,
)
RIGHT = st.frozensets(st.integers(0, 3), min_size=1)


def begun() -> Game:
    game = obeyed(None, BEGIN, NOW)
    assert game is not None
    return game


def opened(right=(1,), number=0) -> Game:
    """A game whose question `number` is open since NOW."""
    game = replace(announced(begun(), NOW), number=number)
    return asked(game, f"poll{number}", 100 + number, tuple(right), NOW)


def vote(game, who, options, at=NOW + 1, poll="poll0", name=""):
    return answered(game, poll, who, name or f"N{who}", tuple(options), at)


def after(game, votes):
    for who, options, at in votes:
        game = vote(game, who, sorted(options), at)
    return game


def points(game):
    return {one.name: one.points for one in game.players.values()}


def test_a_game_goes_from_its_beginning_to_its_end():
    """Announced, asked, closed and told, as many times as there are items; then it is over."""
    game = announced(begun(), NOW)
    assert (game.phase, game.until) == (Phase.ASKS, NOW + PAUSE)
    for number, _ in enumerate(ITEMS):
        assert game.phase is not Phase.ENDS
        game = asked(game, f"poll{number}", 100 + number, (0,), NOW)
        assert (game.phase, game.until, game.number) == (Phase.OPEN, NOW + 30, number)
        game = closed(game)
        assert (game.phase, game.message) == (Phase.TELLS, 0)
        game = told(game, NOW)
    assert game.phase is Phase.ENDS
    assert told(game, NOW) == closed(game) == game


@given(RIGHT, VOTES)
def test_exactly_the_right_options_score(right, votes):
    """A point goes to whoever first answered with all right options and no other, to nobody else."""
    first: dict[str, frozenset[int]] = {}
    for who, options, _ in votes:
        if options:
            first.setdefault(f"N{who}", options)
    expected = {name: int(options == right) for name, options in first.items()}
    assert points(after(opened(sorted(right)), votes)) == expected


@given(RIGHT, VOTES, st.randoms(use_true_random=False))
def test_the_order_between_players_changes_nothing(right, votes, dice):
    """However answers of different people overtake each other, the table is the same."""
    one_each = [*{who: (who, options, at) for who, options, at in votes}.values()]
    shuffled = dice.sample(one_each, len(one_each))
    game = opened(sorted(right))
    assert after(game, one_each).players == after(game, shuffled).players
    assert standings(after(game, one_each), 9) == standings(after(game, shuffled), 9)


@given(RIGHT, VOTES, st.integers(0, 30))
def test_a_repeated_update_changes_nothing(right, votes, again):
    """An answer that is delivered twice, at once or much later, counts once."""
    game = opened(sorted(right))
    assert after(game, [*votes, *votes[:again]]) == after(game, votes)


def test_the_first_answer_is_final():
    """Neither another answer nor one taken back changes what counts."""
    game = vote(opened(), ANNA, [1])
    assert vote(game, ANNA, [0]) == vote(game, ANNA, []) == game
    wrong = vote(opened(), ANNA, [0])
    assert vote(wrong, ANNA, [1]) == wrong


def test_late_and_foreign_answers_do_not_count():
    """After closing, between questions, after a stop, and for another poll nothing counts."""
    game = opened()
    others = (
        begun(),
        announced(begun(), NOW),
        closed(game),
        told(closed(game), NOW),
        stopped(game),
    )
    for other in others:
        assert vote(other, ANNA, [1]) == other
    assert vote(game, ANNA, [1], poll="poll9") == game


def test_points_add_up_over_questions():
    """Each question gives one point anew to whoever is right."""
    game = vote(opened(), ANNA, [1])
    game = told(closed(game), NOW)
    game = asked(game, "poll1", 101, (2,), NOW)
    game = vote(vote(game, ANNA, [2], poll="poll1"), BOTA, [2], poll="poll1")
    assert points(game) == {"N11": 2, "N12": 1}


def test_equal_points_are_parted_by_the_time_right_answers_took():
    """Of two with the same points the quicker one is ahead; wrong answers cost no time."""
    game = vote(vote(opened(), ANNA, [1], NOW + 9), BOTA, [1], NOW + 4)
    game = told(closed(game), NOW)
    game = asked(game, "poll1", 101, (1,), NOW)
    game = vote(game, BOTA, [0], NOW + 29, poll="poll1")
    assert [one.name for one in standings(game, 3)] == ["N12", "N11"]


@pytest.mark.parametrize(("at", "spent"), [(NOW - 5, 0), (NOW + 4.5, 4_500), (NOW + 300, 30_000)])
def test_the_time_of_an_answer_keeps_to_its_question(at, spent):
    """A clock that steps, or news that comes late, costs nobody more than the question's time."""
    (player,) = vote(opened(), ANNA, [1], at).players.values()
    assert player.spent == spent


def test_equal_names_are_told_apart():
    """Of three people called the same the second and third to join get a number."""
    game = opened()
    for delay, who in enumerate((VERA, ANNA, BOTA)):
        options = [1] if who != VERA else [0]
        game = vote(game, who, options, NOW + delay, name="Aida")
    table = [(one.place, one.name, one.number, one.points) for one in standings(game, 9)]
    assert table == [(1, "Aida", 2, 1), (2, "Aida", 3, 1), (3, "Aida", 1, 0)]


def test_nobody_is_known_by_what_could_be_looked_up():
    """Two games know the same person by different names, none of which holds her Telegram id."""
    one, other = opened(), replace(opened(), salt=b"other" * 4)
    names = {one.known_as(ANNA), other.known_as(ANNA), one.known_as(BOTA)}
    assert len(names) == 3
    assert str(ANNA) not in vote(one, ANNA, [1]).players


def test_a_crowd_has_an_end():
    """The 501st player of a game is not counted; those before play on."""
    game = opened()
    for who in range(MOST_PLAYERS + 1):
        game = vote(game, who, [0])
    assert len(game.players) == MOST_PLAYERS
    assert vote(game, MOST_PLAYERS, [1]) == game


def test_orders_move_only_what_is_there():
    """A second game does not begin in a group; hurrying and stopping need a game."""
    game = opened()
    assert obeyed(game, BEGIN, NOW) is game
    assert obeyed(None, Hurry(-5), NOW) is None
    assert obeyed(None, Stop(-5), NOW) is None
    assert begun().ends == NOW + LIFE
    assert hurried(game, NOW + 3).until == NOW + 3
    assert hurried(hurried(game, NOW + 3), NOW + 9).until == NOW + 3
    over = obeyed(game, Stop(-5), NOW)
    assert over is not None
    assert over.phase is Phase.ENDS


def test_a_question_sent_into_a_stopped_game_is_remembered_to_be_closed():
    """Where a stop overtook the sending of a poll, its message is known and the game stays over."""
    game = asked(stopped(announced(begun(), NOW)), "late", 107, (0,), NOW)
    assert (game.phase, game.message) == (Phase.ENDS, 107)


def test_the_independent_count_of_a_whole_game_is_the_table():
    """Points counted with a plain counter over three questions are those of the table."""
    game = announced(begun(), NOW)
    counted: Counter[str] = Counter()
    for number, _ in enumerate(ITEMS):
        game = asked(game, f"poll{number}", 1, (number,), NOW)
        for who in range(1, 7):
            choice = (who * (number + 1)) % 3
            counted[f"N{who}"] += choice == number
            game = vote(game, who, [choice], NOW + who, poll=f"poll{number}")
        game = told(closed(game), NOW)
    assert points(game) == counted
