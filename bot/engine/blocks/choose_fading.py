"""`choose_fading`: after how long without a doing of hers the chat clears itself."""

from dataclasses import replace
from typing import ClassVar, Final

from bot.content.blocks import BlockSpec
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say, Value

_HOUR = 60

MINUTES: Final = (5, 15, 30, 2 * _HOUR, 24 * _HOUR)
"""The times to choose from: the operator's own may be another one."""

_SHORT = 3
"""How many of them are so short that they share the first row."""


class ChooseFading(PlainBlock):
    """Take the time and stay: the text of the node tells `{time}` as it is from now on."""

    spec: ClassVar[BlockSpec] = BlockSpec("choose_fading", NoOptions, values=frozenset({"time"}))
    words: ClassVar[tuple[str, ...]] = tuple(str(minutes) for minutes in MINUTES)

    def fill(self, look: Look) -> dict[str, Value]:
        """Tell the time that holds for this person now."""
        return {"time": fading_time(look)}

    def view(self, look: Look) -> Part:  # noqa: ARG002 - the port's signature
        """Offer the times, the short ones in one row."""
        options = tuple(Option(str(minutes), _said(minutes)) for minutes in MINUTES)
        return Part(rows=(options[:_SHORT], options[_SHORT:]))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Take the time."""
        if option not in self.words:
            return None
        return Outcome(replace(look.session, place=look.node.id, item="", idle=int(option)))


def fading_time(look: Look) -> Say:
    """Say after how long the chat of this person clears itself: her own choice, or the usual."""
    return _said(look.session.idle or look.world.fade_minutes)


def _said(minutes: int) -> Say:
    hours, rest = divmod(minutes, _HOUR)
    if hours and not rest:
        return Say("{hours} h", {"hours": hours})
    return Say("{minutes} min", {"minutes": minutes})
