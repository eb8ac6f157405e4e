"""What goes into the store and what comes out of it: plain values, never a word of anyone's."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.campaigns.board import Board
from bot.campaigns.subscription import Subscription
from bot.counting.tally import Tally
from bot.engine.replies import Reply
from bot.engine.session import Session
from bot.learning.live.orders import Order
from bot.learning.memory import Memory
from bot.staff.desk import Desk, NoDesk
from bot.staff.standing import Standing

MINUTE = 60
HOUR = 60 * MINUTE

SESSION_LIFE = 24 * HOUR
"""Seconds a session may live at most; the caller gives less for sensitive places."""

OUTBOX_LIFE = 48 * HOUR
"""Seconds a reply may wait at most."""

ABOUT_LIFE = 30 * MINUTE
"""Seconds a session or a reply may live at most that tells a town or what was said."""

TRACE_LIFE = 48 * HOUR
"""Seconds after which Telegram lets nobody remove a message any more."""

TRACE_DUE = 46 * HOUR
"""Seconds after which a message is cleared though the conversation goes on (R9: always < 47 h)."""

IDLE_MOST = 24 * HOUR
"""Seconds for which a chat may stay as it is without a doing of hers, at most."""

COVER_LIFE = 24 * HOUR
"""Seconds a cover stays up after her last doing."""

PICKUP_LIFE = 30 * MINUTE
"""Seconds a conversation may wait to be taken up from another phone, at most."""

TALLY_LIFE = 365
"""Days a weekly count is kept, from the Monday of its week."""

LEARNER_LIFE = 365 * 24 * HOUR
"""Seconds for which a player's progress is remembered after her last round, at most."""

CAMPAIGN_LIFE = 365 * 24 * HOUR
"""Seconds for which a campaign is known, from its draft."""

MAILING_LIFE = 47 * HOUR
"""Seconds from the start of a campaign for which it is known who got what; so long it is recalled."""

SEEN_LIFE = 48 * HOUR
"""Seconds an update id is remembered: Telegram repeats an update for 24 hours at most."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply to be kept until it is delivered, with the facts needed to render it later.

    Attributes:
        user_id: whose reply it is; stored as a pseudonym only.
        chat_id: where to send it; stored encrypted.
        reply: what to show, in content keys.
        language: the language to render it in.
        expires: epoch seconds after which the reply must no longer be shown as it is; cut to
            `OUTBOX_LIFE` from now, to `ABOUT_LIFE` with a town or flags.
        country: the country the screen was decided for, or empty.
        told: whether she had seen what this bot keeps.
        town: the place she named, or empty; stored encrypted.
        said: what she answered to our own questions, as flags; stored encrypted.
        idle: after how many minutes the chat clears itself by her choice; stored encrypted.
        message_id: the message to edit or remove; none sends a new one. Stored encrypted.
        attempts: how many times it may already have reached her.
    """

    user_id: int
    chat_id: int
    reply: Reply
    language: str
    expires: int
    country: str = ""
    told: bool = False
    town: str = ""
    said: tuple[str, ...] = ()
    idle: int = 0
    message_id: int | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Pending:
    """A reply found in the outbox. `id` orders replies and is what `Batch.delivered` names.

    `person` is the pseudonym it was written under: equal for replies to one person in one epoch.
    The other attributes are those of `Outgoing`; a town and flags that cannot be read are empty.
    """

    id: int
    person: bytes
    chat_id: int
    reply: Reply
    language: str
    expires: int
    country: str
    told: bool
    town: str
    said: tuple[str, ...]
    idle: int
    message_id: int | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Recovered:
    """Every reply still waiting, in order, and how many could not be read any more (deleted)."""

    replies: list[Pending]
    lost: int


@dataclass(frozen=True, slots=True)
class Trace:
    """A message that stands in a chat: its number, when it appeared, and whether it is ours."""

    message_id: int
    at: int
    ours: bool


@dataclass(frozen=True, slots=True)
class Traced:
    """What a batch adds to the ledger of one chat.

    Attributes:
        chat_id: the chat; stored encrypted, as are the messages.
        traces: messages that appeared.
        face: the neutral node that stays when the chat is cleared; empty keeps what is known.
        language: the language of that screen; empty keeps what is known. The chat of a team has
            neither.
        idle: seconds without a doing of hers after which the chat is cleared; None keeps what
            the ledger says, or takes the usual.
        active: whether she did something: the idle time starts anew. What is noted later stays
            then, even if the chat is being cleared.
        leave: whether the chat is to be cleared now, which ends her session as well.
    """

    chat_id: int
    traces: tuple[Trace, ...] = ()
    face: str = ""
    language: str = ""
    idle: int | None = None
    active: bool = False
    leave: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A chat, or the old part of one, whose time to be cleared has come.

    Attributes:
        user_id: whose chat it is; in a private chat, and for that of a team, the same as `chat_id`.
        chat_id: the chat.
        traces: the messages to clear, oldest first.
        face: the neutral node that stays, or empty: then only these messages go, and the newest
            of ours is not kept, for the conversation is still going on.
        language: the language of that screen; empty in the chat of a team, where nothing is shown.
    """

    user_id: int
    chat_id: int
    traces: tuple[Trace, ...]
    face: str
    language: str


@dataclass(frozen=True, slots=True)
class Overdue:
    """Chats whose time to be cleared has come, and how many could not be read (deleted)."""

    chats: list[Due]
    lost: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A session and the epoch second until which it is kept.

    It is cut to `SESSION_LIFE` from now, to `ABOUT_LIFE` with a town or flags.
    """

    session: Session
    expires: int


@dataclass(frozen=True, slots=True)
class Subscriber:
    """What somebody asked for who wants news, and the chat it is sent to; stored encrypted."""

    chat_id: int
    subscription: Subscription


@dataclass(slots=True)
class Batch:
    """Everything one or many turns change, applied in one transaction by `Store.transact`.

    Attributes:
        sessions: by user id; replaces what was known. Applied after `forgotten`.
        forgotten: user ids whose sessions, covers, waiting replies and roles are deleted, before
            anything of this batch is written (the cheap part of an erasure; the ledger is still
            needed).
        seen: update ids that are now applied; repeating one is harmless.
        replies: replies to keep until delivered, in the order they are to be sent.
        delivered: outbox ids that are done with.
        attempts: by outbox id, how many times it may by now have reached the person.
        tallies: what is to be counted in the current week.
        traced: by user id, what appears in her chat and when it is to be cleared.
        left: by pick-up phrase, the session that can be taken up under it from another phone.
        taken: pick-up phrases that are used up.
        orders: what those who lead live quizzes have ordered.
        memories: by user id, what a player asked to be remembered; None forgets it. Whoever is
            `forgotten` is forgotten as a player, too, before anything of this batch is written.
        subscribers: by user id, who gets news and what she asked for; None ends it, as does
            `forgotten`.
    """

    sessions: Mapping[int, Kept] = field(default_factory=dict)
    forgotten: Collection[int] = ()
    seen: Collection[int] = ()
    replies: Sequence[Outgoing] = ()
    delivered: Collection[int] = ()
    attempts: Mapping[int, int] = field(default_factory=dict)
    tallies: Sequence[Tally] = ()
    traced: Mapping[int, Traced] = field(default_factory=dict)
    left: Mapping[str, Session] = field(default_factory=dict)
    taken: Collection[str] = ()
    orders: Sequence[Order] = ()
    memories: Mapping[int, Memory | None] = field(default_factory=dict)
    subscribers: Mapping[int, Subscriber | None] = field(default_factory=dict)


def _nobody(_user_id: int) -> None:
    """Know nobody."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is known of a batch.

    Attributes:
        sessions: living sessions by user id. Somebody of whom only the cover is left has a session
            without a place.
        seen: the update ids already applied.
        left: sessions that were left under the pick-up phrases asked for.
        recall: looks up what somebody asked to be remembered; it works as long as the transaction
            of this batch.
        subscribed: looks up what somebody asked for who gets news; it works as long.
        desk: where it is looked up how somebody stands to the team; it works as long as the
            transaction of this batch.
    """

    sessions: dict[int, Session]
    seen: set[int]
    left: dict[str, Session] = field(default_factory=dict)
    recall: Callable[[int], Memory | None] = field(default=_nobody, compare=False)
    subscribed: Callable[[int], Subscription | None] = field(default=_nobody, compare=False)
    desk: Desk = field(default_factory=NoDesk, compare=False)


@dataclass(frozen=True, slots=True)
class StandingBy:
    """Somebody who still stands where she stood, and what she may see there by now.

    Attributes:
        session: where she stands.
        until: when her conversation ends, in epoch seconds; each turn of hers changes it.
        standing: how she stands to the team.
        board: the campaigns she may see that have begun.
    """

    session: Session
    until: int
    standing: Standing
    board: Board | None


@dataclass(frozen=True, slots=True)
class Swept:
    """How many rows of each kind had reached the end of their life, and whether keys turned.

    `traces` are chats of which messages can no longer be removed: whoever sweeps must report them.
    """

    sessions: int
    seen: int
    replies: int
    tallies: int
    rotated: bool
    traces: int = 0
