"""The long-term key replaced under load: everybody stays known, and the old key is good for nothing."""

import random
import shutil

import pytest

from bot.campaigns.campaign import Message
from bot.campaigns.commands import Pause, Recall, Resume
from bot.campaigns.proposal import Phase
from bot.errors import KeyMissingError, SettingsError
from bot.staff.roles import Role
from bot.store import rotation
from bot.store.batch import Batch
from bot.store.letters import Fate, Totals
from bot.store.longkey import LongKey
from bot.store.store import Store
from bot.store.tables import subscriber as subscriber_table
from tests.mailing.approved import APPROVER, AUTHOR, approve, campaign, leave, subscribe
from tests.mailing.approved import subscriber as asking
from tests.store.examining import rows, stolen, windows
from tests.store.looking import swap, write
from tests.store.rotating import (
    INVITED,
    MEMORY,
    PLAYERS,
    READERS,
    known,
    names,
    opened,
    roles,
    settle_in,
    stored_names,
)
from tests.store.test_mailings import Sending, totals
from tests.store.test_marks import copied

EVERYBODY = range(6_000_000_000, 6_000_000_050)
TEAM = [Role.VOLUNTEER, Role.APPROVER, Role.HELPER]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "long-key"


@pytest.fixture
def opening(url, keys, clock, tmp_path, folder):
    """Open the store: several may be open beside each other, as processes are."""

    async def opened_(**facts):
        marks = tmp_path / "erasures"
        return await Store.open(url, keys, clock=clock, marks=marks, long_key=folder, **facts)

    return opened_


@pytest.fixture
async def store(opening):
    """The one that serves, and is never restarted."""
    store = await opening()
    yield store
    await store.close()


@pytest.fixture
def rotate(opening, monkeypatch, clock):
    """Rotate in a process of its own, a few rows at a time; `rest` is done in between.

    It takes a second at least: for so long others may go by what they looked up.
    """
    monkeypatch.setattr(rotation, "_MOST", 3)

    async def rotating(rest=rotation.at_once):
        beside = await opening()
        try:
            return await beside.rotation.run(rest)
        finally:
            await beside.close()
            clock.now += 1

    return rotating


async def test_everybody_stays_known(store, rotate, opening, clock):
    """News, progress, roles and invitations are found as before, by the bot that runs and a new one."""
    await settle_in(store)
    done = await rotate()
    assert (done.number, done.moved, done.lost) == (2, len(READERS) + len(PLAYERS), 0)
    again = await opening()
    for one in (store, again):
        assert await known(one, EVERYBODY, clock()) == ({*READERS}, {*PLAYERS})
        assert await roles(one, AUTHOR, APPROVER, INVITED) == TEAM
    await again.close()


async def test_the_old_key_is_good_for_nothing(store, url, rotate, clock, folder, tmp_path):
    """With a copy of the old key no row is found or opened and no byte of it is left; with the new all."""
    await settle_in(store)
    starts = await approve(store, clock)
    clock.now = starts
    mailer = Sending(store)
    await mailer.turn(0)
    await mailer.turn()
    mailer.settle()
    await mailer.turn(0)
    shutil.copytree(folder, tmp_path / "copy")
    old = LongKey(tmp_path / "copy", clock)
    there, open_ = await opened(store, old)
    assert there == open_ == len(READERS) + len(PLAYERS) + 1 + 8
    assert names(old) <= await stored_names(store)
    cells = {bytes(row.chat) for row in await rows(store, "subscriber")}

    await rotate()
    there, open_ = await opened(store, old)
    assert there >= len(READERS) + len(PLAYERS) + 1 + 8
    assert open_ == 0
    assert names(old).isdisjoint(await stored_names(store))
    raw = windows(await stolen(store, url), 16)
    assert names(old).isdisjoint(raw)
    assert {one[-16:] for one in cells}.isdisjoint(raw)
    new = LongKey(folder, clock)
    assert await opened(store, new) == (there, there)
    assert names(new) == await stored_names(store)


async def test_the_old_secret_is_gone(store, rotate, folder):
    """The folder holds the new key and, of the old one, what names and old buttons need."""
    await settle_in(store)
    secret = (folder / "epoch-1.key").read_bytes()[16:48]
    await rotate()
    assert sorted(path.name for path in folder.iterdir()) == ["epoch-2.key", "retired-1.key"]
    assert not any(secret in path.read_bytes() for path in folder.iterdir())
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())
    with pytest.raises(KeyMissingError):
        LongKey(folder).epoch(1)


async def test_what_is_left_of_an_old_key_finds_nobody(store, rotate, folder, clock):
    """With the names and buttons of the old version, without the new key, nobody is found."""
    await settle_in(store)
    old = LongKey(folder, clock)
    await rotate()
    layer = LongKey(folder, clock).current._layers[0]
    found = {layer.pseudonym(one, b"subscriber") for one in READERS}
    assert found == {old.current.pseudonym(one, b"subscriber") for one in READERS}
    assert found.isdisjoint(await stored_names(store))


async def test_rotated_again_and_again(store, rotate, clock, folder):
    """After three rotations everybody is known, and no nonce was ever used twice."""
    await settle_in(store)
    nonces, made = set(), 0
    for number in (2, 3, 4):
        sealed = [
            *(row.chat for row in await rows(store, "subscriber")),
            *(row.about for row in await rows(store, "learner")),
        ]
        nonces |= {bytes(one)[5:17] for one in sealed}
        made += len(sealed)
        assert (await rotate()).number == number
        assert await known(store, EVERYBODY, clock()) == ({*READERS}, {*PLAYERS})
        assert await roles(store, AUTHOR, APPROVER, INVITED) == TEAM
    assert len(nonces) == made
    assert len([*folder.iterdir()]) == 4


async def test_an_old_button_still_leaves(store, rotate, folder, clock):
    """A button from before two rotations is read by a running bot and a new one; a forged one is not."""
    await settle_in(store)
    running = LongKey(folder, clock)
    tag = running.tag(READERS[0], b"leave")
    await rotate()
    await rotate()
    for key in (running, LongKey(folder, clock)):
        assert key.tag_matches(READERS[0], tag, b"leave")
        assert not key.tag_matches(READERS[1], tag, b"leave")
        assert not key.tag_matches(READERS[0], tag, b"stay")
    newer = LongKey(folder, clock).tag(READERS[0], b"leave")
    assert newer != tag
    assert running.tag_matches(READERS[0], newer, b"leave")


@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(one, marks=pytest.mark.soak) for one in range(2, 30))]
)
async def test_turns_go_on_meanwhile(store, rotate, clock, seed):
    """Whoever asks, leaves, plays and is forgotten while names change is known as she wants to be."""
    chance = random.Random(seed)
    await settle_in(store)
    news, players = {*READERS}, {*PLAYERS}
    rests = 0

    async def live(_seconds):
        nonlocal rests
        rests += 1
        for _ in range(chance.randrange(4)):
            who, doing = chance.choice(EVERYBODY), chance.randrange(6)
            if doing == 0:
                await write(store, Batch(subscribers={who: asking(who)}))
                news.add(who)
            elif doing == 1:
                await leave(store, who)
                news.discard(who)
            elif doing == 2:
                await write(store, Batch(memories={who: MEMORY}))
                players.add(who)
            elif doing == 3:
                await write(store, Batch(forgotten=[who]))
                news.discard(who)
                players.discard(who)
            else:
                assert await known(store, [who], clock()) == ({who} & news, {who} & players)

    assert (await rotate(live)).lost == 0
    assert rests > 10
    assert await known(store, EVERYBODY, clock()) == (news, players)
    assert len(await rows(store, "subscriber")) == len(news)
    assert len(await rows(store, "learner")) == len(players)
    assert await roles(store, AUTHOR, APPROVER, INVITED) == TEAM


async def sending(store, clock, readers=60):
    """A campaign that has just begun, and its mailer."""
    await settle_in(store, range(READERS[0], READERS[0] + readers))
    clock.now = await approve(store, clock)
    mailer = Sending(store)
    await mailer.turn(0)
    return mailer


@pytest.mark.parametrize("before", [0, 1, 3])
async def test_a_campaign_goes_on(store, rotate, clock, before):
    """Rotated before, while or after letters are out, each reader gets it once, and it ends."""
    mailer = await sending(store, clock)
    got = []
    for _ in range(before):
        got += [one.chat_id for one in await mailer.turn()]
        mailer.settle()

    async def go_on(_seconds):
        got.extend(one.chat_id for one in await mailer.turn(5))
        await mailer.turn(0)  # what is under way is told of, and settled after names have changed
        mailer.settle()

    await rotate(go_on)
    got += await mailer.all()
    assert sorted(got) == [*range(READERS[0], READERS[0] + 60)]
    assert await totals(store) == (Phase.DONE, Totals(sent=60))


async def test_letters_held_through_it_are_settled(store, rotate, clock):
    """Letters claimed under the old names and settled under the new are neither lost nor doubled."""
    mailer = await sending(store, clock)
    letters = await mailer.turn()
    await rotate()
    mailer.settle(Fate.SENT)
    got = [one.chat_id for one in letters] + await mailer.all()
    assert sorted(got) == [*range(READERS[0], READERS[0] + 60)]
    assert await totals(store) == (Phase.DONE, Totals(sent=60))
    assert all(row.message for row in await rows(store, "mailing"))


async def test_who_had_her_turn_gets_no_other(store, rotate, clock):
    """Whom Telegram refused before is not tried again because her name has changed."""
    mailer = await sending(store, clock)
    refused = [one.chat_id for one in await mailer.turn()]
    mailer.settle(Fate.FAILED)
    await mailer.turn(0)
    await rotate()
    assert set(refused).isdisjoint(await mailer.all())
    assert await totals(store) == (Phase.DONE, Totals(sent=52, failed=8))


async def test_what_was_sent_before_is_taken_back_after(store, rotate, clock):
    """A recall takes back each message, of before and after, with the number it has."""
    mailer = await sending(store, clock)
    await mailer.turn()
    mailer.settle()
    await rotate()
    await mailer.all()
    await store.mailroom.act("spring", Recall())
    taken = []
    while letters := await mailer.turn():
        taken += [(one.chat_id, one.message_id) for one in letters]
        mailer.settle(Fate.RECALLED)
    assert sorted(taken) == [(one, 77) for one in range(READERS[0], READERS[0] + 60)]


async def test_who_leaves_meanwhile_gets_nothing_more(store, rotate, clock):
    """Whoever leaves while names change, before her turn, is written to no more."""
    mailer = await sending(store, clock)
    gone, got = [*range(READERS[0], READERS[0] + 60, 3)], []
    leaving = iter(gone)

    async def lose_one(_seconds):
        if (one := next(leaving, None)) is not None:
            await leave(store, one)

    await rotate(lose_one)
    await leave(store, *leaving)
    got += await mailer.all()
    assert sorted(got) == sorted({*range(READERS[0], READERS[0] + 60)} - {*gone})


async def test_a_paused_campaign_goes_on_where_it_was(store, rotate, clock):
    """Paused before and resumed after, nobody is left out and nobody gets it twice."""
    mailer = await sending(store, clock)
    got = [one.chat_id for one in await mailer.turn()]
    mailer.settle()
    await mailer.turn(0)
    await store.mailroom.act("spring", Pause())
    await rotate()
    assert await mailer.turn() == []
    await store.mailroom.act("spring", Resume())
    got += await mailer.all()
    assert sorted(got) == [*range(READERS[0], READERS[0] + 60)]


async def test_only_who_is_meant_is_queued(store, rotate, clock):
    """A campaign for one language stays one while names change."""
    await settle_in(store)
    others = range(READERS[-1] + 1, READERS[-1] + 31)
    await subscribe(store, others, language="ky")
    only = campaign(messages={"en": Message("Good news", "Open")})
    clock.now = await approve(store, clock, only)
    mailer = Sending(store)
    await mailer.turn(0)
    await rotate()
    assert sorted(await mailer.all()) == [*READERS]


async def test_a_campaign_due_meanwhile_begins_after(store, rotate, clock):
    """What is due while names change begins when that is over, with the same two people."""
    await settle_in(store)
    starts = await approve(store, clock)
    mailer, seen = Sending(store), []

    async def look(_seconds):
        clock.now = starts
        seen.extend(await mailer.turn())

    await rotate(look)
    assert seen == []
    await mailer.turn(0)
    assert sorted(await mailer.all()) == [*READERS]
    assert (await totals(store))[0] is Phase.DONE


ENDS = {
    "she leaves": leave,
    "she is forgotten": lambda store, one: store.forget(one),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
async def test_an_older_copy_brings_nobody_back(opening, rotate, url, clock, folder, tmp_path, end):
    """With the key of that time an older copy is brought to the new one, without who left since.

    Whether she left before or after names changed.
    """
    store = await opening()
    await settle_in(store)
    await store.close()
    put_back = await copied(url)
    shutil.copy(folder / "epoch-1.key", tmp_path / "kept.key")
    store = await opening()
    await end(store, READERS[0])
    await rotate()
    await end(store, READERS[1])
    await store.close()

    await put_back()
    with pytest.raises(SettingsError, match=r"older copy.*epoch-1\.key"):
        await opening()
    shutil.copy(tmp_path / "kept.key", folder / "epoch-1.key")
    store = await opening()
    news, players = await known(store, EVERYBODY, clock())
    assert news == {*READERS} - {*READERS[:2]}
    assert players == {*PLAYERS}
    assert await roles(store, AUTHOR, APPROVER, INVITED) == TEAM
    assert not (folder / "epoch-1.key").exists()
    assert await opened(store, LongKey(folder, clock)) == (len(news) + len(players),) * 2
    await store.close()


async def test_marks_have_the_new_names(store, rotate, clock, folder, tmp_path):
    """After it the marks hold no name that the old key could make; who left stays marked."""
    await settle_in(store)
    old = names(LongKey(folder, clock))
    await leave(store, *READERS[:3])
    marks = (tmp_path / "erasures").read_text()
    assert sum(one.hex() in marks for one in old) == 3
    await rotate()
    marks = (tmp_path / "erasures").read_text()
    assert not any(one.hex() in marks for one in old)
    assert sum(one.hex() in marks for one in names(LongKey(folder, clock))) == 3


async def test_a_mark_by_a_process_from_before_has_the_new_version(
    store, rotate, clock, folder, tmp_path
):
    """Who loses her role by a process that was open before is marked as she is called now."""
    await settle_in(store)
    (code, *_) = [one.code for one in await store.office.members()]
    await rotate()
    await store.office.end(code)
    last = (tmp_path / "erasures").read_text().splitlines()[-1]
    new = names(LongKey(folder, clock))
    assert any(last.endswith(f" k2 {one.hex()}") for one in new)


async def test_a_row_that_was_tampered_with_is_let_go_of(store, rotate, clock):
    """What cannot be read is told of and removed: nothing stays under the old key."""
    await settle_in(store)
    await swap(store, subscriber_table, "chat")
    done = await rotate()
    assert done.lost == 2
    assert len((await known(store, EVERYBODY, clock()))[0]) == len(READERS) - 2


async def test_a_process_without_the_new_key_does_nothing(
    url, rotate, opening, keys, clock, folder, tmp_path
):
    """A machine that was not given the new key finds nobody and says so; given it, it goes on."""
    store = await opening()
    await settle_in(store)
    shutil.copytree(folder, tmp_path / "elsewhere")
    elsewhere = await Store.open(url, keys, clock=clock, long_key=tmp_path / "elsewhere")
    await rotate()
    with pytest.raises(KeyMissingError, match="version 2"):
        await leave(elsewhere, READERS[0])
    shutil.rmtree(tmp_path / "elsewhere")
    shutil.copytree(folder, tmp_path / "elsewhere")
    await leave(elsewhere, READERS[0])
    assert await known(store, READERS[:2], clock()) == ({READERS[1]}, set())
    await elsewhere.close()
    await store.close()


async def test_a_lockdown_takes_every_version(store, rotate, opening, clock, folder):
    """After a lockdown no file of any version is left, and the next key is a first one."""
    await settle_in(store)
    await rotate()
    await store.lockdown()
    assert [*folder.iterdir()] == []
    again = await opening()
    await settle_in(again)
    assert await known(again, EVERYBODY, clock()) == ({*READERS}, {*PLAYERS})
    assert [path.name for path in folder.iterdir()] == ["epoch-1.key"]
    await again.close()


async def test_what_was_left_is_finished_by_the_service(store, opening, clock, folder, monkeypatch):
    """A rotation that somebody left is finished at the second look, not at the first."""
    monkeypatch.setattr(rotation, "_MOST", 3)
    await settle_in(store)
    left = await opening()
    with pytest.raises(KeyboardInterrupt):
        await left.rotation.run(Interrupted(3))
    await left.close()
    with pytest.raises(KeyboardInterrupt):
        await store.rotation.look_after(Interrupted(2))
    assert (folder / "epoch-1.key").exists()
    with pytest.raises(KeyboardInterrupt):
        await store.rotation.look_after(Interrupted(100))
    assert sorted(path.name for path in folder.iterdir()) == ["epoch-2.key", "retired-1.key"]
    assert await known(store, EVERYBODY, clock()) == ({*READERS}, {*PLAYERS})


async def test_where_nothing_was_begun_nothing_is_done(store, clock, folder):
    """The service makes no new key by itself."""
    await settle_in(store)
    with pytest.raises(KeyboardInterrupt):
        await store.rotation.look_after(Interrupted(5))
    assert [path.name for path in folder.iterdir()] == ["epoch-1.key"]


class Interrupted:
    """Rests without waiting, until somebody ends it."""

    def __init__(self, rests):
        self.left = rests

    async def __call__(self, _seconds):
        self.left -= 1
        if not self.left:
            raise KeyboardInterrupt
