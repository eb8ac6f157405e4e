"""`privacy`: what this bot keeps and cannot hide, before anybody is asked to write something."""

from dataclasses import replace
from typing import ClassVar

from bot.content.blocks import BlockSpec
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.choose_fading import fading_time
from bot.engine.screen import Option
from bot.engine.session import Session
from bot.engine.world import Look
from bot.language.say import Say, Value

CONTINUE = "continue"


class Privacy(PlainBlock):
    """Fill `{hours}` with how long a conversation is kept at most, and note that it was told.

    `{time}` is the time after which the chat clears itself. From here she goes on to where she was going, or to `goto`.
    """

    spec: ClassVar[BlockSpec] = BlockSpec(
        "privacy", NoOptions, goto="required", asks="told", values=frozenset({"hours", "time"})
    )
    words: ClassVar[tuple[str, ...]] = (CONTINUE,)

    def fill(self, look: Look) -> dict[str, Value]:
        """Tell the longest life of a conversation, in hours, and when the chat clears itself."""
        return {"hours": look.world.kept_hours, "time": fading_time(look)}

    def view(self, look: Look) -> Part:  # noqa: ARG002 - the port's signature
        """Offer to go on."""
        return Part(rows=((Option(CONTINUE, Say("Continue")),),))

    def enter(self, session: Session) -> Session:
        """Remember that she has been told."""
        return replace(session, told=True)

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Go on."""
        if option != CONTINUE:
            return None
        place = look.session.after or look.onward
        return Outcome(replace(look.session, place=place, item="", after=""))
