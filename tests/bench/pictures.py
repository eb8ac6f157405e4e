"""`python -m tests.bench.pictures`: how long drawings take, and what they cost other people.

Each drawing is made in every script, out of texts as long as those of the catalogues. Then people tap at a
steady pace, first alone, then while others ask for their result cards all at once.
"""

import asyncio
import itertools
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from statistics import median, quantiles
from typing import Final

import uvloop
from rich.console import Console
from rich.table import Table

from bot.content.load import load
from bot.engine.blocks import SPECS
from bot.language.catalogue import Catalogues
from bot.pictures.certificate import certificate
from bot.pictures.code_sheet import code_sheet
from bot.pictures.result_card import result_card
from bot.pictures.session_page import Step, session_page, session_pdf
from bot.pictures.tree import tree
from tests.bench.crowd import Crowd
from tests.bench.double import Double
from tests.bench.measure import Figures
from tests.bench.programs import ROOT, TIREK, cores, pin, started
from tests.conftest import LANGUAGES
from tests.pictures.conftest import CARD, CODES, PAGE, PAPER, TREE

CARDS: Final = 200
"""People who ask for their result card in the same moment."""

TAPPING: Final = 100
RATE: Final = 200.0
"""People who tap meanwhile, and their taps a second in all: a tenth of what one core answers."""

_SECONDS: Final = 10.0
_TIMES: Final = 7
_QUIZ: Final = "numbers"
_THROUGH: Final = ("Show the result", "Next", "Skip", "Begin", "I am 16 or older")

Drawn = tuple[float, int]
"""Milliseconds, the median of several, and kilobytes."""


def drawings(language: str) -> Iterator[tuple[str, Drawn]]:
    """Measure each drawing in one language, with the first texts of its longest quizzes."""
    words, content = Catalogues.load(ROOT / "locales"), load(ROOT / "content", SPECS)
    quiz = max(content.quizzes.values(), key=lambda one: len(words.text(language, one.title)))
    title, about = (words.text(language, text) for text in (quiz.title, quiz.about))
    steps = tuple(Step(words.text(language, one.text), "5", about) for one in quiz.items[:6])
    band = words.text(language, quiz.bands[0].text)
    card = replace(CARD, title=title, words=band.split(". ")[0])
    page = replace(PAGE, title=title, goals=(about,), steps=steps)
    paper = replace(PAPER, session=title)
    yield "result card", _drawn(lambda: result_card(card))
    yield "tree", _drawn(lambda: tree(replace(TREE, title=title)))
    yield "session page", _drawn(lambda: session_page(page))
    yield "session PDF", _drawn(lambda: session_pdf(page))
    yield "codes", _drawn(lambda: code_sheet(replace(CODES, title=title)))
    yield "certificate", _drawn(lambda: certificate(paper))


def _drawn(draw: Callable[[], bytes]) -> Drawn:
    took = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        made = draw()
        took.append((time.perf_counter() - began) * 1000)
    return median(took), len(made) // 1000


async def latency() -> dict[str, Figures]:
    """Measure taps alone, and beside `CARDS` pictures."""
    on, found = cores(), {}
    pin(on[:1])
    quiz = load(ROOT / "content", SPECS).quizzes[_QUIZ]
    numbers = itertools.count(1_000_000, 10_000)
    async with Double() as double, started(TIREK, double.url, on) as running:

        def crowd(count: int, wanted: tuple[str, ...]) -> Crowd:
            first = next(numbers)
            return Crowd(double, range(first, first + count), wanted, "menu", running.cpu)

        for name, cards in (("alone", 0), (f"beside {CARDS} pictures", CARDS)):
            players = crowd(max(cards, 1), ("A picture to share", *_THROUGH))
            await players.enter(2 + 2 * quiz.asks, f"/start q{quiz.number}")
            people = crowd(TAPPING, TIREK.wanted)
            await people.enter(TIREK.steps)
            before, began = double.photos, time.perf_counter()
            if cards:
                players.ask()
            tapping = asyncio.create_task(people.at_rate(RATE, _SECONDS))
            while double.photos - before < cards:  # noqa: ASYNC110 - the double calls nobody
                await asyncio.sleep(0.01)
            all_sent = time.perf_counter() - began
            sample = await tapping
            cuts = quantiles(sample.visible, n=100, method="inclusive")
            found[name] = {
                "taps": len(sample.visible),
                "lost": sample.lost,
                "p50_ms": cuts[49] * 1000,
                "p95_ms": cuts[94] * 1000,
                "p99_ms": cuts[98] * 1000,
                "pictures_s": all_sent if cards else 0.0,
            }
    return found


def show(console: Console, drawn: Mapping[str, Mapping[str, Drawn]]) -> None:
    """Print how long each drawing takes in each language."""
    table = Table(title="Milliseconds and kB of a drawing", title_justify="left")
    table.add_column("")
    for language in drawn:
        table.add_column(language, justify="right")
    for kind in next(iter(drawn.values())):
        table.add_row(kind, *("{:.0f} ms {} kB".format(*each[kind]) for each in drawn.values()))
    console.print(table)


def main() -> None:
    """Measure and print; it never fails for slowness."""
    console = Console(highlight=False, width=140)
    show(console, {language: dict(drawings(language)) for language in LANGUAGES})
    table = Table(title=f"Taps of {TAPPING} people, {RATE:.0f} a second", title_justify="left")
    found = uvloop.run(latency())
    for head in ("", *found):
        table.add_column(head, justify="right" if head else "left")
    for figure in next(iter(found.values())):
        table.add_row(figure, *(f"{each[figure]:,.1f}" for each in found.values()))
    console.print(table)


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
