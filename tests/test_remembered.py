"""Truths about players who asked to be remembered, day after day, over restarts and erasures."""

import asyncio

import pytest
from sqlalchemy import event

from bot.engine.events import Chosen, Commanded, Departed
from tests.store.examining import rows
from tests.talking import Talk
from tests.virtual_time import in_virtual_time

ANNA, BOTA = 101, 102
DAY = 24 * 3600


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


class Player:
    """Plays in a chat: taps the buttons of the newest screen by their labels."""

    def __init__(self, talk, who, words, language):
        self.talk, self.who, self.words, self.language = talk, who, words, language

    @property
    def page(self):
        return self.talk.channel.to(self.who)[-1].shown

    async def open(self):
        """Come to the list of quizzes, in her language."""
        await self.talk.do(self.who, Commanded("start", f"q7_{self.language}"))
        await self.tap("Other quizzes")

    async def tap(self, text):
        label = self.words.text(self.language, text)
        (choice,) = (one.id for one in self.page.labels if one.text == label)
        await self.choose(choice)

    async def choose(self, choice):
        tap = Chosen(self.page.place, choice, self.page.item)
        await self.talk.do(self.who, tap, over=self.talk.channel.last)

    async def play(self):
        """Play to the end, always taking the first thing."""
        ids = [one.id for one in self.page.labels]
        await self.choose("from_16" if "from_16" in ids else "begin")
        while "anew" not in (ids := [one.id for one in self.page.labels]):
            await self.choose("done" if "done" in ids else ids[0])
        await self.choose("others")

    @property
    def offered(self):
        return {one.id for one in self.page.labels}


async def agreed(talk, who, world, language):
    player = Player(talk, who, world.words, language)
    await player.open()
    await player.tap("Remember my progress")
    await player.tap("Yes, remember")
    return player


async def learners(talk):
    return await rows(talk.store, "learner")


@pytest.mark.parametrize("language", ["en", "ru"])
@in_virtual_time
async def test_remember_play_repeat_forget(talk, world, language):
    """She says yes, plays, is killed with the bot, comes back next day to what is due, and ends it.

    In between her chat is cleared and her conversation forgotten as ever; nothing reminds her.
    """
    await talk.open()
    player = await agreed(talk, ANNA, world, language)
    await player.choose("hiv")
    await player.play()
    assert "repeat" not in player.offered
    await talk.again()
    await asyncio.sleep(10)
    sent = len(talk.channel.to(ANNA))
    await asyncio.sleep(DAY)
    assert await rows(talk.store, "session") == []
    assert {*talk.channel.places(ANNA)[sent:]} <= {"start"}
    await talk.do(ANNA, Commanded("start"))
    assert player.page.place == "start"
    await player.open()
    assert "repeat" in player.offered
    await player.choose("repeat")
    await player.play()
    (row,) = await learners(talk)
    await player.tap("Forget my progress")
    assert [row] == await learners(talk)
    await player.tap("Yes, forget")
    assert await learners(talk) == []
    assert "remember" in player.offered


@pytest.mark.parametrize("end", ["/forget", "blocked"])
@in_virtual_time
async def test_erasing_and_blocking_end_it(talk, world, end):
    """With everything else of her goes what she asked to be remembered; her neighbour's stays."""
    await talk.open()
    for who in (ANNA, BOTA):
        player = await agreed(talk, who, world, "en")
    player = Player(talk, ANNA, world.words, "en")
    if end == "blocked":
        await talk.do(ANNA, Departed())
    else:
        await talk.say(ANNA, "/forget")
        await talk.say(ANNA, "/forget")
    await asyncio.sleep(5)
    assert len(await learners(talk)) == 1
    await player.open()
    assert "remember" in player.offered


@in_virtual_time
async def test_within_one_batch_the_next_tap_knows(talk, world):
    """Taps that are committed together see what the ones before them changed."""
    await talk.open()
    player = Player(talk, ANNA, world.words, "en")
    await player.open()
    taps = [Chosen("remember", "agree"), Chosen("play", "unremember"), Chosen("unremember", "no")]
    await talk.conversation.take([talk.doing(ANNA, one, over=5) for one in taps])
    await talk.conversation.settled()
    assert "unremember" in player.offered
    taps = [Chosen("unremember", "forget"), Chosen("play", "hiv"), Chosen("play-quiz", "others")]
    await talk.conversation.take([talk.doing(ANNA, one, over=5) for one in taps])
    await talk.conversation.settled()
    assert "remember" in player.offered
    assert await learners(talk) == []


@in_virtual_time
async def test_a_list_lost_in_a_crash_is_the_plain_one(talk, world):
    """An answer that goes out after a restart holds nothing of her progress; the next tap does."""
    await talk.open()
    player = await agreed(talk, ANNA, world, "en")
    talk.channel.scripts[ANNA].append(60)
    await talk.conversation.take([talk.doing(ANNA, Chosen("play-quiz", "others", "hiv"), over=5)])
    await asyncio.sleep(1)
    await talk.again()
    await talk.conversation.settled()
    assert "remember" in player.offered
    await player.choose("remember")
    assert "unremember" in player.offered
    assert len(await learners(talk)) == 1


@in_virtual_time
async def test_turns_elsewhere_cost_nothing_more(talk, world):
    """A turn away from the quizzes asks nothing of the table of players; one there asks it once."""
    await talk.open()
    player = await agreed(talk, ANNA, world, "en")
    statements: list[str] = []
    event.listen(
        talk.store._database._engine, "after_cursor_execute", lambda *a: statements.append(a[2])
    )
    await talk.do(ANNA, Chosen("hub", "talk"), over=5)
    assert not [one for one in statements if "learner" in one]
    await player.open()
    statements.clear()
    await talk.do(ANNA, Chosen("play", "hiv"), over=5)
    assert len([one for one in statements if "learner" in one]) == 1
