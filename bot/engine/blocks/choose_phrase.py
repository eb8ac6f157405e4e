"""`choose_phrase`: she types a phrase of her own twice; then the cover is up."""

from dataclasses import replace
from typing import ClassVar

from bot.content.blocks import BlockSpec
from bot.engine import cover
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.replies import Leave
from bot.engine.world import Look
from bot.language.say import Say

FIRST = Say(
    "Write a phrase that only you know: six letters or more, words that nobody types by chance."
)
SECOND = Say("Write the same phrase once more.")


class ChoosePhrase(PlainBlock):
    """Listen to everything that is typed; what she types is removed from the chat at once."""

    spec: ClassVar[BlockSpec] = BlockSpec("choose_phrase", NoOptions)
    puzzled: ClassVar[str] = "phrase_short"
    refuses: ClassVar[str] = "phrase_known"
    conceals: ClassVar[bool] = True

    def view(self, look: Look) -> Part:
        """Ask for the phrase, or for it again."""
        return Part(((SECOND if look.session.cover else FIRST,),))

    def hear(self, look: Look, text: str) -> Outcome | None:
        """Take the phrase; the second time the chat is cleared and the quiz is all there is."""
        session = replace(look.session, item="")
        chosen = session.cover
        if chosen is None:
            if not cover.may_be_a_phrase(text):
                return None
            made = cover.made(text, look.world.draw(cover.SALT))
            return Outcome(replace(session, cover=made))
        if not cover.opens(chosen, text):
            return Outcome(replace(session, cover=None), lead="phrase_differs")
        up = replace(session, cover=replace(chosen, confirmed=True))
        return Outcome(cover.closed(up, look.world.content), (Leave(),))
