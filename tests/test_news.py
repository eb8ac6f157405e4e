"""Truths about those who get news, over restarts, erasures and the button under a message."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.campaigns.subscription import Subscription
from bot.channels.port import Unwelcome
from bot.engine.blocks.news import LEAVE
from bot.engine.events import Chosen, Commanded, Departed, Wrote
from tests.store.examining import rows
from tests.talking import Talk
from tests.virtual_time import in_virtual_time

ANNA, BOTA = 101, 102
DAY = 24 * 3600


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


class Young:
    """Asks for news in a chat: taps the buttons of the newest screen."""

    def __init__(self, talk, who):
        self.talk, self.who = talk, who

    @property
    def page(self):
        return self.talk.channel.to(self.who)[-1].shown

    async def tap(self, *choices):
        for choice in choices:
            assert choice in self.offered
            tap = Chosen(self.page.place, choice, self.page.item)
            await self.talk.do(self.who, tap, over=self.talk.channel.last)

    async def open(self):
        await self.talk.in_kazakhstan(self.who)
        await self.talk.do(self.who, Chosen("play", "news"), over=5)

    async def subscribe(self):
        await self.open()
        await self.tap("choose-news", *("skip",) * 6, "agree-news")

    @property
    def offered(self):
        return {one.id for one in self.page.labels}


async def subscribers(talk):
    return await rows(talk.store, "subscriber")


@in_virtual_time
async def test_ask_change_and_leave(talk):
    """She says yes, changes her age after a restart, and leaves with one tap; nobody writes to her."""
    await talk.open()
    young = Young(talk, ANNA)
    await young.open()
    assert await subscribers(talk) == []
    await young.tap("choose-news", *("skip",) * 6)
    assert await subscribers(talk) == []
    await young.tap("agree-news")
    assert len(await subscribers(talk)) == 1
    await talk.again()
    await asyncio.sleep(DAY)
    assert await rows(talk.store, "session") == []
    await young.open()
    await young.tap("age", "15-19")
    (row,) = await subscribers(talk)
    assert row.age == "15-19"
    await young.tap("leave-news")
    assert await subscribers(talk) == []
    assert young.page.place == "news-left"
    sent = len(talk.channel.to(ANNA))
    await asyncio.sleep(3 * DAY)
    assert {*talk.channel.places(ANNA)[sent:]} <= {"start"}


@in_virtual_time
async def test_the_button_under_a_message_works_for_years(talk):
    """Long after all else of her is forgotten one tap under a message ends it, in that very turn."""
    await talk.open()
    await Young(talk, ANNA).subscribe()
    await Young(talk, BOTA).subscribe()
    await asyncio.sleep(2 * DAY)
    late = timedelta(days=900).total_seconds()
    await talk.do(ANNA, Chosen("", LEAVE), over=77, shown_ago=late)
    assert len(await subscribers(talk)) == 1
    assert talk.channel.places(ANNA)[-1] == "news-left"
    await talk.do(ANNA, Chosen("", LEAVE), over=77, shown_ago=late)
    assert talk.channel.places(ANNA)[-1] == "news-left"
    assert len(await subscribers(talk)) == 1


@pytest.mark.parametrize("end", ["/forget", "blocked"])
@in_virtual_time
async def test_erasing_and_blocking_end_it(talk, end):
    """With everything else of her goes what she asked for; her neighbour's stays."""
    await talk.open()
    for who in (ANNA, BOTA):
        await Young(talk, who).subscribe()
    if end == "blocked":
        await talk.do(ANNA, Departed())
    else:
        await talk.say(ANNA, "/forget")
        await talk.say(ANNA, "/forget")
    assert len(await subscribers(talk)) == 1
    await asyncio.sleep(5)
    young = Young(talk, ANNA)
    await young.open()
    assert "choose-news" in young.offered


@in_virtual_time
async def test_a_chat_that_refuses_us_is_forgotten(talk):
    """Where Telegram says that she blocked the bot (403), she gets no more news."""
    await talk.open()
    await Young(talk, ANNA).subscribe()
    talk.channel.scripts[ANNA].append(Unwelcome())
    await talk.do(ANNA, Commanded("menu"))
    await asyncio.sleep(5)
    assert await subscribers(talk) == []


@in_virtual_time
async def test_the_way_out_ends_no_news(talk):
    """A word that clears the chat clears it, and her news stays what she asked for."""
    await talk.open()
    young = Young(talk, ANNA)
    await young.subscribe()
    await talk.do(ANNA, Wrote("stop"))
    assert talk.standing(ANNA) == ["start"]
    assert len(await subscribers(talk)) == 1


@in_virtual_time
async def test_within_one_batch_the_next_tap_knows(talk):
    """Taps that are committed together see what the ones before them changed."""
    await talk.open()
    young = Young(talk, ANNA)
    await young.open()
    yes = Chosen("news-choices", "agree-news", "summary+ru+kz+++aa+21-09")
    taps = [yes, Chosen("news", "age"), Chosen("news-choices", "20-24", "age")]
    await talk.conversation.take([talk.doing(ANNA, one, over=5) for one in taps])
    await talk.conversation.settled()
    (row,) = await subscribers(talk)
    assert (row.language, row.age) == ("ru", "20-24")
    taps = [Chosen("", LEAVE), Chosen("news-left", "menu"), Chosen("play", "news")]
    await talk.conversation.take([talk.doing(ANNA, one, over=5) for one in taps])
    await talk.conversation.settled()
    assert await subscribers(talk) == []
    assert "choose-news" in young.offered


@in_virtual_time
async def test_turns_elsewhere_cost_nothing_more(talk):
    """A turn away from the news asks nothing of the table of subscribers; one there asks it once."""
    await talk.open()
    young = Young(talk, ANNA)
    await young.subscribe()
    statements: list[str] = []
    event.listen(
        talk.store._database._engine, "after_cursor_execute", lambda *a: statements.append(a[2])
    )
    for doing in (Chosen("hub", "talk"), Chosen("play", "hiv"), Wrote("stop")):
        await talk.do(ANNA, doing, over=5 if isinstance(doing, Chosen) else None)
    assert not [one for one in statements if "subscriber" in one]
    await talk.in_kazakhstan(ANNA)
    statements.clear()
    await talk.do(ANNA, Chosen("news", "age"), over=5)
    assert len([one for one in statements if "subscriber" in one]) == 1


@in_virtual_time
async def test_what_is_kept_names_the_chat_and_nothing_she_said_elsewhere(talk):
    """The row holds the chat to write to and her choices: no country of a search, no town, no word."""
    await talk.open()
    young = Young(talk, ANNA)
    await talk.in_kazakhstan(ANNA)
    for said in ("I need a lawyer", "Алматы", "2"):
        await talk.say(ANNA, said)
    await young.subscribe()
    (row,) = await subscribers(talk)
    assert talk.store._subscribers.chat_of(row) == ANNA
    assert row[2:8] == ("en", "kz", "", "", "", "21-09")
    loaded = await talk.store._database.run(lambda c: talk.store._subscribers.load(c, ANNA))
    assert isinstance(loaded, Subscription)
