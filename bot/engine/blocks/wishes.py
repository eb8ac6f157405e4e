"""`wishes`: what matters to her in a place, each switched on and off by one tap."""

from dataclasses import replace
from typing import ClassVar, Final

from bot.content.blocks import BlockSpec
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say

DONE = "done"

WISHES: Final = {
    "children": Say("With children"),
    "step_free": Say("Without steps"),
    "men": Say("For men too"),
    "open_now": Say("Open now"),
    "brief": Say("Fewer words"),
}
"""The flags that change what a list shows, in the order they are offered."""


class Wishes(PlainBlock):
    """Offer the switches and the way back to the list that `item` names, or to `goto`."""

    spec: ClassVar[BlockSpec] = BlockSpec(
        "wishes", NoOptions, goto="required", opens=frozenset({"nearby"})
    )
    words: ClassVar[tuple[str, ...]] = (*WISHES, DONE)

    def view(self, look: Look) -> Part:
        """Show each wish with a tick where it holds."""
        rows = tuple((_switch(look, wish),) for wish in WISHES)
        return Part(rows=(*rows, (Option(DONE, Say("Show the list")),)))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Switch one wish and stay, or go back to the list."""
        session = look.session
        if option == DONE:
            known = session.item in look.world.content.nodes
            place = session.item if known else look.onward
            return Outcome(replace(session, place=place, item=""))
        if option not in WISHES:
            return None
        return Outcome(session.saying(option, holds=option not in session.said))


def _switch(look: Look, wish: str) -> Option:
    name = WISHES[wish]
    if wish in look.session.said:
        return Option(wish, Say("{wish}: yes", {"wish": name}), also=name)
    return Option(wish, name)


def wishes_node(look: Look) -> str:
    """Name the node with the switches, or nothing where content has none."""
    return look.world.content.place_of(Wishes.spec.name)
