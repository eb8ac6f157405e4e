"""The figures for people to read, and for programs."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from tests.bench.aims import AIMS
from tests.bench.measure import CROWDS, FAR, Figures

_SPEED = (
    ("/s", "{kind}.rate", "{:,.0f}"),
    ("CPU µs", "{kind}.cpu_us", "{:,.0f}"),
    ("p50 ms", "{kind}.half.p50", "{:.1f}"),
    ("p99 ms", "{kind}.half.p99", "{:.1f}"),
    ("lost", "{kind}.lost", "{:.0f}"),
    ("burst", "{kind}.burst", "{:,.0f}"),
    ("in s", "{kind}.burst_s", "{:.2f}"),
)
_FAR = (
    ("taps/s", "far.rate", "{:,.0f}"),
    ("CPU µs", "far.cpu_us", "{:,.0f}"),
    ("visible p50 ms", "far.half.p50", "{:.1f}"),
    ("p99 ms", "far.half.p99", "{:.1f}"),
    ("spinner p50 ms", "far.half.spinner_p50", "{:.1f}"),
)
_LIFE = (("start s", "start_s", "{:.2f}"), ("memory MB", "memory_mb", "{:.0f}"))
_CROWD = (
    ("taps/s", "crowd.{count}.rate", "{:,.0f}"),
    ("CPU µs a tap", "crowd.{count}.cpu_us", "{:,.0f}"),
    ("visible p50 ms", "crowd.{count}.p50", "{:.1f}"),
    ("p99 ms", "crowd.{count}.p99", "{:.1f}"),
)
_BUSY = 0.9
"""The share of its core beyond which the double is what limits."""

Columns = Sequence[tuple[str, str, str]]


def medians(rounds: Mapping[str, Sequence[Figures]]) -> dict[str, Figures]:
    """Take the median of each figure over the rounds of each program."""
    return {
        name: {
            figure: median(one[figure] for one in each if figure in one)
            for figure in dict.fromkeys(figure for one in each for figure in one)
        }
        for name, each in rounds.items()
    }


def show(console: Console, middle: Mapping[str, Figures]) -> None:
    """Print the tables and, last, the aims."""
    for kind, title in (
        ("text", "Texts answered by a message"),
        ("tap", "Taps answered by an edit"),
    ):
        columns = [(head, name.format(kind=kind), form) for head, name, form in _SPEED]
        note = (
            "100 people, each acting on seeing an answer; p50, p99 at half of that; 2,000 at once"
        )
        _table(console, title, note, middle, columns)
    away = (
        f"every call takes {FAR * 1000:.0f} ms; from the tap to the first visible call at half load"
    )
    _table(console, "1,000 people tapping from afar", away, middle, _FAR)
    _table(console, "Start and memory", "", middle, _LIFE)
    _growth(console, middle)
    for name, figures in middle.items():
        busy = [one for one, value in figures.items() if one.endswith(".double") and value > _BUSY]
        if busy:
            console.print(f"The double was the limit for {name}: {', '.join(busy)}")
    _aims(console, middle)


def write(
    path: Path,
    machine: Mapping[str, object],
    rounds: Mapping[str, Sequence[Figures]],
    middle: Mapping[str, Figures],
) -> None:
    """Write everything that was measured as JSON."""
    aims = [
        {
            "aim": aim.says,
            "bound": aim.bound,
            "measured": (value := aim.measured(middle)),
            "by_processor": aim.by_processor(middle),
            "met": None if value is None else aim.met(value),
        }
        for aim in AIMS
    ]
    whole = {"machine": machine, "aims": aims, "medians": middle, "rounds": rounds}
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")


def _table(
    console: Console, title: str, note: str, middle: Mapping[str, Figures], columns: Columns
) -> None:
    table = Table(title=title, caption=note or None, title_justify="left", caption_justify="left")
    table.add_column("")
    for head, _, _ in columns:
        table.add_column(head, justify="right")
    for name, figures in middle.items():
        if columns[0][1] in figures:
            table.add_row(name, *(_cell(figures, figure, form) for _, figure, form in columns))
    console.print(table)


def _growth(console: Console, middle: Mapping[str, Figures]) -> None:
    rows = {
        f"{name}, {count:,} people": {
            figure: figures[figure.format(count=count)] for _, figure, _ in _CROWD
        }
        for name, figures in middle.items()
        for count in CROWDS
        if f"crowd.{count}.rate" in figures
    }
    _table(console, "As the crowd grows", "all of them always waiting", rows, _CROWD)


def _aims(console: Console, middle: Mapping[str, Figures]) -> None:
    table = Table(title="Aims", title_justify="left")
    for head in ("", "aim", "measured", "by CPU", "met"):
        table.add_column(head, justify="right" if head else "left")
    missed = []
    for aim in AIMS:
        value, spent = aim.measured(middle), aim.by_processor(middle)
        bound = f"{'≥' if aim.at_least else '≤'} {aim.bound:,g} {aim.unit}"
        if value is None:
            table.add_row(aim.says, bound, "–", "–", "not measured")
            continue
        if not aim.met(value):
            missed.append(aim.says)
        table.add_row(
            aim.says,
            bound,
            f"{value:,.5g} {aim.unit}" if value >= 1000 else f"{value:.3g} {aim.unit}",
            f"{spent:.3g} ×" if spent else "",
            "[green]yes[/]" if aim.met(value) else "[red]no[/]",
        )
    console.print(table)
    console.print(
        "Not met: " + "; ".join(missed) if missed else "Every aim that was measured is met."
    )


def _cell(figures: Figures, figure: str, form: str) -> str:
    return form.format(figures[figure]) if figure in figures else "–"
