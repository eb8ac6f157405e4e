"""What Tirek wants to reach, beside what was measured."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.bench.measure import BURST, Figures
from tests.bench.programs import DIALOG, PTB_ECHO, PTB_MENU, RAW_MENU, TIREK, Program


@dataclass(frozen=True, slots=True)
class Aim:
    """One aim.

    Attributes:
        says: the aim in words.
        figure: what was measured, by its name.
        bound: where the aim begins.
        at_least: whether more is better; else less is.
        against: the program whose figure it is divided by, or none.
        unit: what follows a number.
    """

    says: str
    figure: str
    bound: float
    at_least: bool = False
    against: Program | None = None
    unit: str = ""

    def measured(self, medians: Mapping[str, Figures]) -> float | None:
        """Find the value to compare with the bound; None where it was not measured."""
        value = medians.get(TIREK.name, {}).get(self.figure)
        if value is None or self.against is None:
            return value
        other = medians.get(self.against.name, {}).get(self.figure)
        return value / other if other else None

    def by_processor(self, medians: Mapping[str, Figures]) -> float | None:
        """Find how much less processor time an update takes than with the other program.

        Whatever else runs on the machine changes this ratio less than that of the speeds.
        """
        if self.against is None:
            return None
        cost = self.figure.replace(".rate", ".cpu_us")
        value = medians.get(TIREK.name, {}).get(cost)
        other = medians.get(self.against.name, {}).get(cost)
        return other / value if value and other else None

    def met(self, value: float) -> bool:
        """Tell whether `value` reaches the aim."""
        return value >= self.bound if self.at_least else value <= self.bound


AIMS = (
    Aim("texts, against ptb echo", "text.rate", 2, True, PTB_ECHO, "×"),
    Aim("taps, against ptb menu", "tap.rate", 3, True, PTB_MENU, "×"),
    Aim("taps, against aiogram_dialog", "tap.rate", 1, True, DIALOG, "×"),
    Aim("texts at half load, p99", "text.half.p99", 20, unit="ms"),
    Aim("taps at half load, p99", "tap.half.p99", 20, unit="ms"),
    Aim("taps from afar, against raw menu", "far.rate", 0.35, True, RAW_MENU, "×"),
    Aim("first visible call from afar, p50", "far.half.p50", 5, unit="ms"),
    Aim("a burst of texts, all answered", "text.burst", BURST, True),
    Aim("a burst of taps, all answered", "tap.burst", BURST, True),
    Aim("engine alone, a tap", "engine.tap_us", 50, unit="µs"),
    Aim("engine alone, an answer of a quiz", "engine.answer_us", 100, unit="µs"),
    Aim("engine alone, words that lead nowhere", "engine.unmatched_us", 50, unit="µs"),
    Aim("start to first answer, empty database", "start_s", 1.5, unit="s"),
    Aim("memory after all of it", "memory_mb", 120, unit="MB"),
)
