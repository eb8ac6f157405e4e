"""How a conversation moves from screen to screen: asked first what is needed, then shown. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.campaigns.board import Writing
from bot.campaigns.subscription import Subscription, Unsubscribe
from bot.counting.tally import Tally
from bot.engine import reading
from bot.engine.blocks import BLOCKS
from bot.engine.blocks.base import Outcome
from bot.engine.blocks.sources import Sources
from bot.engine.mending import Mender
from bot.engine.replies import Leave, Reply, Show
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.world import Look
from bot.learning.live.orders import Order
from bot.learning.memory import Memory, Unlearn
from bot.staff.doings import Doing


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn decided: the session to keep, or None to erase it, and the replies in order.

    `reader` is the session to render the replies with; it outlives an erasure by one message.
    `tallies` are what is counted of it, never of whom. `conceal` asks to remove the message of hers
    that this turn answers, at once: it tells more than it may. `left` is a phrase under which this
    session can be taken up from another phone; `taken` is one that was used up. `order` is for the
    game in a group; only somebody who leads gives one. `memory` is what is remembered of a player
    from now on, `subscription` what she asked for who gets news; None changes nothing. `doing`
    changes the team.
    """

    session: Session | None
    replies: tuple[Reply, ...]
    reader: Session
    tallies: tuple[Tally, ...] = ()
    conceal: bool = False
    left: str = ""
    taken: str = ""
    order: Order | None = None
    memory: Memory | Unlearn | None = None
    subscription: Subscription | Unsubscribe | None = None
    doing: Doing | Writing | None = None


class Moves:
    """The ways between the nodes of one stage."""

    def __init__(self, stage: Stage) -> None:
        """Look up what asks for each fact."""
        self.stage, self.mender = stage, Mender(stage.world)
        self._content = stage.world.content
        nodes = self._content.nodes.values()
        self._sources = next((node.id for node in nodes if node.block == Sources.spec.name), None)

    def choose(self, session: Session, option: str, now: datetime) -> Turn | None:
        """Take `option` where `session` stands; None when there is no such way on."""
        look = self.stage.look(session, now)
        for choice in look.node.choices:
            if choice.id == option and look.holds(choice.when):
                return self.go(self._coming_back(look, choice.goto), choice.goto)
        outcome = reading.choose(look, option, self._sources)
        if outcome is None and look.node.block is not None:
            outcome = BLOCKS[look.node.block].choose(look, option)
        return None if outcome is None else self.after(outcome)

    def after(self, outcome: Outcome) -> Turn:
        """Do what a block decided."""
        session = outcome.session
        if outcome.replies:
            turn = Turn(session, outcome.replies, session)
        else:
            turn = self.go(session, session.place, outcome.lead, item=session.item)
        return replace(
            turn,
            left=outcome.left,
            tallies=outcome.tallies,
            order=outcome.order,
            memory=outcome.memory,
            subscription=outcome.subscription,
            doing=outcome.doing,
        )

    def go(self, session: Session, place: str, lead: str = "", item: str = "") -> Turn:
        """Stand at `place`, asking first for what it needs."""
        node = self._content.nodes[place]
        if node.leaves:
            return Turn(None, (Leave(),), session)
        if node.staff and session.standing.role is None:
            return self.go(session, self._content.start)
        missing = next((need for need in node.needs if not getattr(session, need)), None)
        if missing is not None:
            session = replace(session, after=place)
            return self.go(session, self.mender.asking[missing], lead)
        spec = BLOCKS[node.block].spec if node.block else None
        after = session.after if spec and (spec.asks or spec.back) else ""
        session = replace(session, place=place, item=item, after=after)
        return self.stay(self.mender.bound(session), lead)

    def stay(self, session: Session, lead: str = "") -> Turn:
        """Show the screen where `session` stands."""
        node, session = self._content.nodes[session.place], self.mender.kept(session)
        if node.block:
            session = BLOCKS[node.block].enter(session)
        show = Show(session.place, session.item, lead)
        return Turn(None if node.forgets else session, (show,), session)

    def _coming_back(self, look: Look, goto: str) -> Session:
        """Remember a screen whose answer she goes to change, so that the new one leads back."""
        block = self._content.nodes[goto].block
        asks = BLOCKS[block].spec.asks if block else ""
        return replace(look.session, after=look.node.id if asks in look.node.needs else "")
