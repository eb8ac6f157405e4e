"""One round of one quiz, from its first item to its end."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from bot.content.model import Age, Band, Item, Quiz
from bot.learning.answers import Kind, kind
from bot.learning.draw import SEEDS, drawn
from bot.learning.round import Round


@dataclass(frozen=True)
class Play:
    """A round as it stands; every step gives another one.

    Attributes:
        quiz: what is played.
        round: where it stands.
        country: the country of who plays, or empty.
    """

    quiz: Quiz
    round: Round
    country: str

    @classmethod
    def begun(cls, quiz: Quiz, age: Age, country: str, chance: bytes) -> Self:
        """Begin a round; `chance` is at least one byte."""
        seed = chance[0] % SEEDS
        items = drawn(quiz, seed, age, country)
        return cls(quiz, Round(age, seed, (1 << len(items)) - 1), country)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items this round asks, in their order."""
        every = drawn(self.quiz, self.round.seed, self.round.age, self.country)
        return tuple(one for at, one in enumerate(every) if self.round.asked >> at & 1)

    @property
    def is_over(self) -> bool:
        """Tell whether nothing is left to answer."""
        return self.round.number >= len(self.items)

    @property
    def item(self) -> Item:
        """The present item; raises IndexError at the end."""
        return self.items[self.round.number]

    @property
    def kind(self) -> Kind:
        """How the present item is answered."""
        return kind(self.item)

    @property
    def options(self) -> tuple[str, ...]:
        """What can be picked now."""
        picked = self.is_over or self.round.told
        return () if picked else self.kind.options(self.item, self.round.picks)

    @property
    def is_right(self) -> bool:
        """Tell whether the present item was answered right; what was skipped was not."""
        return self.kind.is_right(self.item, self.round.picks)

    @property
    def right(self) -> int:
        """Count the items answered right."""
        return self.round.number - self.round.missed.bit_count()

    @property
    def band(self) -> Band:
        """What is said at the end."""
        share = 100 * self.right // (len(self.items) or 1)
        return [one for one in self.quiz.bands if one.from_ <= share][-1]

    def pick(self, option: str) -> Self:
        """Pick one of `options`; the answer is told as soon as nothing is left to pick."""
        picks = self.kind.pick(self.item, self.round.picks, option)
        told = self.kind.is_answered(self.item, picks, option)
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
        return self._at(Round(now.age, now.seed, now.missed))

    def _bit(self, number: int) -> int:
        """Give the bit of the item that is asked as number `number`, from 0."""
        left = self.round.asked
        for _ in range(number):
            left &= left - 1
        return left & -left

    def _at(self, round_: Round) -> Self:
        return replace(self, round=round_)
