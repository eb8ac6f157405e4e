"""Truths about what a round asks: drawn by a seed, fit for the age and the country, balanced."""

from collections import Counter
from itertools import pairwise, product

from bot.content.model import Quiz
from bot.learning.draw import SEEDS, drawn, shown
from bot.learning.round import AGES

COUNTRIES = ("", "kz", "kg", "tj", "uz")
LEVELS = ("easy", "middle", "hard")


def every_draw(quizzes):
    for quiz, seed, age, country in product(quizzes.values(), range(SEEDS), AGES, COUNTRIES):
        if age >= quiz.age:
            yield quiz, seed, age, country, drawn(quiz, seed, age, country)


LEVELLED = [(letter, LEVELS[at % 3]) for at, letter in enumerate("abcdefghi")]


def levelled(*names):
    """A quiz of nine items, or of these, three of a level."""
    told = {"age": 12, "sources": ("x",), "text": "?", "why": ".", "fact": True}
    items = [
        {"id": one, "level": level, **told} for one, level in LEVELLED if one in names or not names
    ]
    own = {"quiz": "it", "number": 1, "checked": "2026-11-21", "title": ".", "about": "."}
    more = {"topic": "help", "age": 12, "asks": 5, "bands": ({"from": 0, "text": "."},)}
    return Quiz.model_validate({**own, **more, "items": items})


def ids(items):
    return "".join(item.id for item in items)


def test_a_seed_gives_the_same_round_on_every_machine():
    """What a seed draws is written down here: a fault that somebody met can be told again."""
    assert [ids(drawn(levelled(), seed, 12, "")) for seed in range(4)] == [
        "dabec",
        "dabhi",
        "dgebi",
        "gabhf",
    ]


def test_an_item_that_goes_moves_no_other():
    """Where an item is taken away the others keep their order: rounds stay what they were."""
    for seed in range(64):
        whole = ids(drawn(levelled(), seed, 12, ""))
        fewer = ids(drawn(levelled(*"abcdefgh"), seed, 12, ""))
        assert [one for one in whole if one != "i" and one in fewer] == [
            one for one in fewer if one in whole
        ]
        assert ("i" in whole) or fewer == whole


def test_every_round_is_whole_and_fits(quizzes):
    """A round has as many items as it says, no item twice, none for older people or elsewhere."""
    for quiz, _, age, country, items in every_draw(quizzes):
        assert len(items) == quiz.asks
        assert len({item.id for item in items}) == len(items)
        assert all(item.fits(age, country) for item in items)


def test_levels_are_balanced(quizzes):
    """No level has two items more than another one that had items left; easy comes before hard."""
    for quiz, _, age, country, items in every_draw(quizzes):
        counts = Counter(item.level for item in items)
        fit = [item for item in quiz.items if item.fits(age, country)]
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
