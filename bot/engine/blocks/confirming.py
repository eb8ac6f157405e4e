"""`confirming`: the second person, who heard three words and says yes (R26)."""

from dataclasses import replace
from typing import ClassVar, Final

from bot.content.blocks import BlockSpec
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.course import are_hers
from bot.engine.blocks.team import NOT_HERS, ROLES
from bot.engine.screen import Option
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Say
from bot.learning.spelling import spelt
from bot.staff.doings import Confirmed
from bot.staff.invitation import Waiting
from bot.staff.roles import Act

YES: Final = "confirm-person"

_SPOKEN: Final = 6
"""Bytes of a check that its three words are made from; what names it behind a button comes after."""
_MARK_BYTES, _MARK_WORDS = 5, 4


class Confirming(PlainBlock):
    """Listen for the three words of somebody who waits, then ask once."""

    spec: ClassVar[BlockSpec] = BlockSpec("confirming", NoOptions, goto="required")
    staffed: ClassVar[bool] = True
    fleeting: ClassVar[bool] = True
    awaits: ClassVar[bool] = True
    conceals: ClassVar[bool] = True
    puzzled: ClassVar[str] = "nobodys_words"
    words: ClassVar[tuple[str, ...]] = (YES,)

    def view(self, look: Look) -> Part:
        """Say whom the words belong to: a role. Who waits, and how many, is told to nobody."""
        if not look.session.standing.may(Act.CONFIRM):
            return Part(((NOT_HERS,),))
        one = _named(look)
        if one is None:
            return Part(((Say("Write the three words here as you heard them."),),))
        whose = Say("These words belong to somebody invited as: {role}.", {"role": ROLES[one.role]})
        return Part(((whose,),), ((Option(YES, Say("Yes, I know this person")),),))

    def hear(self, look: Look, text: str) -> Outcome | None:
        """Take the words of somebody who waits; all others mean nothing here."""
        for one in look.session.standing.waiting:
            if are_hers(look.world, text, one.check):
                return Outcome(replace(look.session, item=AND.join(_mark(one))))
        return None

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Say yes to the one whose words were heard, if she still waits."""
        one = _named(look)
        if option != YES or one is None or not look.session.standing.may(Act.CONFIRM):
            return None
        there = replace(look.session, place=look.onward, item="")
        return Outcome(there, lead="confirmed", doing=Confirmed(one.code))


def _mark(one: Waiting) -> tuple[str, ...]:
    """Name somebody who waits in words that a button knows; nothing of them is spoken."""
    return spelt(int.from_bytes(one.check[_SPOKEN : _SPOKEN + _MARK_BYTES]), _MARK_WORDS)


def _named(look: Look) -> Waiting | None:
    """Find who is meant, as long as she waits."""
    words = tuple(look.session.item.split(AND))
    return next((one for one in look.session.standing.waiting if _mark(one) == words), None)
