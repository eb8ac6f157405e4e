"""Where signs stand in a message, and the stretches in which all that is wanted stands together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.understanding.disclosures.reading import Word
from bot.understanding.disclosures.signs import Sign

Wanted = tuple[tuple[str, bool | None], ...]
"""Concepts of which one is enough: each as it is said, as it is denied, or (None) as either."""


class Spot(NamedTuple):
    """Where a sign stands, in words from the beginning of the message."""

    start: int
    end: int
    negated: bool
    language: str


Spots = Mapping[str, Sequence[Spot]]
"""For each concept, where it stands."""


_Event = tuple[int, int, int]
"""Where a sign stands that meets one of the things wanted, and which of them."""


def located(words: Sequence[Word], signs: Iterable[Sign]) -> Spots:
    """Say for each concept where in the message it stands."""
    spots: dict[str, list[Spot]] = {}
    for concept, language, own, negated in signs:
        start = words[own[0]].at
        end = start if len(own) == 1 else words[own[-1]].at
        spots.setdefault(concept, []).append(Spot(start, end, negated, language))
    return spots


def windows(
    spots: Spots, wanted: Sequence[Wanted], within: int, *, ordered: bool
) -> Iterator[tuple[int, int]]:
    """Give every stretch of at most `within` words in which all that is wanted is found."""
    events: list[_Event] = []
    for number, want in enumerate(wanted):
        met = [(spot.start, spot.end, number) for spot in meeting(spots, want)]
        if not met:
            return
        events += met
    if len(wanted) == 1:
        yield from [(start, end) for start, end, _ in events if end - start <= within]
        return
    events.sort()
    each = _in_order(events, len(wanted)) if ordered else _together(events, len(wanted))
    yield from ((start, end) for start, end in each if end - start <= within)


def meeting(spots: Spots, want: Wanted) -> Iterator[Spot]:
    """Give where something stands that is wanted."""
    for concept, negated in want:
        for spot in spots.get(concept, ()):
            if negated is None or spot.negated is negated:
                yield spot


def _together(events: Iterable[_Event], wanted: int) -> Iterator[tuple[int, int]]:
    """Give, for each sign, the shortest stretch up to it that has everything."""
    last: dict[int, tuple[int, int]] = {}
    for start, end, number in events:
        last[number] = start, end
        if len(last) == wanted:
            yield min(last.values())[0], max([end for _, end in last.values()])


def _in_order(events: Iterable[_Event], wanted: int) -> Iterator[tuple[int, int]]:
    """Give, for each last sign, the shortest stretch up to it in which the others lead to it."""
    led: dict[int, tuple[int, int]] = {}
    for start, end, number in events:
        before = (start, start - 1) if number == 0 else led.get(number - 1)
        if before is None or before[1] >= start:
            continue
        led[number] = (before[0], end)
        if number == wanted - 1:
            yield before[0], end
