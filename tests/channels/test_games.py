"""The host of live quizzes: on time, once, and only where it may; hours pass at once."""

import asyncio
import functools
from collections import defaultdict, deque
from typing import Any

import msgspec
import pytest

from bot.channels.port import NotDelivered, Undecided, Unwelcome, Voted
from bot.channels.telegram.api import Refused
from bot.channels.telegram.games import Games
from bot.learning.live.game import PAUSE, Game, Phase, announced, asked
from bot.learning.live.orders import Begin, Hurry, Stop, obeyed
from tests.virtual_time import VirtualLoop

GROUP, OTHER = -1_001_111_111_111, -1_002_222_222_222
ITEMS = ("first-words", "second-adult")
ANNA = 6_000_000_001
GRACE = 2.0


def now():
    return asyncio.get_running_loop().time()


class Wire:
    """The Bot API: notes each call; raises what its script for a method holds first.

    An exception that is an `Undecided` is raised after the call has been applied.
    """

    def __init__(self):
        self.calls: list[tuple[float, str, dict[str, Any]]] = []
        self.scripts: dict[str, deque[Exception]] = defaultdict(deque)
        self.meanwhile: Any = None

    async def call(self, method: str, body: bytes) -> bytes:
        """Take a call."""
        self.calls.append((now(), method, msgspec.json.decode(body)))
        number = len(self.calls)
        if method == "sendPoll" and self.meanwhile:
            await self.meanwhile(f"poll{number}")
        if self.scripts[method]:
            raise self.scripts[method].popleft()
        return msgspec.json.encode(
            {"ok": True, "result": {"message_id": number, "poll": {"id": f"poll{number}"}}}
        )

    def at(self, method: str, group: int = GROUP) -> list[float]:
        """Say when a method was called for a group."""
        return [
            when for when, name, body in self.calls if (name, body["chat_id"]) == (method, group)
        ]

    def said(self, group: int = GROUP) -> list[str]:
        """Give what was said in a group."""
        calls = [body for _, method, body in self.calls if method == "sendMessage"]
        return [body["text"] for body in calls if body["chat_id"] == group]


class Book:
    """What the store keeps of games, in memory."""

    def __init__(self, *games: Game):
        self.games = {game.chat_id: game for game in games}
        self._wake = asyncio.Event()

    async def play(self, decide):
        await asyncio.sleep(0)
        changed = decide(dict(self.games))
        self.games = {k: v for k, v in {**self.games, **changed}.items() if v is not None}
        return dict(self.games)

    async def ordered(self):
        await self._wake.wait()
        self._wake.clear()

    def order(self, order):
        game = obeyed(self.games.get(order.chat_id), order, now())
        if game is not None:
            self.games[order.chat_id] = game
        self._wake.set()


def begin(group=GROUP, items=ITEMS):
    return Begin(group, "en", "help", items, 30, 3, b"salt" * 4)


class Hall:
    """A host over a wire and a book, not yet at work."""

    def __init__(self, stage):
        self.wire, self.book = Wire(), Book()
        self.games = Games(self.wire, stage, (GROUP, OTHER), now)  # type: ignore[arg-type]
        self.games.link = "https://t.me/stand_in_bot"
        self._working: asyncio.Task[None] | None = None

    def start(self):
        """Set the host to work."""
        self._working = asyncio.create_task(self.games.work(self.book))  # type: ignore[arg-type]

    async def close(self):
        """End its work."""
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)


@pytest.fixture
def hall(stage):
    return Hall(stage)


def in_no_time(test):
    """Run an async test about a `hall` in a loop whose hours pass at once."""

    @functools.wraps(test)
    def run(hall, **fixtures):
        async def whole():
            try:
                await test(hall, **fixtures)
            finally:
                await hall.close()

        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(whole())

    return run


@in_no_time
async def test_a_game_runs_by_its_own_clock(hall):
    """Each question follows a pause, closes after its time, is explained; the end leaves nothing."""
    hall.start()
    hall.book.order(begin())
    await asyncio.sleep(300)
    first, second = hall.wire.at("sendPoll")
    assert first == pytest.approx(PAUSE)
    assert hall.wire.at("stopPoll") == [pytest.approx(first + 30), pytest.approx(second + 30)]
    assert second == pytest.approx(first + 30 + GRACE + PAUSE)
    methods = [method for _, method, _ in hall.wire.calls]
    one = ["sendPoll", "stopPoll", "sendMessage"]
    assert methods == ["sendMessage", *one, *one, "sendMessage"]
    assert hall.book.games == {}
    assert not hall.games._hosts


@in_no_time
async def test_every_message_is_quiet_and_every_poll_a_quiz(hall):
    """Nothing rings or can be forwarded; nobody's answer shows before the end, nobody hides."""
    hall.start()
    hall.book.order(begin())
    await asyncio.sleep(300)
    for _, method, body in hall.wire.calls:
        if method != "stopPoll":
            assert body["disable_notification"]
            assert body["protect_content"]
        if method == "sendPoll":
            assert (body["type"], body["open_period"], body["is_anonymous"]) == ("quiz", 30, False)
            assert body["hide_results_until_closes"]


@in_no_time
async def test_orders_reach_a_game_at_once(hall):
    """Hurried it asks and closes at once; stopped it closes what is open and ends."""
    hall.start()
    hall.book.order(begin())
    await asyncio.sleep(1)
    hall.book.order(Hurry(GROUP))
    await asyncio.sleep(1)
    assert hall.wire.at("sendPoll") == [1]
    hall.book.order(Hurry(GROUP))
    await asyncio.sleep(4)
    assert hall.wire.at("stopPoll") == [2]
    hall.book.order(Hurry(GROUP))
    await asyncio.sleep(1)
    hall.book.order(Stop(GROUP))
    await asyncio.sleep(1)
    assert hall.wire.at("stopPoll") == [2, 7]
    assert "The quiz is over" in hall.wire.said()[-1]
    assert hall.book.games == {}


@in_no_time
async def test_an_answer_that_comes_before_the_poll_is_known_counts(hall):
    """Who answers while the sending of the question is not yet confirmed to us has her point."""

    async def quick(poll):
        await hall.games.hear([Voted(poll, ANNA, "Anna", (0, 1, 2, 3), now())], hall.book)

    hall.wire.meanwhile = quick
    hall.start()
    hall.book.order(begin())
    await asyncio.sleep(PAUSE + 1)
    (player,) = hall.book.games[GROUP].players.values()
    assert player.last == 0


@in_no_time
async def test_a_poll_that_may_stand_there_twice_is_passed_over(hall):
    """Where Telegram does not say whether a poll arrived it is sent twice at most."""
    hall.wire.scripts["sendPoll"].extend([Undecided()] * 2)
    hall.start()
    hall.book.order(begin())
    await asyncio.sleep(300)
    questions = [body["question"] for _, method, body in hall.wire.calls if method == "sendPoll"]
    assert [one[:10] for one in questions] == ["Question 1", "Question 1", "Question 2"]
    assert hall.book.games == {}


@pytest.mark.parametrize("method", ["sendMessage", "sendPoll", "stopPoll"])
@in_no_time
async def test_a_game_dies_with_its_group(hall, method):
    """Thrown out of the group, at any call, the game is over and the other group plays on."""
    hall.wire.scripts[method].append(Unwelcome())
    hall.start()
    hall.book.order(begin())
    await asyncio.sleep(40)
    assert hall.book.games == {}
    hall.book.order(begin(OTHER))
    await asyncio.sleep(300)
    assert len(hall.wire.at("sendPoll", OTHER)) == 2
    assert not hall.games._hosts


@in_no_time
async def test_a_group_that_must_wait_makes_nobody_else_wait(hall):
    """Told to wait a minute, a game waits a minute; a game elsewhere goes on meanwhile."""
    hall.wire.scripts["sendMessage"].append(NotDelivered(60))
    hall.start()
    hall.book.order(begin())
    await asyncio.sleep(0.1)
    hall.book.order(begin(OTHER))
    await asyncio.sleep(300)
    assert hall.wire.at("sendMessage")[:2] == [0, 60]
    assert hall.wire.at("sendPoll", OTHER)[0] == pytest.approx(0.1 + PAUSE)
    assert len(hall.wire.at("sendPoll")) == 2


@in_no_time
async def test_a_poll_telegram_has_closed_is_no_trouble(hall):
    """Where the poll has run out by itself, or is gone, the game goes on."""
    hall.wire.scripts["stopPoll"].append(Refused("Bad Request: poll has already been closed"))
    hall.start()
    hall.book.order(begin())
    await asyncio.sleep(300)
    assert len(hall.wire.at("sendPoll")) == 2
    assert len(hall.wire.said()) == 4


@in_no_time
async def test_after_a_restart_a_game_goes_on_where_it_was(hall):
    """A question that ran out meanwhile waits for answers still queued, is told, and the next comes."""
    game = obeyed(None, begin(), -100)
    assert game is not None
    hall.book.games[GROUP] = asked(announced(game, -100), "old", 77, (1,), -90)
    hall.start()
    await asyncio.sleep(3)
    await hall.games.hear([Voted("old", ANNA, "Anna", (1,), now())], hall.book)
    await asyncio.sleep(3)
    assert "1. Anna: 1" in hall.wire.said()[0]
    assert hall.wire.calls[0][1:] == ("stopPoll", {"chat_id": GROUP, "message_id": 77})
    await asyncio.sleep(PAUSE)
    assert "Question 2 of 2" in hall.wire.calls[-1][2]["question"]


@in_no_time
async def test_a_group_that_is_no_games_group_any_more_hears_nothing(hall):
    """Where the operator has closed a group for games meanwhile, the row goes without a word."""
    game = obeyed(None, begin(-77), 0)
    hall.book.games[-77] = game
    hall.start()
    await asyncio.sleep(10)
    assert hall.wire.calls == []
    assert hall.book.games == {}


@in_no_time
async def test_a_fault_of_ours_ends_one_game(hall, monkeypatch):
    """Whatever breaks in one game ends it; the host goes on, and hearing never fails."""
    monkeypatch.setattr("bot.engine.hosting.poll", lambda *_: 1 / 0)
    hall.start()
    hall.book.order(begin())
    await asyncio.sleep(20)
    assert hall.book.games == {}
    hall.book.play = lambda _: 1 / 0
    await hall.games.hear([Voted("x", ANNA, "Anna", (1,), 0.0)], hall.book)


@in_no_time
async def test_a_game_has_an_end_while_telegram_is_away(hall):
    """Where nothing can be sent for hours, the game is over and nothing more is tried."""
    hall.wire.scripts["sendMessage"].extend([NotDelivered(600)] * 40)
    hall.start()
    hall.book.order(begin(items=("first-words",)))
    await asyncio.sleep(4 * 3600)
    tries = len(hall.wire.calls)
    assert tries <= 20
    assert all(phase is not Phase.OPEN for phase in (one.phase for one in hall.book.games.values()))
    hall.book.games.clear()
    await asyncio.sleep(4 * 3600)
    assert len(hall.wire.calls) == tries
