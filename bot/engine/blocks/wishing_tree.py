"""`wishing_tree`: how many ribbons there are by now, and the one just tied in front."""

from dataclasses import replace
from typing import ClassVar, Final

from bot.content.blocks import BlockSpec
from bot.content.model import Ribbon, Wish
from bot.counting.ribbons import ELSEWHERE, FEW, told
from bot.engine.blocks.base import Drawing, NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.countries import NAMES
from bot.engine.blocks.tie_ribbon import TIED, wished
from bot.engine.blocks.tree_picture import drawing
from bot.engine.replies import Picture
from bot.engine.screen import Option
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Say

_TIE, _PICTURE = "tie", "picture"
_NAMES: Final = {**NAMES, ELSEWHERE: Say("Elsewhere")}


class WishingTree(PlainBlock):
    """Show the tree; the item names her own wish and ribbon, if there are. `goto` ties one."""

    spec: ClassVar[BlockSpec] = BlockSpec("wishing_tree", NoOptions, goto="required", playful=True)
    words: ClassVar[tuple[str, ...]] = (_TIE, _PICTURE)

    def view(self, look: Look) -> Part:
        """Name her ribbon, then say how many there are in each country, as far as it may be told."""
        own = _own(look)
        again = Say("Tie another ribbon") if TIED in look.session.said else Say("Tie a ribbon")
        return Part(
            (*((_in_front(*own),) if own else ()), _counts(look), (_grows(),)),
            (
                (Option(_TIE, again),),
                (Option(_PICTURE, Say("See the tree as a picture")),),
            ),
        )

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Go on to tie a ribbon, or send the tree as a picture."""
        session = look.session
        if option == _PICTURE:
            return Outcome(session, (Picture(look.node.id, session.item),))
        if option != _TIE:
            return None
        anew = session.saying(TIED, holds=False)
        return Outcome(replace(anew, place=look.onward, item=""))

    def picture(self, look: Look) -> Drawing | None:
        """Draw the tree, with her ribbon in front."""
        own = _own(look)
        return drawing(look, _places(look), _grows(), own[1] if own else None)


def tree_node(look: Look) -> str:
    """Name the node with the tree, or nothing where content has none."""
    return look.world.content.place_of(WishingTree.spec.name)


def _own(look: Look) -> tuple[Wish, Ribbon] | None:
    """Read her wish and ribbon out of the item; what is not in the list any more is not there."""
    first, _, second = look.session.item.partition(AND)
    list_ = look.world.content.wish_list
    wish, ribbon = list_.wish(first), list_.ribbon(second)
    return (wish, ribbon) if wish and ribbon else None


def _in_front(wish: Wish, ribbon: Ribbon) -> tuple[Say, ...]:
    return (
        wished(wish),
        Say("Your ribbon: {ribbon}", {"ribbon": Say(ribbon.name)}),
        Say("It is tied. It is not in the counts yet."),
    )


def _counts(look: Look) -> tuple[Say, ...]:
    return tuple(_count(look, *place) for place in _places(look).items())


def _count(look: Look, country: str, name: Say) -> Say:
    many = told(look.world.tree, country)
    if many is None:
        return Say(
            "{country}: fewer than {few} of each colour so far", {"country": name, "few": FEW}
        )
    return Say("{country}: {n} ribbons", {"country": name, "n": many})


def _places(look: Look) -> dict[str, Say]:
    """Name what ribbons are counted by, in the order it is shown."""
    return {place: _NAMES[place] for place in (*look.world.offered.countries, ELSEWHERE)}


def _grows() -> Say:
    return Say(
        "The tree grows once a week. Counts are rounded; a colour is counted from {few} ribbons on.",
        {"few": FEW},
    )
