"""`privacy`: what this bot keeps and cannot hide, and the memory that it was said."""

from dataclasses import replace
from typing import ClassVar

from bot.content.blocks import BlockSpec
from bot.engine.blocks.base import NoOptions, PlainBlock
from bot.engine.session import Session
from bot.engine.world import Look


class Privacy(PlainBlock):
    """Fill `{hours}` with how long a conversation is kept at most, and note that it was told."""

    spec: ClassVar[BlockSpec] = BlockSpec("privacy", NoOptions, values=frozenset({"hours"}))

    def fill(self, look: Look) -> dict[str, int | str]:
        """Tell the longest life of a conversation, in hours, as the operator set it."""
        return {"hours": look.world.kept_hours}

    def enter(self, session: Session) -> Session:
        """Remember that she has been told."""
        return replace(session, told=True)
