"""`remember` and `unremember`: a player says that her progress is remembered, or no more."""

from dataclasses import replace
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from bot.content.blocks import BlockSpec
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say
from bot.learning.memory import Memory, Unlearn

AGREE, FORGET = "agree", "forget"


class RememberOptions(BaseModel):
    """What `with:` takes: the version of the text she reads, to be raised when its sense changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Annotated[int, Field(ge=1, le=999)]


class Remember(PlainBlock):
    """Remember from now on what she plays, because she says so here; then go to `goto`.

    The text of the node says what is kept and what it betrays: its version is kept with her word.
    """

    spec: ClassVar[BlockSpec] = BlockSpec(
        "remember", RememberOptions, goto="required", remembers=True
    )
    words: ClassVar[tuple[str, ...]] = (AGREE,)

    def view(self, look: Look) -> Part:  # noqa: ARG002 - the port's signature
        """Offer to agree; who does not simply leaves."""
        return Part(rows=((Option(AGREE, Say("Yes, remember")),),))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Begin to remember; who is remembered already stays so."""
        if option != AGREE:
            return None
        there = replace(look.session, place=look.onward, item="")
        if there.memory is not None:
            return Outcome(there, lead="remembered")
        memory = Memory(look.now.date(), _version(look))
        return Outcome(replace(there, memory=memory), lead="remembered", memory=memory)


class Unremember(PlainBlock):
    """Forget what she played, once she has confirmed it; then go to `goto`."""

    spec: ClassVar[BlockSpec] = BlockSpec("unremember", NoOptions, goto="required", remembers=True)
    words: ClassVar[tuple[str, ...]] = (FORGET,)

    def view(self, look: Look) -> Part:  # noqa: ARG002 - the port's signature
        """Ask for the confirmation."""
        return Part(rows=((Option(FORGET, Say("Yes, forget")),),))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Forget; of who is not remembered there is nothing to forget, and it says the same."""
        if option != FORGET:
            return None
        there = replace(look.session, place=look.onward, item="", memory=None)
        return Outcome(there, lead="unremembered", memory=Unlearn())


def _version(look: Look) -> int:
    version: int = look.node.options["version"]
    return version
