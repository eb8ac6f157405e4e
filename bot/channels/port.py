"""What every channel speaks: doings that come in, messages that go out, and how that may fail."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.engine.events import Event
from bot.engine.screen import CardPage, NewsPage, Page, PicturePage, RecordingPage, VenuePage
from bot.errors import ChannelError
from bot.learning.live.game import Game


@dataclass(frozen=True, slots=True)
class Inbound:
    """One doing of one person, decoded. It lives in memory until its turn is committed.

    Attributes:
        update_id: the number that tells a repeated delivery from a new doing.
        user_id: who did it; authority and pseudonyms follow from this alone.
        chat_id: where the answer goes.
        event: what was done.
        cause: when it was done, in epoch seconds: sensitive replies expire from here.
        language_code: the tag of her app's language, if it said one.
        message_id: the message whose button was pressed; the answer edits it.
        tap: the channel's handle for the pressed button, to stop its spinner.
        shown_at: when that message appeared, in epoch seconds; 0 where Telegram does not say.
        written: her own message, where she sent one.
        forwarded: whether somebody else may be behind it: it was forwarded, came through another
            bot or account, or was not written now. Nothing that only staff may do follows from it (R24).
    """

    update_id: int
    user_id: int
    chat_id: int
    event: Event
    cause: float
    language_code: str | None = None
    message_id: int | None = None
    tap: str | None = None
    shown_at: float = 0.0
    written: int | None = None
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Voted:
    """Somebody's answer to a poll in a group. It lives in memory until it is counted.

    `options` are the places of what she chose, from 0, none if she took her answer back; `at` is
    when we heard of it, in epoch seconds.
    """

    poll: str
    user_id: int
    name: str
    options: tuple[int, ...]
    at: float


@dataclass(frozen=True, slots=True)
class Removal:
    """A message is to disappear; where that is impossible it is overwritten with `instead`."""

    instead: Page


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A message of hers is to be copied to the group `team`, without its author."""

    team: int


Shown = Page | CardPage | VenuePage | RecordingPage | PicturePage | NewsPage | Removal | PassedOn
"""What a channel can put in front of a person."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """What became of messages that were to disappear.

    Attributes:
        gone: no longer in the chat, or overwritten with something neutral.
        left: neither could be removed nor overwritten; nothing more can be done.
        after: seconds to wait before the others are tried again, where the channel named a time.
    """

    gone: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()
    after: float | None = None


class Channel(Protocol):
    """The way out."""

    async def clear(self, chat_id: int, messages: Sequence[int], instead: Page | None) -> Cleared:
        """Remove `messages` on both sides, in as few calls as there can be.

        What cannot be removed any more is overwritten with `instead`; without it, in a group,
        nothing is. Messages that are in neither list of the outcome are to be tried again.

        Raises:
            Unwelcome: this person does not want to hear from us any more.
        """

    async def deliver(
        self, shown: Shown, chat_id: int, message_id: int | None, tap: str | None
    ) -> int | None:
        """Show `shown`: over `message_id` where given, else as a new message; stop the `tap`.

        Returns the number of the new message, or None where none was made. That of a message that
        is passed on is the number of its copy, which stands in the chat of the team.

        Raises:
            NotDelivered: it certainly did not arrive; try again later.
            Undecided: it may or may not have arrived.
            Gone: the message it should go over is no longer there.
            Unwelcome: this person does not want to hear from us any more.
            Impossible: it can never be delivered as it is.
        """


class Intake(Protocol):
    """The way in: whoever takes turns for what a channel has decoded."""

    async def take(self, inbound: Sequence[Inbound], set_aside: Sequence[int] = ()) -> None:
        """Take a turn for each of `inbound`, in order; return once all of it is durable.

        `set_aside` are the ids of updates nobody could read; they are remembered as done.
        """

    async def play(
        self, decide: Callable[[Mapping[int, Game]], Mapping[int, Game | None]]
    ) -> Mapping[int, Game]:
        """Change the games that go on, by group; return those that still do once it is durable.

        `decide` gives what changes, None for a game that is over; it may be asked more than once.
        """

    async def ordered(self) -> None:
        """Wait until somebody who leads games has ordered something."""

    async def roomy(self) -> None:
        """Wait until more can be taken without piling answers up."""

    async def settled(self) -> None:
        """Wait until every answer has gone out."""


class NotDelivered(ChannelError):  # noqa: N818 - past-tense outcomes read better than "...Error"
    """Wait `after` seconds, then send it again; nothing arrived, so no copy can exist."""

    def __init__(self, after: float | None = None) -> None:
        """Say how long to wait, in seconds, where the channel named a time."""
        super().__init__("not delivered yet; it will be tried again")
        self.after = after


class Undecided(ChannelError):  # noqa: N818 - as above
    """Send it again, once: the answer was lost, so a copy may exist already."""


class Unwelcome(ChannelError):  # noqa: N818 - as above
    """Erase the person: the bot was blocked, or the account is gone."""


class Gone(ChannelError):  # noqa: N818 - as above
    """Send it as a new message: the one it should go over is gone or can no longer be changed."""


class Impossible(ChannelError):  # noqa: N818 - as above
    """Give this message up; what it would have shown stays one tap away."""
