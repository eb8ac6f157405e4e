"""What is printed for a session, on Telegram: a file and codes, in every language, gone with an exit."""

import pytest

from tests.conftest import LANGUAGES
from tests.journeys.player import Player
from tests.journeys.visitor import PATIENCE

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIRST = 7_900_000_000
PLAN = "friend"


async def asked_for(tg, world, language, label, user_id):
    """Open the plan by its link and ask for what is drawn of it; her, and the message."""
    player = Player(tg, world.words, user_id, language, "en")
    await player.open(f"s{world.content.sessions[PLAN].number}_{language}")
    number = await player.share(label)
    return player, number


async def gone(tg, world, player):
    """Close the chat, and wait until nothing of it is left."""
    await player.leave(world.content.sessions[PLAN].title)
    await tg.world.pulse.until(lambda: not player.pictures, PATIENCE, "no picture")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_page_is_sent_as_a_file_and_removed(tg, bot, world, language):
    """One tap brings a PDF, silent and free to be passed on, named in her language; a tap removes it."""
    user_id = FIRST + LANGUAGES.index(language)
    player, number = await asked_for(tg, world, language, "Page as PDF", user_id)
    shown = player.pictures[number]
    assert (shown.silent, shown.protected) == (True, False)
    told = shown.other["document"]
    assert told["mime_type"] == "application/pdf"
    assert told["file_name"] == f"{player.label('Page to print')}.pdf"
    assert 5_000 < told["file_size"] < 150_000
    assert shown.other["caption"]
    (remove,) = shown.labels
    await tg.tap(player.id, remove, number)
    await tg.world.pulse.until(lambda: not player.pictures, PATIENCE, "no file")
    assert await tg.violations() == []


async def test_codes_are_sent_as_a_picture(tg, bot, world):
    """One tap brings both codes in a picture as high as a phone; an exit takes it along."""
    player, number = await asked_for(tg, world, "kk", "Codes for the group", FIRST + 100)
    (photo,) = player.pictures[number].other["photo"]
    assert (photo["width"], photo["height"]) == (1080, 1920)
    assert 5_000 < photo["file_size"] < 150_000
    await gone(tg, world, player)


async def test_an_exit_takes_the_file_along(tg, bot, world):
    """The file is in the ledger like all else: who closes the chat leaves none in it."""
    player, _ = await asked_for(tg, world, "ru", "Page as PDF", FIRST + 101)
    await gone(tg, world, player)


async def test_a_restart_sends_the_file_once_more_at_most(tg, bot, world):
    """Killed after the file went out and before that was known, the bot sends it twice at most."""
    player = Player(tg, world.words, FIRST + 102, "en", "en")
    await player.open(f"s{world.content.sessions[PLAN].number}_en")
    await tg.fault("slow", method="sendDocument", chat_id=player.id, times=1, seconds=2.0)
    calls = len(await tg.calls("sendDocument"))
    await tg.tap(player.id, "Page as PDF", player.message)
    await tg.wait_calls("sendDocument", calls + 1)
    await bot.kill()
    await bot.start()
    await tg.wait_listening()
    await tg.world.pulse.until(lambda: player.pictures, PATIENCE, "a file after the restart")
    await tg.settled(2.5)
    assert 1 <= len(player.pictures) <= 2
