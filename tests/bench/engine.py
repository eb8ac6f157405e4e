"""The engine alone: microseconds of one step over the real content, with nothing around it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from statistics import median

from bot.engine.blocks.quiz import item_of
from bot.engine.events import Chosen, Event, Wrote
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from bot.engine.world import World
from bot.learning.play import Play
from bot.learning.tour import tour
from tests.bench.measure import Figures

_NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
_NO_WORD = "qwertyuiop asdfghjkl"
"""Typed words that lead nowhere: the longest way through the engine."""

_REPEATS = 41


def engine_figures(world: World) -> Figures:
    """Time a step for taps, typed labels, words that lead nowhere and answers of quizzes.

    The last in one language, the others in every one.

    Each figure is the median of the repeats, after one that fills what the stage remembers.
    """
    stage = Stage(world)
    engine = Engine(stage)
    hub = next(node for node in world.content.nodes.values() if node.help)
    people = [
        Session(hub.id, language, country=country, told=True)
        for language, country in product(world.offered.languages, world.offered.countries)
    ]
    taps: list[tuple[Session, Event]] = [
        (person, Chosen(hub.id, choice.id)) for person in people for choice in hub.choices
    ]
    labels: list[tuple[Session, Event]] = [
        (person, Wrote(label.text))
        for person in people
        for label in stage.page(person, _NOW).labels
    ]
    unmatched: list[tuple[Session, Event]] = [(person, Wrote(_NO_WORD)) for person in people]

    answers: list[tuple[Session, Event]] = [
        (asked, Chosen(asked.place, label.id, asked.item))
        for asked in _asked(world)
        for label in stage.page(asked, _NOW).labels[:2]
    ]

    def step(person: Session, event: Event) -> None:
        engine.step(person, event, _NOW, person.language)

    def step_and_page(person: Session, event: Event) -> None:
        stage.page(engine.step(person, event, _NOW, person.language).reader, _NOW)

    return {
        "engine.tap_us": _time(step, taps),
        "engine.label_us": _time(step, labels),
        "engine.answer_us": _time(step, answers),
        "engine.unmatched_us": _time(step, unmatched),
        "engine.tap_and_page_us": _time(step_and_page, taps),
    }


def _asked(world: World) -> list[Session]:
    """Stand at every question of every quiz, in one language."""
    played = next(node for node in world.content.nodes.values() if node.block == "quiz")
    return [
        Session(played.id, "kk", item_of(Play(quiz, one)), "kz", told=True)
        for quiz in world.content.played.values()
        for one in tour(quiz, "kz")
    ]


def _time(do: Callable[[Session, Event], None], turns: list[tuple[Session, Event]]) -> float:
    took = []
    for _ in range(_REPEATS + 1):
        began = time.perf_counter()
        for person, event in turns:
            do(person, event)
        took.append((time.perf_counter() - began) / len(turns) * 1e6)
    return median(took[1:])
