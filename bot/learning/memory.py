"""What a player asked to be remembered: which items she met, how well, and when each is due again.

The boxes are those of Sebastian Leitner, "So lernt man lernen" (Herder, 1972): what is answered right
moves on by a box, what is answered wrong goes back to the first, and each box waits longer than the one
before. How long is our own choice; so is that nothing moves on before it is due, which makes the order of
answers within a day, a button tapped twice and a round played again count for nothing.

Days are days of UTC. Pure.
"""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import blake2s
from typing import Final, Literal, Self

from bot.content.model import Age, Item, Quiz

WAITS: Final = (1, 3, 7, 21, 60)
"""Days until an item in each box is due again, the first box first."""
KNOWN: Final = 3
"""The box from which on an item counts as learned: answered right on two days or more."""

Progress = Literal["new", "begun", "learned"]
"""How far somebody is with a quiz."""

_BEFORE_1970: Final = date(1970, 1, 1).toordinal()
_RECORD: Final = struct.Struct(">HHBH")
"""An item as it is written: the number of its quiz, a digest of its id, its box, the day it is due."""


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """An item that was met.

    Attributes:
        quiz: the number of its quiz.
        item: two bytes of a digest of its id, which is stable while the id is.
        box: where it lies, from 1 to 5.
        due: the day from which it is asked again.
    """

    quiz: int
    item: int
    box: int
    due: date


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a player: nothing but this.

    Attributes:
        agreed: the day she agreed to it.
        text: the version of the text that she agreed to.
        seen: the items she met, in order, each once.
    """

    agreed: date
    text: int
    seen: tuple[Seen, ...] = ()

    def answered(self, quiz: Quiz, item: Item, today: date, *, right: bool) -> Self:
        """Note an answer: a wrong one is asked again tomorrow, a right one later, if it was due."""
        before = self._of(quiz, item)
        if right and before is not None and before.due > today:
            return self
        box = min((before.box if before else 1) + 1, len(WAITS)) if right else 1
        now = Seen(*_key(quiz, item), box, today + timedelta(days=WAITS[box - 1]))
        others = (one for one in self.seen if one != before)
        return replace(self, seen=tuple(sorted((*others, now))))

    def standing(self, quizzes: Iterable[Quiz]) -> Self:
        """Let go of items that are in no quiz any more."""
        there = {_key(quiz, item) for quiz in quizzes for item in quiz.items}
        return replace(self, seen=tuple(one for one in self.seen if (one.quiz, one.item) in there))

    def due(self, quiz: Quiz, age: Age, country: str, today: date) -> tuple[Item, ...]:
        """Name the items of a quiz that are due, as far as they may be asked; the oldest first."""
        found = [
            (seen.due, at, item)
            for at, item in enumerate(quiz.items)
            if item.fits(age, country) and (seen := self._of(quiz, item)) and seen.due <= today
        ]
        return tuple(item for *_, item in sorted(found, key=lambda one: one[:2]))

    def level(self, quiz: Quiz, country: str) -> Progress:
        """Tell how far she is with a quiz: with what is for the age that she was asked at."""
        met = {item.id: seen for item in quiz.items if (seen := self._of(quiz, item))}
        if not met:
            return "new"
        age = max(item.age for item in quiz.items if item.id in met)
        fitting = [item.id for item in quiz.items if item.fits(age, country)]
        known = all(one in met and met[one].box >= KNOWN for one in fitting)
        return "learned" if known else "begun"

    def written(self) -> bytes:
        """Write down what was met: 7 bytes for each item."""
        return b"".join(
            _RECORD.pack(one.quiz, one.item, one.box, one.due.toordinal() - _BEFORE_1970)
            for one in self.seen
        )

    @classmethod
    def read(cls, agreed: date, text: int, written: bytes) -> Self:
        """Read again what `written` gave.

        Raises:
            ValueError: it is no memory that was written so.
        """
        if len(written) % _RECORD.size:
            raise ValueError("a memory of another length than it was written in")
        seen = tuple(
            Seen(quiz, item, box, date.fromordinal(_BEFORE_1970 + day))
            for quiz, item, box, day in _RECORD.iter_unpack(written)
        )
        if not all(1 <= one.box <= len(WAITS) for one in seen):
            raise ValueError("a memory with a box that there is not")
        return cls(agreed, text, seen)

    def _of(self, quiz: Quiz, item: Item) -> Seen | None:
        key = _key(quiz, item)
        return next((one for one in self.seen if (one.quiz, one.item) == key), None)


@dataclass(frozen=True, slots=True)
class Unlearn:
    """What a player asks for who wants to be remembered no more."""


def most_due(
    memory: Memory, quizzes: Mapping[str, Quiz], age: Age, country: str, today: date
) -> tuple[Quiz | None, int]:
    """Name the quiz with most to repeat, and count what is due in all of them."""
    due = {
        name: len(memory.due(quiz.standing(today), age, country, today))
        for name, quiz in quizzes.items()
    }
    fullest = max(due, key=lambda name: due[name], default="")
    return (quizzes[fullest] if due.get(fullest) else None), sum(due.values())


def _key(quiz: Quiz, item: Item) -> tuple[int, int]:
    digest = blake2s(item.id.encode(), digest_size=2).digest()
    return quiz.number, int.from_bytes(digest, "big")
