"""What operators do about roles, from the command line; what they see leads to no person."""

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Final

from bot.app import read_world
from bot.commands.opening import opened
from bot.engine.blocks.course import are_hers
from bot.errors import TirekError
from bot.settings import Settings
from bot.staff.audit import Entry, Head, broken_at, head
from bot.staff.invitation import Invitation, Member, link
from bot.staff.roles import Role
from bot.store.batch import HOUR
from bot.store.office import Office

_UNKNOWN: Final = "https://t.me/<the bot's name>"
_A_COLLEAGUE: Final = (
    "a colleague, an approver or operator who is no other account of yours and who writes them in "
    "the chat: /team, “Confirm somebody new”."
)


@asynccontextmanager
async def office(settings: Settings) -> AsyncIterator[Office]:
    """Open the office of this bot, beside the service or without it."""
    async with opened(settings) as store:
        yield store.office


async def invite(settings: Settings, role: Role) -> str:
    """Make an invitation, and tell its link, which is shown this once, and its code."""
    async with office(settings) as open_:
        token, code = await open_.invite(role)
        founds = await open_.founds(role)
    from bot.channels.telegram.profile import address_of

    token_of_bot = settings.telegram.token
    address = await address_of(settings.telegram.api_url, token_of_bot) if token_of_bot else ""
    confirms = f"you. Then: tirek staff confirm {code}" if founds else _A_COLLEAGUE
    return (
        f"{link(address or _UNKNOWN, token)}\n\n"
        f"Give this link to one person, by a way that nobody else reads. It works once, for a day, "
        f"and is shown only now.\n"
        f"When she has passed the test she has three words for {confirms}\n"
        f"From then on she is called {code}. Keep that where only you can read whose it is; the bot "
        f"does not know."
    )


async def confirm(settings: Settings, code: str, words: str) -> str:
    """Give the role to one of the first, who passed the test and was heard to say `words`.

    Raises:
        TirekError: nobody waits under `code`, a colleague has to confirm her, or the words are
            others.
    """
    world = read_world(settings)
    async with office(settings) as open_:
        waiting = await open_.check(code)
        if waiting is None:
            raise TirekError(
                f"Nobody waits under {code}: the test is not passed yet, or the day is over. "
                f"`tirek staff list` shows what is open."
            )
        if not await open_.founds(waiting.role):
            raise TirekError(f"A {waiting.role} is confirmed by {_A_COLLEAGUE}")
        if not are_hers(world, words, waiting.check):
            raise TirekError(
                "These are not the words on the screen of the person who took up this invitation. "
                "Listen again. If they still differ, somebody else has used the link: do not confirm."
            )
        if not await open_.found(code):
            raise TirekError(f"The invitation {code} ended a moment ago. Make a new one.")
    return (
        f"Confirmed, by you alone: the log says so. To end this role one day: tirek staff end {code}\n"
        f"Whoever comes next is confirmed by {_A_COLLEAGUE}"
    )


async def end(settings: Settings, code: str) -> str:
    """End a role.

    Raises:
        TirekError: nobody is called `code`.
    """
    async with office(settings) as open_:
        role = await open_.end(code)
    if role is None:
        raise TirekError(f"Nobody is called {code}. `tirek staff list` shows every code.")
    return f"Ended: {role}. From her next tap on nothing is open to her."


async def listed(settings: Settings) -> str:
    """List roles, the codes of those who serve, and the open invitations; nobody can be told from it."""
    async with office(settings) as open_:
        members, invitations = await open_.members(), await open_.invitations()
    return told(members, invitations, time.time())


def told(members: Sequence[Member], invitations: Sequence[Invitation], now: float) -> str:
    """Write both lists down; `now` in epoch seconds."""
    lines = []
    for role in Role:
        codes = [one.code for one in members if one.role is role]
        lines.append(f"{role}: {len(codes)}" + (f" ({', '.join(codes)})" if codes else ""))
    lines.append(f"open invitations: {len(invitations)}")
    for one in invitations:
        hours = max(0, int((one.expires - now) // HOUR))
        lines.append(f"  {one.code}  {one.role}, {one.state}, {hours} h left")
    return "\n".join(lines)


async def audit(settings: Settings) -> list[Entry]:
    """Read the audit log."""
    async with office(settings) as open_:
        return await open_.audit()


def printed(entries: Sequence[Entry]) -> str:
    """Write the log down, a line for each deed: its number, hour, deed, role and campaign."""
    lines = []
    for one in entries:
        hour = datetime.fromtimestamp(one.hour * HOUR, UTC)
        words = (one.deed, one.role, one.campaign)
        said = "  ".join(word for word in words if word)
        lines.append(f"{one.number}  {hour:%Y-%m-%d %H}h UTC  {said}")
    return "\n".join(lines) or "Nothing was done yet."


def verified(entries: Sequence[Entry], written: str, now: float) -> str:
    """Tell that the log is whole, and still has the head `written` down before, if one is given.

    Raises:
        TirekError: it is not; or what is given is no head.
    """
    before = Head.read(written) if written else None
    if written and before is None:
        raise TirekError(
            "That is no head. It looks like 12:3f9a..., as `tirek audit head` prints it."
        )
    broken = broken_at(entries, int(now // HOUR), before)
    if broken is not None:
        raise TirekError(
            f"The audit log is not as it was written: row {broken} was changed, cut or swapped, or "
            f"is missing. Compare it with a backup, and ask who had access."
        )
    return f"The audit log is whole: {len(entries)} rows, head {head(entries)}"
