"""What is committed is found again: whole, in order, once."""

import asyncio
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from bot.engine.replies import Card, Leave, Picture, Show, Venue
from bot.engine.session import Cover, Session
from bot.store.batch import ABOUT_LIFE, HOUR, SESSION_LIFE, Batch, Kept, Loaded
from bot.store.keys import KeyRing
from bot.store.sqlite import SqliteDatabase
from bot.store.store import Store
from tests.store.examining import rows
from tests.store.looking import look, write
from tests.store.people import FLAGS, REPLIES, SESSION, TOLD, TOWN, outgoing, traced, turns

WORD = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


async def test_a_batch_is_found_again(store, clock):
    """Sessions and applied updates of a batch are there after it, and nobody else's."""
    await write(store, turns([11, 12], clock()))
    loaded = await look(store, [11, 12, 13], [1, 2, 3], clock())
    assert loaded == Loaded({11: SESSION, 12: SESSION}, {1, 2})


async def test_a_town_and_flags_are_found_again(store, keys, clock):
    """What she said is there for her next turn, under the next key too, until she takes it back."""
    end = int(clock()) + HOUR
    said = replace(TOLD, town="")
    await write(store, Batch(sessions={1: Kept(TOLD, end), 2: Kept(said, end)}))
    clock.now = keys.current.created + 24 * HOUR
    keys.rotate()
    assert (await look(store, [1, 2], [], end - HOUR)).sessions == {1: TOLD, 2: said}
    back = replace(TOLD, item="", town="", said=())
    await write(store, Batch(sessions={1: Kept(back, int(clock()) + HOUR)}))
    assert (await look(store, [1], [], clock())).sessions == {1: back}
    assert len({len(row.about) for row in await rows(store, "session")}) == 1


async def test_nothing_asked_nothing_found(store, clock):
    """An empty batch changes nothing and an empty question finds nothing."""
    assert await write(store, Batch()) == []
    assert await look(store, [], [], clock()) == Loaded({}, set())


async def test_every_kind_of_reply_survives_a_restart(url, keys, clock):
    """Replies come back after a restart in the order given, with chat, message and facts."""
    store = await Store.open(url, keys, clock=clock)
    given_ = [outgoing(7, clock(), reply, message_id=70, country="kz") for reply in REPLIES]
    given_.append(outgoing(-8, clock(), told=True, attempts=1, town=TOWN, said=FLAGS))
    given_.append(outgoing(9, clock(), said=FLAGS[:1]))
    ids = await write(store, Batch(replies=given_))
    await store.close()

    store = await Store.open(url, keys, clock=clock)
    waiting = await store.pending()
    await store.close()
    assert ids == sorted(set(ids))
    assert [reply.id for reply in waiting.replies] == ids
    assert waiting.lost == 0
    for before, after in zip(given_, waiting.replies, strict=True):
        for name in {each.name for each in fields(before)} - {"user_id", "expires"}:
            assert getattr(before, name) == getattr(after, name)
        cut = ABOUT_LIFE if before.said or getattr(before.reply, "item", "") else HOUR
        assert after.expires == min(before.expires, clock() + cut)
        assert after.person == keys.pseudonym(before.user_id)


async def test_what_was_delivered_is_gone(store, clock):
    """A delivered reply no longer waits; one that may have arrived says how often."""
    first, second = await write(store, turns([1, 2], clock()))
    await write(store, Batch(delivered=[first], attempts={second: 2}))
    waiting = await store.pending()
    assert [(reply.id, reply.attempts) for reply in waiting.replies] == [(second, 2)]


async def test_an_update_may_be_marked_twice(store, clock):
    """Marking an update again is harmless, within a batch and after it."""
    await write(store, Batch(seen=[5, 5]))
    await write(store, Batch(seen=[5, 6]))
    assert (await look(store, [], [4, 5, 6], clock())).seen == {5, 6}


async def test_exit_and_start_again_in_one_batch(store, clock):
    """A person forgotten and met again in one batch is met anew, another one stays forgotten."""
    await write(store, turns([1, 2], clock()))
    anew = Kept(Session("home", "ru"), int(clock()) + HOUR)
    await write(store, Batch(forgotten=[1, 2], sessions={1: anew}))
    assert (await look(store, [1, 2], [], clock())).sessions == {1: anew.session}


async def test_expired_counts_as_absent(store, clock):
    """A session is there until its last second and absent from then on, swept or not."""
    await write(store, Batch(sessions={1: Kept(SESSION, int(clock()) + 1800)}))
    assert (await look(store, [1], [], clock() + 1799)).sessions
    assert not (await look(store, [1], [], clock() + 1800)).sessions


async def test_a_session_moves_to_the_new_key(store, keys, clock):
    """A session of the last epoch is found, moved by the next commit, and leaves no twin."""
    clock.now += HOUR
    await write(store, Batch(sessions={1: Kept(SESSION, int(clock()) + SESSION_LIFE)}))
    old = keys.pseudonym(1)
    clock.now += 23 * HOUR
    assert keys.rotate()
    assert (await look(store, [1], [], clock())).sessions == {1: SESSION}
    await write(store, Batch(sessions={1: Kept(SESSION, int(clock()) + HOUR)}))
    people = [row[0] for row in await rows(store, "session")]
    assert people == [keys.pseudonym(1)]
    assert old != people[0]


async def test_a_session_of_the_last_key_is_forgotten(store, keys, clock):
    """Forgetting in a batch forgets what was written under the previous key as well."""
    clock.now += HOUR
    await write(store, Batch(sessions={1: Kept(SESSION, int(clock()) + SESSION_LIFE)}))
    clock.now += 23 * HOUR
    keys.rotate()
    await write(store, Batch(forgotten=[1]))
    assert await rows(store, "session") == []


async def test_numbers_go_on_after_a_restart(url, keys, clock):
    """A reply of a later run is ordered after those of an earlier one, even if time stepped back."""
    store = await Store.open(url, keys, clock=clock)
    earlier = await write(store, turns([1, 2], clock()))
    await store.close()
    clock.now -= 25 * HOUR
    store = await Store.open(url, keys, clock=clock)
    later = await write(store, turns([3], clock(), 9))
    await store.close()
    assert later[0] > max(earlier)


async def test_batches_at_the_same_time(store, clock):
    """Batches committed at once are all applied, each reply under a number of its own."""
    batches = [turns(range(n, n + 10), clock(), n) for n in range(10, 100, 10)]
    ids = await asyncio.gather(*(write(store, one) for one in batches))
    assert len({number for some in ids for number in some}) == 90
    assert len((await look(store, range(200), range(200), clock())).seen) == 90


async def test_keys_turn_under_load(store, keys, clock):
    """Replies committed while the key is replaced are readable afterwards, every one of them."""
    clock.now += 24 * HOUR
    commits = [write(store, turns([n], clock(), n)) for n in range(1, 41)]
    *_, swept = await asyncio.gather(*commits, store.sweep(clock()))
    assert swept.rotated
    waiting = await store.pending()
    assert waiting.lost == 0
    assert {reply.chat_id for reply in waiting.replies} == set(range(1, 41))
    assert (await look(store, range(1, 41), [], clock())).sessions.keys() == set(range(1, 41))


async def test_a_turn_costs_one_hop(tmp_path, keys, clock, monkeypatch):
    """On SQLite a commit is one hop to the database thread, however much it holds."""
    store = await Store.open(f"sqlite:///{tmp_path}/d/t.db", keys, clock=clock)
    hops = []
    database = store._database
    assert isinstance(database, SqliteDatabase)
    hop = database._hop

    async def counted(whole):
        hops.append(whole)
        return await hop(whole)

    monkeypatch.setattr(database, "_hop", counted)
    ids = await write(store, turns(range(100), clock()))
    await write(store, Batch(delivered=ids, attempts={ids[0]: 1}, forgotten=[1]))
    assert len(hops) == 2
    await store.close()


async def test_what_was_said_costs_no_statement(tmp_path, keys, clock):
    """A turn takes five statements and its beginning, with a town or without; the ledger two more."""
    store = await Store.open(f"sqlite:///{tmp_path}/d/t.db", keys, clock=clock)
    statements = []
    database = store._database
    assert isinstance(database, SqliteDatabase)
    event.listen(database._engine, "after_cursor_execute", lambda *a: statements.append(a[2]))

    async def turn(session, update, traced):
        statements.clear()
        kept = {1: Kept(session, int(clock()) + HOUR)}
        replies = [outgoing(1, clock(), town=session.town, said=session.said)]
        batch = Batch(sessions=kept, seen=[update], replies=replies, traced=traced)
        await store.transact([1], [update], clock(), lambda _: batch)
        return [statement.split()[0] for statement in statements]

    plain = ["BEGIN", "SELECT", "SELECT", "INSERT", "INSERT", "INSERT"]
    assert [await turn(one, n, {}) for n, one in enumerate((SESSION, TOLD, TOLD), 1)] == 3 * [plain]
    noted = {1: traced(1, 5, at=clock())}
    with_ledger = ["BEGIN", "SELECT", "SELECT", "INSERT", "INSERT", "SELECT", "INSERT", "INSERT"]
    assert [await turn(TOLD, n, noted) for n in (4, 5)] == 2 * [with_ledger]
    await store.close()


@settings(max_examples=25, deadline=None)
@given(
    session=st.builds(
        Session,
        *(WORD, WORD, WORD, WORD, WORD, st.booleans(), WORD, st.lists(WORD).map(tuple)),
        idle=st.integers(0, 1440),
        cover=st.none() | st.builds(Cover, st.binary(), st.binary(), st.booleans()),
    ),
    reply=st.one_of(
        st.builds(Show, WORD, WORD, WORD.filter(lambda lead: not lead.startswith("heard"))),
        *(st.builds(k, WORD, WORD) for k in (Card, Picture, Venue)),
    ),
    number=st.integers(-(2**63), 2**63 - 1),
)
def test_any_content_comes_back_as_it_was(tmp_path_factory, session, reply, number):
    """Whatever the content keys and ids are, they come back unchanged; memory needs no file."""

    async def there_and_back():
        keys = KeyRing(tmp_path_factory.mktemp("keys") / "keys")
        store = await Store.open("sqlite://", keys)
        now = keys._clock()
        await write(
            store,
            Batch(
                sessions={number: Kept(session, int(now) + HOUR)},
                replies=[outgoing(number, now, reply, town=session.town, said=session.said)],
            ),
        )
        assert (await look(store, [number], [], now)).sessions == {number: session}
        waiting = (await store.pending()).replies
        assert [(each.chat_id, each.reply) for each in waiting] == [(number, reply)]
        assert [(each.town, each.said) for each in waiting] == [(session.town, session.said)]
        await store.close()

    asyncio.run(there_and_back())


async def test_what_was_heard_is_never_written(store, clock):
    """What her words were taken for is not in her session, nor above an answer that waits."""
    heard = Kept(replace(SESSION, heard=("violence_now",)), int(clock()) + HOUR)
    shown = outgoing(1, clock(), Show("heard", lead="heard_danger"))
    await write(store, Batch(sessions={1: heard}, replies=[shown]))
    assert (await look(store, [1], [], clock())).sessions == {1: SESSION}
    assert [one.reply for one in (await store.pending()).replies] == [Show("heard")]


async def test_a_leave_is_no_message(store, clock):
    """A leave among the replies is a mistake of ours, and nothing of its batch is kept."""
    with pytest.raises(ValueError, match="no message"):
        await write(store, Batch(seen=[1], replies=[outgoing(1, clock(), Leave())]))
    assert (await look(store, [], [1], clock())).seen == set()


async def test_a_lost_key_loses_only_its_replies(store, keys, clock):
    """Replies whose key is gone are deleted and counted; the others are delivered."""
    await write(store, turns([1, 2, 3], clock()))
    clock.now += 30 * HOUR
    keys.rotate()
    await write(store, turns([4], clock(), 9))
    clock.now += 30 * HOUR
    keys.rotate()
    waiting = await store.pending()
    assert [reply.chat_id for reply in waiting.replies] == [4]
    assert waiting.lost == 3
    assert (await store.pending()).lost == 0


async def test_what_was_decided_before_forgetting_is_never_sent(store, clock):
    """Forgetting takes along the waiting replies of that person, and of nobody else."""
    await write(store, Batch(replies=[outgoing(1, clock()), outgoing(2, clock())]))
    (confirmation,) = await write(store, Batch(forgotten=[1], replies=[outgoing(1, clock())]))
    waiting = await store.pending()
    assert [(one.chat_id, one.id == confirmation) for one in waiting.replies] == [
        (2, False),
        (1, True),
    ]


async def test_forgetting_until_a_reply_keeps_what_came_after(store, clock):
    """Erasing up to the confirmation leaves the session and the replies of whoever went on."""
    (told,) = await write(store, Batch(forgotten=[1], replies=[outgoing(1, clock())]))
    later = await write(store, turns([1], clock()))
    await store.forget(1, until=told)
    assert [one.id for one in (await store.pending()).replies] == later
    assert (await look(store, [1], [], clock())).sessions == {1: SESSION}
