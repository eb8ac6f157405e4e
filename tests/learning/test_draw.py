"""Truths about what a round asks: drawn by a seed, fit for the age and the country, balanced."""

from collections import Counter
from itertools import pairwise, product

from bot.learning.draw import SEEDS, drawn, shown
from bot.learning.round import AGES

COUNTRIES = ("", "kz", "kg", "tj", "uz")
LEVELS = ("easy", "middle", "hard")


def every_draw(quizzes):
    for quiz, seed, age, country in product(quizzes.values(), range(SEEDS), AGES, COUNTRIES):
        if age >= quiz.age:
            yield quiz, seed, age, country, drawn(quiz, seed, age, country)


def test_a_seed_gives_the_same_round_again(quizzes):
    """A draw depends on nothing but the quiz, the seed, the age and the country."""
    for quiz, seed, age, country, items in every_draw(quizzes):
        if seed < 4:
            assert drawn(quiz, seed, age, country) == items


def test_every_round_is_whole_and_fits(quizzes):
    """A round has as many items as it says, no item twice, none for older people or elsewhere."""
    for quiz, _, age, country, items in every_draw(quizzes):
        assert len(items) == quiz.asks
        assert len({item.id for item in items}) == len(items)
        assert all(item.age <= age for item in items)
        assert all(not country or item.country in (None, country) for item in items)


def test_levels_are_balanced(quizzes):
    """No level has two items more than another one that had items left; easy comes before hard."""
    for quiz, _, age, country, items in every_draw(quizzes):
        counts = Counter(item.level for item in items)
        fit = [
            item
            for item in quiz.items
            if item.age <= age and (not country or item.country in (None, country))
        ]
        there = Counter(item.level for item in fit)
        spare = [level for level in LEVELS if there[level] > counts[level]]
        if spare:
            assert max(counts.values()) - min(counts[level] for level in spare) <= 1
        order = [LEVELS.index(item.level) for item in items]
        assert all(one <= other for one, other in pairwise(order))


def test_over_all_seeds_every_item_is_met(quizzes):
    """No item is written in vain: each is drawn for somebody."""
    for quiz in quizzes.values():
        met = {
            item.id
            for seed, country in product(range(SEEDS), COUNTRIES)
            for item in drawn(quiz, seed, AGES[-1], country)
        }
        assert met == {item.id for item in quiz.items}


def test_the_right_answer_stands_anywhere(quizzes):
    """Over the seeds the right answer is about as often first as last: its place tells nothing."""
    first = last = 0
    for quiz in quizzes.values():
        for item in quiz.items:
            if not item.several and item.answers:
                for seed in range(SEEDS):
                    places = [at for at, _ in shown(item.answers, item, seed)]
                    right = next(at for at, one in enumerate(item.answers) if one.right)
                    first += places[0] == right
                    last += places[-1] == right
    assert 0.95 < first / last < 1.05
