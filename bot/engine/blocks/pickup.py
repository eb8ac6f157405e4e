"""`pickup`: four words that take her conversation to another phone, shown once."""

from dataclasses import replace
from typing import ClassVar, Final

from bot.content.blocks import BlockSpec
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.pickup import list_of
from bot.engine.screen import Option
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Names, Say, Value

SHOW: Final = "show"

MINUTES: Final = 30
"""How long the words work: as long as anything on the survivor track is kept at most."""


class Pickup(PlainBlock):
    """Draw a phrase when she asks for it; it holds what the session holds, once, for its life."""

    spec: ClassVar[BlockSpec] = BlockSpec("pickup", NoOptions, values=frozenset({"minutes"}))
    words: ClassVar[tuple[str, ...]] = (SHOW,)

    def fill(self, look: Look) -> dict[str, Value]:  # noqa: ARG002 - the port's signature
        """Tell for how many minutes the words work."""
        return {"minutes": MINUTES}

    def view(self, look: Look) -> Part:
        """Show the words that were drawn, and offer to draw some."""
        drawn = look.session.item.replace(AND, " ")
        words = Names({list_of(look.session.language, look.world.content.pickup): drawn})
        said = ((Say("Your words: <b>{words}</b>", {"words": words}),),) if drawn else ()
        label = Say("Show other words") if drawn else Say("Show four words")
        return Part(said, ((Option(SHOW, label),),))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Draw the words and leave the session under them."""
        if option != SHOW:
            return None
        words = look.world.pickup.draw(look.session.language, look.world.draw)
        phrase = look.world.pickup.phrase(" ".join(words)) or ""
        return Outcome(replace(look.session, item=AND.join(words)), left=phrase)
