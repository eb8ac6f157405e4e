"""What the turns of one batch add up to: sessions to keep, replies to send, searches to count."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.channels.port import Inbound
from bot.content.model import Node
from bot.delivery import Parcel
from bot.engine.replies import Card, Gap, Remove, Reply, Venue
from bot.engine.session import Session
from bot.engine.step import Turn
from bot.store.batch import Batch, Kept, Outgoing

_CLEARABLE = 47 * 3600
"""Seconds for which a message of hers can still be removed: Telegram allows 48 hours."""


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

    def parcel(self, id_: int) -> Parcel:
        out = self.outgoing
        return Parcel(
            id_, out.chat_id, out.reply, self.reader, out.expires, out.message_id, self.tap
        )


class Turns:
    """Turns taken and not yet committed, in the order in which they were taken."""

    def __init__(
        self, nodes: Mapping[str, Node], retention: Retention, set_aside: Iterable[int] = ()
    ) -> None:
        """Start with none but the updates `set_aside`; `nodes` tell what is sensitive."""
        self._nodes, self._retention = nodes, retention
        self._sessions: dict[int, Session | None] = {}
        self._answers: list[_Answer] = []
        self._gaps: list[Gap] = []
        self._seen: list[int] = [*set_aside]
        self.departed: list[int] = []

    def add(self, one: Inbound, turn: Turn) -> None:
        """Take in what a turn decided."""
        self._seen.append(one.update_id)
        self._sessions[one.user_id] = turn.session
        self._gaps += turn.gaps
        if turn.session is None and not turn.replies:
            self.departed.append(one.user_id)
        if one.revealing is not None:
            self._clear_away(one, one.revealing, turn.reader.language)
        # The first answer goes over the message that was tapped; whatever follows is new.
        message_id, tap = one.message_id, one.tap
        for reply in turn.replies:
            over = message_id if _goes_over(reply) else None
            self._answer(one, reply, turn.reader, over, tap)
            message_id = tap = None

    def batch(self, now: int, delivered: list[int], attempts: dict[int, int]) -> Batch:
        """Put everything into one commit at `now`, with what has happened to parcels since."""
        sessions = {
            user_id: Kept(session, now + self._life(session))
            for user_id, session in self._sessions.items()
            if session is not None
        }
        return Batch(
            sessions=sessions,
            forgotten=[one for one, session in self._sessions.items() if session is None],
            seen=self._seen,
            replies=[answer.outgoing for answer in self._answers],
            delivered=delivered,
            attempts=attempts,
            gaps=self._gaps,
        )

    def parcels(self, ids: list[int]) -> Iterator[Parcel]:
        """Hand over each reply for sending, under the number the store gave it."""
        for id_, answer in zip(ids, self._answers, strict=True):
            yield answer.parcel(id_)

    def _clear_away(self, one: Inbound, message_id: int, language: str) -> None:
        """Remove a message of hers that shows where she is, for as long as Telegram lets us."""
        expires = int(one.cause) + _CLEARABLE
        outgoing = Outgoing(
            one.user_id, one.chat_id, Remove(), language, expires, message_id=message_id
        )
        self._answers.append(_Answer(outgoing, Session("", language), None))

    def _answer(
        self, one: Inbound, reply: Reply, reader: Session, over: int | None, tap: str | None
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
            message_id=over,
        )
        self._answers.append(_Answer(outgoing, reader, tap))

    def _life(self, session: Session) -> int:
        sensitive = self._is_sensitive(session.place)
        return self._retention.sensitive if sensitive else self._retention.session

    def _is_sensitive(self, place: str) -> bool:
        node = self._nodes.get(place)
        return node is not None and node.sensitive


def _goes_over(reply: Reply) -> bool:
    """Tell whether a reply replaces the tapped message; a card and a map are always new."""
    return not isinstance(reply, Card | Venue)
