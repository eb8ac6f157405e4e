"""The wishing tree as authors write it: wishes to choose from, and ribbons to tie."""

from typing import Annotated, Final

from pydantic import Field, StringConstraints

from bot.content.model.base import Frozen, Id, Text

MOST_WISHES: Final = 16
"""Wishes of the list: what fits on one screen of a small phone, each with a button."""
FEWEST_RIBBONS, MOST_RIBBONS = 2, 6
"""Colours that a picture can tell apart, and name below the tree."""


class Wish(Frozen):
    """One wish that can be chosen."""

    id: Id
    text: Text


class Ribbon(Frozen):
    """A ribbon: the name of its colour, and the colour as red, green and blue, `#rrggbb`."""

    id: Id
    name: Text
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]

    @property
    def rgb(self) -> tuple[int, int, int]:
        """Red, green and blue, 0 to 255."""
        red, green, blue = bytes.fromhex(self.colour.removeprefix("#"))
        return red, green, blue


class WishList(Frozen):
    """`wishes.yaml`, in the order in which wishes and ribbons are offered."""

    wishes: Annotated[tuple[Wish, ...], Field(min_length=1, max_length=MOST_WISHES)]
    ribbons: Annotated[
        tuple[Ribbon, ...], Field(min_length=FEWEST_RIBBONS, max_length=MOST_RIBBONS)
    ]

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all wishes and ribbons."""
        wishes = {one.id for one in self.wishes}
        return frozenset(wishes | {one.id for one in self.ribbons})

    def wish(self, name: str) -> Wish | None:
        """Find a wish by its id."""
        return next((one for one in self.wishes if one.id == name), None)

    def ribbon(self, name: str) -> Ribbon | None:
        """Find a ribbon by its id."""
        return next((one for one in self.ribbons if one.id == name), None)


NO_WISHES: Final = WishList.model_construct(wishes=(), ribbons=())
"""What there is without a file of wishes: nothing to tie."""
