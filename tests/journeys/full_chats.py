"""Chats with hundreds of messages in them, made at once, and what becomes of them."""

import time
from collections.abc import Collection
from pathlib import Path

from bot.engine.session import Session
from bot.language.tongues import first_language
from bot.store.batch import HOUR, Batch, Kept, Trace, Traced
from bot.store.keys import KeyRing
from bot.store.store import Store
from tests.journeys.visitor import Visitor
from tests.standin.chats import Shown
from tests.standin.record import Call
from tests.standin.server import StandIn

_SEAL = 11
"""Letters at the beginning of callback data that only one person's button carries."""


async def fill(tg: StandIn, folder: Path, people: Collection[Visitor], messages: int) -> None:
    """Let `messages` stand in each chat, hers and ours in turn, as the stopped bot's ledger knows.

    Everybody stands at the menu, the country chosen.
    """
    traced, sessions, now = {}, {}, int(time.time())
    for person in people:
        await tg.meet(person.id, language_code=person.code)
        chat, traces = tg.chat(person.id), []
        for number in range(messages):
            ours = bool(number % 2)
            sender = tg.world.bot["id"] if ours else person.id
            one = Shown(tg.world.chats.next_id(), sender, ours, now, text=f"{number}")
            chat.add(one)
            traces.append(Trace(one.message_id, now, ours=ours))
        language = first_language(person.code)
        person.session = Session("hub", language, country="kz", told=True)
        sessions[person.id] = Kept(person.session, now + HOUR)
        traced[person.id] = Traced(person.id, tuple(traces), "start", language, active=True)
    data = folder / "data"
    store = await Store.open(f"sqlite:///{data / 'tirek.db'}", KeyRing(data / "keys"))
    await store.transact((), (), now, lambda _: Batch(sessions=sessions, traced=traced))
    await store.close()


def looks(tg: StandIn, chat_id: int) -> list[tuple[object, ...]]:
    """Describe every message of a chat as somebody sees it, and the buttons without their seals."""
    return [
        (
            one.by_bot, one.text, str(one.entities), one.protected, one.silent, one.previews_links,
            tuple((b.text, (b.data or "")[_SEAL:], b.url) for row in one.buttons for b in row),
        )
        for one in tg.chat(chat_id).shown()
    ]  # fmt: skip


def deletions(tg: StandIn, chat_id: int, since: int = 0) -> list[Call]:
    """List the calls that were to remove something from a chat."""
    methods = ("deleteMessages", "deleteMessage")
    calls = tg.record.calls[since:]
    return [c for c in calls if c.method in methods and c.params.get("chat_id") == chat_id]


class Handed:
    """Knows when the bot was handed each update: from then on its time counts."""

    def __init__(self, tg: StandIn) -> None:
        self._tg, self._at = tg, dict[int, float]()
        self._take = tg.world.updates.take
        tg.world.updates.take = self._noting  # type: ignore[method-assign]

    def _noting(self, offset: int, limit: int):
        found = self._take(offset, limit)
        for one in found:
            self._at.setdefault(one.id, time.monotonic())
        return found

    @property
    def last(self) -> int:
        """The number of the update that was queued last."""
        return self._tg.world.updates.next_id - 1

    def at(self, update_id: int) -> float:
        """When the bot was handed this update, in monotonic seconds."""
        return self._at[update_id]
