"""The wishing tree as a picture to share. It says nothing about who tied what."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from bot.content.model import Ribbon
from bot.counting.ribbons import FEW
from bot.engine.blocks.base import Drawing
from bot.engine.world import Look
from bot.language.say import Say
from bot.pictures.tree import Country, Hue, WishingTree, tree


def drawing(look: Look, places: Mapping[str, Say], note: Say, own: Ribbon | None) -> Drawing:
    """Say how the tree is drawn, with her `own` ribbon in front where she has just tied one."""
    caption = Say(
        "Share it if you like. It does not say who tied which ribbon. "
        "What you save or send on, I cannot remove."
    )
    if own is not None:
        caption = Say(
            "Your ribbon hangs in front: {ribbon}. The picture does not say whose it is. "
            "What you save or send on, I cannot remove.",
            {"ribbon": Say(own.name)},
        )
    return Drawing(_Tree(painted(look, places, note, own)), caption)


def painted(look: Look, places: Mapping[str, Say], note: Say, own: Ribbon | None) -> WishingTree:
    """Put the words and counts of the tree together, in her language."""
    world, ribbons = look.world, look.world.content.wish_list.ribbons

    said = partial(world.plain, look.session.language)

    def counts(place: str) -> tuple[int | None, ...]:
        return tuple(world.tree.get(place, {}).get(one.id) for one in ribbons)

    return WishingTree(
        title=said(Say("The wishing tree")),
        hues=tuple(Hue(one.rgb, said(Say(one.name))) for one in ribbons),
        countries=tuple(Country(said(name), counts(place)) for place, name in places.items()),
        few=f"<{FEW}",
        note=said(note),
        own=own.rgb if own else None,
    )


@dataclass(frozen=True, slots=True)
class _Tree:
    """A tree to be drawn; it needs no link, and two of the same words are the same."""

    wishes: WishingTree

    def __call__(self, _address: str) -> bytes:
        return tree(self.wishes)
