"""One turn: the session after an event, and what to say. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.campaigns.subscription import Unsubscribe
from bot.content.model import Node
from bot.counting.tally import Tally
from bot.engine import cover
from bot.engine.blocks import BLOCKS
from bot.engine.blocks.news import LEAVE, left
from bot.engine.events import Chosen, Commanded, Departed, Event, Located, Strayed, Wrote
from bot.engine.links import Links
from bot.engine.listening import Listener
from bot.engine.moves import Moves, Turn
from bot.engine.recall import NOTHING, Recall
from bot.engine.replies import REMOVE, RESUME, Leave, Remove
from bot.engine.session import Session
from bot.engine.staffing import Staffing, invited
from bot.engine.stage import Stage
from bot.language.tongues import first_language
from bot.staff.doings import Accepted
from bot.staff.standing import NOBODY, Standing

__all__ = ["Engine", "Turn"]

_NOTHING_LEFT: Final[Mapping[str, Session]] = MappingProxyType({})


class Engine:
    """The engine over one stage: everything a step looks up is prepared once, then only read."""

    def __init__(self, stage: Stage) -> None:
        """Prepare the ways on and the words that lead somewhere."""
        self.stage = stage
        self._content, self._start = stage.world.content, stage.world.content.start
        self._moves = Moves(stage)
        self._listener = Listener(self._moves)
        self._erasing = self._content.erasing
        self._links = Links(stage.world)
        self.staffing = Staffing(stage.world, self._links, self._listener.places)

    def begin(self, language_code: str | None) -> Session:
        """Start a conversation nobody remembers: the neutral first screen."""
        language = first_language(language_code, self.stage.world.offered.languages)
        return Session(place=self._start, language=language)

    def phrases(self, text: str) -> str | None:
        """Name the pick-up phrase that `text` is, in the one form it is kept under."""
        return self.stage.world.pickup.phrase(text)

    def step(
        self,
        known: Session | None,
        event: Event,
        now: datetime,
        language_code: str | None = None,
        left: Mapping[str, Session] = _NOTHING_LEFT,
        *,
        recall: Recall = NOTHING,
        standing: Standing = NOBODY,
    ) -> Turn:
        """Take one turn.

        Args:
            known: the session as it was kept, or None for a newcomer or somebody forgotten.
            event: what the person did.
            now: the present moment, timezone-aware.
            language_code: the tag of her app's language; only a newcomer's first screen uses it.
            left: conversations left for another phone, under the phrases asked for (`phrases`).
            recall: looks up what she asked to be kept; called at the quizzes and the news only.
            standing: how she stands to the team, where `staffing.asks` for it; NOBODY also for what
                she did not do herself, such as a forwarded message.

        Stale, forged and dead buttons are ordinary life: they lead to a screen, never to an error.
        """
        if known and cover.is_closed(known, self._content):
            return self._covered(self._moves.mender.readable(known), event, now)
        session = self._moves.mender.sound(known) if known else self.begin(language_code)
        here = event.place if isinstance(event, Chosen) and known else session.place
        if isinstance(event, Chosen) and event.choice == LEAVE:
            return self._left(session, recall, now, fresh=known is None)
        session = self._moves.mender.recalled(session, here, recall)
        session = self.staffing.admitted(session, standing)
        if any(node.leaves for node in self._called(event)):
            return self._cleared(session, language_code)
        turn = self._turn(session, event, now, left, fresh=known is None)
        if Leave() in turn.replies:
            return replace(self._cleared(turn.reader, language_code), conceal=turn.conceal)
        turn = self._arrived(turn, here, recall)
        gaps = self._gaps(session, turn, now)
        return replace(turn, tallies=(*turn.tallies, *gaps)) if gaps else turn

    def looked_again(self, turn: Turn, recall: Recall) -> Turn:
        """Show campaigns as they stand after what this turn did about one of them."""
        if turn.session is None or turn.session.board is None:
            return turn
        after = replace(turn.session, board=recall.board())
        return replace(turn, session=after, reader=after)

    def _arrived(self, turn: Turn, before: str, recall: Recall) -> Turn:
        """Recall whoever comes to the quizzes or the news from elsewhere, before she is shown them."""
        if turn.session is None:
            return turn
        there = self._moves.mender.recalled(turn.session, turn.session.place, recall, before)
        return turn if there is turn.session else replace(turn, session=there, reader=there)

    def _turn(
        self,
        session: Session,
        event: Event,
        now: datetime,
        left: Mapping[str, Session],
        *,
        fresh: bool,
    ) -> Turn:
        match event:
            case Commanded():
                return self._concealed(session, self._commanded(session, event, now, left))
            case Chosen():
                return self._chosen(session, event, now, fresh=fresh)
            case Wrote():
                return self._concealed(session, self._listener.wrote(session, event, now, left))
            case Located(lat, lon):
                return replace(self._listener.located(session, lat, lon, now), conceal=True)
            case Departed():
                return Turn(None, (), session)
            case Strayed() if fresh:
                return self._moves.go(session, self._start)
            case Strayed(wordless):
                kept = self._listener.received(session, event, now)
                return kept or self._moves.stay(session, "wordless" if wordless else "old")

    def _concealed(self, session: Session, turn: Turn) -> Turn:
        """Remove what was typed where it is a secret; a slash before it makes it no command."""
        block = self._content.nodes[session.place].block
        secret = block is not None and BLOCKS[block].conceals
        return replace(turn, conceal=True) if secret else turn

    def _left(self, session: Session, recall: Recall, now: datetime, *, fresh: bool) -> Turn:
        """End the news wherever she stands; of somebody unknown, in the language of her news."""
        asked = recall.subscription() if fresh else None
        if asked is not None:
            there = replace(session, language=asked.reader.language)
            session = self._moves.mender.readable(there)
        return self._moves.after(left(self.stage.look(session, now)))

    def _covered(self, session: Session, event: Event, now: datetime) -> Turn:
        """Answer from behind a closed cover: her phrase opens it, all else leads to the quiz.

        Whatever is sent that answers nothing in the quiz is removed, so that nothing tells a word
        about her life, or a phrase that is nearly hers, from any other.
        """
        behind = cover.closed(session, self._content)
        session = session if session.place in self._content.nodes else behind
        turn: Turn | None = None
        conceal = not isinstance(event, Chosen)
        match event:
            case Departed():
                return Turn(None, (), session)
            case Wrote(text) if session.cover and cover.opens(session.cover, text):
                return replace(self._moves.stay(cover.opened(session, self._start)), conceal=True)
            case Wrote(text):
                turn = self._listener.option(session, text, now)
                conceal = turn is None
                turn = turn or self._moves.stay(session, "tap_answer")
            case Chosen(_, choice) if choice == REMOVE:
                return Turn(session, (Remove(),), session)
            case Chosen(_, choice) if choice == LEAVE:
                return replace(self._moves.stay(behind), subscription=Unsubscribe())
            case Chosen(place, choice, item) if place in self._content.nodes:
                if self._content.nodes[place].cover:
                    there = replace(session, place=place, item=item)
                    turn = self._moves.choose(there, choice, now)
        called = self._called(event)
        if any(node.leaves or node.forgets or node.id in self._erasing for node in called):
            return Turn(behind, (Leave(),), behind)
        turn = turn or self._moves.stay(behind)
        return replace(turn, conceal=True) if conceal else turn

    def _called(self, event: Event) -> tuple[Node, ...]:
        """Name the nodes that an event calls outright, by a word, a command or a button."""
        nodes, commands = self._content.nodes, self._content.commands
        match event:
            case Commanded(name) if name in commands:
                return (nodes[commands[name].goto],)
            case Wrote(words) | Commanded(words):
                return tuple(nodes[place] for place in self._listener.places(words))
            case Chosen(place, choice) if place in nodes:
                ways = nodes[place].choices
                return tuple(nodes[one.goto] for one in ways if one.id == choice)
        return ()

    def _cleared(self, session: Session, language_code: str | None) -> Turn:
        """Clear the chat; what stays is what a newcomer sees, or the quiz where the cover is up."""
        if session.cover is not None and session.cover.confirmed:
            behind = cover.closed(session, self._content)
            return Turn(behind, (Leave(),), behind)
        return Turn(None, (Leave(),), self.begin(language_code))

    def _gaps(self, before: Session, turn: Turn, now: datetime) -> tuple[Tally, ...]:
        """Find what she came to look for in vain, if this turn brought her to a new screen."""
        session = turn.session
        if session is None or session.place == before.place:
            return ()
        node, from_ = self._content.nodes[session.place], self._content.nodes[before.place]
        look = self.stage.look(session, now)
        return BLOCKS[node.block].gaps(look, from_) if node.block else ()

    def _commanded(
        self, session: Session, event: Commanded, now: datetime, left: Mapping[str, Session]
    ) -> Turn:
        """Go where a command or the link behind it leads, unless its words tell of harm."""
        command = self._content.commands.get(event.name)
        if command is None or self.staffing.hides(command.goto, session.standing):
            words = f"{event.name} {event.rest}".strip()
            return self._listener.wrote(session, Wrote(words, event.plain), now, left)
        if self.staffing.token(event):
            return self._invited(session, event)
        linked = self._links.read(event.rest) if command.goto == self._start else None
        if linked is not None:
            session = replace(session, language=linked.language or session.language)
            turn = self._moves.go(session, linked.place, item=linked.item)
            return replace(turn, tallies=linked.counted)
        heard = self._listener.harm(session, event.rest)
        if heard is not None:
            return heard
        # What asks before it erases is told "yes" by the same command once more.
        again = session.place == command.goto and command.goto in self._erasing
        return self._moves.go(session, self._erasing[command.goto] if again else command.goto)

    def _invited(self, session: Session, event: Commanded) -> Turn:
        """Take up the invitation of a link; one that opens nothing for her is any start."""
        if session.standing.invited is not None:
            return self._moves.go(session, self.staffing.course)
        if session.standing.opens is None:
            return self._moves.go(session, self._start)
        turn = self._moves.go(invited(session), self.staffing.course)
        return replace(turn, doing=Accepted(self.staffing.token(event)))

    def _chosen(self, session: Session, tap: Chosen, now: datetime, *, fresh: bool) -> Turn:
        if tap.choice == REMOVE:
            return Turn(session, (Remove(),), session)
        if tap.choice == RESUME:
            return self._moves.stay(session)
        node = self._content.nodes.get(tap.place)
        hidden = self.staffing.hides(tap.place, session.standing)
        if node is None or hidden or (fresh and node.sensitive):
            # After a pause everybody meets the neutral home, whoever holds the phone (R15).
            return (
                self._moves.go(session, self._start) if fresh else self._moves.stay(session, "old")
            )
        if "country" in node.needs and not session.country:
            return self._moves.go(session, node.id)
        there = self._moves.mender.bound(replace(session, place=tap.place, item=tap.item))
        return self._moves.choose(there, tap.choice, now) or self._moves.stay(session, "old")
