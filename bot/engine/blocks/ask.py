"""`ask`: one short question of ours with yes, no and skip; the answer is a flag, never her words."""

from dataclasses import replace
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from bot.content.blocks import BlockSpec
from bot.content.model import Fact
from bot.engine import answers
from bot.engine.blocks.base import Outcome, Part, PlainBlock
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say

YES, NO, SKIP = "yes", "no", "skip"


class AskOptions(BaseModel):
    """What a yes says; `no` is what a no says, where it says more than nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    yes: Fact
    no: Fact | None = None


class Ask(PlainBlock):
    """Ask, note the answer, and go on to `goto` whatever it is."""

    spec: ClassVar[BlockSpec] = BlockSpec("ask", AskOptions, goto="required")
    words: ClassVar[tuple[str, ...]] = (YES, NO, SKIP)

    def view(self, look: Look) -> Part:  # noqa: ARG002 - the port's signature
        """Offer the three answers."""
        return Part(rows=(yes_or_no(), (Option(SKIP, Say("Skip")),)))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Note the answer; skipping takes back what was said before."""
        if option not in (YES, NO, SKIP):
            return None
        asked = AskOptions.model_validate(look.node.options)
        session = look.session.saying(asked.yes, holds=option == YES)
        if asked.no is not None:
            session = session.saying(asked.no, holds=option == NO)
        return Outcome(replace(session, place=look.onward, item=""))


def yes_or_no() -> tuple[Option, Option]:
    """Offer both answers, also in the other words that people say them with."""
    return Option(YES, answers.YES, also=answers.ALSO_YES), Option(
        NO, answers.NO, also=answers.ALSO_NO
    )
