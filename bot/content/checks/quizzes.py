"""Whether every quiz can be played: answers that are right, stories that end, sources that stand."""

from collections.abc import Iterator
from itertools import product
from typing import Final, get_args

from bot.content.checks.limits import LOCK_SCREEN
from bot.content.checks.terms import Terms
from bot.content.model import Content, Country, Item, Quiz
from bot.content.problem import Problem

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
_FEWEST: Final = 2

Fault = tuple[tuple[str | int, ...], str, str]


def check_quizzes(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield items that cannot be answered, sources that are not there, and texts too long."""
    for quiz in content.quizzes.values():
        for place, what, hint in (*_quiz(quiz), *_items(quiz, content), *_long(quiz, terms)):
            yield content.origin.at("quiz", quiz.quiz, *place, what=what, hint=hint)


def _quiz(quiz: Quiz) -> Iterator[Fault]:
    starts = [band.from_ for band in quiz.bands]
    if starts[0] != 0 or starts != sorted({*starts}):
        yield ("bands",), "bands rise from 0", "begin with 'from: 0' and go up"
    for country, age in product(COUNTRIES, sorted({item.age for item in quiz.items})):
        there = sum(item.age <= age and item.country in (None, country) for item in quiz.items)
        if there < quiz.asks:
            what = f"who is {age} in {country} has {there} items, and a round asks {quiz.asks}"
            yield ("asks",), what, "add items that fit, or ask fewer"
            break
    if (youngest := min(item.age for item in quiz.items)) != quiz.age:
        yield ("age",), f"its youngest item is for {youngest}", f"write 'age: {youngest}'"


def _items(quiz: Quiz, content: Content) -> Iterator[Fault]:
    seen: set[str] = set()
    for at, item in enumerate(quiz.items):
        place = ("items", at)
        if item.id in seen:
            yield (*place, "id"), f"item '{item.id}' is here twice", ""
        seen.add(item.id)
        for index, name in enumerate(item.sources):
            if name not in content.sources:
                yield (*place, "sources", index), f"there is no source '{name}'", ""
        for inside, what, hint in (*_asked(item), *_story(item)):
            yield (*place, *inside), what, hint


def _asked(item: Item) -> Iterator[Fault]:
    """Look at what is asked, and whether exactly the marked answers are right."""
    kinds = [item.fact is not None, bool(item.answers), bool(item.order), bool(item.story)]
    if sum(kinds) != 1:
        yield (), f"item '{item.id}' asks {sum(kinds)} things", "one of fact, answers, order, story"
        return
    right = sum(one.right for one in item.answers)
    if item.several and not (item.answers and _FEWEST <= right < len(item.answers)):
        yield ("several",), "several answers are right, and one at least is not", ""
    elif item.answers and not item.several and right != 1:
        yield ("answers",), f"{right} answers are right", "exactly one, or 'several: true'"
    for key, given in (("answers", [one.text for one in item.answers]), ("order", [*item.order])):
        if len(given) == 1:
            yield (key,), "one is no choice", "give two at least"
        if len({text.casefold() for text in given}) < len(given):
            yield (key,), "two of these are the same", ""


def _story(item: Item) -> Iterator[Fault]:
    """Look at whether every scene is reached, no way goes round, and both kinds of ending are."""
    scenes = {scene.id: at for at, scene in enumerate(item.story)}
    if len(scenes) < len(item.story):
        yield ("story",), "two scenes have the same id", ""
        return
    reached = {item.story[0].id} if item.story else set()
    for at, scene in enumerate(item.story):
        place = ("story", at)
        if bool(scene.ways) is (scene.good is not None):
            yield place, f"scene '{scene.id}' has ways on or is an ending", "'ways:' or 'good:'"
        if len(scene.ways) == 1:
            yield (*place, "ways"), "one way is no choice", "give two at least"
        for index, way in enumerate(scene.ways):
            there = scenes.get(way.goto)
            if there is None or there <= at:
                what = f"'{way.goto}' is no scene below this one"
                yield (*place, "ways", index, "goto"), what, "a story only goes on, never back"
            elif scene.id in reached:
                reached.add(way.goto)
    for name in scenes.keys() - reached:
        yield ("story", scenes[name]), f"nothing leads to scene '{name}'", ""
    endings = {scene.good for scene in item.story if not scene.ways}
    if item.story and endings != {True, False}:
        yield ("story",), "a story ends well or could be better", "give both kinds of ending"


def _long(quiz: Quiz, terms: Terms) -> Iterator[Fault]:
    """Look at every text in every language."""
    for language in terms.languages:
        for place, text, most in texts(quiz):
            if (many := len(_said(terms, language, text))) > most:
                yield place, f"in {language} this has {many} characters, {most} fit", ""
        first = " ".join(_said(terms, language, text) for text in (quiz.title, quiz.about))
        if word := terms.lexicon.tells(first[:LOCK_SCREEN]):
            what = f"in {language} the first {LOCK_SCREEN} characters tell the topic: '{word}'"
            yield ("title",), what, ""


def _said(terms: Terms, language: str, text: str) -> str:
    return terms.translate(language, text) if terms.translate else text


def texts(quiz: Quiz) -> Iterator[tuple[tuple[str | int, ...], str, int]]:
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
