"""Words of the lexicon that stand together in a message."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from bot.understanding.disclosures.known import is_negated


class Step(NamedTuple):
    """One step of a phrase, and through its ways all that may follow.

    Attributes:
        gap: the most words that may stand before it.
        ways: what its word may be, the first choice first: pieces, and the step that follows them;
            None where the phrase is at its end.
        missing: the step that is next where this one is missing; None if it may not be.
    """

    gap: int
    ways: tuple[tuple[tuple[int, ...], "Step | None"], ...]
    missing: "Step | None" = None


Found = tuple[tuple[int, ...], bool]
"""Which words of a message a phrase has, in order, and whether one of them is negated."""
Places = Mapping[int, Mapping[int, int]]
"""For each piece that a message has, which of its words are this piece, and how each was found."""


def find(first: Step, ats: Sequence[int], places: Places) -> Collection[Found]:
    """Find a phrase that begins with the step `first`, once for each word where it begins.

    Args:
        first: its first step.
        ats: where each word stands in the message.
        places: where the pieces are.
    """
    found: dict[int, Found] = {}
    for pieces, then in first.ways:
        for piece in pieces:
            if piece in places:
                for at, match in places[piece].items():
                    if at not in found and (rest := _rest(then, at, ats, places)):
                        found[at] = (at, *rest[0]), is_negated(match) or rest[1]
    return found.values()


def _rest(step: Step | None, last: int, ats: Sequence[int], places: Places) -> Found | None:
    """Find what stands behind the word `last` from a step on, the nearest words first."""
    if step is None:
        return (), False
    gap, ways, missing = step
    until = ats[last] + gap + 1
    for at in range(last + 1, len(ats)):
        if ats[at] > until:
            break
        for pieces, then in ways:
            for piece in pieces:
                if piece in places and at in places[piece]:
                    if rest := _rest(then, at, ats, places):
                        return (at, *rest[0]), is_negated(places[piece][at]) or rest[1]
                    break  # another piece leads no further
    return _rest(missing, last, ats, places) if missing else None
