"""What goes into the store and what comes out of it: plain values, never a word of anyone's."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.engine.replies import Gap, Reply
from bot.engine.session import Session

MINUTE = 60
HOUR = 60 * MINUTE

SESSION_LIFE = 24 * HOUR
"""Seconds a session may live at most; the caller gives less for sensitive places."""

OUTBOX_LIFE = 48 * HOUR
"""Seconds a reply may wait at most."""

ABOUT_LIFE = 30 * MINUTE
"""Seconds a session or a reply may live at most that tells a town or what was said."""

GAP_LIFE = 365
"""Days a weekly count is kept, from the Monday of its week."""

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
    message_id: int | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Recovered:
    """Every reply still waiting, in order, and how many could not be read any more (deleted)."""

    replies: list[Pending]
    lost: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A session and the epoch second until which it is kept.

    It is cut to `SESSION_LIFE` from now, to `ABOUT_LIFE` with a town or flags.
    """

    session: Session
    expires: int


@dataclass(slots=True)
class Batch:
    """Everything one or many turns change, applied in one transaction by `Store.transact`.

    Attributes:
        sessions: by user id; replaces what was known. Applied after `forgotten`.
        forgotten: user ids whose sessions and waiting replies are deleted, before anything of this
            batch is written (the cheap part of an erasure).
        seen: update ids that are now applied; repeating one is harmless.
        replies: replies to keep until delivered, in the order they are to be sent.
        delivered: outbox ids that are done with.
        attempts: by outbox id, how many times it may by now have reached the person.
        gaps: searches that found nothing near, each to be counted once in the current week.
    """

    sessions: Mapping[int, Kept] = field(default_factory=dict)
    forgotten: Collection[int] = ()
    seen: Collection[int] = ()
    replies: Sequence[Outgoing] = ()
    delivered: Collection[int] = ()
    attempts: Mapping[int, int] = field(default_factory=dict)
    gaps: Sequence[Gap] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is known of a batch: living sessions by user id, and the update ids already applied."""

    sessions: dict[int, Session]
    seen: set[int]


@dataclass(frozen=True, slots=True)
class Swept:
    """How many rows of each kind had reached the end of their life, and whether keys turned."""

    sessions: int
    seen: int
    replies: int
    gaps: int
    rotated: bool
