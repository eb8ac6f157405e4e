"""`cover`: put the quiz before the help, or take it away again."""

from dataclasses import replace
from typing import ClassVar

from bot.content.blocks import BlockSpec
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.cover import KEPT_HOURS
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say, Value

UP, DOWN = "up", "down"


class PutUpCover(PlainBlock):
    """Offer what is possible now; putting the cover up goes on to `goto`, where she is asked."""

    spec: ClassVar[BlockSpec] = BlockSpec(
        "cover", NoOptions, goto="required", values=frozenset({"hours"})
    )
    words: ClassVar[tuple[str, ...]] = (UP, DOWN)

    def fill(self, look: Look) -> dict[str, Value]:  # noqa: ARG002 - the port's signature
        """Tell for how many hours a phrase is kept."""
        return {"hours": KEPT_HOURS}

    def view(self, look: Look) -> Part:
        """Offer to put the cover up, or to take it away."""
        if _is_up(look):
            return Part(rows=((Option(DOWN, Say("Stop showing a quiz")),),))
        return Part(rows=((Option(UP, Say("Show a quiz instead")),),))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Go to where the phrase is asked, or take the cover away at once."""
        session = replace(look.session, item="")
        if option == DOWN and _is_up(look):
            return Outcome(replace(session, cover=None), lead="cover_down")
        if option == UP and not _is_up(look):
            return Outcome(replace(session, place=look.onward, cover=None))
        return None


def _is_up(look: Look) -> bool:
    return look.session.cover is not None and look.session.cover.confirmed
