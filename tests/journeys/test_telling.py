"""Whoever tells of harm, anywhere and in any language, is heard at once, and nothing of it is kept."""

import asyncio
import logging
import random
import time
from itertools import product

import pytest
import yaml

from bot.engine.events import Wrote
from bot.engine.phrases import LEADS, UNABLE
from bot.engine.replies import Show
from bot.store.batch import HOUR, Batch, Kept
from tests.conftest import LANGUAGES, ROOT
from tests.journeys.crowd import crowd, each
from tests.journeys.forgetful import OnDisk
from tests.journeys.thief import loot, words_in
from tests.journeys.visitor import to_the_hub
from tests.store.looking import look, write
from tests.talking import clock
from tests.virtual_time import in_virtual_time

LABELS = (
    "violence_now", "violence", "sexual_violence", "suicide", "child_at_risk", "stalking_online",
    "forced_marriage",
)  # fmt: skip
FORMS = {"uz": "uz-Latn", "uz_Cyrl": "uz-Cyrl"}
PHRASES = yaml.safe_load(
    (ROOT / "tests/understanding/disclosures/phrases/development.yaml").read_text("utf-8")
)["phrases"]
AT_ONCE = 100
SOON = 2.0
"""Seconds within which somebody who tells of harm has an answer."""


def phrase(language: str, label: str) -> str:
    """The first phrase of a label that is written in the letters of a language."""
    form = FORMS.get(language, language)
    told = (one["text"] for one in PHRASES if one["lang"] == form and label in one["labels"])
    return str(next(told))


TOLD = {both: phrase(*both) for both in product(LANGUAGES, LABELS)}


def states(everywhere):
    """Every screen in every language, as somebody stands there who has chosen her country."""
    found = {}
    for session in everywhere:
        if session.country in ("", "kz"):
            found[session.language, session.place] = session
    return list(found.values())


@pytest.fixture
def talk(stage, tmp_path):
    return OnDisk(stage, tmp_path)


@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.soak)])
@in_virtual_time
async def test_in_every_state_and_language_harm_is_heard(talk, everywhere, caplog, every):
    """Every screen x language x label: heard at once, no error, no label and no word on the disk."""
    caplog.set_level(logging.DEBUG)
    await talk.open()
    matrix = list(product(states(everywhere), LABELS))
    # One in seven is another label on each screen in each language.
    some = [one for at, one in enumerate(matrix) if (at - at // len(LABELS)) % every == 0]
    people = list(enumerate(some, 6_000_100_000))
    haul, waits, misses = b"", [], []
    errors = [*(lead.text[:20] for lead in LEADS.values()), UNABLE.text[:20]]
    for at in range(0, len(people), AT_ONCE):
        here = dict(people[at : at + AT_ONCE])
        end = int(clock()) + HOUR
        await write(
            talk.store, Batch(sessions={who: Kept(one, end) for who, (one, _) in here.items()})
        )
        inbound = [
            talk.doing(who, Wrote(TOLD[one.language, label])) for who, (one, label) in here.items()
        ]
        began, before = time.perf_counter(), len(talk.channel.sent)
        await talk.conversation.take(inbound)
        # What is written down is looked at while every answer is still on its way.
        waiting = (await talk.store.pending()).replies
        assert {one.reply.lead for one in waiting if isinstance(one.reply, Show)} == {""}
        assert not [one for one in waiting if any(label in repr(one) for label in LABELS)]
        if at % (6 * AT_ONCE) == 0:
            haul += loot(talk.folder)
        await talk.conversation.settled()
        waits.append(time.perf_counter() - began)
        shown = {one.chat_id: one for one in talk.channel.sent[before:] if one.place != "removed"}
        assert shown.keys() == here.keys()
        for one in shown.values():
            session, label = here[one.chat_id]
            if one.place != "heard":
                misses.append((session.language, session.place, label, one.place))
            assert not any(error in one.text for error in errors), one.text
        known = await look(talk.store, here.keys(), [], clock())
        assert all(one.heard == () for one in known.sessions.values())
        assert not any(label in repr(known.sessions) for label in LABELS)
    haul += loot(talk.folder)
    said = "\n".join(one.getMessage() for one in caplog.records if "tirek" in one.name)
    assert {where[2:] for where in misses} == set(), misses[:10]
    assert words_in([*TOLD.values(), *LABELS], haul + said.encode()) == []
    assert len(people) * every > 1700


async def hers(tg, person):
    """Wait for what comes after her words; the number of calls does not matter."""
    chat = tg.chat(person.id)
    before = len(chat.events)

    def heard() -> bool:
        return any(event.what == "sent" for event in chat.events[before:])

    await tg.world.pulse.until(heard, 20, "an answer")
    return next(event.text for event in chat.events[before:] if event.what == "sent")


@pytest.mark.asyncio(loop_scope="module")
async def test_in_a_crowd_harm_is_heard_within_two_seconds(tg, bot, stage):
    """While 200 others talk, a telling in each language is answered in 2 s, and nothing is written."""
    others = crowd(tg, stage, 200)
    for person in others:
        await tg.meet(person.id, language_code=person.code)
    draw = random.Random(4)

    async def keep_talking() -> None:
        while True:
            person = draw.choice(others)
            await tg.say(person.id, draw.choice(("/start", "/menu", "words", "Almaty")))
            await asyncio.sleep(0.02)

    people = crowd(tg, stage, len(LANGUAGES))
    for person, language in zip(people, LANGUAGES, strict=True):
        person.code = language.partition("_")[0]
    await each(people, to_the_hub)
    talking, took = asyncio.create_task(keep_talking()), []
    for person, language in zip(people, LANGUAGES, strict=True):
        for label in ("violence_now", "suicide", "violence"):
            began = time.monotonic()
            await tg.say(person.id, TOLD[language, label])
            await hers(tg, person)
            took.append(time.monotonic() - began)
            assert "112" in tg.chat(person.id).shown()[-1].text or label == "violence"
    talking.cancel()
    await tg.settled(timeout=30)
    assert max(took) <= SOON
    assert words_in([*TOLD.values(), *LABELS], loot(bot.folder)) == []
    assert await tg.violations() == []
