"""From meanings to labels: which rules fire on the signs of a message."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Final, NamedTuple

from bot.content.model import DisclosureAddition, DisclosureLexicon, DisclosureRule
from bot.understanding.disclosures.reading import Word
from bot.understanding.disclosures.signs import Sign
from bot.understanding.disclosures.windows import Spots, Wanted, located, meeting, windows

_ANYWHERE: Final = 100_000
"""More words than any message has, however its sentences end."""
HUSH: Final = 12
"""Words around a rule's signs in which a quiet concept silences it."""


class Fired(NamedTuple):
    """A rule that fired, and from where to where its signs stand."""

    rule: DisclosureRule
    start: int
    end: int


class _Ready(NamedTuple):
    """A rule, what it wants and what silences it; and both as bits, of which one must be there."""

    rule: DisclosureRule
    wanted: tuple[Wanted, ...]
    unless: frozenset[str]
    masks: tuple[int, ...]
    hush: int


class _Joining(NamedTuple):
    addition: DisclosureAddition
    to: frozenset[str]
    wanted: tuple[Wanted, ...]
    unless: frozenset[str]

    def joins(self, spots: Spots, fired: Sequence[Fired]) -> bool:
        """Tell whether what is asked for stands near one of the rules that fired."""
        if any(not spot.negated for one in self.unless for spot in spots.get(one, ())):
            return False
        within = _ANYWHERE if self.addition.within is None else self.addition.within
        return any(
            start - one.end <= within and one.start - end <= within
            for start, end in windows(spots, self.wanted, max(within, HUSH), ordered=False)
            for one in fired
        )


class Rules:
    """The rules of a lexicon, each looked up by the rarest of its signs."""

    def __init__(self, lexicon: DisclosureLexicon) -> None:
        """Prepare every rule."""
        self._lexicon = lexicon
        self._people = frozenset(lexicon.common.people)
        self._additions = [
            _Joining(
                one,
                frozenset(one.to.split("|")),
                tuple(self._wants(sign, negated=False) for sign in one.when),
                self._each(one.unless),
            )
            for one in lexicon.common.adds
        ]
        quiet = lexicon.common.quiet
        self._bits: dict[str, int] = {}
        ready = [self._prepared(rule, quiet) for rule in lexicon.rules]
        shared = Counter(one for each in ready for want in each.wanted for one, _ in want)
        self._by: defaultdict[str, list[int]] = defaultdict(list)
        self._ready = ready
        for number, each in enumerate(ready):
            rarest = min(each.wanted, key=lambda want: sum(shared[one] for one, _ in want))
            for concept, _ in rarest:
                self._by[concept].append(number)

    def judge(
        self, words: Sequence[Word], signs: Iterable[Sign]
    ) -> tuple[Sequence[DisclosureRule], set[str]]:
        """Find the rules that fire, in the order of the lexicon, and what the message is about."""
        spots = located(words, signs)
        fired = self._fire(spots)
        return [one.rule for one in fired], self._labels(spots, fired)

    def _fire(self, spots: Spots) -> Sequence[Fired]:
        """Find every rule whose signs stand near one another."""
        numbers = {number for concept in spots for number in self._by.get(concept, ())}
        there = self._there(spots)
        fired = []
        for number in sorted(numbers):
            rule, wanted, unless, masks, hush = self._ready[number]
            for mask in masks:
                if not there & mask:
                    break
            else:
                for start, end in windows(spots, wanted, rule.within, ordered=rule.ordered):
                    if not there & hush or not _is_hushed(start, end, unless, spots, wanted):
                        fired.append(Fired(rule, start, end))
                        break
        return fired

    def _prepared(self, rule: DisclosureRule, quiet: Iterable[str]) -> _Ready:
        wanted = tuple(self._wants(sign, negated=rule.negated) for sign in rule.when)
        unless = self._each(quiet if rule.unless is None else rule.unless)
        masks = [reduce(or_, [self._mask(*one) for one in want]) for want in wanted]
        hush = reduce(or_, [self._mask(one, denied=False) for one in unless], 0)
        return _Ready(rule, wanted, unless, tuple(masks), hush)

    def _mask(self, concept: str, denied: bool | None) -> int:  # noqa: FBT001 - a pair, in order
        """Give the bit of a concept as it is said or denied, or (None) both bits."""
        at = self._bits.setdefault(concept, 2 * len(self._bits))
        return (3 if denied is None else 2 if denied else 1) << at

    def _there(self, spots: Spots) -> int:
        """Write what is said, and what is denied, as bits."""
        there = 0
        for concept, each in spots.items():
            if (at := self._bits.get(concept)) is not None:
                for spot in each:
                    there |= (2 if spot.negated else 1) << at
        return there

    def _labels(self, spots: Spots, fired: Sequence[Fired]) -> set[str]:
        """Name the labels of sure rules, and those that join them."""
        sure = [one for one in fired if not one.rule.ask]
        found: set[str] = {label for one in sure for label in one.rule.labels}
        for each in self._additions if found else ():
            near = [one for one in sure if not each.to.isdisjoint(one.rule.labels)]
            if near and each.joins(spots, near):
                found.add(each.addition.label)
        if "violence_now" in found:
            found.add("violence")
        return found

    def _wants(self, sign: str, *, negated: bool | str) -> Wanted:
        """Read `me|-let`; persons are never denied."""
        each: list[tuple[str, bool | None]] = []
        for one in sign.split("|"):
            for concept in self._lexicon.meant(one.removeprefix("-")):
                if one.startswith("-"):
                    each.append((concept, True))
                elif concept in self._people or negated == "any":
                    each.append((concept, None))
                else:
                    each.append((concept, bool(negated)))
        return tuple(each)

    def _each(self, concepts: Iterable[str]) -> frozenset[str]:
        return frozenset(one for each in concepts for one in self._lexicon.meant(each))


def _is_hushed(
    start: int,
    end: int,
    unless: Iterable[str],
    spots: Spots,
    wanted: Iterable[Wanted],
) -> bool:
    """Tell whether a quiet word stands near, of a language that one of the signs is in.

    Words of one language look like those of another: only its own may silence a sign, or a
    language that most of the message is in.
    """
    near = [
        spot
        for concept in unless
        for spot in spots.get(concept, ())
        if not spot.negated and spot.start <= end + HUSH and spot.end >= start - HUSH
    ]
    if not near:
        return False
    own = {
        spot.language
        for want in wanted
        for spot in meeting(spots, want)
        if start <= spot.start and spot.end <= end
    }
    if any(spot.language in own for spot in near):
        return True
    count = Counter(spot.language for each in spots.values() for spot in each)
    return any(count[spot.language] == max(count.values()) for spot in near)
