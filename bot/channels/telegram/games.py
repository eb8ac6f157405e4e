"""Live quizzes in groups: polls go out, answers come in, each game on a clock of its own.

What stands in the store is where a game goes on after a restart. Whatever Telegram does to one
group delays neither another one nor any private chat.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from bot.channels.port import Intake, NotDelivered, Undecided, Voted
from bot.channels.telegram.api import Api, Conflicted, InvalidToken, Refused, pause_for
from bot.channels.telegram.messages import QUIET
from bot.engine import hosting
from bot.engine.stage import Stage
from bot.errors import ChannelError
from bot.learning.live.game import (
    Game,
    Phase,
    announced,
    answered,
    asked,
    closed,
    told,
)

_log = logging.getLogger("tirek.telegram")

_UNDER_WAY: Final = 2.0
"""Seconds for answers given in time that still are on their way when a poll is closed."""

_AFTER_START: Final = 5.0
"""The same after a restart: all that came meanwhile has to be fetched first."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
"""Seconds between tries of a call; doubled from the first on."""

_COPIES: Final = 2
"""How often something may have reached a group before we go on without knowing."""

_MOST_EARLY: Final = 1000
"""Answers held in memory, at most, to polls whose sending is not yet confirmed."""


class _Id(msgspec.Struct):
    id: str


class _Sent(msgspec.Struct):
    message_id: int
    poll: _Id


class _Answer(msgspec.Struct):
    result: _Sent


_answer = msgspec.json.Decoder(_Answer)


@dataclass(slots=True)
class _Host:
    """Who leads one group through its game: a task, and what wakes it from a pause."""

    task: asyncio.Task[None]
    woken: asyncio.Event


class Games:
    """Hosts every game that the store knows of. `work` until cancelled; `hear` what people answer."""

    def __init__(
        self, api: Api, stage: Stage, groups: Collection[int], clock: Callable[[], float]
    ) -> None:
        """Play in `groups` alone, by their Telegram ids; `clock` gives epoch seconds."""
        self._api, self._groups, self._clock = api, frozenset(groups), clock
        self._hosts: dict[int, _Host] = {}
        self._asking: set[int] = set()
        self._early: list[Voted] = []
        self.stage = stage
        self.link = ""

    async def hear(self, votes: Sequence[Voted], intake: Intake) -> None:
        """Count answers; they are durable when this returns."""
        if not votes:
            return
        try:
            games = await intake.play(lambda games: _counted(games, votes))
        except Exception:  # noqa: BLE001 - no answer in a game may stop what others do (R34)
            _log.exception("games.unheard")
            return
        if self._asking:
            # A poll can be answered before we know what it is called.
            known = {game.poll for game in games.values()}
            self._early += [one for one in votes if one.poll not in known]
            del self._early[:-_MOST_EARLY]

    async def work(self, intake: Intake) -> None:
        """Host the games that go on, and those that are begun, until cancelled."""
        grace = _AFTER_START
        try:
            while True:
                for chat_id in await intake.play(_as_they_are):
                    if host := self._hosts.get(chat_id):
                        host.woken.set()
                    else:
                        self._host(chat_id, intake, grace)
                grace = _UNDER_WAY
                await intake.ordered()
        finally:
            tasks = [host.task for host in self._hosts.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _host(self, chat_id: int, intake: Intake, grace: float) -> None:
        woken = asyncio.Event()
        task = asyncio.get_running_loop().create_task(self._play(chat_id, intake, woken, grace))
        self._hosts[chat_id] = _Host(task, woken)

    async def _play(self, chat_id: int, intake: Intake, woken: asyncio.Event, grace: float) -> None:
        """Lead a group through its game, and through the next one if it is begun meanwhile."""
        while True:
            woken.clear()
            game = (await intake.play(_as_they_are)).get(chat_id)
            if game is not None:
                grace = await self._moved(game, intake, woken, grace)
            elif not woken.is_set():
                del self._hosts[chat_id]
                return

    async def _moved(self, game: Game, intake: Intake, woken: asyncio.Event, grace: float) -> float:
        """Do what comes next as `_move` does; whatever breaks ends this game and nothing else."""
        try:
            if game.chat_id in self._groups:
                return await self._move(game, intake, woken, grace)
            _log.warning("games.not_allowed")
        except ChannelError as error:
            _log.warning("games.ended reason=%s", type(error).__name__)
        except Exception:  # noqa: BLE001 - as above
            _log.exception("games.broken")
        await intake.play(lambda _: {game.chat_id: None})
        return grace

    async def _move(self, game: Game, intake: Intake, woken: asyncio.Event, grace: float) -> float:
        """Do what comes next; return the seconds that answers under way get from now on."""
        now = self._clock()
        match game.phase:
            case Phase.BEGINS:
                await self._say(game, hosting.welcome(self.stage.world, game))
                await _change(intake, game, lambda one: announced(one, self._clock()))
            case Phase.ASKS | Phase.OPEN if now < game.until:
                with suppress(TimeoutError):
                    async with asyncio.timeout(game.until - now):
                        await woken.wait()
                return grace
            case Phase.ASKS:
                await self._ask(game, intake)
            case Phase.OPEN:
                await self._close(game)
                await asyncio.sleep(grace)
                await _change(intake, game, closed)
            case Phase.TELLS:
                await self._say(game, hosting.answer(self.stage.world, game))
                await _change(intake, game, lambda one: told(one, self._clock()))
            case Phase.ENDS:
                await self._close(game)
                await self._say(game, hosting.podium(self.stage.world, game, self.link))
                await intake.play(lambda _: {game.chat_id: None})
        return _UNDER_WAY

    async def _ask(self, game: Game, intake: Intake) -> None:
        """Send the question; one that is not there any more, or may stand there twice, is passed over."""
        poll = hosting.poll(self.stage.world, game)
        sent: _Sent | None = None
        self._asking.add(game.chat_id)
        try:
            if poll is not None:
                answer = await self._call("sendPoll", _question(game, poll), game)
                with suppress(msgspec.MsgspecError):
                    sent = _answer.decode(answer or b"").result
            if poll is None or sent is None:
                await _change(intake, game, lambda one: told(one, self._clock()))
                return
            number, name, right, now = sent.message_id, sent.poll.id, poll.right, self._clock()
            await _change(intake, game, lambda one: asked(one, name, number, right, now))
        finally:
            self._asking.discard(game.chat_id)
            early, self._early = self._early, []
        await self.hear(early, intake)

    async def _close(self, game: Game) -> None:
        """Close the poll that is open, if there is one; most times Telegram has done it by then."""
        if game.message:
            body = msgspec.json.encode({"chat_id": game.chat_id, "message_id": game.message})
            with suppress(Refused):
                await self._call("stopPoll", body, game)

    async def _say(self, game: Game, text: str) -> None:
        body = {
            "chat_id": game.chat_id,
            "text": text,
            "parse_mode": "HTML",
            **QUIET,
            "link_preview_options": {"is_disabled": True},
        }
        await self._call("sendMessage", msgspec.json.encode(body), game)

    async def _call(self, method: str, body: bytes, game: Game) -> bytes | None:
        """Call until it is done; None where it may have been done twice, or the game is too old.

        Raises:
            Unwelcome: the bot is in the group no more.
            Refused: Telegram found fault with the call.
        """
        pause, copies = _FIRST_PAUSE, 0
        while copies < _COPIES and self._clock() < game.ends:
            try:
                return await self._api.call(method, body)
            except (NotDelivered, InvalidToken, Conflicted) as error:
                await pause_for(error, pause)
            except Undecided:
                copies += 1
                await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        return None


def _question(game: Game, poll: hosting.Poll) -> bytes:
    """Write the body of `sendPoll`: everybody's answer reaches us, nobody sees it before the end."""
    body: dict[str, Any] = {
        "chat_id": game.chat_id,
        "question": poll.question,
        "options": [{"text": one} for one in poll.options],
        "type": "quiz",
        "correct_option_ids": poll.right,
        "allows_multiple_answers": poll.several,
        "is_anonymous": False,
        "hide_results_until_closes": True,
        "explanation": poll.why,
        "open_period": game.seconds,
        **QUIET,
    }
    return msgspec.json.encode(body)


def _as_they_are(_: Mapping[int, Game]) -> Mapping[int, Game | None]:
    return {}


async def _change(intake: Intake, game: Game, how: Callable[[Game], Game]) -> None:
    """Change the game as it stands now: orders and answers may have come meanwhile."""
    chat_id = game.chat_id
    await intake.play(lambda games: {chat_id: how(games[chat_id])} if chat_id in games else {})


def _counted(games: Mapping[int, Game], votes: Sequence[Voted]) -> Mapping[int, Game | None]:
    changed: dict[int, Game] = {}
    for vote in votes:
        for chat_id, before in games.items():
            game = changed.get(chat_id, before)
            after = answered(game, vote.poll, vote.user_id, vote.name, vote.options, vote.at)
            if after is not game:
                changed[chat_id] = after
    return {**changed}
