"""An exit leaves no more behind than a chat that faded: not in the database, not in the log."""

import asyncio
import logging
from typing import Any

import pytest

from bot.engine.events import Chosen, Commanded, Wrote
from bot.store.keys import KeyRing
from bot.store.store import Store
from tests.store.examining import TABLES, rows
from tests.talking import Talk, clock
from tests.virtual_time import in_virtual_time

ANNA, BOTA = 6_000_000_101, 6_000_000_202
MINUTE = 60


async def open_on_disk(talk):
    """Start over a database that is a file, as a service does."""
    keys = KeyRing(talk.folder / "keys", clock)
    url = f"sqlite:///{talk.folder / 'data' / 'tirek.db'}"
    (talk.folder / "data").mkdir(exist_ok=True)
    talk.store = await Store.open(url, keys, clock=clock, marks=talk.folder / "erasures")
    return await talk.open()


async def converse(talk):
    """Let two people talk, one of whom will be gone."""
    for who in (ANNA, BOTA):
        await talk.in_kazakhstan(who)
        for _ in range(4):
            await talk.say(who, "2")


async def in_the_end(talk, how):
    """Let a chat end in one of the ways, and look at everything a few minutes later.

    As often as somebody leaves, somebody else says one thing more: the number of an update is
    kept of every doing, and tells nothing of it.
    """
    await open_on_disk(talk)
    await converse(talk)
    await asyncio.sleep(29.5 * MINUTE)
    stays = max(n for n, shown in talk.channel.stands[ANNA].items() if shown != "hers")
    match how:
        case "button":
            await talk.do(ANNA, Chosen("talk", "close"), over=stays)
        case "command":
            await talk.do(ANNA, Commanded("close"))
        case "fading":
            await talk.say(BOTA, "2")
        case word:
            await talk.do(ANNA, Wrote(word))
    await talk.say(BOTA, "2")
    assert (talk.standing(ANNA) == ["start"]) is (how != "fading")
    await asyncio.sleep(6 * MINUTE)
    assert talk.standing(ANNA) == ["start"]
    tables = {
        table: sorted(
            # What is sealed or keyed is noise to everybody else, but for its length.
            tuple(len(value) if isinstance(value, bytes) else value for value in row)
            for row in await rows(talk.store, table)
        )
        for table in TABLES
    }
    raw = b"".join(path.read_bytes() for path in (talk.folder / "data").iterdir())
    names = {who: talk.store._keys.pseudonym(who) for who in (ANNA, BOTA)}
    return tables, {who: name in raw for who, name in names.items()}


@pytest.mark.parametrize("how", ["button", "command", "stop", "шығу"])
def test_an_exit_looks_like_a_fading(stage, tmp_path, caplog, how):
    """Rows of all tables and lines of the loudest log are those of a chat that was left alone."""
    caplog.set_level(logging.DEBUG)
    seen = []
    for way in ("fading", how):
        folder = tmp_path / way
        folder.mkdir()
        caplog.clear()
        ended: list[object] = []

        @in_virtual_time
        async def end(talk, way=way, ended=ended):
            ended.extend(await in_the_end(talk, way))

        end(Talk(stage, folder))
        seen.append((*ended, [one.getMessage() for one in caplog.records if "tirek" in one.name]))
    faded, left = seen
    assert left == faded
    tables: Any = left[0]
    assert left[1] == {ANNA: False, BOTA: True}
    assert len(tables["seen"]) == 12
