"""The places that people name are understood, in every way that people type them."""

from collections.abc import Iterable

import pytest

from bot.content.model import Gazetteer
from bot.understanding.places import PlaceBook
from tests.understanding.measure import Figures, Outcome, measure, read_queries

TOP1 = 0.90
TOP3 = 0.97
QUIET = 0.97


@pytest.fixture(scope="module")
def figures(gazetteer: Gazetteer) -> Figures:
    return measure(PlaceBook(gazetteer).find, read_queries())


def report(figures: Figures, blamed: Iterable[Outcome]) -> str:
    kinds = figures.by(lambda query: query.kind).items()
    countries = figures.by(lambda query: query.asked or "anywhere").items()
    splits = (f"{name}: {part}" for name, part in (*countries, *kinds))
    return "\n".join((str(figures), *splits, *map(str, blamed)))


def test_the_first_place_is_mostly_the_right_one(figures):
    """At least nine in ten queries have the right place first."""
    assert figures.top1 >= TOP1, report(figures, figures.missed(within=1))


def test_the_right_place_is_nearly_always_offered(figures):
    """At least 97 in a hundred queries have the right place among the three that are offered."""
    assert figures.top3 >= TOP3, report(figures, figures.missed(within=3))


def test_no_place_of_another_country_comes_first(figures):
    """Nobody is taken to another country than the one she asked in or meant."""
    assert not figures.astray, report(figures, figures.astray)


def test_nonsense_is_not_taken_for_a_place(figures):
    """At least 97 in a hundred messages that name no place there are not found as one."""
    assert figures.quiet >= QUIET, report(figures, figures.taken)
