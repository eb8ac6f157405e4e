"""Questions without names, over the real bot: what reaches the team, and what is left of it."""

import time

import pytest
import pytest_asyncio

from tests.journeys.thief import loot, words_in
from tests.journeys.visitor import PATIENCE
from tests.process import BotProcess
from tests.standin.server import StandIn

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEAM = -1_007_000_000_777
FIRST = 7_800_000_000
CANARY = "zanzibarica"
NAME = "Qanykeiqyz"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(tmp_path_factory):
    """The double and the bot, whose team reads along in a group."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIREK_TELEGRAM__QUESTIONS", str(TEAM))
        async with (
            StandIn(seed=5) as tg,
            BotProcess(tmp_path_factory.mktemp("questions"), tg, level="debug") as bot,
        ):
            tg.world.chats.open({"id": TEAM, "type": "supergroup", "title": "Team"})
            await tg.wait_listening()
            yield tg, bot


async def standing_at_the_box(tg, who):
    """Open the link, read what is kept, go on."""
    await tg.meet(who, language_code="en", first_name=NAME)
    await tg.say(who, "/start b_en")
    shown = await tg.wait_shown(who, "Before you write anything", PATIENCE)
    await tg.tap(who, "Continue", shown.message_id)
    await tg.wait_shown(who, "Your question", PATIENCE)


def copies(tg, words):
    return [one for one in tg.chat(TEAM).messages.values() if words in one.text]


async def test_the_team_gets_words_and_nothing_else(here):
    """The copy is silent and names nobody; her message is gone; no file holds a word of it."""
    tg, bot = here
    await standing_at_the_box(tg, FIRST)
    asked = f"From which age may a person marry in {CANARY}?"
    number = await tg.say(FIRST, asked)
    await tg.wait_shown(FIRST, "Thank you. Your question goes to the team", PATIENCE)
    await tg.world.pulse.until(
        lambda: number not in tg.chat(FIRST).messages, PATIENCE, "her message to go"
    )
    (copy,) = copies(tg, CANARY)
    assert (copy.text, copy.by_bot, copy.silent, copy.protected) == (asked, True, True, True)
    body = tg.chat(TEAM).as_json(copy, tg.world.bot)
    assert not [key for key in body if key.startswith(("forward", "sender_chat", "reply", "via"))]
    assert NAME not in str(body)
    assert str(FIRST) not in str(body)
    assert await tg.calls("forwardMessage") == []
    raw = loot(bot.folder, keys="keys")
    assert words_in([CANARY, NAME], raw) == []
    assert await tg.violations() == []


async def test_who_tells_of_harm_reaches_numbers_and_not_the_team(here):
    """Her words stay in her own chat until it is cleared, and go nowhere else."""
    tg, _ = here
    await standing_at_the_box(tg, FIRST + 1)
    await tg.say(FIRST + 1, "my husband beats me every day")
    await tg.wait_shown(FIRST + 1, "Thank you for telling me", PATIENCE)
    await tg.settled()
    assert copies(tg, "husband") == []


async def test_a_question_outlives_a_kill_in_two_copies_at_most(here):
    """The bot dies as it passes a question on; after the restart it is there, and hers is gone."""
    tg, bot = here
    await standing_at_the_box(tg, FIRST + 2)
    await tg.fault("drop_after", method="copyMessage", times=1)
    number = await tg.say(FIRST + 2, "What does equality mean at home, and who decides?")
    await tg.wait_calls("copyMessage", 2, PATIENCE)
    await bot.kill()
    await tg.clear_faults()
    await bot.start()
    await tg.world.pulse.until(
        lambda: number not in tg.chat(FIRST + 2).messages, 3 * PATIENCE, "her message to go"
    )
    assert 1 <= len(copies(tg, "equality")) <= 2


async def test_a_team_that_is_gone_keeps_nobody_waiting(here):
    """When the group cannot be written to, her message goes all the same, and she is not erased."""
    tg, bot = here
    await standing_at_the_box(tg, FIRST + 3)
    await tg.kick(TEAM, tg.world.bot["id"], announce=False)
    number = await tg.say(FIRST + 3, "How long does a session last?")
    await bot.logged("questions.refused")
    await tg.world.pulse.until(
        lambda: number not in tg.chat(FIRST + 3).messages, PATIENCE, "her message to go"
    )
    before = time.monotonic()
    await tg.say(FIRST + 3, "Menu")
    await tg.settled()
    assert time.monotonic() - before < PATIENCE
    assert tg.chat(FIRST + 3).messages
