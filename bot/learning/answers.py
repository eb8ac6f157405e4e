"""What can be picked of an item, when that answers it, and whether it is right.

What was picked so far is one small number, which each kind of item reads in its own way. Options
are called by their place in the file, from 1, so that nothing depends on how they are shown.
"""

from typing import Final, Protocol

from bot.content.model import Item, Scene

FACT, MYTH, DONE = "fact", "myth", "done"
"""Whether a statement is one, and the end of picking where several answers fit."""

_BASE: Final = 8
"""An order is written with a digit for each step that was put, the last one lowest."""


class Asking(Protocol):
    """How items of one kind are answered."""

    def options(self, item: Item, picks: int) -> tuple[str, ...]:
        """Name what can be picked now, in the order of the file."""

    def pick(self, item: Item, picks: int, option: str) -> int:
        """Take one of the options."""

    def is_answered(self, item: Item, picks: int, option: str) -> bool:
        """Tell whether nothing is left to pick, now that `option` was."""

    def is_right(self, item: Item, picks: int) -> bool:
        """Tell whether what was picked is the answer."""


class Statement:
    """A fact or a myth."""

    def options(self, item: Item, picks: int) -> tuple[str, ...]:  # noqa: ARG002 - the port's
        """Offer both."""
        return (FACT, MYTH)

    def pick(self, item: Item, picks: int, option: str) -> int:  # noqa: ARG002
        """Take one."""
        return 1 if option == FACT else 2

    def is_answered(self, item: Item, picks: int, option: str) -> bool:  # noqa: ARG002
        """One is enough."""
        return True

    def is_right(self, item: Item, picks: int) -> bool:
        """Compare it with what the file says."""
        return picks == (1 if item.fact else 2)


class OneAnswer:
    """Answers of which one is right."""

    def options(self, item: Item, picks: int) -> tuple[str, ...]:  # noqa: ARG002
        """Offer all."""
        return _numbers(len(item.answers))

    def pick(self, item: Item, picks: int, option: str) -> int:  # noqa: ARG002
        """Take one."""
        return int(option)

    def is_answered(self, item: Item, picks: int, option: str) -> bool:  # noqa: ARG002
        """One is enough."""
        return True

    def is_right(self, item: Item, picks: int) -> bool:
        """Look whether it is the one."""
        return 1 <= picks <= len(item.answers) and item.answers[picks - 1].right


class SeveralAnswers:
    """Answers of which several are right: each is picked or let go again, until it is done."""

    def options(self, item: Item, picks: int) -> tuple[str, ...]:
        """Offer all, and the end once something was picked."""
        return (*_numbers(len(item.answers)), *([DONE] if picks else []))

    def pick(self, item: Item, picks: int, option: str) -> int:  # noqa: ARG002
        """Pick an answer, or let it go again."""
        return picks if option == DONE else picks ^ 1 << int(option) - 1

    def is_answered(self, item: Item, picks: int, option: str) -> bool:  # noqa: ARG002
        """Whoever picks says when it is enough."""
        return option == DONE

    def is_right(self, item: Item, picks: int) -> bool:
        """All that are right, and no other."""
        return picks == sum(one.right << at for at, one in enumerate(item.answers))


class Order:
    """Steps to put in order, the first one first."""

    def options(self, item: Item, picks: int) -> tuple[str, ...]:
        """Offer what is not put yet."""
        before = put(item, picks)
        return tuple(one for one in _numbers(len(item.order)) if int(one) not in before)

    def pick(self, item: Item, picks: int, option: str) -> int:
        """Put a step behind the others."""
        number = 0
        for step in (*put(item, picks), int(option)):
            number = number * _BASE + step
        return number

    def is_answered(self, item: Item, picks: int, option: str) -> bool:  # noqa: ARG002
        """The last but one decides: only one place is left."""
        return len(put(item, picks)) == len(item.order) - 1

    def is_right(self, item: Item, picks: int) -> bool:
        """Compare it with the order of the file."""
        return put(item, picks) == tuple(range(1, len(item.order)))


class Story:
    """Scenes with ways on, to an ending."""

    def options(self, item: Item, picks: int) -> tuple[str, ...]:
        """Offer the ways of the scene."""
        return _numbers(len(scene(item, picks).ways))

    def pick(self, item: Item, picks: int, option: str) -> int:
        """Go to the scene that a way leads to."""
        goto = scene(item, picks).ways[int(option) - 1].goto
        return next(at for at, one in enumerate(item.story) if one.id == goto)

    def is_answered(self, item: Item, picks: int, option: str) -> bool:  # noqa: ARG002
        """An ending has no way on."""
        return not scene(item, picks).ways

    def is_right(self, item: Item, picks: int) -> bool:
        """Look whether it ended well."""
        return scene(item, picks).good is True


_STATEMENT, _ONE, _SEVERAL = Statement(), OneAnswer(), SeveralAnswers()
_ORDER, _STORY = Order(), Story()


def asking(item: Item) -> Asking:
    """Tell how an item is asked and answered."""
    if item.fact is not None:
        return _STATEMENT
    if item.story:
        return _STORY
    if item.order:
        return _ORDER
    return _SEVERAL if item.several else _ONE


def put(item: Item, picks: int) -> tuple[int, ...]:
    """Give the steps that were put, from 1, the first one first; only those the file still has."""
    steps: list[int] = []
    while picks:
        picks, step = divmod(picks, _BASE)
        steps.append(step)
    return tuple(step for step in reversed(steps) if 1 <= step <= len(item.order))


def scene(item: Item, picks: int) -> Scene:
    """Give the scene of a story where somebody stands; the first where the file has changed."""
    return item.story[picks if picks < len(item.story) else 0]


def _numbers(many: int) -> tuple[str, ...]:
    return tuple(map(str, range(1, many + 1)))
