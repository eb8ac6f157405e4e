"""Screens of those who work with the bot: who sees them, and links that invite. Pure."""

from collections.abc import Callable, Collection
from dataclasses import replace

from bot.engine.blocks import BLOCKS
from bot.engine.blocks.course import AnInvitation
from bot.engine.events import Chosen, Commanded, Event, Wrote
from bot.engine.links import Links
from bot.engine.session import Session
from bot.engine.world import World
from bot.staff.invitation import token_in
from bot.staff.standing import NOBODY, Standing


class Staffing:
    """The screens of one world for which it matters how somebody stands to the team."""

    def __init__(
        self, world: World, links: Links, called: Callable[[str], Collection[str]]
    ) -> None:
        """Look up which screens these are, and which lead there.

        `links` reads what stands behind `start`; `called` names the nodes that typed words call.
        """
        content = self._content = world.content
        self._links, self._called = links, called
        nodes = content.nodes.values()
        self.course = content.place_of(AnInvitation.spec.name)
        self._staffed = frozenset(
            one.id for one in nodes if one.staff or (one.block and BLOCKS[one.block].staffed)
        )
        self._near = self._staffed | {
            one.id
            for one in nodes
            if self._staffed & {one.goto, *(way.goto for way in one.choices)}
        }

    def asks(self, known: Session | None, event: Event) -> bool:
        """Tell whether this turn needs to know how she stands: few do, and only they pay for it."""
        if known is not None and known.place in self._near:
            return True
        match event:
            case Commanded():
                return not self._staffed.isdisjoint(self._ordered(event)) or bool(self.token(event))
            case Wrote(words):
                return not self._staffed.isdisjoint(self._called(words))
            case Chosen(place):
                return place in self._near
        return False

    def token(self, event: Event) -> str:
        """Find the secret of an invitation in what she sent; "" where there is none."""
        if not isinstance(event, Commanded) or not self.course:
            return ""
        command = self._content.commands.get(event.name)
        starts = command is not None and command.goto == self._content.start
        return token_in(event.rest) if starts else ""

    def hides(self, place: str, standing: Standing) -> bool:
        """Tell whether `place` is not there for somebody who stands so."""
        node = self._content.nodes.get(place)
        return node is not None and node.staff and standing.role is None

    def admitted(self, session: Session, standing: Standing) -> Session:
        """Note how she stands; whoever has lost her role stands at the start."""
        if self.hides(session.place, standing):
            session = replace(session, place=self._content.start, item="")
        return session if session.standing == standing else replace(session, standing=standing)

    def _ordered(self, event: Commanded) -> Collection[str]:
        """Name the nodes a command leads to, or the link behind it; an unknown one is typed words."""
        command = self._content.commands.get(event.name)
        if command is None:
            return self._called(f"{event.name} {event.rest}".strip())
        linked = self._links.read(event.rest) if command.goto == self._content.start else None
        return (linked.place if linked else command.goto,)


def invited(session: Session) -> Session:
    """Note that she has just taken up the invitation of her link."""
    opens = session.standing.opens
    return replace(session, standing=replace(NOBODY, invited=opens))
