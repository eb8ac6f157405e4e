"""Whether every quiz is for those it says, and fits on the screens and into the polls."""

from collections.abc import Iterator
from itertools import product
from typing import Final, get_args

from bot.content.checks.limits import LOCK_SCREEN, too_long
from bot.content.checks.terms import Terms
from bot.content.faults import Fault
from bot.content.model import Content, Country, Quiz
from bot.content.problem import Problem
from bot.content.tree import Place

TITLE: Final = 32
"""Characters of a title: it is a label in the list of quizzes."""
QUESTION: Final = 300
ANSWER: Final = 100
WHY: Final = 200
"""Characters of the question, an option and the explanation of a poll (Bot API): each item may
also be played in a group, in every language."""
SCENE: Final = 600
"""Characters of a scene: no screen is longer than it must be."""
COUNTRIES: Final = get_args(Country)


def check_quizzes(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield rounds that cannot be filled, wrong ages, ids that clash, and texts too long."""
    for quiz in content.quizzes.values():
        if quiz.standing(terms.today) is not quiz:
            what = f"what it tells of laws was good until {quiz.good_until}"
            hint = "compare it with its sources and set 'checked'; until then it is not asked"
            yield content.origin.at("quiz", quiz.quiz, "checked", what=what, hint=hint)
        for place, what, hint in (*_ages(quiz), *_buttons(quiz, content), *_words(quiz, terms)):
            yield content.origin.at("quiz", quiz.quiz, *place, what=what, hint=hint)


def _ages(quiz: Quiz) -> Iterator[Fault]:
    for country, age in product(COUNTRIES, sorted({item.age for item in quiz.items})):
        there = sum(item.fits(age, country) for item in quiz.items)
        if there < quiz.asks:
            what = f"who is {age} in {country} has {there} items, and a round asks {quiz.asks}"
            yield ("asks",), what, "add items that fit, or ask fewer"
            break
    if (youngest := min(item.age for item in quiz.items)) != quiz.age:
        yield ("age",), f"its youngest item is for {youngest}", f"write 'age: {youngest}'"


def _buttons(quiz: Quiz, content: Content) -> Iterator[Fault]:
    """A quiz called as another button of its list would never be opened by its own."""
    for node in content.nodes.values():
        if node.block in ("quizzes", "live") and quiz.quiz in {
            choice.id for choice in node.choices
        }:
            what = f"the list of quizzes, '{node.id}', has a choice '{quiz.quiz}' already"
            yield ("quiz",), what, "give the quiz, and its file, another id"


def _words(quiz: Quiz, terms: Terms) -> Iterator[Fault]:
    """Look at every text in every language."""
    yield from too_long(texts(quiz), terms)
    for language in terms.languages:
        first = " ".join(terms.said(language, text) for text in (quiz.title, quiz.about))
        if word := terms.lexicon.tells(first[:LOCK_SCREEN]):
            what = f"in {language} the first {LOCK_SCREEN} characters tell the topic: '{word}'"
            yield ("title",), what, ""
        for at, band in enumerate(quiz.bands):
            if word := terms.lexicon.tells(terms.said(language, band.text)):
                what = f"in {language} this tells the topic: '{word}'"
                yield ("bands", at, "text"), what, "it stands on a picture that people share"


def texts(quiz: Quiz) -> Iterator[tuple[Place, str, int]]:
    """Give every text of a quiz: where it stands, what it is, and how many characters fit."""
    yield ("title",), quiz.title, TITLE
    yield ("about",), quiz.about, WHY
    for at, band in enumerate(quiz.bands):
        yield ("bands", at, "text"), band.text, WHY
    for at, item in enumerate(quiz.items):
        place = ("items", at)
        yield (*place, "text"), item.text, QUESTION
        yield (*place, "why"), item.why, WHY
        for index, one in enumerate(item.answers):
            yield (*place, "answers", index, "text"), one.text, ANSWER
        for index, step in enumerate(item.order):
            yield (*place, "order", index), step, ANSWER
        for index, scene in enumerate(item.story):
            yield (*place, "story", index, "text"), scene.text, SCENE
            for number, way in enumerate(scene.ways):
                yield (*place, "story", index, "ways", number, "text"), way.text, ANSWER
