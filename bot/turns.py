"""What the turns of one batch add up to: sessions to keep, replies to send, tallies to count."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.campaigns.subscription import Subscription
from bot.channels.port import Inbound
from bot.content.model import Content
from bot.counting.tally import Tally
from bot.engine.cover import face
from bot.engine.recall import Recall
from bot.engine.replies import (
    Card,
    Leave,
    PassOn,
    Picture,
    Recording,
    Remove,
    Reply,
    Sample,
    Show,
    Venue,
)
from bot.engine.session import Session
from bot.engine.step import Turn
from bot.learning.live.orders import Order
from bot.learning.memory import Memory
from bot.outward.parcels import Parcel, Taken, joined
from bot.store.batch import HOUR, MINUTE, Batch, Kept, Loaded, Outgoing, Subscriber, Trace, Traced

_CLEARABLE = 47 * HOUR
"""Seconds for which a message of hers can still be removed: Telegram allows 48 hours."""

_EDITABLE = 22 * HOUR
"""Seconds for which a message of ours may become another screen: what it then shows lives for a
day at most, and within 46 hours it must be removed."""

_UNDATED = 46 * HOUR
"""Seconds a message counts as old of which Telegram does not say when it appeared."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things live, in seconds."""

    sensitive: int
    """A conversation that stands on a sensitive screen."""
    session: int
    """Any other conversation."""
    reply: int
    """A sensitive reply, counted from what caused it."""
    waiting: int
    """Any other reply: no longer than a conversation, for it holds the same facts."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """A reply as it is stored and as it is sent: both know more than the other."""

    outgoing: Outgoing
    reader: Session
    tap: str | None
    face: str
    born: int

    def parcel(self, id_: int) -> Parcel:
        out = self.outgoing
        return Parcel(
            id=id_,
            chat_id=out.chat_id,
            reply=out.reply,
            reader=self.reader,
            expires=out.expires,
            message_id=out.message_id,
            tap=self.tap,
            face=self.face,
            born=self.born,
        )


@dataclass(frozen=True, slots=True)
class Parting:
    """Somebody whose chat is to be cleared now.

    Attributes:
        user_id: who.
        chat_id: her chat.
        cause: when she asked for it, in epoch seconds.
        face: the neutral node that stays.
        language: the language of that screen.
        over: the message whose button she pressed, which then is the one that stays.
        tap: that button, which waits for its answer.
        forgets: whether she is forgotten as well; then a screen that says so stays instead.
    """

    user_id: int
    chat_id: int
    cause: float
    face: str
    language: str
    over: int | None = None
    tap: str | None = None
    forgets: bool = False


class Turns:
    """Turns taken and not yet committed, in the order in which they were taken."""

    def __init__(
        self, content: Content, retention: Retention, set_aside: Iterable[int] = ()
    ) -> None:
        """Start with none but the updates `set_aside`; `content` tells what is sensitive."""
        self._content, self._retention = content, retention
        self._sessions: dict[int, Session | None] = {}
        self._forgotten: set[int] = set()
        self._answers: list[_Answer] = []
        self._tallies: list[Tally] = []
        self._seen: list[int] = [*set_aside]
        self._traced: dict[int, Traced] = {}
        self._left: dict[str, Session] = {}
        self._taken: list[str] = []
        self._orders: list[Order] = []
        self._memories: dict[int, Memory | None] = {}
        self._subscribers: dict[int, Subscriber | None] = {}
        self.partings: dict[int, Parting] = {}
        self.departed: list[int] = []

    def add(self, one: Inbound, turn: Turn, now: int) -> None:
        """Take in what a turn decided at `now`."""
        self._seen.append(one.update_id)
        self._sessions[one.user_id] = turn.session
        self._note(one, turn)
        if turn.session is None and not turn.replies:
            self.departed.append(one.user_id)
            self._forget(one.user_id)
            return
        leaves = any(isinstance(reply, Leave) for reply in turn.replies)
        forgets = any(self._forgets(reply) for reply in turn.replies)
        if leaves or forgets:
            self._part(one, turn, forgets=forgets)
        self._trace(one, turn, leaves=leaves, forgets=forgets, now=now)
        if PassOn() in turn.replies and one.written is not None:
            self._clear_away(one, one.written, turn.reader.language, now, PassOn())
        if turn.conceal and one.written is not None and not leaves:
            self._clear_away(one, one.written, turn.reader.language, now, Remove())
        self._reply(one, turn, now)

    def _note(self, one: Inbound, turn: Turn) -> None:
        """Take in what is to be written down besides a session."""
        self._tallies += turn.tallies
        if turn.order:
            self._orders.append(turn.order)
        if turn.left and turn.session is not None:
            self._left[turn.left] = turn.session
        if turn.taken:
            self._taken.append(turn.taken)
        if turn.memory is not None:
            memory = turn.memory if isinstance(turn.memory, Memory) else None
            self._memories[one.user_id] = memory
        if turn.subscription is not None:
            asked = turn.subscription if isinstance(turn.subscription, Subscription) else None
            self._subscribers[one.user_id] = Subscriber(one.chat_id, asked) if asked else None

    def _reply(self, one: Inbound, turn: Turn, now: int) -> None:
        """Take in the answers: the first goes over the message that was tapped, others are new."""
        over, tap = one.message_id, one.tap
        fresh = now - one.shown_at < _EDITABLE
        for reply in turn.replies:
            if isinstance(reply, Leave | PassOn):
                continue
            goes_over = isinstance(reply, Remove) or (
                fresh and not isinstance(reply, Card | Venue | Recording | Picture | Sample)
            )
            self._answer(one, reply, turn.reader, over if goes_over else None, tap, now)
            over = tap = None

    def batch(self, now: int, taken: Taken) -> Batch:
        """Put everything into one commit at `now`, with what has happened to parcels since."""
        sessions = {
            user_id: Kept(session, now + self._life(session))
            for user_id, session in self._sessions.items()
            if session is not None
        }
        traced = dict(taken.traced)
        for user_id, one in self._traced.items():
            traced[user_id] = joined(traced.get(user_id), one)
        return Batch(
            sessions=sessions,
            forgotten=self._forgotten,
            seen=self._seen,
            replies=[answer.outgoing for answer in self._answers],
            delivered=taken.delivered,
            attempts=taken.attempts,
            tallies=self._tallies,
            traced=traced,
            left=self._left,
            taken=self._taken,
            orders=self._orders,
            memories=self._memories,
            subscribers=self._subscribers,
        )

    def recall(self, user_id: int, loaded: Loaded) -> Recall:
        """Tell how to look up what somebody asked to be kept: here first, then in what is stored."""

        def memory() -> Memory | None:
            if user_id not in self._memories:
                return loaded.recall(user_id)
            return self._memories[user_id]

        def subscription() -> Subscription | None:
            if user_id not in self._subscribers:
                return loaded.subscribed(user_id)
            subscriber = self._subscribers[user_id]
            return subscriber.subscription if subscriber else None

        return Recall(memory, subscription, lambda: loaded.desk.board(user_id))

    @property
    def has_orders(self) -> bool:
        """Tell whether somebody who leads games has ordered something."""
        return bool(self._orders)

    def parcels(self, ids: list[int]) -> Iterator[Parcel]:
        """Hand over each reply for sending, under the number the store gave it."""
        for id_, answer in zip(ids, self._answers, strict=True):
            yield answer.parcel(id_)

    def _forget(self, user_id: int) -> None:
        self._forgotten.add(user_id)
        self._memories[user_id] = None
        self._subscribers[user_id] = None

    def _part(self, one: Inbound, turn: Turn, *, forgets: bool) -> None:
        """Let her go: nothing that was still to be said before is said any more."""
        before = self.partings.get(one.user_id)
        self._answers = [
            answer
            for answer in self._answers
            if answer.outgoing.user_id != one.user_id or self._forgets(answer.outgoing.reply)
        ]
        self.partings[one.user_id] = Parting(
            one.user_id,
            one.chat_id,
            one.cause,
            face(turn.reader, self._content),
            turn.reader.language,
            one.message_id,
            None if forgets else one.tap,
            forgets=forgets or (before is not None and before.forgets),
        )
        if forgets:
            self._forget(one.user_id)

    def _trace(self, one: Inbound, turn: Turn, *, leaves: bool, forgets: bool, now: int) -> None:
        """Note her message, or the message of ours that she tapped, for when the chat is cleared."""
        traces = []
        if one.written is not None:
            traces.append(Trace(one.written, min(int(one.cause), now), ours=False))
        if one.message_id is not None:
            at = int(one.shown_at) or now - _UNDATED
            traces.append(Trace(one.message_id, min(at, now), ours=True))
        idle = turn.reader.idle
        traced = Traced(
            chat_id=one.chat_id,
            traces=tuple(traces),
            face=face(turn.reader, self._content),
            language=turn.reader.language,
            idle=idle * MINUTE if idle else None,
            active=not leaves and not forgets,
            leave=leaves or forgets,
        )
        self._traced[one.user_id] = joined(self._traced.get(one.user_id), traced)

    def _clear_away(
        self, one: Inbound, message_id: int, language: str, now: int, how: Remove | PassOn
    ) -> None:
        """Remove a message of hers that may not stay, or copy it before, while Telegram lets us."""
        expires = int(one.cause) + _CLEARABLE
        outgoing = Outgoing(one.user_id, one.chat_id, how, language, expires, message_id=message_id)
        self._answers.append(_Answer(outgoing, Session("", language), None, "", now))

    def _answer(
        self,
        one: Inbound,
        reply: Reply,
        reader: Session,
        over: int | None,
        tap: str | None,
        now: int,
    ) -> None:
        sensitive = self._is_sensitive(reader.place)
        life = self._retention.reply if sensitive else self._retention.waiting
        outgoing = Outgoing(
            user_id=one.user_id,
            chat_id=one.chat_id,
            reply=reply,
            language=reader.language,
            expires=int(one.cause) + life,
            country=reader.country,
            told=reader.told,
            town=reader.town,
            said=reader.said,
            idle=reader.idle,
            message_id=over,
        )
        self._answers.append(_Answer(outgoing, reader, tap, face(reader, self._content), now))

    def _life(self, session: Session) -> int:
        sensitive = self._is_sensitive(session.place)
        return self._retention.sensitive if sensitive else self._retention.session

    def _is_sensitive(self, place: str) -> bool:
        node = self._content.nodes.get(place)
        return node is not None and node.sensitive

    def _forgets(self, reply: Reply) -> bool:
        node = self._content.nodes.get(reply.place) if isinstance(reply, Show) else None
        return node is not None and node.forgets
