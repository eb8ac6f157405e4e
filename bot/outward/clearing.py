"""One chat on its way to be empty: every message goes, one neutral screen stays."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.channels.port import Channel, Cleared, Gone, Impossible, NotDelivered, Undecided
from bot.engine.screen import Page

_log = logging.getLogger("tirek.wiping")

_COPIES = 2
"""How many copies of a new neutral screen may exist at most (R33)."""

_REMOVABLE = 48 * 3600
"""Seconds for which Telegram lets a message be removed."""


@dataclass(slots=True)
class Chat:
    """What is still to be done in one chat.

    Attributes:
        chat_id: the chat.
        at: by number, when each message appeared in epoch seconds.
        todo: the messages to remove.
        kept: messages of ours of which one stays as the neutral screen, the best one first.
        at_once: whether all else is removed at the same time as that one is overwritten. If not,
            another of them can stay where the first cannot be overwritten, as a card cannot.
        answers_until: until when the neutral screen may be sent as a new message, in epoch
            seconds: only to somebody who has just left. 0 for never.
        tap: the pressed button that waits for its answer.
        screen: the message that has become the neutral screen.
    """

    chat_id: int
    at: dict[int, int] = field(default_factory=dict)
    todo: set[int] = field(default_factory=set)
    kept: list[int] = field(default_factory=list)
    at_once: bool = False
    answers_until: float = 0.0
    tap: str | None = None
    screen: int | None = None
    copies: int = 0

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to do."""
        return not self.todo and not self.kept and not self.answers_until


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one attempt came to.

    Attributes:
        over: the messages nothing more is to be done about.
        failed: whether something did not come through.
        after: seconds to wait before the next attempt, where the channel named a time.
        unknown: how many messages may now stand in the chat without anybody knowing their numbers.
    """

    over: frozenset[int] = frozenset()
    failed: bool = False
    after: float | None = None
    unknown: int = 0


async def attempt(
    chat: Chat, channel: Channel, instead: Page | None, clock: Callable[[], float]
) -> Attempt:
    """Do once whatever is still to be done in `chat`, and take it off its list.

    Without `instead` messages are removed, and nothing is shown or overwritten.

    Raises:
        Unwelcome: this person does not want to hear from us any more.
    """
    if instead is None:
        return await _remove(chat, channel, None, clock)
    if chat.at_once:
        removed, shown = await asyncio.gather(
            _remove(chat, channel, instead, clock), _show(chat, channel, instead, clock)
        )
    else:
        shown = await _show(chat, channel, instead, clock)
        removed = await _remove(chat, channel, instead, clock)
    waits = [one.after for one in (removed, shown) if one.after is not None]
    return Attempt(
        removed.over | shown.over,
        removed.failed or shown.failed,
        max(waits, default=None),
        shown.unknown,
    )


async def _remove(
    chat: Chat, channel: Channel, instead: Page | None, clock: Callable[[], float]
) -> Attempt:
    tried = frozenset(chat.todo)
    if not tried:
        return Attempt()
    cleared: Cleared = await channel.clear(chat.chat_id, sorted(tried), instead)
    oldest = clock() - _REMOVABLE
    rest = tried - cleared.gone - cleared.left
    left = cleared.left | {one for one in rest if chat.at.get(one, oldest + 1) <= oldest}
    if left:
        _log.warning("wipe.left count=%d", len(left))
    over = cleared.gone | left
    chat.todo -= over
    return Attempt(over, failed=bool(tried - over), after=cleared.after)


async def _show(chat: Chat, channel: Channel, page: Page, clock: Callable[[], float]) -> Attempt:
    """Overwrite the message that stays, or say the neutral screen where there is none."""
    while chat.kept:
        number = chat.kept[0]
        try:
            await channel.deliver(page, chat.chat_id, number, chat.tap)
        except (Gone, Impossible):
            chat.tap = None
            chat.todo.add(chat.kept.pop(0))
            continue
        except (NotDelivered, Undecided) as trouble:
            chat.tap = None
            chat.todo.update(chat.kept[1:])
            del chat.kept[1:]
            return Attempt(failed=True, after=getattr(trouble, "after", None))
        chat.todo.update(chat.kept[1:])
        chat.kept.clear()
        chat.answers_until, chat.screen = 0.0, number
        return Attempt(frozenset((number,)))
    return await _say(chat, channel, page, clock) if chat.answers_until else Attempt()


async def _say(chat: Chat, channel: Channel, page: Page, clock: Callable[[], float]) -> Attempt:
    if clock() >= chat.answers_until or chat.copies >= _COPIES:
        chat.answers_until = 0.0
        return Attempt()
    tap, chat.tap = chat.tap, None
    try:
        chat.screen = await channel.deliver(page, chat.chat_id, None, tap)
    except NotDelivered as trouble:
        return Attempt(failed=True, after=trouble.after)
    except Undecided:
        chat.copies += 1
        return Attempt(failed=True, unknown=1)
    except (Gone, Impossible):
        _log.warning("wipe.unanswered")
    chat.answers_until = 0.0
    return Attempt()
