"""One round of one quiz, from its first item to its end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from bot.content.model import Age, Band, Item, Quiz
from bot.counting.tally import Kind, Tally
from bot.learning.answers import Asking, asking
from bot.learning.draw import SEEDS, check, drawn, seed_for
from bot.learning.round import Round

RIGHT, WRONG, SKIPPED = "right", "wrong", "skipped"
"""How an item went."""


@dataclass(frozen=True)
class Play:
    """A round as it stands; every step gives another one.

    Attributes:
        quiz: what is played.
        round: where it stands.
        kind: what its answers are counted as. Before and after a session of a group everybody is
            asked the same, so that both can be compared, and before it nothing is explained.
    """

    quiz: Quiz
    round: Round
    kind: Kind = Kind.ANSWER

    @classmethod
    def begun(
        cls, quiz: Quiz, age: Age, country: str, chance: bytes, kind: Kind = Kind.ANSWER
    ) -> Self:
        """Begin a round; `chance` is at least one byte, and changes nothing for a group."""
        seed = chance[0] % SEEDS if kind is Kind.ANSWER else 0
        items = drawn(quiz, seed, age, country)
        return cls(quiz, Round(age, country, seed, check(items), (1 << len(items)) - 1), kind)

    @classmethod
    def repeating(cls, quiz: Quiz, due: Sequence[Item], age: Age, country: str) -> Self:
        """Begin a round of what is due alone: as much of it as one of the rounds there are holds."""
        seed, asked = seed_for(quiz, due, age, country), {item.id for item in due}
        items = drawn(quiz, seed, age, country)
        bits = sum(1 << at for at, item in enumerate(items) if item.id in asked)
        return cls(quiz, Round(age, country, seed, check(items), bits))

    @cached_property
    def _drawn(self) -> tuple[Item, ...]:
        now = self.round
        return drawn(self.quiz, now.seed, now.age, now.country)

    @property
    def is_sound(self) -> bool:
        """Tell whether the quiz still is what it was when the round began."""
        return len(self.items) == self.round.asked.bit_count() and (
            check(self._drawn) == self.round.check
        )

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items this round asks, in their order."""
        return tuple(one for at, one in enumerate(self._drawn) if self.round.asked >> at & 1)

    @property
    def is_over(self) -> bool:
        """Tell whether nothing is left to answer."""
        return self.round.number >= len(self.items)

    @property
    def item(self) -> Item:
        """The present item; raises IndexError at the end."""
        return self.items[self.round.number]

    @property
    def asking(self) -> Asking:
        """How the present item is answered."""
        return asking(self.item)

    @property
    def is_whole(self) -> bool:
        """Tell whether it asks all that was drawn, not only what was missed before."""
        return len(self._drawn) == len(self.items)

    @property
    def options(self) -> tuple[str, ...]:
        """What can be picked now."""
        picked = self.is_over or self.round.told
        return () if picked else self.asking.options(self.item, self.round.picks)

    @property
    def is_right(self) -> bool:
        """Tell whether the present item was answered right; what was skipped was not."""
        return self.asking.is_right(self.item, self.round.picks)

    @property
    def right(self) -> int:
        """Count the items answered right."""
        return self.round.number - self.round.missed.bit_count()

    @property
    def band(self) -> Band:
        """What is said at the end."""
        share = 100 * self.right // (len(self.items) or 1)
        return [one for one in self.quiz.bands if one.from_ <= share][-1]

    @property
    def explains(self) -> bool:
        """Tell whether each answer is explained: before a session that would teach its questions."""
        return self.kind is not Kind.BEFORE

    @property
    def tally(self) -> Tally | None:
        """Say how the present item went, to be counted; what is asked a second time is not.

        A round in which all was missed cannot be told from a new one.
        """
        if not self.is_whole:
            return None
        column = RIGHT if self.is_right else WRONG if self.round.picks else SKIPPED
        return Tally(self.kind, f"{self.quiz.quiz}/{self.item.id}", column)

    def pick(self, option: str) -> Self:
        """Pick one of `options`; the answer is told as soon as nothing is left to pick."""
        picks = self.asking.pick(self.item, self.round.picks, option)
        told = self.asking.is_answered(self.item, picks, option)
        return self._at(replace(self.round, picks=picks, told=told))

    def skip(self) -> Self:
        """Leave the present item unanswered: its answer is told."""
        return self._at(replace(self.round, picks=0, told=True))

    def go_on(self) -> Self:
        """Go to the next item, once the answer was told."""
        now = self.round
        missed = now.missed if self.is_right else now.missed | self._bit(now.number)
        return self._at(replace(now, missed=missed, number=now.number + 1, told=False, picks=0))

    def again(self) -> Self:
        """Ask once more what was missed."""
        now = self.round
        return self._at(Round(now.age, now.country, now.seed, now.check, now.missed))

    def _bit(self, number: int) -> int:
        """Give the bit of the item that is asked as number `number`, from 0."""
        left = self.round.asked
        for _ in range(number):
            left &= left - 1
        return left & -left

    def _at(self, round_: Round) -> Self:
        return replace(self, round=round_)
