"""Quizzes on Telegram: opened from a poster, played to the end in one message, in every language."""

import pytest

from bot.channels.terminal import unmarked
from tests.conftest import LANGUAGES
from tests.journeys.player import Player
from tests.journeys.visitor import PATIENCE

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIRST = 7_700_000_000


async def played(tg, world, language, quiz, user_id):
    """Play to the end, taking the first button always; give the player and the screens seen."""
    player = Player(tg, world.words, user_id, language, "en")
    await player.open(f"q{world.content.quizzes[quiz].number}_{language}")
    assert (
        unmarked(world.words.text(language, world.content.quizzes[quiz].title)) in player.shown.text
    )
    age, begin = player.label("I am 16 or older"), player.label("Begin")
    await player.tap(age if age in player.shown.labels else begin)
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


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_quiz_is_played_on_telegram(tg, bot, world, language):
    """Each quiz, in each language: from its link to its result, in one message, with help below."""
    number = 1000 * (1 + LANGUAGES.index(language))
    for quiz in world.content.played:
        number += 1
        player, seen = await played(tg, world, language, quiz, FIRST + number)
        assert len(seen) > world.content.quizzes[quiz].asks
        assert player.label("I want to talk to someone") in player.shown.labels
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
