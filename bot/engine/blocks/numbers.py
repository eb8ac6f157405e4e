"""`numbers` and `heard`: whom to call, told at once, even to somebody whose country is unknown."""

from dataclasses import replace
from typing import ClassVar

from bot.content.blocks import BlockSpec
from bot.content.model import Need
from bot.directory.hotlines import offered
from bot.engine.blocks.ask_gently import misheard
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.countries import NAMES
from bot.engine.blocks.lines import emergency, entry
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say, Value

WANTED, MISREAD = "help", "misread"

_WISH_TO_DIE = "suicide"
_URGENT = frozenset({"violence_now", _WISH_TO_DIE})
"""What was heard where the emergency numbers stand before everything else."""

_OF_CHILDREN = "child_at_risk"


class Numbers(PlainBlock):
    """Tell the emergency numbers, then who listens; ask for the country only to tell more."""

    spec: ClassVar[BlockSpec] = BlockSpec("numbers", NoOptions, help=True)
    timed: ClassVar[bool] = True

    def view(self, look: Look) -> Part:
        """Show the numbers, and the countries to choose from while hers is unknown."""
        return Part((emergency(look), *_of_need(look, Need.TALK)), _countries(look))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Take the country and show its numbers here."""
        if option not in look.world.offered.countries:
            return None
        return Outcome(replace(look.session, country=option))


class Heard(Numbers):
    """Answer what was heard: the numbers in order of its urgency, a way on to `goto`, a way back.

    `{urgent}` in the texts of the node is the emergency numbers.
    """

    spec: ClassVar[BlockSpec] = BlockSpec(
        "heard", NoOptions, "required", help=True, values=frozenset({"urgent"}), back=True
    )
    words: ClassVar[tuple[str, ...]] = (WANTED, MISREAD)

    def fill(self, look: Look) -> dict[str, Value]:
        """Tell the emergency numbers, line by line: for a wish to die alone, care comes first."""
        care = _URGENT.intersection(look.session.heard) == {_WISH_TO_DIE}
        return {"urgent": emergency(look, care=care)}

    def view(self, look: Look) -> Part:
        """Show whoever is there for this, and the emergency numbers unless the texts told them."""
        heard = look.session.heard
        numbers = _of_need(look, Need.CHILD if _OF_CHILDREN in heard else Need.TALK)
        urgent = () if _URGENT.intersection(heard) else (emergency(look),)
        ways = (Option(WANTED, Say("I want help")), Option(MISREAD, Say("You misunderstood")))
        return Part((*numbers, *urgent), (*_countries(look), ways))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Go on to help, back to where she was, or take the country."""
        if option == WANTED:
            onward = look.onward
            return Outcome(replace(look.session, place=onward, item="", after=""))
        if option == MISREAD:
            return misheard(look)
        return super().choose(look, option)


def _of_need(look: Look, need: Need) -> tuple[tuple[Say, ...], ...]:
    """Tell the lines of her country for a need; where it is unknown, how to see them.

    An emergency line is told here again where somebody listens there.
    """
    lines = look.world.content.countries.get(look.session.country)
    if lines is None:
        return ((Say("Choose your country to see more numbers."),),)
    found = offered(lines, look.world.content.rules, need, look.now.date())
    return tuple(
        entry(one, lines.timezone, look)
        for one in found
        if not one.line.emergency or need in one.line.needs
    )


def _countries(look: Look) -> tuple[tuple[Option, ...], ...]:
    if look.session.country:
        return ()
    return tuple((Option(one, NAMES[one]),) for one in look.world.offered.countries)
