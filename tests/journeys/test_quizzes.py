"""Quizzes on Telegram: opened from a poster, played to the end in one message, in every language."""

import pytest

from bot.channels.terminal import unmarked
from tests.conftest import LANGUAGES
from tests.journeys.visitor import PATIENCE

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIRST = 7_700_000_000


class Player:
    """Taps what stands in her chat; what is drawn for her nobody can foresee."""

    def __init__(self, tg, words, user_id, language, code):
        self.tg, self.id, self.code, self.message = tg, user_id, code, 0
        self._say, self.language = words, language

    def label(self, text):
        return unmarked(self._say.text(self.language, text))

    @property
    def shown(self):
        return self.tg.chat(self.id).messages[self.message]

    async def open(self, link):
        await self.tg.meet(self.id, language_code=self.code)
        await self.tg.say(self.id, f"/start {link}")
        events = self.tg.chat(self.id).events
        await self.tg.world.pulse.until(
            lambda: any(one.what == "sent" for one in events), PATIENCE, "a first screen"
        )
        self.message = next(one.message_id for one in events if one.what == "sent")

    async def tap(self, label):
        before = self.shown.text, self.shown.labels
        await self.tg.tap(self.id, label, self.message)
        await self.tg.world.pulse.until(
            lambda: (self.shown.text, self.shown.labels) != before, PATIENCE, label
        )

    async def share(self):
        """Ask for the picture, and wait for it; the number of its message."""
        before = {*self.tg.chat(self.id).messages}
        await self.tg.tap(self.id, self.label("A picture to share"), self.message)
        await self.tg.world.pulse.until(lambda: len(self.pictures) > 0, PATIENCE, "a picture")
        (number,) = {*self.tg.chat(self.id).messages} - before
        return number

    @property
    def pictures(self):
        """The pictures that stand in her chat, by the numbers of their messages."""
        messages = self.tg.chat(self.id).messages
        return {n: one for n, one in messages.items() if "photo" in one.other}

    async def leave(self, title):
        """Close the chat; nothing of the quiz stays in it."""
        chat, title = self.tg.chat(self.id), self.label(title)
        await self.tg.tap(self.id, self.label("Close"), self.message)
        await self.tg.world.pulse.until(
            lambda: not any(title in one.text for one in chat.messages.values()),
            PATIENCE,
            "an empty chat",
        )


async def played(tg, world, language, quiz, user_id):
    """Play to the end, taking the first button always; give the player and the screens seen."""
    player = Player(tg, world.words, user_id, language, "en")
    await player.open(f"q{world.content.quizzes[quiz].number}_{language}")
    assert (
        unmarked(world.words.text(language, world.content.quizzes[quiz].title)) in player.shown.text
    )
    await player.tap(player.label("I am 16 or older"))
    seen = []
    for _ in range(80):
        seen.append(player.shown.text)
        if player.label("Once more") in player.shown.labels:
            return player, seen
        options = player.shown.labels
        done = player.label("Done")
        await player.tap(done if done in options else options[0])
    raise AssertionError(f"{quiz} does not end in {language}")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_from_a_poster_to_the_result(tg, bot, world, language):
    """A link opens the quiz in its language; every answer is explained; one message shows it all."""
    number = LANGUAGES.index(language)
    for quiz in ("help", "what-now"):
        number += 100
        player, seen = await played(tg, world, language, quiz, FIRST + number)
        sources = [text for text in seen if player.label("Source: {source}")[:5] in text]
        assert len(sources) >= world.content.quizzes[quiz].asks
        sent = [one for one in tg.chat(player.id).events if one.what == "sent"]
        assert len(sent) == 1
        assert player.label("I want to talk to someone") in player.shown.labels
        await player.leave(world.content.quizzes[quiz].title)
    assert await tg.violations() == []


async def test_a_round_outlives_a_restart(tg, bot, world):
    """In the middle of a round the bot is killed; the buttons that stand there go on with it."""
    player = Player(tg, world.words, FIRST, "en", "en")
    await player.open(f"q{world.content.quizzes['rights'].number}")
    await player.tap("I am 16 or older")
    for _ in range(2):
        await player.tap("Skip")
        await player.tap("Next")
    assert "Question 3 of 7" in player.shown.text
    await bot.kill()
    await bot.start()
    await tg.wait_listening()
    await player.tap("Skip")
    await player.tap("Next")
    assert "Question 4 of 7" in player.shown.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_result_is_shared_and_removed(tg, bot, world, language):
    """A tap at the end brings a picture of its size, silent and free to be passed on; a tap removes it."""
    player, _ = await played(tg, world, language, "help", FIRST + 500 + LANGUAGES.index(language))
    stood = player.shown.text
    number = await player.share()
    shown = player.pictures[number]
    assert (shown.silent, shown.protected) == (True, False)
    (photo,) = shown.other["photo"]
    assert (photo["width"], photo["height"]) == (1080, 1080)
    assert 5_000 < photo["file_size"] <= 150_000
    assert player.shown.text == stood
    (remove,) = shown.labels
    await tg.tap(player.id, remove, number)
    await tg.world.pulse.until(lambda: not player.pictures, PATIENCE, "no picture")
    assert await tg.violations() == []


async def test_an_exit_takes_the_picture_along(tg, bot, world):
    """The picture is in the ledger like all else: who closes the chat leaves none in it."""
    player, _ = await played(tg, world, "en", "help", FIRST + 600)
    await player.share()
    await player.leave(world.content.quizzes["help"].title)
    await tg.world.pulse.until(lambda: not player.pictures, PATIENCE, "no picture")


async def test_a_restart_draws_it_again_at_most_once_more(tg, bot, world):
    """Killed after the picture went out and before that was known, the bot sends it twice at most."""
    player, _ = await played(tg, world, "en", "help", FIRST + 601)
    await tg.fault("slow", method="sendPhoto", chat_id=player.id, times=1, seconds=2.0)
    calls = len(await tg.calls("sendPhoto"))
    await tg.tap(player.id, "A picture to share", player.message)
    await tg.wait_calls("sendPhoto", calls + 1)
    await bot.kill()
    await bot.start()
    await tg.wait_listening()
    await tg.world.pulse.until(lambda: player.pictures, PATIENCE, "a picture after the restart")
    await tg.settled(2.5)
    assert 1 <= len(player.pictures) <= 2
