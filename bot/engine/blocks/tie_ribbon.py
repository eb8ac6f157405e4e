"""`tie_ribbon`: a wish is chosen, then a ribbon, and the ribbon is on the tree."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

from bot.content.blocks import BlockSpec
from bot.content.model import Ribbon, Wish
from bot.counting.ribbons import ELSEWHERE
from bot.counting.tally import Kind, Tally
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.screen import Option, in_rows
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Say

TIED: Final = "tied"
"""Said by who has tied a ribbon: until she asks for another one, no tap ties one more."""

_ANOTHER: Final = "another-wish"
_NUMBERS, _COLOURS = 4, 2
"""Buttons of a row: numbers of wishes, names of ribbons."""


class TieRibbon(PlainBlock):
    """Offer the wishes, and for the one the item names the ribbons; then go to the tree, `goto`."""

    spec: ClassVar[BlockSpec] = BlockSpec("tie_ribbon", NoOptions, goto="required")
    words: ClassVar[tuple[str, ...]] = (_ANOTHER,)

    def view(self, look: Look) -> Part:
        """List the wishes by number, or say the one chosen and name the ribbons."""
        wish, list_ = look.world.content.wish_list.wish(look.session.item), _wishes(look)
        if wish is None:
            lines = tuple(
                Say("{number}. {text}", {"number": number, "text": Say(one.text)})
                for number, one in enumerate(list_, 1)
            )
            return Part(
                ((Say("Which wish do you choose?"),), lines), in_rows(_numbers(list_), _NUMBERS)
            )
        colours = tuple(Option(one.id, Say(one.name)) for one in _ribbons(look))
        return Part(
            ((wished(wish),), (Say("Which ribbon do you tie for it?"),)),
            (*in_rows(colours, _COLOURS), (Option(_ANOTHER, Say("Another wish")),)),
        )

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Take the wish, then tie the ribbon: this is counted once, by country and ribbon."""
        session, list_ = look.session, look.world.content.wish_list
        if TIED in session.said:
            return None
        wish = list_.wish(session.item)
        if wish is None:
            chosen = list_.wish(option)
            return Outcome(replace(session, item=chosen.id)) if chosen else None
        if option == _ANOTHER:
            return Outcome(replace(session, item=""))
        ribbon = list_.ribbon(option)
        if ribbon is None:
            return None
        tied = replace(session.saying(TIED), place=look.onward)
        where = session.country or ELSEWHERE
        return Outcome(
            replace(tied, item=AND.join((wish.id, ribbon.id))),
            tallies=(Tally(Kind.WISH, where, ribbon.id),),
        )


def wished(wish: Wish) -> Say:
    """Say a wish that was chosen."""
    return Say("Your wish: {wish}", {"wish": Say(wish.text)})


def _wishes(look: Look) -> Sequence[Wish]:
    return look.world.content.wish_list.wishes


def _ribbons(look: Look) -> Sequence[Ribbon]:
    return look.world.content.wish_list.ribbons


def _numbers(wishes: Sequence[Wish]) -> Sequence[Option]:
    return tuple(
        Option(one.id, Say("{n}", {"n": number}), also=Say(one.text))
        for number, one in enumerate(wishes, 1)
    )
