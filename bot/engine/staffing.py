"""Screens of those who work with the bot: who sees them, and links that invite. Pure."""

from dataclasses import replace

from bot.engine.blocks import BLOCKS
from bot.engine.blocks.course import AnInvitation
from bot.engine.events import Chosen, Commanded, Event
from bot.engine.session import Session
from bot.engine.world import World
from bot.staff.invitation import token_in
from bot.staff.standing import NOBODY, Standing


class Staffing:
    """The screens of one world for which it matters how somebody stands to the team."""

    def __init__(self, world: World) -> None:
        """Look up which screens these are, and which lead there."""
        content = self._content = world.content
        nodes = content.nodes.values()
        self.course = next((one.id for one in nodes if one.block == AnInvitation.spec.name), "")
        self._staffed = frozenset(
            one.id for one in nodes if one.staff or (one.block and BLOCKS[one.block].staffed)
        )
        self._near = self._staffed | {
            one.id for one in nodes if any(way.goto in self._staffed for way in one.choices)
        }

    def asks(self, known: Session | None, event: Event) -> bool:
        """Tell whether this turn needs to know how she stands: few do, and only they pay for it."""
        if known is not None and known.place in self._near:
            return True
        match event:
            case Commanded(name):
                command = self._content.commands.get(name)
                leads = command is not None and command.goto in self._staffed
                return leads or bool(self.token(event))
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
        return replace(session, standing=standing)


def invited(session: Session) -> Session:
    """Note that she has just taken up the invitation of her link."""
    opens = session.standing.opens
    return replace(session, standing=replace(NOBODY, invited=opens))
