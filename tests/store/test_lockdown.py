"""One call, and what the server holds is of no use to whoever takes it."""

import os
from datetime import date

import pytest

from bot.errors import KeyMissingError, StoreError
from bot.learning.live.orders import Begin
from bot.learning.memory import Memory
from bot.staff.roles import Role
from bot.store.batch import HOUR, Batch, Kept
from bot.store.keys import KeyRing
from bot.store.store import Store
from tests.staff.serving import appoint
from tests.store.examining import rows, stolen, windows
from tests.store.looking import look, write
from tests.store.people import COVERED, TOLD, outgoing, traced

OF_PEOPLE = (
    *("session", "outbox", "trace", "cover", "pickup", "game"),
    *("learner", "staff", "invitation"),
)
CROWD = range(6_000_000_000, 6_000_000_050)


async def fill(store, clock):
    end = int(clock()) + HOUR
    batch = Batch(
        sessions={person: Kept(COVERED, end) for person in CROWD},
        seen=range(50),
        replies=[outgoing(person, clock()) for person in CROWD],
        traced={person: traced(person, 1, at=clock()) for person in CROWD},
        left={"apple river window horse": TOLD},
        memories=dict.fromkeys(CROWD, Memory(date(2027, 1, 15), 1)),
        orders=[Begin(-1_001_234_567_890, "ky", "help", ("one",), 30, 7, b"salt" * 4)],
    )
    await write(store, batch)
    await appoint(store, CROWD[0])
    await store.office.invite(Role.VOLUNTEER)


async def test_nothing_of_anybody_is_left(store, url, keys, clock, tmp_path):
    """No row about a person, no trace in the raw files, no key on the disk or in memory."""
    await fill(store, clock)
    names = {keys.pseudonym(person) for person in CROWD}
    sealed = {row.ledger[-16:] for row in await rows(store, "trace")}
    secret = (tmp_path / "keys" / "epoch-1.key").read_bytes()[16:48]
    witness = tmp_path / "witness"
    os.link(tmp_path / "keys" / "epoch-1.key", witness)
    for table in OF_PEOPLE:
        assert await rows(store, table) != []
    await store.lockdown()
    for table in OF_PEOPLE:
        assert await rows(store, table) == []
    assert len(await rows(store, "seen")) == 50
    assert (names | sealed).isdisjoint(windows(await stolen(store, url), 16))
    assert list((tmp_path / "keys").iterdir()) == []
    assert secret not in witness.read_bytes()
    assert repr(keys) == "KeyRing([])"


async def test_nothing_works_until_there_are_new_keys(store, keys, clock):
    """A locked ring names nobody and tags nothing; with new keys everybody is met as new."""
    await fill(store, clock)
    name, tag = keys.pseudonym(CROWD[0]), keys.tag(1, b"x")
    await store.lockdown()
    for use in (
        lambda: keys.pseudonym(1),
        lambda: keys.pseudonyms(1),
        lambda: keys.phrases("apple"),
        lambda: keys.tag(1, b"x"),
        lambda: keys.current,
        lambda: keys.epoch(1),
    ):
        with pytest.raises(KeyMissingError):
            use()
    assert not keys.tag_matches(1, tag, b"x")
    with pytest.raises(StoreError):
        await look(store, [1], [], clock())
    assert keys.rotate()
    assert keys.pseudonym(CROWD[0]) != name
    assert not keys.tag_matches(1, tag, b"x")
    assert (await look(store, CROWD, [], clock())).sessions == {}


async def test_keys_go_though_the_database_does_not_answer(store, keys, clock, monkeypatch):
    """A database in trouble is told, and what it holds cannot be read any more all the same."""

    async def broken(_work):
        raise StoreError("no disk")

    await fill(store, clock)
    with monkeypatch.context() as patch:
        patch.setattr(store._database, "run", broken)
        with pytest.raises(StoreError, match="no disk"):
            await store.lockdown()
    with pytest.raises(KeyMissingError):
        keys.pseudonym(1)
    await store.lockdown()
    assert await rows(store, "session") == []


async def test_rows_go_though_a_key_cannot_be_removed(url, clock, tmp_path, monkeypatch):
    """A disk that refuses is told; rows and the keys in memory are gone, and it can be repeated."""
    keys = KeyRing(tmp_path / "k", clock)
    store = await Store.open(url, keys, clock=clock)
    await fill(store, clock)

    def refused(_handle):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refused)
        with pytest.raises(StoreError, match="Input/output error"):
            await store.lockdown()
    assert await rows(store, "session") == []
    with pytest.raises(KeyMissingError):
        keys.pseudonym(1)
    await store.lockdown()
    assert list((tmp_path / "k").iterdir()) == []
    await store.close()


def test_a_damaged_key_is_destroyed_too(keys, tmp_path):
    """What cannot be read as a key is no reason to leave it there."""
    path = tmp_path / "keys" / "epoch-1.key"
    path.write_bytes(path.read_bytes()[:20])
    (tmp_path / "keys" / "epoch-7.tmp").write_bytes(b"half")
    keys.destroy_all()
    assert list((tmp_path / "keys").iterdir()) == []
