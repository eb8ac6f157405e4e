"""Words of the lexicon that stand together in a message."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple


class Step(NamedTuple):
    """One step of a phrase, and through it all that may follow.

    Attributes:
        gap: the most words that may stand before it.
        pieces: what its word may be, the first choice first.
        then: the step that follows; None where the phrase is at its end.
        otherwise: the same step with other pieces, which others may follow; None for no more.
        missing: the step that is next where this one is missing; None if it may not be.
    """

    gap: int
    pieces: tuple[int, ...]
    then: "Step | None"
    otherwise: "Step | None"
    missing: "Step | None"


Found = tuple[tuple[int, ...], bool]
"""Which words of a message a phrase has, in order, and whether one of them is negated."""
_END: Final[Found] = ((), False)
Places = Mapping[int, int]
"""For each piece that a message has, the bits of those of its words that are this piece."""


def find(first: Step, ats: Sequence[int], places: Places, denied: Places) -> Collection[Found]:
    """Find a phrase that begins with the step `first`, once for each word where it begins.

    Args:
        first: its first step.
        ats: where each word stands in the message.
        places: where the pieces are.
        denied: where an ending negates them.
    """
    found: dict[int, Found] = {}
    way: Step | None = first
    while way:
        _, pieces, then, way, _ = way
        for piece in pieces:
            left = places.get(piece, 0)
            while left:
                at = (left & -left).bit_length() - 1
                left &= left - 1
                if at in found:
                    continue
                rest = _rest(then, at, ats, places, denied) if then else _END
                if rest:
                    found[at] = (at, *rest[0]), _is(piece, at, denied) or rest[1]
    return found.values()


def _rest(
    step: Step, last: int, ats: Sequence[int], places: Places, denied: Places
) -> Found | None:
    """Find what stands behind the word `last` from a step on, the nearest words first."""
    until = ats[last] + step.gap + 1
    for at in range(last + 1, len(ats)):
        if ats[at] > until:
            break
        way: Step | None = step
        while way:
            _, pieces, then, way, _ = way
            for piece in pieces:
                if piece in places and places[piece] >> at & 1:
                    rest = _rest(then, at, ats, places, denied) if then else _END
                    if rest:
                        return (at, *rest[0]), _is(piece, at, denied) or rest[1]
                    break  # another piece leads no further
    return _rest(step.missing, last, ats, places, denied) if step.missing else None


def _is(piece: int, at: int, places: Places) -> bool:
    return piece in places and bool(places[piece] >> at & 1)
