"""Whoever takes the database and the log learns of nobody that she was here."""

import pytest

from tests.journeys.crowd import country_of, crowd, each
from tests.journeys.thief import forms, loot, numbers_in, words_in

pytestmark = pytest.mark.asyncio(loop_scope="module")

CANARY = "оғзаки-канарейка-wqx"
FIRST_MESSAGE = 730_000_000


async def talk_about_it(person) -> None:
    """Go to a number, with a telling name and telling words on the way."""
    await person.begin(f"Айгерим-{person.id % 977}-{CANARY}")
    for choice in ("continue", "continue", country_of(person), "talk"):
        await person.tap(choice)
    await person.tap(person.page.labels[0].id)
    await person.write(f"{CANARY} {person.id} уйде ұрып жатыр")


def _sent(tg, chat_id: int) -> int:
    return sum(event.what == "sent" for event in tg.chat(chat_id).events)


async def steal(tg, bot, stage, size: int) -> tuple[list[int], bytes]:
    """Let `size` people talk; every number of theirs, and all that was ever on the disk."""
    tg.world.chats._last_id = FIRST_MESSAGE
    people = crowd(tg, stage, size)
    await each(people, talk_about_it)
    haul = loot(bot.folder / "data")
    # Two answers stand in the outbox when the thief cuts the power.
    for person in people[:2]:
        await tg.fault("error", chat_id=person.id, code=500, chance=1.0)
        await tg.say(person.id, f"{CANARY} {person.id}")
    await tg.wait_confirmed()
    await bot.kill()
    haul += loot(bot.folder / "data")
    await tg.clear_faults()
    await bot.start()
    for person in people[:2]:
        await tg.world.pulse.until(lambda her=person.id: _sent(tg, her) > 2, 20, "her answer")
    await bot.stop()
    haul += loot(bot.folder / "data") + bot.log.read_bytes()
    messages = [e.message_id for one in people for e in tg.chat(one.id).events]
    assert await tg.violations() == []
    return [*(one.id for one in people), *sorted(set(messages))], haul


async def test_a_stolen_copy_tells_of_nobody(tg, bot, stage):
    """Neither an id, a message id, a name nor a word of 100 people is in any stolen byte (R1, R3)."""
    numbers, haul = await steal(tg, bot, stage, 100)
    assert len(haul) > 100_000
    assert len(numbers) > 300
    assert numbers_in(numbers, haul) == []
    assert words_in([CANARY, "Айгерим", "ұрып жатыр"], haul) == []


@pytest.mark.soak
async def test_a_large_stolen_copy_tells_of_nobody(tg, bot, stage):
    """Of 500 people whose every number the thief knows, no stolen byte gives one away (R1, R3)."""
    numbers, haul = await steal(tg, bot, stage, 500)
    assert numbers_in(numbers, haul) == []
    assert words_in([CANARY, "Айгерим", "ұрып жатыр"], haul) == []


async def test_the_thief_finds_a_word_that_lies_open():
    """The examiner of the tests above does find a word, in every form it knows."""
    for form in forms(CANARY):
        assert words_in([CANARY, "Айгерим"], b"\0\0" + form + b"\xff" * 9) == [CANARY]
