"""What went out is corrected where it stands: in every chat that still has it, and nobody who left."""

import asyncio
from dataclasses import replace

from bot.campaigns.campaign import Message
from bot.campaigns.commands import Approve, Doubt, Pause, Recall, Resume, Stop
from bot.campaigns.events import Allowed, Corrected, Refusal
from bot.campaigns.proposal import CORRECTABLE, DELAY, Phase
from bot.staff.roles import Role
from tests.mailing.approved import APPROVER, AUTHOR, EVERYBODY, by, campaign, leave
from tests.mailing.post import Post
from tests.virtual_time import in_no_time

WORDS = {"en": Message("Better news", "Open"), "ky": Message("Жакшы жаңылык", "Ачуу")}
BETTER = campaign(messages=WORDS)


async def correct(post, words=BETTER, *, at_once=True):
    """Have other words written and approved; with `at_once` their ten minutes pass."""
    room, author = post.store.mailroom, by(post.store, AUTHOR, Role.VOLUNTEER)
    digest = words.digest(EVERYBODY, post.starts)
    assert await room.correct(words, author) == Corrected(digest, author.name)
    allowed = await room.act("spring", Approve(digest), by(post.store, APPROVER, Role.APPROVER))
    assert isinstance(allowed, Allowed)
    if at_once:
        await asyncio.sleep(DELAY + 2)


def texts(post):
    """What stands in each chat."""
    return {one: [m.text for m in post.tg.chat(one).messages.values()] for one in post.people}


def edits(post):
    return post.tg.record.of("editMessageText")


async def sent(post, many):
    await post.until(lambda one: one.totals.sent >= many)


@in_no_time
async def test_everybody_reads_the_other_words(tmp_path, world):
    """Sent to 100, corrected afterwards: each message says the new words, with both its buttons."""
    async with Post(tmp_path, world) as post:
        async with post.mailer():
            await post.over()
            await correct(post)
            await post.over()
        assert {*map(tuple, texts(post).values())} == {("Better news",)}
        assert len(edits(post)) == 100
        keyboard = edits(post)[0].params["reply_markup"]["inline_keyboard"]
        assert [row[0]["text"] for row in keyboard] == ["Open", "No more news"]
        progress = await post.progress()
        assert (progress.phase, progress.totals.corrected) == (Phase.DONE, 100)
        assert post.tg.record.violations == []


@in_no_time
async def test_it_counts_ten_minutes_later(tmp_path, world):
    """Until then what was approved first goes out, and nothing is edited (R17)."""
    async with Post(tmp_path, world, readers=40) as post, post.mailer():
        await post.over()
        await correct(post, at_once=False)
        await asyncio.sleep(DELAY - 5)
        assert edits(post) == []
        await asyncio.sleep(10)
        assert len(edits(post)) == 40


async def halfway(post, many):
    """Pause after so many messages, correct, and go on."""
    await sent(post, many)
    await post.store.mailroom.act("spring", Pause())
    await correct(post)
    await post.store.mailroom.act("spring", Resume())


@in_no_time
async def test_in_the_middle_of_it_all_get_the_other_words(tmp_path, world):
    """Whoever had it is edited, whoever had not gets the new words at once, all at one pace."""
    async with Post(tmp_path, world, readers=300, latency=50) as post:
        async with post.mailer():
            await halfway(post, 100)
            await post.over()
        assert {*map(tuple, texts(post).values())} == {("Better news",)}
        before = [one for one in post.sent() if one.params["text"] == "Good news"]
        assert 100 <= len(before) == len(edits(post)) < 120
        times = sorted(one.at for one in (*post.sent(), *edits(post)))
        assert all(times[at + 25] - times[at] > 1.0 for at in range(len(times) - 25))
        assert (await post.progress()).totals.sent == 300
        assert (await post.progress()).phase is Phase.DONE


@in_no_time
async def test_nobody_who_left_is_edited(tmp_path, world):
    """Her row is gone: the message stands in her chat as it was, and no call is made."""
    async with Post(tmp_path, world, readers=60) as post:
        async with post.mailer():
            await post.over()
            await leave(post.store, *post.people[:20])
            await correct(post)
            await post.over()
        assert not {one.params["chat_id"] for one in edits(post)} & {*post.people[:20]}
        assert len(edits(post)) == 40


@in_no_time
async def test_what_is_gone_or_cannot_be_is_done(tmp_path, world):
    """A message she removed, or that says so already, is no failure; a block erases her."""
    async with Post(tmp_path, world, readers=60) as post:
        async with post.mailer():
            await post.over()
            for one in post.people[:30]:
                post.tg.chat(one).messages.clear()
            await post.tg.block(post.people[40], announce=False)
            await correct(post)
            await post.over()
        await asyncio.sleep(1)
        progress = await post.progress()
        assert (progress.phase, progress.totals.corrected) == (Phase.DONE, 60)
        known = await post.store._database.run(
            lambda at: post.store._subscribers.known(at, post.people)
        )
        assert len(known) == 59


@in_no_time
async def test_faults_leave_nobody_with_the_words_before(tmp_path, world):
    """429, 5xx, lost answers, a tenth of the calls: at the end everybody reads the new words."""
    async with Post(tmp_path, world, readers=200) as post:
        async with post.mailer():
            await post.over()
            for how in (
                {"kind": "error", "code": 429, "retry_after": 3},
                {"kind": "error", "code": 502},
                {"kind": "drop_before"},
                {"kind": "drop_after"},
                {"kind": "truncate"},
            ):
                await post.tg.fault(**how, method="editMessageText", chance=0.02)
            await correct(post)
            await post.over()
        assert {*map(tuple, texts(post).values())} == {("Better news",)}


@in_no_time
async def test_killed_again_and_again_everybody_reads_the_other_words(tmp_path, world):
    """Ten processes die in the middle of it: eight edits at most are repeated by each, harmless."""
    async with Post(tmp_path, world, readers=200, latency=50) as post:
        async with post.mailer():
            await post.over()
        await correct(post)
        for _ in range(10):
            dies = post.mailer()
            await dies.__aenter__()
            await asyncio.sleep(6.7)
            for task in (dies._dispatching, dies._exchanging, *dies._tray.calls):
                task.cancel()
        async with post.mailer():
            await post.over()
        assert {*map(tuple, texts(post).values())} == {("Better news",)}
        assert len(edits(post)) <= 200 + 10 * 8
        assert set(post.copies().values()) == {1}


@in_no_time
async def test_killed_in_the_middle_of_both(tmp_path, world):
    """Killed while it edits and goes on to send: everybody has the new words.

    The old ones stand beside them only where a crash left a first copy whose number nobody knows.
    """
    async with Post(tmp_path, world, readers=300, rate=5, latency=50) as post:
        async with post.mailer():
            await halfway(post, 100)
        for _ in range(8):
            dies = post.mailer()
            await dies.__aenter__()
            await asyncio.sleep(6.7)
            for task in (dies._dispatching, dies._exchanging, *dies._tray.calls):
                task.cancel()
        async with post.mailer():
            await post.over()
        stand = texts(post)
        assert all("Better news" in said for said in stand.values())
        assert sum(said.count("Good news") for said in stand.values()) <= 8
        assert max(post.copies().values()) <= 2
        assert sum(post.copies().values()) <= 300 + 8 * 8


@in_no_time
async def test_a_stop_ends_it_at_once(tmp_path, world):
    """Two seconds after a stop no message is edited; while everything had been sent, too."""
    async with Post(tmp_path, world, readers=300) as post:
        async with post.mailer():
            await post.over()
            await correct(post)
            await post.until(lambda one: one.totals.corrected > 0)
            await post.store.mailroom.act("spring", Stop())
            stopped = post.clock()
            await asyncio.sleep(60)
        assert 0 < len(edits(post)) < 300
        assert max(one.at for one in edits(post)) <= stopped + 2.0
        assert (await post.progress()).phase is Phase.STOPPED


@in_no_time
async def test_a_pause_holds_it_up(tmp_path, world):
    """After a pause of a day, beyond the end of sending, it goes on where it was."""
    async with Post(tmp_path, world, readers=300) as post:
        async with post.mailer():
            await post.over()
            await correct(post)
            await post.store.mailroom.act("spring", Pause())
            await asyncio.sleep(2)
            before = len(edits(post))
        await asyncio.sleep(24 * 3600)
        async with post.mailer():
            await asyncio.sleep(60)
            assert len(edits(post)) == before < 300
            await post.store.mailroom.act("spring", Resume())
            await post.over()
        assert {*map(tuple, texts(post).values())} == {("Better news",)}
        assert (await post.progress()).phase is Phase.DONE


@in_no_time
async def test_a_recall_takes_back_what_was_corrected(tmp_path, world):
    """Recalled in the middle of a correction everything disappears."""
    async with Post(tmp_path, world, readers=100) as post:
        async with post.mailer():
            await post.over()
            await correct(post)
            await post.store.mailroom.act("spring", Recall())
            await post.over()
        assert [len(post.tg.chat(one).messages) for one in post.people] == [0] * 100


@in_no_time
async def test_it_is_corrected_twice(tmp_path, world):
    """A second correction edits what the first one said, wherever that one had come to."""
    async with Post(tmp_path, world, readers=300) as post:
        best = campaign(messages={**WORDS, "en": Message("Best news", "Open")})
        async with post.mailer():
            await post.over()
            await correct(post)
            await correct(post, best)
            await post.over()
        assert {*map(tuple, texts(post).values())} == {("Best news",)}
        assert (await post.progress()).totals.corrected == 300


@in_no_time
async def test_beyond_its_time_nobody_is_edited(tmp_path, world):
    """47 hours after the start nothing says who got it: what is not edited by then stays."""
    async with Post(tmp_path, world, readers=60) as post:
        async with post.mailer():
            await post.over()
            await correct(post)
            await post.store.mailroom.act("spring", Pause())
        await asyncio.sleep(CORRECTABLE)
        async with post.mailer():
            before = len(edits(post))
            assert isinstance(await post.store.mailroom.act("spring", Resume()), Refusal)
            await asyncio.sleep(60)
            assert len(edits(post)) == before
            assert not (await post.progress()).busy


@in_no_time
async def test_a_text_that_telegram_refuses_pauses_it(tmp_path, world):
    """Where more than 5 % of the edits are refused a person has to look (R18)."""
    async with Post(tmp_path, world, readers=200) as post:
        async with post.mailer():
            await post.over()
            await post.tg.fault("error", method="editMessageText", chance=1.0, code=400)
            await correct(post)
            await post.until(lambda one: one.phase is Phase.PAUSED, 60)
        assert len(edits(post)) < 60


@in_no_time
async def test_a_clock_that_was_set_voids_it(tmp_path, world):
    """Set forward over its ten minutes, the correction waits for another yes (R38)."""
    async with Post(tmp_path, world, readers=60) as post:
        async with post.mailer():
            await post.over()
            await correct(post, at_once=False)
            await post.tg.advance(3600)
            await asyncio.sleep(60)
            assert edits(post) == []
            await correct(post)
            await post.over()
        assert len(edits(post)) == 60


@in_no_time
async def test_another_campaign_is_no_correction(tmp_path, world):
    """Without one of its languages, or with its own words, it is refused; a draft is, too."""
    async with Post(tmp_path, world, readers=40) as post:
        room = post.store.mailroom
        assert await room.correct(BETTER) is Refusal.NOT_NOW
        async with post.mailer():
            await post.over()
            lacking = replace(BETTER, messages={"en": WORDS["en"]})
            assert await room.correct(lacking) is Refusal.ANOTHER
            assert await room.correct(campaign()) is Refusal.ANOTHER
            assert await room.correct(campaign("other")) is None
            assert isinstance(await room.act("spring", Doubt()), Refusal)
