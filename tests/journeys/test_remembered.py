"""Progress on Telegram: agreed to, shown after the bot was killed, and forgotten again."""

import pytest

from tests.journeys.player import Player

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIRST = 7_800_000_000


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_progress_outlives_a_kill_and_ends_at_a_word(tg, bot, world, language):
    """All in one message: yes to being remembered, a round, a kill, the sign of it, and the end."""
    player = Player(tg, world.words, FIRST + len(language) + ord(language[0]), language, "en")
    await player.open(f"q{world.content.quizzes['help'].number}_{language}")
    front = player.shown.text
    await player.tap(player.label("Other quizzes"))
    await player.tap(player.label("Remember my progress"))
    await player.tap(player.label("Yes, remember"))
    assert "◐" not in player.shown.text
    title = player.label(world.content.quizzes["help"].title)
    await player.tap(next(one for one in player.shown.labels if one.startswith(title)))
    assert player.shown.text == front
    await player.tap(player.label("I am 16 or older"))
    while player.label("Once more") not in (options := player.shown.labels):
        done = player.label("Done")
        await player.tap(done if done in options else options[0])
    await bot.kill()
    await bot.start()
    await tg.wait_listening()
    await player.tap(player.label("Other quizzes"))
    assert f"◐ {title}" in [one.split(" · ")[0] for one in player.shown.labels]
    await player.tap(player.label("Forget my progress"))
    await player.tap(player.label("Yes, forget"))
    assert "◐" not in player.shown.text
    assert player.label("Remember my progress") in player.shown.labels
    await player.leave(world.content.quizzes["help"].title)
    assert await tg.violations() == []
