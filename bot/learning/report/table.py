"""What may be published of the answers: sums of finished weeks, small ones hidden (R43)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.content.model import Quiz
from bot.counting.tally import Count, Kind
from bot.counting.weeks import Period
from bot.learning.play import RIGHT, SKIPPED, WRONG

KINDS = (Kind.ANSWER, Kind.BEFORE, Kind.AFTER)
"""What answers are counted as: of somebody alone, before and after a session."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of right answers in percent: between `least` and `most`, which are one if it is known."""

    least: int
    most: int

    def __str__(self) -> str:
        if self.least == self.most:
            return f"{self.least} %"
        return f"≥ {self.least} %" if self.most == _ALL else f"≤ {self.most} %"


_ALL = 100


@dataclass(frozen=True, slots=True)
class Line:
    """How one question went.

    Attributes:
        quiz: the id of its quiz.
        item: its id there.
        kind: when it was asked.
        right, wrong, skipped: how often, rounded; None where it is too little to be shown.
        floor: the least sum that is shown.
    """

    quiz: str
    item: str
    kind: Kind
    right: int | None
    wrong: int | None
    skipped: int | None
    floor: int

    @property
    def share(self) -> Share | None:
        """The share of right answers among all that were given; None where too few are shown.

        A hidden sum lies below the floor, so it still says how large the share is at least, or
        at most.
        """
        if self.right is None and self.wrong is None:
            return None
        if self.wrong is None:
            return Share(_percent(self.right or 0, self.floor), _ALL)
        if self.right is None:
            return Share(0, _percent(self.floor, self.wrong))
        known = _percent(self.right, self.wrong)
        return Share(known, known)

    def text(self, one: int | None) -> str:
        """Write one of its sums."""
        return f"<{self.floor}" if one is None else str(one)


@dataclass(frozen=True, slots=True)
class Shift:
    """What a session changed in the answers to one question."""

    quiz: str
    item: str
    before: Share
    after: Share


@dataclass(frozen=True, slots=True)
class LearningReport:
    """What may be published.

    Attributes:
        period: the weeks it sums up.
        lines: every question of which something is shown; of a quiz the hardest first.
        hidden: how many questions were asked too seldom to show anything.
    """

    period: Period
    lines: tuple[Line, ...]
    hidden: int

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """Questions of which both shares, before and after, are known."""
        found = {(one.quiz, one.item, one.kind): one.share for one in self.lines}
        pairs = [
            (quiz, item, found.get((quiz, item, Kind.BEFORE)), found.get((quiz, item, Kind.AFTER)))
            for quiz, item in dict.fromkeys((one.quiz, one.item) for one in self.lines)
        ]
        return tuple(Shift(quiz, item, b, a) for quiz, item, b, a in pairs if b and a)

    @property
    def notes(self) -> tuple[str, ...]:
        """How to read it, in sentences."""
        found = [
            *self.period.notes,
            "Answers are counted, not people: who plays again counts again.",
        ]
        if self.hidden:
            found.append(f"Too few answers to show: {self.hidden} questions.")
        return tuple(found)


def cells(quizzes: Iterable[Quiz]) -> list[tuple[str, str]]:
    """Every question and outcome a report shows, asked or not."""
    return [
        (f"{quiz.quiz}/{item.id}", outcome)
        for quiz in quizzes
        for item in quiz.items
        for outcome in (RIGHT, WRONG, SKIPPED)
    ]


def summed(
    counts: Mapping[Kind, Iterable[Count]], quizzes: Iterable[Quiz], period: Period
) -> LearningReport:
    """What may be published of `counts`: only the weeks of `period`, only what `quizzes` ask.

    The counts must hold every cell of every week, noise included, as `Store.counts` gives them
    for `cells`; then all that is shown follows from noisy counts and protects as they do.
    """
    sums: Counter[tuple[Kind, str, str]] = Counter()
    for kind, found in counts.items():
        for one in found:
            if one.week in period:
                sums[kind, one.row, one.column] += one.count
    lines, hidden = [], 0
    for quiz in quizzes:
        asked = [
            _line(quiz.quiz, item.id, kind, sums, period) for item in quiz.items for kind in KINDS
        ]
        shown = [one for one in asked if one.share or one.skipped is not None]
        hidden += len({one.item for one in asked} - {one.item for one in shown})
        lines += sorted(shown, key=_hardest_first)
    return LearningReport(period, tuple(lines), hidden)


def _line(
    quiz: str, item: str, kind: Kind, sums: Counter[tuple[Kind, str, str]], period: Period
) -> Line:
    right, wrong, skipped = (
        period.shown(sums[kind, f"{quiz}/{item}", outcome]) for outcome in (RIGHT, WRONG, SKIPPED)
    )
    return Line(quiz, item, kind, right, wrong, skipped, period.floor)


def _hardest_first(line: Line) -> tuple[int, int, str]:
    share = line.share
    return KINDS.index(line.kind), share.least if share else _ALL, line.item


def _percent(right: int, wrong: int) -> int:
    return round(100 * right / (right + wrong))
