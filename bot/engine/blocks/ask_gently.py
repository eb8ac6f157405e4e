"""`ask_gently`: one soft question where words may mean much or nothing."""

from dataclasses import replace
from typing import ClassVar

from bot.content.blocks import BlockSpec
from bot.engine.blocks.ask import NO, YES, yes_or_no
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.session import AND, Session
from bot.engine.world import Look

_MISHEARD = "misheard"
"""Lead: what she wrote was taken for something else; she stands where she stood."""


class AskGently(PlainBlock):
    """A yes is answered at `goto` as if it had been understood; a no leads back."""

    spec: ClassVar[BlockSpec] = BlockSpec("ask_gently", NoOptions, goto="required", back=True)
    words: ClassVar[tuple[str, ...]] = (YES, NO)

    def view(self, look: Look) -> Part:  # noqa: ARG002 - the port's signature
        """Offer both answers."""
        return Part(rows=(yes_or_no(),))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Go on to the answer, or back to where she was."""
        if option == YES:
            return Outcome(replace(look.session, place=look.onward))
        return misheard(look) if option == NO else None


def remembered(session: Session, place: str) -> Session:
    """Stand at `place`, from where `misheard` leads to where `session` stands, and what for."""
    return replace(session, place=place, after=AND.join((session.place, session.after)))


def misheard(look: Look) -> Outcome:
    """Stand again where she stood before she was taken for somebody who needs an answer."""
    place, _, after = look.session.after.partition(AND)
    back = replace(look.session, place=place or look.world.content.start, after=after)
    return Outcome(back, lead=_MISHEARD)
