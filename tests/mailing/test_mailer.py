"""A campaign reaches everybody who asked for it, once, evenly, and nobody else."""

import asyncio

import pytest

from bot.campaigns.commands import Pause, Recall, Resume, Stop
from bot.campaigns.proposal import Phase
from bot.store.letters import Totals
from tests.betrayal import betrayals
from tests.mailing.approved import leave
from tests.mailing.post import Post
from tests.virtual_time import in_no_time


@pytest.mark.parametrize("latency", [0, 50, 200])
@in_no_time
async def test_everybody_gets_it_at_the_full_rate(tmp_path, world, latency):
    """300 readers, 0 to 200 ms a call: each once, no second too full, 97 % of the rate used."""
    async with Post(tmp_path, world, readers=300, latency=latency) as post:
        async with post.mailer():
            await post.over()
        assert set(post.copies().values()) == {1}
        assert post.fullest() <= 25
        assert post.used() >= 0.97
        progress = await post.progress()
        assert (progress.phase, progress.totals) == (Phase.DONE, Totals(sent=300))
        assert post.tg.record.violations == []
        assert betrayals(post.tg.record.calls) == []


@in_no_time
async def test_a_stop_is_seen_at_once(tmp_path, world):
    """No request goes out two seconds after a stop; what had gone is settled."""
    async with Post(tmp_path, world, readers=300) as post:
        async with post.mailer():
            await post.until(lambda one: one.totals.sent >= 50)
            await post.store.mailroom.act("spring", Stop())
            stopped = post.clock()
            await post.over()
            await asyncio.sleep(30)
        assert max(one.at for one in post.sent()) <= stopped + 2.0
        progress = await post.progress()
        assert progress.phase is Phase.STOPPED
        assert progress.totals.sent == sum(post.copies().values()) == len(post.sent())


@in_no_time
async def test_a_pause_loses_nobody(tmp_path, world):
    """After a pause of an hour it goes on with whoever is next; everybody gets it once."""
    async with Post(tmp_path, world, readers=200) as post:
        async with post.mailer():
            await post.until(lambda one: one.totals.sent >= 50)
            await post.store.mailroom.act("spring", Pause())
            await asyncio.sleep(2.0)
            before = len(post.sent())
            await asyncio.sleep(3600)
            assert len(post.sent()) == before
            await post.store.mailroom.act("spring", Resume())
            await post.over()
        assert set(post.copies().values()) == {1}


@in_no_time
async def test_who_leaves_meanwhile_gets_nothing(tmp_path, world):
    """Half of the readers leave in the middle: within five seconds nothing goes to any of them."""
    async with Post(tmp_path, world, readers=300) as post:
        async with post.mailer():
            await post.until(lambda one: one.totals.sent >= 50)
            gone = post.people[::2]
            await leave(post.store, *gone)
            left = post.clock()
            await post.over()
        late = [one for one in post.sent() if one.at > left + 5.0]
        assert not {one.params["chat_id"] for one in late} & {*gone}
        copies = post.copies()
        assert all(copies[one] == 1 for one in post.people[1::2])


@in_no_time
async def test_a_claim_that_grew_old_is_asked_for_again(tmp_path, world):
    """Who leaves while everything waits out a refusal gets nothing after it (R16)."""
    async with Post(tmp_path, world, readers=100) as post:
        async with post.mailer():
            await post.until(lambda one: one.totals.sent >= 20)
            await post.tg.fault("error", method="sendMessage", times=8, code=429, retry_after=60)
            await asyncio.sleep(2.0)
            got = {one for one, copies in post.copies().items() if copies}
            await leave(post.store, *({*post.people} - got))
            await post.over()
        assert {one for one, copies in post.copies().items() if copies} == got


@in_no_time
async def test_who_blocked_the_bot_is_erased(tmp_path, world):
    """A 403 ends the subscription, with the letter, and is counted (R7)."""
    async with Post(tmp_path, world, readers=60) as post:
        for one in post.people[:20]:
            await post.tg.block(one, announce=False)
        async with post.mailer():
            await post.over()
        await asyncio.sleep(1)
        progress = await post.progress()
        assert progress.totals == Totals(sent=40, blocked=20)
        known = await post.store._database.run(
            lambda at: post.store._subscribers.known(at, post.people)
        )
        assert len(known) == 40


@in_no_time
async def test_one_shut_chat_holds_nobody_up(tmp_path, world):
    """While one chat must wait for a minute everybody else gets it at the full rate (R35)."""
    async with Post(tmp_path, world, readers=200) as post:
        shut = post.people[77]
        await post.tg.fault(
            "error", method="sendMessage", times=1, chat_id=shut, code=429, retry_after=60
        )
        async with post.mailer():
            await post.over()
        assert set(post.copies().values()) == {1}
        (refused, came) = [one for one in post.sent() if one.params["chat_id"] == shut]
        assert came.at >= refused.at + 60
        others = [one.at for one in post.sent() if one.params["chat_id"] != shut]
        assert others[-1] - others[0] < 200 / 25 * 1.05


@in_no_time
async def test_two_shut_chats_mean_the_bot(tmp_path, world):
    """Where two chats are refused at once nothing goes to anybody until the longer wait is over."""
    async with Post(tmp_path, world, readers=200) as post:
        async with post.mailer():
            await post.until(lambda one: one.totals.sent >= 50)
            await post.tg.fault("error", method="sendMessage", times=2, code=429, retry_after=60)
            await post.over()
        refused = [one for one in post.sent() if one.status == 429]
        quiet = refused[-1].at
        assert not [one for one in post.sent() if quiet + 0.5 < one.at < quiet + 59]
        assert set(post.copies().values()) == {1}


@in_no_time
async def test_a_text_that_is_refused_pauses_it(tmp_path, world):
    """Where more than 5 % fail it is paused before a tenth of the readers had their turn (R18)."""
    async with Post(tmp_path, world, readers=400) as post:
        await post.tg.fault("error", method="sendMessage", chance=0.2, code=400)
        async with post.mailer():
            await post.until(lambda one: one.phase is Phase.PAUSED, 60)
            await asyncio.sleep(10)
        assert len(post.sent()) < 40


@in_no_time
async def test_an_outage_uses_nobody_up(tmp_path, world):
    """While Telegram does not answer for five minutes few are tried; afterwards the rest get it."""
    async with Post(tmp_path, world, readers=300) as post:
        async with post.mailer():
            await post.until(lambda one: one.totals.sent >= 50)
            await post.tg.fault("error", method="sendMessage", chance=1.0, code=502)
            before = len(post.sent())
            await asyncio.sleep(300)
            assert len(post.sent()) - before < 40
            await post.tg.clear_faults()
            await post.until(lambda one: one.phase is not Phase.SENDING)
            await post.store.mailroom.act("spring", Resume())
            await post.over()
        totals = (await post.progress()).totals
        assert totals.unsure <= 16
        assert totals.sent == 300 - totals.unsure


@in_no_time
async def test_told_to_stop_it_doubles_nothing(tmp_path, world):
    """Ended in an orderly way again and again, with 200 ms a call: nobody gets two (R36)."""
    async with Post(tmp_path, world, readers=120, latency=200) as post:
        for _ in range(12):
            async with post.mailer():
                await asyncio.sleep(0.63)
        async with post.mailer():
            await post.over()
        assert set(post.copies().values()) == {1}


@in_no_time
async def test_another_process_takes_over(tmp_path, world):
    """Two send beside each other; when one falls silent the other does all within 15 s (R37)."""
    async with Post(tmp_path, world, readers=400) as post:
        first, second = post.mailer(), post.mailer()
        await first.__aenter__()
        await post.until(lambda one: one.totals.sent >= 50)
        async with second:
            await asyncio.sleep(2)
            assert post.fullest() <= 25
            for task in (first._dispatching, first._exchanging, *first._tray.calls):
                task.cancel()
            died = post.clock()
            await post.over()
        after = [one.at for one in post.sent() if one.at > died + 1]
        assert after[0] <= died + 15
        copies = post.copies()
        assert min(copies.values()) == 1
        assert sum(copies.values()) <= 408


@in_no_time
async def test_a_recall_takes_back_all(tmp_path, world):
    """Hours later every message disappears, and no row says who had it."""
    async with Post(tmp_path, world, readers=80) as post:
        async with post.mailer():
            await post.over()
            await asyncio.sleep(7200)
            await post.store.mailroom.act("spring", Recall())
            await post.over()
        assert [len(post.tg.chat(one).messages) for one in post.people] == [0] * 80
        assert (await post.progress()).totals == Totals(sent=80, recalled=80)
