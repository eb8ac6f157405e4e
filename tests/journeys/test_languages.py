"""The way from the first screen to a number, in every language."""

import asyncio

import pytest
import pytest_asyncio

from bot.engine.stage import Stage
from tests.conftest import LANGUAGES
from tests.journeys.visitor import Visitor, to_the_hub
from tests.standin.server import StandIn

pytestmark = pytest.mark.asyncio(loop_scope="module")

COUNTRY = {"kk": "kz", "ky": "kg", "tg": "tj", "uz": "uz", "uz_Cyrl": "uz", "ru": "kg", "en": "kz"}
CODE = {"uz_Cyrl": "uz"}


async def to_a_number(tg: StandIn, stage: Stage, language: str, user_id: int) -> Visitor:
    """Go from /start to a line's card, keep its number in the chat, and remove it again."""
    visitor = Visitor(tg, stage, user_id, CODE.get(language, language))
    await to_the_hub(visitor, language, COUNTRY[language])
    first = visitor.message
    taps = visitor.taps
    await visitor.tap("talk")
    line = visitor.page.labels[0].id
    await visitor.tap(line)
    assert visitor.taps - taps <= 2
    number = next(
        one.e164 or one.number
        for one in stage.world.content.countries[COUNTRY[language]].hotlines
        if one.id == line
    )
    assert number in visitor.shown.text
    assert visitor.message == first
    card = await visitor.keep()
    assert card != first
    kept = tg.chat(user_id).messages[card]
    assert number in kept.text or (kept.contact or {}).get("phone_number") == number
    assert visitor.sees_it()
    await visitor.remove(card)
    assert visitor.sees_it()
    assert visitor.session is not None
    assert visitor.session.language == language
    await visitor.tap("close")
    await tg.world.pulse.until(
        lambda: [*tg.chat(user_id).messages] == [visitor.message], 20, "an empty chat"
    )
    return visitor


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def travelled(tg, started, world):
    """One person of each language at the end of her journey."""
    stage = Stage(world)
    return await asyncio.gather(
        *(to_a_number(tg, stage, one, 6_000_000_001 + n) for n, one in enumerate(LANGUAGES))
    )


async def test_every_language_leads_to_a_number(tg, travelled):
    """In each language, both Uzbek scripts too, a number is two taps from the country."""
    assert len(travelled) == len(LANGUAGES)
    assert await tg.violations() == []
    assert await tg.pending() == []


async def test_a_tap_changes_the_message_it_came_from(tg, travelled):
    """Only /start and a kept number make a message; every tap edits, and closing clears the rest."""
    for visitor in travelled:
        events = tg.chat(visitor.id).events
        assert [e.what for e in events if e.what != "edited"] == [
            "received", "sent", "sent", "deleted", "deleted"
        ]  # fmt: skip
        assert sum(e.what == "edited" for e in events) == visitor.taps
        assert [m.message_id for m in tg.chat(visitor.id).shown() if m.by_bot] == [visitor.message]


async def test_every_message_is_silent_protected_and_without_preview(tg, travelled):
    """No message rings, can be forwarded or unfolds a page, whichever screen it shows (R13)."""
    calls = [c for c in await tg.calls() if c.method.startswith(("send", "edit"))]
    assert len(calls) >= 7 * len(travelled)
    for call in calls:
        if call.method.startswith("send"):
            assert call.params["disable_notification"] is True
            assert call.params["protect_content"] is True
        if "text" in call.params:
            assert call.params["link_preview_options"] == {"is_disabled": True}


async def test_every_tap_is_answered_once_and_without_words(tg, travelled):
    """Each tap's spinner is stopped exactly once, and no toast says anything (R12)."""
    taps = tg.world.people.taps.values()
    await tg.settled()
    assert {(tap.answered, tap.text, tap.alert) for tap in taps} == {(1, "", False)}


async def test_the_command_menu_speaks_every_language(tg, travelled, world):
    """The command menu is set in each language that Telegram can name, English for all others."""
    await tg.settled()
    set_ = (await tg.profile())["commands"]
    commands = [one for one in world.content.commands.values() if one.listed]
    for language in LANGUAGES:
        if language == "uz_Cyrl":
            continue
        key = "default" if language == "en" else f"default {language}"
        wanted = {one.name: world.words.text(language, one.text) for one in commands}
        assert {one["command"]: one["description"] for one in set_[key]} == wanted
    assert len(set_) == len(LANGUAGES) - 1
