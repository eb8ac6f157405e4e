"""`sources`: where a page of the library comes from."""

from dataclasses import replace
from typing import ClassVar

from bot.content.blocks import BlockSpec
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.facts import named
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say

BACK = "back"

EASIER, SOURCES, AUDIO, VIDEO = "easier", "sources", "audio", "video"
"""The options of every page that has easy words, sources, a sound or a film."""


class Sources(PlainBlock):
    """Name who says it, since when, and which law; the way back leads to the page.

    The titles of sources are not shown: they tell the topic (R12).
    """

    spec: ClassVar[BlockSpec] = BlockSpec("sources", NoOptions)
    words: ClassVar[tuple[str, ...]] = (BACK, EASIER, SOURCES, AUDIO, VIDEO)

    def view(self, look: Look) -> Part:
        """List the sources of the page she comes from."""
        content = look.world.content
        node = content.nodes.get(look.session.item)
        if node is None:
            return Part()
        cited = [content.sources[one] for one in node.sources if one in content.sources]
        lines = tuple(
            Say("• {source}", {"source": named(one)})
            if one.confidence == "high"
            else Say("• {source}: we know it from here alone", {"source": named(one)})
            for one in cited
        )
        law = (
            (
                Say(node.law.act),
                Say("Compared with its sources on {date}.", {"date": node.law.checked}),
            )
            if node.law
            else ()
        )
        paragraphs = tuple(each for each in (lines, law) if each)
        return Part(paragraphs, ((Option(BACK, Say("Back")),),))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Go back to the page."""
        if option != BACK or look.session.item not in look.world.content.nodes:
            return None
        return Outcome(replace(look.session, place=look.session.item, item=""))
