"""A shared phone from beginning to end: the phrase, the quiz, the way back, and the other phone."""

import pytest

from bot.channels.terminal import unmarked
from bot.engine.blocks.choose_phrase import FIRST, SECOND
from bot.engine.cover import folded
from bot.engine.session import Session
from bot.language.say import Say
from tests.betrayal import lexicon
from tests.journeys.crowd import crowd
from tests.journeys.thief import loot, words_in
from tests.journeys.visitor import Visitor, now, to_the_hub

pytestmark = pytest.mark.asyncio(loop_scope="module")

PHRASES = {
    "kk": ("көк аспан астында", "kok aspan astinda"),
    "uz": ("koʻk togʻ gullari", "кўк тоғ гуллари"),
}
"""A phrase as it is chosen, and as she types it later."""

HARM = {"kk": "күйеуім мені ұрады", "uz": "erim meni uradi"}
COUNTRIES = {"kk": "kz", "uz": "uz"}


class Phone:
    """A chat on a phone that others open too, and what stands in it."""

    def __init__(self, tg, stage, person: Visitor, language: str) -> None:
        self.tg, self.stage, self.person, self.language = tg, stage, person, language

    def page(self, place: str):
        """Build a screen of the cover, or the start page, in her language."""
        return self.stage.page(Session(place, self.language), now())

    @property
    def texts(self) -> list[str]:
        """What stands in the chat, hers and ours."""
        return [one.text for one in self.tg.chat(self.person.id).shown()]

    async def until(self, true, what: str) -> None:
        """Wait for something to be so."""
        try:
            await self.tg.world.pulse.until(true, 20, what)
        except TimeoutError as late:
            raise TimeoutError(f"{late}; there is {self.texts}") from None

    async def say(self, words: str) -> int:
        """Write, and do not wait; the number of her message."""
        number: int = await self.tg.say(self.person.id, words)
        return number

    async def is_gone(self, number: int) -> None:
        """Wait until one of her messages is gone."""
        chat = self.tg.chat(self.person.id)
        await self.until(lambda: number not in chat.messages, "her message is removed")

    async def shows_only(self, place: str, times: int = 1) -> None:
        """Wait until one screen is all there is; after each exit one more of it stays."""
        text = unmarked(self.page(place).text)
        await self.until(lambda: self.texts == [text] * times, f"only {place}")

    async def answers_with(self, place: str) -> None:
        """Wait until the newest message of ours is this screen, maybe with a word above it."""
        text = unmarked(self.page(place).text)
        await self.until(lambda: self.newest.text.endswith(text), f"{place} at the end")

    @property
    def newest(self):
        """The newest message of ours."""
        return next(m for m in reversed(self.tg.chat(self.person.id).shown()) if m.by_bot)

    async def is_asked(self, what: Say) -> None:
        """Wait until the newest message of ours asks this."""
        said = unmarked(self.stage.world.words.say(self.language, what))
        await self.until(lambda: said in self.newest.text, "asked")


async def cover(tg, stage, language: str) -> Phone:
    """Put the cover up on a phone, both typings of the phrase watched."""
    (person,) = crowd(tg, stage, 1)
    person.code = language
    await to_the_hub(person, language, COUNTRIES[language])
    phone = Phone(tg, stage, person, language)
    for choice in ("phone", "shared", "up"):
        await person.tap(choice)
    for what in (FIRST, SECOND):
        await phone.is_asked(what)
        assert unmarked(phone.page("start").text) not in phone.texts
        await phone.is_gone(await phone.say(PHRASES[language][0]))
    await phone.shows_only("quiz")
    return phone


async def unlock(phone: Phone) -> None:
    """Type the phrase in other letters; it is removed, and the start page of the help is there."""
    hers = await phone.say(PHRASES[phone.language][1])
    await phone.is_gone(hers)
    await phone.answers_with("start")
    start = unmarked(phone.page("start").text)
    assert [text for text in phone.texts if text.endswith(start)] == [start]


def ending(stage, language: str) -> str:
    """A word that ends a chat."""
    (node,) = (one for one in stage.world.content.nodes.values() if one.leaves)
    return str(stage.world.words.text(language, node.called).split(",")[0].strip())


async def pick_up_words(phone: Phone) -> str:
    """Let four words be shown for another phone; behind the cover her country was forgotten."""
    session = Session("hub", phone.language, country=COUNTRIES[phone.language], told=True)
    await phone.say("/menu")
    await phone.answers_with("country")
    for place, choice in (
        ("country", session.country),
        ("hub", "phone"),
        ("phone", "other"),
        ("about", "continue"),
        ("other-phone", "show"),
    ):
        here = phone.stage.page(Session(place, phone.language, country=session.country), now())
        label = next(one.text for one in here.labels if one.id == choice)
        before = phone.newest.text
        await phone.tg.tap(phone.person.id, label, phone.newest.message_id)
        await phone.until(lambda before=before: phone.newest.text != before, choice)
    bold = next(e for e in phone.newest.entities if e["type"] == "bold")
    raw = phone.newest.text.encode("utf-16-le")
    inside = slice(2 * bold["offset"], 2 * (bold["offset"] + bold["length"]))
    return bytes(raw[inside]).decode("utf-16-le")


@pytest.mark.parametrize("language", ["kk", "uz"])
async def test_a_shared_phone_shows_a_quiz_and_nothing_else(tg, bot, stage, language):
    """Set up, played, opened, used, left: whoever opens the phone meets a quiz; no secret is stored."""
    phone = await cover(tg, stage, language)
    haul = loot(bot.folder)

    await phone.is_gone(await phone.say(HARM[language]))
    await phone.until(lambda: len(phone.texts) > 1, "an answer")
    await phone.answers_with("quiz")
    for words in ("/menu", "/about", "tirek", PHRASES[language][0][:-1]):
        await phone.is_gone(await phone.say(words))
    await tg.settled()
    quiz = unmarked(phone.page("quiz").text)
    ours = [one.text for one in tg.chat(phone.person.id).shown() if one.by_bot]
    assert len(ours) == 6
    assert all(text.endswith(quiz) for text in ours)
    assert not [text for text in ours if lexicon().tells(text)]
    begin = next(label.text for label in phone.page("quiz").labels if label.id == "begin")
    await tg.tap(phone.person.id, begin, phone.newest.message_id)
    await phone.until(lambda: quiz not in phone.newest.text, "a question")

    await unlock(phone)
    words = await pick_up_words(phone)
    assert len(words.split()) == 4
    haul += loot(bot.folder)

    (other,) = crowd(tg, stage, 1)
    other.code = "en"
    await other.begin()
    there = Phone(tg, stage, other, language)
    hers = await there.say(words)
    await there.is_gone(hers)
    menu = stage.page(Session("hub", language, country=COUNTRIES[language]), now())
    await there.until(lambda: there.newest.text == unmarked(menu.text), "her menu on the other")

    (third,) = crowd(tg, stage, 1)
    third.code = language
    await third.begin()
    late = Phone(tg, stage, third, language)
    await late.say(words)
    await tg.settled()
    assert unmarked(menu.text) not in late.texts

    await phone.say(ending(stage, language))
    await phone.shows_only("quiz", times=2)
    haul += loot(bot.folder)
    secrets = [
        *PHRASES[language],
        folded(PHRASES[language][0]),
        words,
        folded(words),
        HARM[language],
    ]
    assert words_in(secrets, haul) == []
    assert await tg.violations() == []
