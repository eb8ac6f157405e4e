"""The wishing tree on Telegram: from a poster to a ribbon tied, and a picture of it."""

import pytest

from bot.channels.terminal import unmarked
from bot.language.say import Say
from tests.journeys.player import Player
from tests.journeys.visitor import PATIENCE

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIRST = 7_800_000_000


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_a_ribbon_is_tied_and_seen(tg, bot, world, language):
    """A link, a wish, a ribbon, the picture, and out again: one message, and nothing stays."""
    list_ = world.content.wish_list
    player = Player(tg, world.words, FIRST + len(language) + ord(language[0]), language, "en")
    await player.open(f"t_{language}")
    assert player.label("<b>The wishing tree</b>") in player.shown.text
    await player.tap(player.label("Tie a ribbon"))
    wish, ribbon = list_.wishes[4], list_.ribbons[4]
    await player.tap("5")
    assert player.label(wish.text) in player.shown.text
    await player.tap(player.label(ribbon.name))
    own = world.words.say(language, Say("Your ribbon: {ribbon}", {"ribbon": Say(ribbon.name)}))
    assert unmarked(own) in player.shown.text
    assert player.label("Tie another ribbon") in player.shown.labels
    number = await player.share("See the tree as a picture")
    (photo,) = player.pictures[number].other["photo"]
    assert (photo["width"], photo["height"]) == (1080, 1350)
    assert photo["file_size"] <= 150_000
    await player.leave("<b>The wishing tree</b>")
    await tg.world.pulse.until(lambda: not player.pictures, PATIENCE, "no picture")
    assert await tg.violations() == []
