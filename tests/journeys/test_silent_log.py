"""The log at its loudest, under everything that can go wrong, holds codes and numbers only."""

import base64
import random
import signal

import pytest

from tests.journeys.crowd import country_of, crowd, each
from tests.journeys.garbage import CANARY, broken
from tests.journeys.thief import numbers_in, words_in
from tests.process import BotProcess
from tests.standin.server import StandIn

pytestmark = pytest.mark.asyncio(loop_scope="module")

KINDS = ("drop_before", "drop_after", "truncate")


async def test_no_fault_makes_the_log_talk(shelf, tg, bot, stage):
    """Under every fault at once the loudest log holds no token, id, name or word of anybody (R29, R30)."""
    people, draw = crowd(tg, stage, 60), random.Random(3)
    for kind in KINDS:
        await tg.fault(kind, chance=0.02)
        await tg.fault(kind, method="getUpdates", chance=0.02)
    for code in (500, 502, 504, 429, 400, 403):
        await tg.fault("error", chance=0.02, code=code)
    for code in (409, 500):
        await tg.fault("error", method="getUpdates", code=code, times=1)

    async def stumble(person) -> None:
        await tg.meet(person.id, language_code="kk", first_name=f"{CANARY} {person.id}")
        await tg.say(person.id, "/start")
        for _ in range(4):
            await tg.send_raw(broken(await tg.next_update_id(), person.id, draw))
            await tg.say(person.id, f"{CANARY} {person.id}")
            await tg.say(person.id, country_of(person))
            await tg.forge_tap(person.id, f"{CANARY[:20]}")

    await each(people[:30], stumble)
    flow = shelf / "flows" / "home.yaml"
    good = flow.read_text()
    flow.write_text("flow: [\n")
    await bot.send(signal.SIGHUP)
    await bot.logged("content.rejected")
    flow.write_text(good)
    await each(people[30:], stumble)
    await tg.wait_confirmed(timeout=30)
    await tg.clear_faults()
    token, tg.token = tg.token, "4200000001:another-token-that-opens-no-doors00"
    await tg.say(people[0].id, CANARY)
    tg.world.polling.stop("a break")
    await bot.logged("@BotFather")
    tg.token = token
    await bot.kill()  # it would wait for answers that cannot come any more

    log = bot.log.read_bytes()
    assert b"telegram.set_aside" in log
    assert b"telegram.poll_failed" in log
    secret = token.partition(":")[2]
    encoded = base64.b64encode(token.encode()).decode()
    assert words_in([token, secret, encoded, CANARY, CANARY[:10]], log) == []
    messages = {e.message_id for one in people for e in tg.chat(one.id).events}
    assert min(messages) > 100
    assert numbers_in([one.id for one in people], log) == []
    assert max(map(len, log.splitlines())) < 1024


async def test_a_refused_token_is_not_written_down(tmp_path):
    """A token that Telegram refuses is told with its remedy and without the token itself (R29)."""
    async with StandIn() as tg:
        known, tg.token = tg.token, "4200000001:another-token-that-opens-no-doors00"
        bot = BotProcess(tmp_path, tg, level="debug")
        tg.token = known
        async with bot:
            await bot.logged("@BotFather")
    log = bot.log.read_bytes()
    assert words_in(["another-token-that-opens-no-doors00", "4200000001"], log) == []
