"""After a pause nobody can tell whether somebody was ever here: not by answers, not by time (R15)."""

import asyncio
import random
import statistics
import time
from itertools import count

import pytest

from bot.channels.port import Cleared, Inbound
from bot.channels.telegram.buttons import Codebook
from bot.channels.telegram.messages import Messages
from bot.conversation import Conversation
from bot.engine.events import Chosen, Commanded, Located, Strayed, Wrote
from bot.store.keys import KeyRing
from bot.store.store import Store
from tests.conftest import LANGUAGES
from tests.talking import RETENTION, ScriptedChannel, Talk
from tests.virtual_time import in_virtual_time

FIRST = 6_000_000_301
MINUTE, HOUR = 60, 3600
DOINGS = (
    Commanded("start"),
    Commanded("menu"),
    Commanded("about"),
    Commanded("language"),
    Commanded("forget"),
    Commanded("close"),
    Commanded("nonsense"),
    Wrote("stop"),
    Wrote("tirek"),
    Wrote("menu"),
    Wrote("talk"),
    Wrote("муж меня бьёт"),
    Wrote("Almaty"),
    Wrote("qwertz"),
    Chosen("hub", "talk"),
    Chosen("talk", "close"),
    Chosen("near-medical", "menu"),
    Chosen("start", "continue"),
    Chosen("quiz", "begin"),
    Located(43.238949, 76.889709),
    Strayed(wordless=True),
    Strayed(),
)


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


class Wire:
    """What goes over the wire to each person, without what is only hers: her number, her seals."""

    def __init__(self, talk, keys) -> None:
        book = Codebook.of(talk.stage.world.content, LANGUAGES)
        self._messages, self._book, self._keys = Messages(book, keys), book, keys

    def bytes(self, sent) -> bytes:
        """The body of a call."""
        who, page = sent.chat_id, sent.shown
        if not hasattr(page, "rows"):
            return repr(page).encode()
        seal = self._book.seal(self._keys, who, page.place, page.item)
        body = self._messages.new(page, who, who)
        assert seal.encode() in body
        return body.replace(seal.encode(), b"~").replace(str(who).encode(), b"0")


async def be_here(talk, event) -> tuple[int, int, int]:
    """One person talks and stays away, one is forgotten, and one was never here."""
    known, forgotten, new = (FIRST + 3 * DOINGS.index(event) + n for n in range(3))
    for who in (known, forgotten):
        await talk.in_kazakhstan(who)
        for words in ("talk", "1"):
            await talk.say(who, words)
    await talk.do(forgotten, Chosen("forget", "yes"))
    return known, forgotten, new


@pytest.mark.parametrize("pause", [31 * MINUTE, 25 * HOUR])
@in_virtual_time
async def test_known_forgotten_and_new_are_answered_alike(talk, pause):
    """Whatever somebody does after a pause, the bytes of every call are those for somebody new."""
    await talk.open()
    people = [await be_here(talk, event) for event in DOINGS]
    await asyncio.sleep(pause)
    wire = Wire(talk, talk.store._keys)
    for event, three in zip(DOINGS, people, strict=True):
        sent, over = len(talk.channel.sent), 77 if isinstance(event, Chosen) else None
        answers = dict[int, list[object]]({who: [] for who in three})
        for who in three:
            await talk.do(who, event, over=over)
        for one in talk.channel.sent[sent:]:
            answers[one.chat_id].append((wire.bytes(one), one.message_id == over))
        known, forgotten, new = answers.values()
        assert new, event
        assert known == forgotten == new, event


@pytest.mark.soak
async def test_known_forgotten_and_new_are_answered_in_the_same_time(stage, tmp_path):
    """The medians of how long an answer takes differ by less than a tenth between the three."""
    people, ahead, took = 300, 0.0, dict[str, list[float]]()
    keys = KeyRing(tmp_path / "keys", lambda: time.time() + ahead)
    url = f"sqlite:///{tmp_path / 'tirek.db'}"
    store = await Store.open(url, keys, clock=lambda: time.time() + ahead)
    quick = Quick()
    async with Conversation(
        stage, store, quick, RETENTION, lambda: time.time() + ahead
    ) as conversation:
        numbers = count(1)

        async def do(who, event) -> float:
            began = time.perf_counter()
            number = next(numbers)
            one = Inbound(number, who, who, event, time.time() + ahead, "en", written=number)
            await conversation.take([one])
            await quick.answered.wait()
            quick.answered.clear()
            return time.perf_counter() - began

        groups = {"known": 10_000, "forgotten": 20_000, "new": 30_000}
        for who in range(people):
            for group in ("known", "forgotten"):
                await do(groups[group] + who, Commanded("start"))
        for who in range(people):
            await do(groups["forgotten"] + who, Chosen("forget", "yes"))
        await conversation.settled()
        ahead = 25.0 * HOUR
        await store.sweep(time.time() + ahead)
        order = [(group, who) for who in range(people) for group in groups]
        random.Random(1).shuffle(order)
        for group, who in order:
            took.setdefault(group, []).append(await do(groups[group] + who, Wrote("menu")))
            await conversation.settled()
    await store.close()
    medians = {group: statistics.median(each) * 1000 for group, each in took.items()}
    assert max(medians.values()) < 1.1 * min(medians.values())


class Quick(ScriptedChannel):
    """Delivers at once, and tells when."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = asyncio.Event()

    async def deliver(self, shown, chat_id, message_id, tap):  # noqa: ARG002 - the port's signature
        """Take it as shown."""
        self.answered.set()
        self.last += 1
        return self.last if message_id is None else None

    async def clear(self, chat_id, messages, instead):  # noqa: ARG002 - as above
        """Remove everything."""
        return Cleared(gone=frozenset(messages))
