"""What operators see of campaigns that are sent, and do about them: counts, and nobody."""

import asyncio
import time
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Final

from bot.campaigns import response
from bot.campaigns.audience import LEAST
from bot.campaigns.board import Posted
from bot.campaigns.campaign import Campaign
from bot.campaigns.commands import Command, Pause, Recall, Resume, Stop
from bot.campaigns.estimate import reach
from bot.campaigns.events import Refusal
from bot.campaigns.progress import Limits, Sure, bar, forecast, part
from bot.campaigns.proposal import Phase
from bot.campaigns.response import Response
from bot.commands.opening import opened
from bot.counting.tally import Kind
from bot.errors import TirekError
from bot.settings import Settings
from bot.store.letters import Progress
from bot.store.mailroom import Mailroom

_DONE: Final = {
    Pause: "Paused. Nothing more goes out until: tirek campaign resume {id}",
    Resume: "Goes on.",
    Stop: "Stopped for good. What has arrived stays: tirek campaign recall {id} takes it back.",
    Recall: "What arrived in the last 47 hours is being taken back: tirek campaign show {id}",
}
_REFUSED: Final = {
    Refusal.NOT_NOW: "not from here: {id} is {phase}",
    Refusal.TOO_SOON: "its start has not come yet",
    Refusal.TOO_LATE: "its time is over",
    Refusal.ANOTHER: "those are not other words for {id}: its topic and languages stay, and a word changes",
}
_NAMES: Final = {
    "sent": "arrived",
    "blocked": "had blocked the bot",
    "failed": "refused by Telegram",
    "unsure": "sent twice, arrived or not",
    "departed": "left before their turn",
    "missed": "could not be written to in time",
    "recalled": "taken back",
    "corrected": "say what was corrected",
}
_CORRECTED: Final = (
    "Proposed. A colleague who approves it finds it under /campaign; ten minutes later every message "
    "that has arrived is edited: tirek campaign show {id}"
)
_SURE: Final = {
    Sure.ABOUT: "done: about",
    Sure.NOT_BEFORE: "done: not before",
    Sure.ENDS: "ends, even if some have not had it:",
}


@asynccontextmanager
async def mailroom(settings: Settings) -> AsyncIterator[Mailroom]:
    """Open the mailroom of this bot, beside the service or without it."""
    async with opened(settings) as store:
        yield store.mailroom


async def all_campaigns(settings: Settings) -> str:
    """List the campaigns of the last year, a line each, the latest first."""
    async with mailroom(settings) as open_:
        found = await open_.all()
    return "\n".join(map(line, found)) or "There are no campaigns."


async def one_campaign(settings: Settings, id_: str) -> str:
    """Show how far one campaign has come.

    Raises:
        TirekError: there is none.
    """
    now = time.time()
    async with opened(settings) as store:
        found = await store.mailroom.one(id_)
        if found is None:
            raise unknown(id_)
        posted = await store.mailroom.posted(id_)
        period = response.over(found.starts, now)
        cells = response.cells(id_)
        counts = await store.counts(Kind.CAMPAIGN, period.first, cells, period.weeks)
    going = drawn(posted, _limits(settings), now) if posted else []
    return "\n".join([told(found, response.told(id_, counts, period)), *going])


async def follow(
    settings: Settings, id_: str, zones: Collection[str], every: float = 5.0
) -> AsyncIterator[str]:
    """Show how far one campaign has come, again every few seconds until nothing goes on.

    `zones` are the time zones of its readers: many of them read nothing at night.

    Raises:
        TirekError: there is none.
    """
    async with mailroom(settings) as open_:
        while True:
            found, posted = await open_.one(id_), await open_.posted(id_)
            if found is None:
                raise unknown(id_)
            now = time.time()
            yield "\n".join(drawn(posted, _limits(settings), now, zones) if posted else [])
            if not found.busy and found.phase is not Phase.APPROVED:
                return
            await asyncio.sleep(every)


async def correct(settings: Settings, words: Campaign) -> str:
    """Propose other words for the campaign of the same id, in the name of the operator.

    Raises:
        TirekError: there is none, or it cannot be corrected so, or not now.
    """
    async with mailroom(settings) as open_:
        event = await open_.correct(words)
        found = await open_.one(words.id)
    return _answer(event, found, words.id, _CORRECTED)


async def do(settings: Settings, id_: str, command: Command) -> str:
    """Pause, resume, stop or recall a campaign; the service sees it within two seconds.

    Raises:
        TirekError: there is none, or it cannot be done to this one now.
    """
    async with mailroom(settings) as open_:
        event = await open_.act(id_, command)
        found = await open_.one(id_)
    return _answer(event, found, id_, _DONE[type(command)])


def drawn(posted: Posted, limits: Limits, now: float, zones: Collection[str] = ()) -> list[str]:
    """Draw how far a campaign has come, and say when it will be done: UTC, as all of this.

    `now` is in epoch seconds. Without `zones` only what must pass in any case is told.
    """
    if posted.going is None:
        return []
    going, done = posted.going, part(posted.going, posted.proposal)
    lines = [f"{bar(done)} {int(done * 100)} %  {posted.proposal.phase}"]
    if left := going.left:
        lines.append(f"left: {left}")
    if going.a_minute:
        lines.append(f"in a minute: {going.a_minute}")
    found = forecast(going, posted.proposal, limits, now, zones)
    if found:
        at = datetime.fromtimestamp(found.at, UTC)
        lines.append(f"{_SURE[found.sure]} {at:%Y-%m-%d %H:%M} UTC")
    if waits := posted.proposal.correction:
        at = datetime.fromtimestamp(waits.starts, UTC)
        counts = f"approved, counts from {at:%H:%M} UTC" if waits.starts else "waits for approval"
        lines.append(f"correction: {counts}")
    return lines


def _answer(event: object, found: Progress | None, id_: str, done: str) -> str:
    if event is None or found is None:
        raise unknown(id_)
    if isinstance(event, Refusal):
        why = _REFUSED.get(event, str(event)).format(id=id_, phase=found.phase)
        raise TirekError(f"That cannot be done: {why}.")
    return done.format(id=id_)


def _limits(settings: Settings) -> Limits:
    chosen = settings.sending.campaigns
    return Limits(chosen.per_second, chosen.daily_overall)


def line(one: Progress) -> str:
    """Write one campaign down in a line."""
    starts = datetime.fromtimestamp(one.starts, UTC)
    return f"{one.id}  {starts:%Y-%m-%d %H:%M} UTC  {one.phase}  {_some(one.totals.sent)} arrived"


def told(one: Progress, answered: Response) -> str:
    """Write down what became of the readers; few of one kind are not told, nor that there are none."""
    lines = [line(one), f"readers at its start: {_some(one.reach)}"]
    lines += [f"{words}: {_some(getattr(one.totals, name))}" for name, words in _NAMES.items()]
    lines += _answers(answered)
    return "\n".join(lines)


def _answers(answered: Response) -> list[str]:
    """Say how often its button was tapped and how many left after it, once a week of that is over."""
    period = answered.period
    if not period.weeks:
        return ["taps on its button, leaves after it: told when the week is over"]
    return [
        f"taps on its button, {period}: {period.text(answered.taps)}",
        f"leaves after it, {period}: {period.text(answered.leaves)}",
    ]


def _some(count: int) -> str:
    """Tell a count as it may be told: in tens, and few not at all."""
    shown = reach(count)
    return f"<{LEAST}" if shown is None else f"{shown}"


def unknown(id_: str) -> TirekError:
    """Say that there is no such campaign, and how to find those that there are."""
    return TirekError(f"There is no campaign {id_}. `tirek campaign list` shows them.")
