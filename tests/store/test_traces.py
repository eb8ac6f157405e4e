"""What stands in a chat is handed out in time, once for all ways in which its time can come."""

import random

import pytest

from bot.store.batch import HOUR, IDLE_MOST, MINUTE, TRACE_DUE, Batch, Due, Kept, Overdue, Trace
from bot.store.keys import KeyRing
from bot.store.store import Store
from bot.store.tables import trace
from tests.store.examining import found, rows, stolen, windows
from tests.store.looking import look, swap, write
from tests.store.people import COVERED, SESSION, outgoing, traced

CROWD = [6_000_000_000 + 7_919 * n for n in range(60)]
NOTHING = Overdue([], 0)


async def note(store, user_id, *message_ids, at, **facts):
    await write(store, Batch(traced={user_id: traced(user_id, *message_ids, at=at, **facts)}))


def numbers(due):
    return [one.message_id for one in due.traces]


async def test_a_chat_left_alone_is_due_after_half_an_hour(store, clock):
    """Half an hour after her last doing, not a second before, all of her chat is handed out."""
    await note(store, 7, 1, 2, at=clock())
    clock.now += 20 * MINUTE
    await write(store, Batch(traced={7: traced(7, 3, at=clock(), ours=False)}))
    await note(store, 7, 4, at=clock() + 60, active=False)  # what we send delays nothing
    assert await store.due(clock() + 30 * MINUTE - 1) == NOTHING
    chats = (await store.due(clock() + 30 * MINUTE)).chats
    first, last = int(clock()) - 20 * MINUTE, int(clock())
    traces = (Trace(1, first, True), Trace(2, first, True), Trace(3, last, False))
    assert chats == [Due(7, 7, (*traces, Trace(4, last, True)), "home", "kk")]


async def test_her_own_choice_wins_and_stays(store, clock):
    """An idle time she chose holds until her chat is cleared, and then no longer."""
    await note(store, 7, 1, at=clock(), idle=5 * MINUTE)
    await note(store, 7, 2, at=clock())
    assert numbers((await store.due(clock() + 5 * MINUTE)).chats[0]) == [1, 2]
    await store.cleared(7, [1, 2])
    await note(store, 7, 3, at=clock())
    assert await store.due(clock() + 29 * MINUTE) == NOTHING
    assert numbers((await store.due(clock() + 30 * MINUTE)).chats[0]) == [3]


async def test_the_usual_time_is_the_operators(url, keys, clock):
    """Where nobody chose, the idle time given at the start holds."""
    store = await Store.open(url, keys, clock=clock, idle=10 * MINUTE)
    await note(store, 7, 1, at=clock())
    assert await store.due(clock() + 10 * MINUTE - 1) == NOTHING
    assert len((await store.due(clock() + 10 * MINUTE)).chats) == 1
    await store.close()


async def test_leaving_makes_everything_due_at_once(store, clock):
    """Leaving ends session and waiting replies in its own transaction, and the chat is due then."""
    await note(store, 7, 1, 2, at=clock())
    kept = {7: Kept(SESSION, int(clock()) + HOUR), 8: Kept(SESSION, int(clock()) + HOUR)}
    await write(store, Batch(sessions=kept, replies=[outgoing(7, clock()), outgoing(8, clock())]))
    leave = {7: traced(7, 3, at=clock(), ours=False, active=False, leave=True)}
    await write(store, Batch(traced=leave))
    assert (await look(store, [7, 8], [], clock())).sessions == {8: SESSION}
    assert [one.chat_id for one in (await store.pending()).replies] == [8]
    (chat,) = (await store.due(clock())).chats
    assert (numbers(chat), chat.face) == ([1, 2, 3], "home")
    assert await store.traced(7) == chat
    await store.cleared(7, [1, 2, 3])
    assert await rows(store, "trace") == []
    assert await store.traced(7) is None


async def test_an_exit_looks_like_a_fading(store, url, keys, clock):
    """In a stolen copy, whoever left and whoever left alone have the same rows, of the same shape."""
    for person, leave in ((7, False), (8, True)):
        kept = {person: Kept(SESSION, int(clock()) + HOUR)}
        await write(store, Batch(sessions=kept, traced={person: traced(person, 1, at=clock())}))
        clock.now += 30 * MINUTE
        if leave:
            gone = traced(person, at=(), active=False, leave=True)
            await write(store, Batch(traced={person: gone}))
        assert len((await store.due(clock(), besides=[7] * leave)).chats) == 1
        assert await rows(store, "session") == []
    shapes = {(row.expires - row.due, len(row.ledger)) for row in await rows(store, "trace")}
    assert shapes == {(47 * HOUR + 30 * MINUTE, 512 + 33)}


async def test_what_comes_late_goes_too(store, clock):
    """A message that was on its way while she left is handed out as well; one of after is not."""
    await note(store, 7, 1, at=clock())
    await note(store, 7, at=(), active=False, leave=True)
    await note(store, 7, 2, at=clock(), active=False)
    await note(store, 7, 3, at=clock(), ours=False)
    await note(store, 7, 4, at=clock(), active=False)
    (chat,) = (await store.due(clock())).chats
    assert (numbers(chat), chat.face) == ([1, 2], "home")
    await store.cleared(7, [1, 2])
    assert await store.due(clock() + 29 * MINUTE) == NOTHING
    assert numbers((await store.due(clock() + 30 * MINUTE)).chats[0]) == [3, 4]


async def test_leaving_and_coming_back_in_one_batch(store, clock):
    """What a batch brings of before and of the way back goes; what is noted later stays."""
    kept = {7: Kept(SESSION, int(clock()) + HOUR)}
    back = {7: traced(7, 1, 2, at=clock(), leave=True)}
    await write(store, Batch(sessions=kept, traced=back, replies=[outgoing(7, clock())]))
    await note(store, 7, 3, at=clock(), active=False)
    assert [numbers(chat) for chat in (await store.due(clock())).chats] == [[1, 2]]
    assert (await look(store, [7], [], clock())).sessions == {7: SESSION}
    assert len((await store.pending()).replies) == 1


async def test_a_chat_left_alone_loses_its_session(store, clock):
    """What is left after half an hour is the cover, and what she began since is not touched."""
    end = int(clock()) + 24 * HOUR
    kept = {7: Kept(SESSION, end), 8: Kept(COVERED, end), 9: Kept(SESSION, end)}
    alone = {person: traced(person, 1, at=clock()) for person in (7, 8)}
    await write(store, Batch(sessions=kept, traced=alone))
    clock.now += 30 * MINUTE
    assert len((await store.due(clock())).chats) == 2
    there = (await look(store, [7, 8, 9], [], clock())).sessions
    assert there.keys() == {8, 9}
    assert (there[8].place, there[8].cover) == ("", COVERED.cover)
    await write(
        store, Batch(sessions={7: Kept(SESSION, end)}, traced={7: traced(7, 2, at=clock())})
    )
    assert [numbers(chat) for chat in (await store.due(clock())).chats] == [[1], [1]]
    assert (await look(store, [7], [], clock())).sessions == {7: SESSION}


async def test_old_messages_go_while_she_talks_on(store, clock):
    """At 46 hours only what is older than 45 goes, without a face and without ending anything."""
    start = clock()
    for hour in range(47):
        clock.now = start + hour * HOUR
        idle = {"idle": IDLE_MOST, "at": clock()}
        kept = {7: Kept(SESSION, int(clock()) + HOUR)}
        await write(store, Batch(sessions=kept, traced={7: traced(7, 100 + hour, **idle)}))
        assert bool((await store.due(clock())).chats) == (hour == 46)
    assert clock() == start + TRACE_DUE
    (chat,) = (await store.due(clock())).chats
    assert (numbers(chat), chat.face) == ([100, 101], "")
    await store.cleared(7, numbers(chat))
    assert await store.due(clock() + HOUR) == NOTHING
    assert numbers((await store.due(clock() + 2 * HOUR)).chats[0]) == [102, 103]
    assert (await look(store, [7], [], clock())).sessions == {7: SESSION}


async def test_a_thousand_messages_and_one(store, clock):
    """With more than a thousand noted the oldest hundred go at once, and she talks on."""
    await note(store, 7, *range(1000), at=clock())
    assert await store.due(clock()) == NOTHING
    await note(store, 7, *range(1000, 1003), at=clock())
    (chat,) = (await store.due(clock())).chats
    assert (numbers(chat), chat.face) == ([*range(103)], "")
    await store.cleared(7, numbers(chat))
    assert await store.due(clock()) == NOTHING
    assert len((await store.traced(7)).traces) == 900


async def test_the_longest_overdue_come_first(store, clock):
    """No more chats than asked for, none of those named, those never handed out before others."""
    for person in range(1, 8):
        await note(store, person, 1, at=clock())
        clock.now += 60
    clock.now += HOUR
    assert [chat.user_id for chat in (await store.due(clock(), most=3)).chats] == [1, 2, 3]
    besides = [1, 2, 4]
    assert [one.user_id for one in (await store.due(clock(), 3, besides)).chats] == [5, 6, 7]


async def test_the_rest_is_handed_out_again(url, keys, clock):
    """Until told of every message, also after a restart, the store hands out what is left."""
    store = await Store.open(url, keys, clock=clock)
    await note(store, 7, *range(300), at=clock())
    clock.now += HOUR
    chance = random.Random(5)
    left = set(range(300))
    while left:
        (chat,) = (await store.due(clock())).chats
        assert set(numbers(chat)) == left
        some = set(chance.sample(sorted(left), min(len(left), 70)))
        await store.cleared(7, [*some, 9_999])
        left -= some
        await store.close()
        store = await Store.open(url, keys, clock=clock)
    assert await rows(store, "trace") == []
    await store.cleared(7, [1])
    await store.close()


@pytest.mark.parametrize("epoch", [HOUR, 24 * HOUR])
async def test_a_ledger_outlives_its_key(url, tmp_path, clock, epoch):
    """However often keys turn, a message is known until its time comes, under the current key."""
    keys = KeyRing(tmp_path / "turning", clock, epoch=epoch)
    store = await Store.open(url, keys, clock=clock)
    clock.now += epoch - 60
    start = clock()
    await note(store, 7, 1, at=clock(), idle=IDLE_MOST)
    await note(store, 8, 1, at=clock(), idle=IDLE_MOST)
    names = set()
    for tick in range(24 * 6 - 1):
        clock.now += 10 * MINUTE
        assert (await store.sweep(clock())).traces == 0
        if tick == 12 * 6:
            await note(store, 8, 2, at=clock())
        names |= {row.person for row in await rows(store, "trace")}
        assert await store.due(clock()) == NOTHING
    assert len(names) == 2 * keys.current.number
    overdue = await store.due(start + IDLE_MOST)
    assert ([numbers(chat) for chat in overdue.chats], overdue.lost) == ([[1]], 0)
    assert numbers(await store.traced(8)) == [1, 2]
    assert len(await rows(store, "trace")) == 2
    await store.close()


async def test_between_two_keys_there_is_one_ledger(store, keys, clock):
    """Noted under the previous key, added to, cleared and forgotten under the next: one row."""
    clock.now += 23 * HOUR
    for person in (7, 8, 9):
        await note(store, person, 1, at=clock())
    clock.now += HOUR
    keys.rotate()
    await note(store, 7, 2, at=clock())
    assert [row.person for row in await rows(store, "trace")].count(keys.pseudonym(7)) == 1
    assert numbers(await store.traced(7)) == [1, 2]
    await store.cleared(8, [1])
    await store.forget(9)
    assert [row.person for row in await rows(store, "trace")] == [keys.pseudonym(7)]


async def test_what_could_not_be_cleared_is_counted(store, clock):
    """After 48 hours a ledger ends with the sweep, which says how many chats it was."""
    await note(store, 7, 1, at=clock())
    await note(store, 8, 1, at=clock())
    await store.cleared(8, [1])
    clock.now += 48 * HOUR - 1
    assert (await store.sweep(clock())).traces == 0
    clock.now += 1
    assert (await store.sweep(clock())).traces == 1
    assert (await store.sweep(clock())).traces == 0


async def test_a_clock_that_was_ahead_delays_no_clearing(store, clock):
    """What was noted while the clock was a week ahead is due within a day of the first sweep."""
    clock.now += 7 * 24 * HOUR
    await note(store, 7, 1, at=clock())
    clock.now -= 7 * 24 * HOUR
    await store.sweep(clock())
    assert numbers((await store.due(clock() + IDLE_MOST)).chats[0]) == [1]


async def test_rows_that_cannot_be_read_are_dropped_and_counted(store, clock):
    """Ledgers that were swapped are handed to nobody: a message is never removed from another chat."""
    for person in (7, 8, 9):
        await note(store, person, person, at=clock())
    await swap(store, trace, "ledger")
    overdue = await store.due(clock() + HOUR)
    assert (len(overdue.chats), overdue.lost) == (1, 2)
    assert len(await rows(store, "trace")) == 1


async def test_forgetting_until_a_reply_keeps_the_chat_of_after(store, clock):
    """Erased up to the confirmation, what she began or left since is still known, to be cleared."""
    await note(store, 7, 1, at=clock())
    (told,) = await write(store, Batch(forgotten=[7], replies=[outgoing(7, clock())]))
    assert numbers(await store.traced(7)) == [1]
    await note(store, 7, at=(), active=False, leave=True)
    await note(store, 7, 2, at=clock(), active=False, leave=True)
    await store.cleared(7, [1])
    await store.forget(7, until=told)
    assert numbers(await store.traced(7)) == [2]
    await store.forget(7)
    assert await store.traced(7) is None


async def test_a_stolen_ledger_tells_nothing(store, url, clock):
    """No chat, no number of a message, no screen; and no length that tells ten from thirty."""
    ids = {
        person: [1_100_000_000 + 1_013 * (40 * n + m) for m in range(1 + n % 30)]
        for n, person in enumerate(CROWD)
    }
    for person, some in ids.items():
        await note(store, person, *some, at=clock())
    raw = await stolen(store, url)
    everything = [*CROWD, *(each for some in ids.values() for each in some)]
    assert found(everything, raw) == []
    ledgers = [row.ledger for row in await rows(store, "trace")]
    assert {len(ledger) for ledger in ledgers} == {512 + 33}
    assert len(windows(b"".join(each[5:17] for each in ledgers), 12)) > len(CROWD)
    assert not [word for word in (b"home", b"face") if word in b"".join(ledgers)]
