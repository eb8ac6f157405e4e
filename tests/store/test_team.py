"""What is kept of those who work with the bot: under a key of its own, and not for long (R3, R26, R27)."""

import os
from datetime import date

import pytest

from bot.errors import KeyMissingError, SettingsError, StoreError, UnsafeSettingsError
from bot.learning.memory import Memory
from bot.staff.audit import LIFE, broken_at, head
from bot.staff.doings import Accepted, Left
from bot.staff.roles import Role
from bot.staff.standing import NOBODY
from bot.store.batch import HOUR, Batch
from bot.store.keys import KeyRing
from bot.store.longkey import LongKey
from bot.store.store import Store
from tests.staff.serving import appoint
from tests.store.examining import found, rows, stolen, windows
from tests.store.looking import write
from tests.store.test_marks import copied

ANNA, BOTA, CAROL = 6_000_000_101, 6_000_000_102, 6_000_000_103
KNOWN = ("learner", "staff", "invitation")


@pytest.fixture
async def store(url, keys, clock, tmp_path):
    store = await Store.open(
        url, keys, clock=clock, marks=tmp_path / "marks", long_key=tmp_path / "long"
    )
    yield store
    await store.close()


async def at_the_desk(store, do):
    """Do something at the desk of a batch; return what came of it."""
    came = []

    def decide(loaded):
        came.append(do(loaded.desk))
        return Batch()

    await store.transact((), (), store._clock(), decide)
    return came[-1]


async def standing(store, who, token=""):
    return await at_the_desk(store, lambda desk: desk.standing(who, token))


async def note(store, who, doing):
    await at_the_desk(store, lambda desk: desk.note(who, doing))


async def test_of_two_only_the_first_takes_an_invitation_up(store):
    """Whoever comes second, also in the same moment, is refused and changes nothing."""
    token, _ = await store.office.invite(Role.VOLUNTEER)
    await note(store, ANNA, Accepted(token))
    with pytest.raises(StoreError, match="somebody else"):
        await note(store, BOTA, Accepted(token))
    assert (await standing(store, ANNA)).invited is Role.VOLUNTEER
    assert await standing(store, BOTA, token) == NOBODY
    assert [one.deed for one in await store.office.audit()] == ["invited", "accepted"]


async def test_a_role_outlives_epochs_and_restarts(store, url, keys, clock, tmp_path):
    """After three days and a restart she still has her role; nobody else does."""
    await appoint(store, ANNA)
    for _ in range(72):
        clock.now += HOUR
        await store.sweep(clock())
    again = await Store.open(url, keys, clock=clock, long_key=tmp_path / "long")
    assert (await standing(again, ANNA)).role is Role.VOLUNTEER
    assert await standing(again, BOTA) == NOBODY
    await again.close()


async def test_a_thief_finds_nobody(store, url):
    """Without the long-term key no id is found in the rows; with it, only of those who serve."""
    await appoint(store, ANNA)
    raw = await stolen(store, url)
    assert found([ANNA, BOTA], raw) == []
    assert store._team.name(ANNA) in windows(raw, 16)
    assert store._team.name(BOTA) not in windows(raw, 16)


async def test_the_secret_of_a_link_is_nowhere(store, url):
    """Neither the token nor what it is made from lies in the rows: only a keyed hash."""
    token, code = await store.office.invite(Role.VOLUNTEER)
    raw = await stolen(store, url)
    assert token.encode() not in raw
    assert code.encode() in raw


async def leaves(store, _called):
    await note(store, ANNA, Left())


async def is_ended(store, called):
    assert await store.office.end(called) is Role.VOLUNTEER


async def leaves_and_is_forgotten(store, _called):
    await note(store, ANNA, Left())
    await write(store, Batch(forgotten=[ANNA]))
    await store.forget(ANNA)


async def is_forgotten(store, _called):
    await store.forget(ANNA)


@pytest.mark.parametrize("ends", [leaves, is_ended, leaves_and_is_forgotten, is_forgotten])
async def test_an_older_copy_brings_no_role_back(url, keys, clock, tmp_path, ends):
    """However it ended, a role put back from a backup ends as the copy is opened.

    The roles of others stay, and no mark is written of who never served.
    """
    marks = tmp_path / "marks"

    async def opened():
        return await Store.open(url, keys, clock=clock, marks=marks, long_key=tmp_path / "long")

    store = await opened()
    called = await appoint(store, ANNA)
    await appoint(store, BOTA)
    await store.close()
    put_back = await copied(url)
    store = await opened()
    name, other = store._team.name(ANNA), store._team.name(CAROL)
    await ends(store, called)
    await store.forget(CAROL)
    assert name not in [row.person for row in await rows(store, "staff")]
    await store.close()
    assert name.hex() in marks.read_text()
    assert other.hex() not in marks.read_text()
    await put_back()
    store = await opened()
    assert (await standing(store, ANNA)).role is None
    assert (await standing(store, BOTA)).role is Role.VOLUNTEER
    await store.close()


async def test_what_she_took_up_since_outlives_the_erasure(store):
    """The erasure that follows her goodbye takes nothing she began after she was forgotten."""
    await appoint(store, ANNA)
    await write(store, Batch(forgotten=[ANNA]))
    token, _ = await store.office.invite(Role.VOLUNTEER)
    await note(store, ANNA, Accepted(token))
    await store.forget(ANNA, until=1)
    assert (await standing(store, ANNA)).invited is Role.VOLUNTEER


async def test_a_role_ends_with_the_turn_that_forgets_her(store, tmp_path):
    """It is gone and marked as that turn is committed: no crash after it can leave it behind."""
    await appoint(store, ANNA)
    name = store._team.name(ANNA)
    await write(store, Batch(forgotten=[ANNA, BOTA]))
    assert [row.role for row in await rows(store, "staff")] == ["operator"], "who confirmed her"
    assert (tmp_path / "marks").read_text().count(name.hex()) == 1
    assert len((tmp_path / "marks").read_text().splitlines()) == 1


async def test_a_lockdown_ends_every_role(store, url, tmp_path):
    """Key and rows are gone, the log stays and is whole; it can be repeated."""
    await appoint(store, ANNA)
    await store.office.invite(Role.VOLUNTEER)
    name = store._team.name(ANNA)
    for _ in range(2):
        await store.lockdown()
        assert await rows(store, "staff") == []
        assert await rows(store, "invitation") == []
        assert list((tmp_path / "long").iterdir()) == []
        assert name not in windows(await stolen(store, url), 16)
    log = await store.office.audit()
    assert [one.deed for one in log].count("locked") == 1
    assert broken_at(log, int(store._clock() // HOUR)) is None
    with pytest.raises(KeyMissingError):
        await standing(store, ANNA)


async def test_a_year_of_the_log_is_kept_and_verifies(store, clock):
    """Older rows go, but for the last of them; what is left is whole, with every head since."""
    heads, hour = [], HOUR
    for _ in range(30):
        await store.office.invite(Role.VOLUNTEER)
        heads.append(head(await store.office.audit()))
        clock.now += 30 * 24 * hour
        await store.sweep(clock())
        log, now = await store.office.audit(), int(clock() // hour)
        assert broken_at(log, now, heads[-1]) is None
        assert sum(now - one.hour >= LIFE for one in log) <= 1
    assert len(log) <= 14
    later = [one for one in heads if one.number >= log[0].number]
    assert all(broken_at(log, now, one) is None for one in later)


async def test_leaving_twice_is_noted_once(store):
    """Whoever lays down what she has not changes nothing."""
    await appoint(store, ANNA)
    for _ in range(2):
        await note(store, ANNA, Left())
    deeds = [one.deed for one in await store.office.audit()]
    assert deeds[-2:] == ["confirmed", "left"]


def test_the_long_key_is_for_one_user_alone(tmp_path):
    """Its folder and file are closed to others; an open one is refused, a damaged one is told."""
    folder = tmp_path / "long"
    one = LongKey(folder)
    (file,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    assert LongKey(folder).current.pseudonym(ANNA) == one.current.pseudonym(ANNA)
    assert LongKey(None).current.pseudonym(ANNA) != one.current.pseudonym(ANNA)
    file.chmod(0o644)
    with pytest.raises(UnsafeSettingsError):
        LongKey(folder)
    file.chmod(0o600)
    witness = tmp_path / "witness"
    os.link(file, witness)
    secret = file.read_bytes()[16:48]
    one.destroy()
    assert secret not in witness.read_bytes()
    with pytest.raises(KeyMissingError):
        _ = one.current
    assert LongKey(folder).current.pseudonym(ANNA) != LongKey(None).current.pseudonym(ANNA)


async def has_learnt(store):
    await write(store, Batch(memories={ANNA: Memory(date(2027, 1, 15), 1)}))


async def serves(store):
    await appoint(store, ANNA)


async def is_awaited(store):
    await store.office.invite(Role.VOLUNTEER)


@pytest.mark.parametrize("known", [has_learnt, serves, is_awaited])
async def test_another_long_key_is_refused_while_anybody_is_known(url, keys, tmp_path, known):
    """With a mistyped folder the store does not open; with the right one all is as it was."""

    async def opened(folder):
        return await Store.open(url, keys, long_key=tmp_path / folder)

    store = await opened("long")
    await known(store)
    await store.close()
    with pytest.raises(SettingsError, match="another long-term key"):
        await opened("lomg")
    store = await opened("long")
    assert [one for table in KNOWN for one in await rows(store, table)] != []
    await store.close()


async def test_any_long_key_is_right_where_nobody_is_known(url, keys, tmp_path):
    """Before the first one and after a lockdown a new key serves; a lockdown works with any."""
    for folder in ("one", "two"):
        store = await Store.open(url, keys, long_key=tmp_path / folder)
        if folder == "two":
            await appoint(store, ANNA)
        await store.close()
    locked = await Store.open(url, keys, long_key=tmp_path / "three", any_key=True)
    await locked.lockdown()
    await locked.close()
    keys.rotate()
    store = await Store.open(url, keys, long_key=tmp_path / "three")
    await appoint(store, BOTA)
    assert (await standing(store, BOTA)).role is Role.VOLUNTEER
    await store.close()


async def test_no_name_is_like_another(store, keys):
    """Her name among those who serve is none of an epoch, and not hers among the players."""
    assert isinstance(keys, KeyRing)
    assert store._team.name(ANNA) not in keys.pseudonyms(ANNA)
    memory = Memory(date(2027, 1, 15), 1)
    await appoint(store, ANNA)
    await note(store, BOTA, Accepted((await store.office.invite(Role.VOLUNTEER))[0]))
    await write(store, Batch(memories={ANNA: memory, BOTA: memory}))
    serving = {row.person for table in ("staff", "invitation") for row in await rows(store, table)}
    playing = {row.person for row in await rows(store, "learner")}
    assert (len(serving), len(playing)) == (3, 2), "with who confirmed her"
    assert serving.isdisjoint(playing)
