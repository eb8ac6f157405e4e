"""Words of the lexicon that stand together in a message."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.understanding.disclosures.reading import Word
from bot.understanding.disclosures.stems import Matches


class Step(NamedTuple):
    """One step of a phrase.

    Attributes:
        gap: the most words that may stand before it.
        either: what it may be: the number of a piece, or several steps.
        optional: whether it may be missing.
        begin: the pieces that it may begin with; one of them must be there.
    """

    gap: int
    either: tuple["int | tuple[Step, ...]", ...]
    optional: bool
    begin: tuple[int, ...]


Places = Mapping[int, Sequence[int]]
"""For each piece that a message has, which of its words are this piece."""


def find(
    steps: Sequence[Step], words: Sequence[Word], heard: Sequence[Matches], places: Places
) -> Iterator["Found"]:
    """Find every place in a message where a phrase begins; its ends are never optional."""
    for at in sorted({at for piece in steps[0].begin if piece in places for at in places[piece]}):
        for begun in _take(steps[0], words, heard, at):
            whole = next(_walk(steps, 1, begun, 0, words, heard), None)
            if whole is not None:
                yield whole
                break


class Found(NamedTuple):
    """Which words of a message a phrase has, and the pieces that they are in it."""

    own: tuple[int, ...]
    pieces: tuple[int, ...]


def _walk(
    steps: Sequence[Step],
    number: int,
    so_far: Found,
    skipped: int,
    words: Sequence[Word],
    heard: Sequence[Matches],
) -> Iterator[Found]:
    """Go on from what was found to the end of the steps, the nearest words first."""
    if number == len(steps):
        yield so_far
        return
    step, last = steps[number], so_far.own[-1]
    gap = step.gap + skipped
    at, until = last + 1, words[last].at + gap + 1
    while at < len(words) and words[at].at <= until:
        for own, pieces in _take(step, words, heard, at):
            more = Found(so_far.own + own, so_far.pieces + pieces)
            yield from _walk(steps, number + 1, more, 0, words, heard)
        at += 1
    if step.optional:
        yield from _walk(steps, number + 1, so_far, gap, words, heard)


def _take(step: Step, words: Sequence[Word], heard: Sequence[Matches], at: int) -> Iterator[Found]:
    """Find what a step may be in the words from `at` on."""
    here = heard[at]
    for one in step.either:
        if isinstance(one, int):
            if one in here:
                yield Found((at,), (one,))
        else:
            for begun in _take(one[0], words, heard, at):
                yield from _walk(one, 1, begun, 0, words, heard)
