"""A stolen copy tells who used the bot as little as possible: nobody."""

import logging
from dataclasses import replace

import pytest
from sqlalchemy import bindparam

from bot.engine.replies import Note
from bot.errors import StoreError
from bot.store.batch import HOUR, Batch, Kept
from bot.store.store import Store
from bot.store.tables import outbox, session
from tests.store.examining import found, guesses, rows, stolen
from tests.store.looking import look, write
from tests.store.people import FLAGS, TOLD, TOWN, outgoing, turns

CROWD = [6_000_000_000 + 7_919 * n for n in range(500)]


async def fill(store, clock, first_update=1):
    await write(store, turns(CROWD, clock(), first_update))


async def test_a_stolen_copy_names_nobody(store, url, keys, clock):
    """Of 500 people whose ids the thief has, a stolen copy without key gives away none."""
    await fill(store, clock)
    raw = await stolen(store, url)
    assert all(keys.pseudonym(person) in raw for person in CROWD)
    assert found(CROWD, raw) == []


def test_the_examiner_finds_what_lies_open():
    """The examiner of the test above does find an id, in every form it knows."""
    for guess in guesses(CROWD[3]):
        assert found(CROWD[:50], b"\0\0" + guess + b"\xff") == [CROWD[3]]


async def test_a_stolen_copy_tells_no_place_and_no_need(store, url, clock):
    """Neither the screen, the town, a flag nor the kind of an answer of anybody stands in a stolen copy, not even by its length."""
    end = int(clock()) + HOUR
    told = {n: replace(TOLD, town=f"{TOWN}-{n}", said=FLAGS[: n % 4]) for n in range(1, 41)}
    await write(
        store,
        Batch(
            sessions={person: Kept(one, end) for person, one in told.items()},
            replies=[
                outgoing(person, clock(), Note(), town=one.town, said=one.said)
                for person, one in told.items()
            ],
        ),
    )
    raw = await stolen(store, url)
    for word in ("help.places", TOWN, TOWN.removeprefix("kz-"), *FLAGS, "note"):
        assert word.encode() not in raw
    sealed = [row.about for table in ("session", "outbox") for row in await rows(store, table)]
    assert len(set(sealed)) == 80
    assert len({len(value) for value in sealed}) == 1


@pytest.mark.parametrize("table", [session, outbox])
async def test_words_that_cannot_be_read_are_empty(store, clock, table):
    """Of sealed words that were swapped, cut or altered only language and country are left.

    She stands nowhere then, having said nothing; and a reply of which the screen is unknown is lost.
    """
    end, people = int(clock()) + HOUR, range(1, 6)
    kept = {person: Kept(replace(TOLD, town=f"kz-{person}"), end) for person in people}
    replies = [outgoing(n, clock(), town=f"kz-{n}", said=FLAGS) for n in people]
    await write(store, Batch(sessions=kept, replies=replies))
    key = table.primary_key.columns[0]
    one, two, three, four, _ = await rows(store, table.name)
    broken = [
        (one[0], two.about),
        (two[0], one.about),
        (three[0], three.about[:30]),
        (four[0], bytes([*four.about[:-1], four.about[-1] ^ 1])),
    ]

    def spoil(connection):
        put = table.update().where(key == bindparam("which")).values(about=bindparam("words"))
        connection.execute(put, [{"which": which, "words": words} for which, words in broken])

    await store._database.run(spoil)
    found = (await look(store, people, [], clock())).sessions if table is session else {}
    waiting = await store.pending()
    if table is outbox:
        assert [(each.town, waiting.lost) for each in waiting.replies] == [("kz-5", 4)]
        return
    assert len(found) == len(waiting.replies) == 5
    assert sorted(bool(each.town) for each in found.values()) == [False] * 4 + [True]
    assert all(bool(each.town) == bool(each.said) == bool(each.place) for each in found.values())
    assert {(each.country, each.language) for each in found.values()} == {("kz", "kk")}


async def test_epochs_do_not_link(store, keys, clock):
    """A person met under two keys has one session, and no bytes of hers recur between them."""
    await fill(store, clock)
    before = {row[0] for row in await rows(store, "session")}
    clock.now += 24 * HOUR
    keys.rotate()
    await fill(store, clock, first_update=1000)
    after = {row[0] for row in await rows(store, "session")}
    assert len(before) == len(after) == len(CROWD)
    assert before.isdisjoint(after)
    sealed = [value for row in await rows(store, "outbox") for value in row[1:4]]
    assert len(sealed) == len(set(sealed)) == 2 * len(CROWD) * 3


async def test_a_swapped_chat_is_refused(store, clock):
    """Replies whose sealed chats were exchanged in the database are never sent to anyone."""
    ids = await write(store, turns(CROWD[:3], clock()))
    sealed = [row[2] for row in await rows(store, "outbox")]

    def swap(connection):
        put = outbox.update().where(outbox.c.id == bindparam("which")).values(chat=bindparam("c"))
        pairs = zip(ids[:2], reversed(sealed[:2]), strict=True)
        connection.execute(put, [{"which": which, "c": chat} for which, chat in pairs])

    await store._database.run(swap)
    waiting = await store.pending()
    assert [reply.chat_id for reply in waiting.replies] == [CROWD[2]]
    assert waiting.lost == 2


async def test_no_log_holds_a_value(url, keys, clock, caplog):
    """With every logger at its most talkative no id, content key or address is written."""
    for name in (None, "sqlalchemy", "sqlalchemy.engine", "sqlalchemy.pool", "alembic", "asyncpg"):
        caplog.set_level(logging.DEBUG, name)
    store = await Store.open(url, keys, clock=clock)
    await write(store, turns(CROWD[:5], clock()))
    await look(store, CROWD[:5], [1], clock())
    await store.pending()
    await store.forget(CROWD[0])
    await store.sweep(clock())
    await store.close()
    for word in ("help.numbers", str(CROWD[0]), keys.pseudonym(CROWD[0]).hex(), "INSERT"):
        assert word not in caplog.text


async def test_an_error_holds_no_value(store, clock):
    """The error of a refused row names a remedy and a code, never what was in the row."""
    (number,) = await write(store, turns(CROWD[:1], clock()))
    store._outbox._next = number
    with pytest.raises(StoreError) as caught:
        await write(store, turns(CROWD[:1], clock(), 77))
    shown = f"{caught.value!r} {caught.value.__cause__!r}"
    for word in ("help.numbers", str(CROWD[0]), str(number)):
        assert word not in shown
    assert (await look(store, [], [77], clock())).seen == set()


async def test_files_are_private(tmp_path, keys, clock):
    """The database and everything beside it is 0600, in a folder that is 0700."""
    folder = tmp_path / "new" / "data"
    store = await Store.open(f"sqlite:///{folder}/t.db", keys, clock=clock)
    await write(store, Batch(seen=[1]))
    assert folder.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert modes == {"t.db": 0o600, "t.db-wal": 0o600, "t.db-shm": 0o600}
    await store.close()
