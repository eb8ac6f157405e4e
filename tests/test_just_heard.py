"""Truths about what was heard of somebody a moment ago."""

from dataclasses import replace

from bot.engine.session import Session
from bot.just_heard import LIFE, JustHeard

THERE = Session("heard", "kk", heard=("suicide",))
STORED = replace(THERE, heard=())


def test_it_is_given_back_where_it_was_answered():
    """A session that was stored without it has it again, whatever else has changed in it."""
    just_heard = JustHeard()
    just_heard.keep(1, THERE, 0.0)
    elsewhere = replace(STORED, country="kz")
    assert just_heard.recall(1, elsewhere, LIFE - 1) == replace(THERE, country="kz")


def test_it_is_given_to_nobody_else_nowhere_else_and_not_for_long():
    """Another person, another screen, a forgotten person and a later hour know nothing of it."""
    just_heard = JustHeard()
    just_heard.keep(1, THERE, 0.0)
    assert just_heard.recall(2, STORED, 1.0) == STORED
    assert just_heard.recall(1, replace(STORED, place="hub"), 1.0) == replace(STORED, place="hub")
    assert just_heard.recall(1, None, 1.0) is None
    assert just_heard.recall(1, STORED, LIFE) == STORED


def test_it_is_forgotten_as_soon_as_she_goes_on():
    """A turn that ends elsewhere, or ends the conversation, leaves nothing in memory."""
    just_heard = JustHeard()
    for after in (replace(STORED, place="hub"), None):
        just_heard.keep(1, THERE, 0.0)
        just_heard.keep(1, after, 1.0)
        assert just_heard.recall(1, STORED, 2.0) == STORED


def test_what_is_over_is_not_held():
    """Whoever never comes back is not remembered longer than the others."""
    just_heard = JustHeard()
    for person in range(100):
        just_heard.keep(person, THERE, 0.0)
    just_heard.keep(100, THERE, LIFE)
    assert len(just_heard) == 1
