"""`sessions`: a list of plans to lead a group by."""

from dataclasses import replace
from typing import ClassVar

from bot.content.blocks import BlockSpec
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.titles import with_age
from bot.engine.screen import Option
from bot.engine.world import Look


class Sessions(PlainBlock):
    """Offer every plan; go on to `goto` with it."""

    spec: ClassVar[BlockSpec] = BlockSpec("sessions", NoOptions, goto="required")

    def view(self, look: Look) -> Part:
        """List them, with the age they are for."""
        plans = look.world.content.sessions.values()
        return Part(
            rows=tuple((Option(one.session, with_age(one.title, one.age)),) for one in plans)
        )

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Go to the first screen of one."""
        if option not in look.world.content.sessions:
            return None
        return Outcome(replace(look.session, place=look.onward, item=option))
