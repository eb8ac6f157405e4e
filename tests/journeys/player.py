"""Somebody who came by a link and taps her way, knowing only what stands in her chat."""

from bot.channels.terminal import unmarked
from tests.journeys.visitor import PATIENCE


class Player:
    """Taps what stands in her chat; what is drawn for her nobody can foresee."""

    def __init__(self, tg, words, user_id, language, code):
        self.tg, self.id, self.code, self.message = tg, user_id, code, 0
        self._say, self.language = words, language

    def label(self, text):
        return unmarked(self._say.text(self.language, text))

    @property
    def shown(self):
        return self.tg.chat(self.id).messages[self.message]

    async def open(self, link):
        await self.tg.meet(self.id, language_code=self.code)
        await self.tg.say(self.id, f"/start {link}")
        events = self.tg.chat(self.id).events
        await self.tg.world.pulse.until(
            lambda: any(one.what == "sent" for one in events), PATIENCE, "a first screen"
        )
        self.message = next(one.message_id for one in events if one.what == "sent")

    async def tap(self, label):
        before = self.shown.text, self.shown.labels
        await self.tg.tap(self.id, label, self.message)
        await self.tg.world.pulse.until(
            lambda: (self.shown.text, self.shown.labels) != before, PATIENCE, label
        )

    async def share(self, label="A picture to share"):
        """Ask for the picture, and wait for it; the number of its message."""
        before = {*self.tg.chat(self.id).messages}
        await self.tg.tap(self.id, self.label(label), self.message)
        await self.tg.world.pulse.until(lambda: len(self.pictures) > 0, PATIENCE, "a picture")
        (number,) = {*self.tg.chat(self.id).messages} - before
        return number

    @property
    def pictures(self):
        """The pictures and files that stand in her chat, by the numbers of their messages."""
        messages = self.tg.chat(self.id).messages
        return {n: one for n, one in messages.items() if {"photo", "document"} & one.other.keys()}

    async def leave(self, title):
        """Close the chat; nothing of the quiz stays in it."""
        chat, title = self.tg.chat(self.id), self.label(title)
        await self.tg.tap(self.id, self.label("Close"), self.message)
        await self.tg.world.pulse.until(
            lambda: not any(title in one.text for one in chat.messages.values()),
            PATIENCE,
            "an empty chat",
        )
