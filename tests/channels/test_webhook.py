"""The webhook: who does not know the secret is not read, and 200 means committed."""

import ast
import asyncio
import inspect
import json

import aiohttp
import pytest

from bot.channels.telegram import webhook
from bot.channels.telegram.api import Api
from bot.channels.telegram.games import Games
from bot.channels.telegram.groups import Groups
from bot.channels.telegram.updates import Reader
from bot.channels.telegram.webhook import application, listen
from bot.engine.events import Wrote
from tests.channels.test_updates import NOW, message

SECRET = "s" * 40
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Intake:
    """Takes turns, or does not come to an end."""

    def __init__(self):
        self.taken, self.set_aside = [], []
        self.hangs = False

    async def take(self, inbound, set_aside=()):
        if self.hangs:
            await asyncio.Event().wait()
        self.taken += inbound
        self.set_aside += set_aside

    async def play(self, decide):
        return decide({})

    async def ordered(self):
        return

    async def roomy(self):
        return

    async def settled(self):
        return


class Watched(Reader):
    """A reader that counts how often it was asked to read."""

    reads = 0

    def read_one(self, body, now):
        self.reads += 1
        return super().read_one(body, now)


@pytest.fixture
async def door(book, keys, stage):
    """The listener on a port of this machine: its address, its reader and its intake."""
    intake, watched = Intake(), Watched(book, keys)
    api = Api("http://127.0.0.1:9", SECRET)
    app = application(
        "/telegram",
        SECRET,
        watched,
        intake,
        Groups(api, ()),
        Games(api, stage, (), lambda: NOW),
        lambda: NOW,
    )
    runner = await listen(app, "127.0.0.1", 0)
    _, port = runner.addresses[0][:2]
    async with aiohttp.ClientSession() as client:
        yield Door(f"http://127.0.0.1:{port}/telegram", port, client, watched, intake, runner)
    await runner.cleanup()


class Door:
    def __init__(self, url, port, client, reader, intake, runner):
        self.url, self.port, self.client = url, port, client
        self.reader, self.intake, self.runner = reader, intake, runner

    async def bring(self, body, secret=SECRET):
        headers = {} if secret is None else {HEADER: secret}
        async with self.client.post(self.url, data=body, headers=headers) as answer:
            assert await answer.read() == b""
            return answer.status


async def test_an_update_is_committed_and_answered_without_a_word(door):
    """The right secret and an update: it is taken, then 200 with an empty body (R10)."""
    assert await door.bring(json.dumps(message(5)).encode()) == 200
    assert [one.update_id for one in door.intake.taken] == [5]
    assert door.intake.taken[0].event == Wrote("hello")


@pytest.mark.parametrize(
    "secret", [None, "", "s", SECRET[:-1], SECRET + "s", SECRET.upper(), "é" * 40, " " + SECRET[1:]]
)
async def test_without_the_secret_nothing_is_read(door, secret):
    """Any other secret is 403 with an empty body, and the update is never read (R31)."""
    assert await door.bring(json.dumps(message(5)).encode(), secret) == 403
    assert (door.reader.reads, door.intake.taken) == (0, [])


@pytest.mark.parametrize("secret", [b"\xff\xfe" * 20, "й".encode() * 20, b"\xed\xa0\x80"])
async def test_a_secret_of_odd_bytes_is_a_wrong_secret(door, secret):
    """Bytes that are no text at all in the secret's place are 403, never an error."""
    status, rest = await _raw(
        door, b"Content-Length: 2\r\n" + HEADER.encode() + b": " + secret, b"{}"
    )
    assert (status, rest) == (403, b"")
    assert door.reader.reads == 0


async def test_a_wrong_secret_does_not_wait_for_the_body(door):
    """With a wrong secret the answer comes while the promised body is still missing."""
    head = b"Content-Length: 5000000\r\n" + HEADER.encode() + b": wrong"
    status, rest = await asyncio.wait_for(_raw(door, head, b""), 2)
    assert (status, rest, door.reader.reads) == (403, b"", 0)


async def test_a_thousand_bad_calls_are_never_parsed(door):
    """A thousand calls with wrong secrets: none parsed, and a good one is still answered."""
    bodies = [b"", b"{", b"\xff" * 100, json.dumps(message(9)).encode()]
    statuses = [
        await door.bring(bodies[number % 4], f"{number}{SECRET}"[:40]) for number in range(1000)
    ]
    assert set(statuses) == {403}
    assert door.reader.reads == 0
    assert await door.bring(json.dumps(message(6)).encode()) == 200


async def test_garbage_with_the_right_secret_is_taken_off_the_queue(door):
    """What cannot be read but is authentic is answered 200, so that it blocks nobody's queue."""
    for body in (b"", b"garbage", b"\xff\xfe", b"[" * 100_000, b'{"update_id": 7, "message": 3}'):
        assert await door.bring(body) == 200
    assert (door.intake.taken, door.intake.set_aside) == ([], [7])


async def test_a_body_too_large_is_not_read_to_its_end(door, monkeypatch):
    """A body beyond the limit is let go unread and unparsed, answered 200 with an empty body."""
    monkeypatch.setattr(webhook, "_LARGEST", 1000)
    assert await door.bring(json.dumps(message(5, "x" * 5000)).encode()) == 200
    assert (door.reader.reads, door.intake.taken) == (0, [])
    assert await door.bring(json.dumps(message(5)).encode()) == 200
    assert len(door.intake.taken) == 1


async def test_a_slow_body_is_asked_for_again_later(door, monkeypatch):
    """A body that does not come in time is 503: Telegram brings it again."""
    monkeypatch.setattr(webhook, "_READ_TIME", 0.05)
    head = b"Content-Length: 50\r\n" + HEADER.encode() + b": " + SECRET.encode()
    status, rest = await _raw(door, head, b'{"update_id"')
    assert (status, rest, door.reader.reads) == (503, b"", 0)


async def test_an_update_that_is_not_committed_in_time_comes_again(door, monkeypatch):
    """When the commit does not come in time the answer is 503, never a false confirmation (R1)."""
    monkeypatch.setattr(webhook, "_COMMIT_TIME", 0.05)
    door.intake.hangs = True
    assert await door.bring(json.dumps(message(5)).encode()) == 503
    door.intake.hangs = False
    assert await door.bring(json.dumps(message(5)).encode()) == 200
    assert len(door.intake.taken) == 1


async def test_stopping_does_not_wait_for_what_hangs(door):
    """A call under way does not hold the stop up for longer than the bot may take (R36)."""
    door.intake.hangs = True
    hanging = asyncio.create_task(door.bring(json.dumps(message(5)).encode()))
    await asyncio.sleep(0.05)
    begun = asyncio.get_running_loop().time()
    assert door.runner._shutdown_timeout <= 2
    door.runner._shutdown_timeout = 0.05
    await door.runner.cleanup()
    assert asyncio.get_running_loop().time() - begun < 2
    assert isinstance((await asyncio.gather(hanging, return_exceptions=True))[0], Exception)


def test_the_secret_is_compared_in_constant_time():
    """The secret meets only `hmac.compare_digest`, never an equality that tells by its time."""
    tree = ast.parse(inspect.getsource(webhook))
    compared = [node for node in ast.walk(tree) if isinstance(node, ast.Compare)]
    names = {name.id for one in compared for name in ast.walk(one) if isinstance(name, ast.Name)}
    assert not names & {"secret", "given"}
    assert "hmac.compare_digest" in inspect.getsource(webhook)


async def _raw(door, head, body):
    """Send bytes as they are; return the status and what follows the answer's head."""
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    writer.write(
        b"POST /telegram HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + head + b"\r\n\r\n"
    )
    writer.write(body)
    await writer.drain()
    answer = await reader.readuntil(b"\r\n\r\n")
    length = int(answer.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    rest = await reader.readexactly(length)
    writer.close()
    return int(answer.split()[1]), rest
