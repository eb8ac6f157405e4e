"""Whether a quiz can be played at all: answers that are right, stories that end, sources that stand."""

from collections.abc import Iterator
from typing import Final

from bot.content.draft import Draft
from bot.content.faults import Fault, unknown_sources
from bot.content.model import Item, Quiz
from bot.content.problem import Problem

_FEWEST: Final = 2


def link_quizzes(draft: Draft) -> Iterator[Problem]:
    """Yield everything that would leave a player without a question, an answer or an end."""
    numbers: dict[int, str] = {}
    for quiz in draft.quizzes.values():
        if (other := numbers.setdefault(quiz.number, quiz.quiz)) != quiz.quiz:
            what = f"{quiz.number} is the number of quiz '{other}'"
            yield draft.origin.at("quiz", quiz.quiz, "number", what=what, hint="take another one")
        for place, what, hint in (*_bands(quiz), *_items(quiz, draft)):
            yield draft.origin.at("quiz", quiz.quiz, *place, what=what, hint=hint)


def _bands(quiz: Quiz) -> Iterator[Fault]:
    starts = [band.from_ for band in quiz.bands]
    if starts[0] != 0 or starts != sorted({*starts}):
        yield ("bands",), "bands rise from 0", "begin with 'from: 0' and go up"


def _items(quiz: Quiz, draft: Draft) -> Iterator[Fault]:
    seen: set[str] = set()
    for at, item in enumerate(quiz.items):
        place = ("items", at)
        if item.id in seen:
            yield (*place, "id"), f"item '{item.id}' is here twice", ""
        seen.add(item.id)
        yield from unknown_sources(item.sources, place, draft)
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
