"""What stands behind a button: opaque words, and a tag that only this person's button carries.

Callback data is hostile input (R25). It holds the codes of a screen, of what it is about and of
the choice, under a tag keyed to the person and to an epoch that ends within two days. Nothing in
it can be read by whoever sees it, and nothing a forger writes is acted on.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import blake2s
from typing import Protocol

from bot.content.model import Content
from bot.engine.blocks import OWN_WORDS
from bot.engine.blocks.nearby import pages
from bot.engine.blocks.news import LEAVE
from bot.engine.events import Chosen, Strayed
from bot.engine.replies import REMOVE, RESUME
from bot.engine.session import AND
from bot.engine.world import Club
from bot.errors import ContentError
from bot.learning.round import WORDS

_CODE, _TAG = 4, 8
"""Bytes of a code and of a tag."""

_MOST_WORDS = 2 + WORDS
"""Words a screen can be about: with tag, place and choice 59 of the 64 letters Telegram allows."""

_TAG_LETTERS = 11


class Seal(Protocol):
    """The keys that bind a button to a person."""

    def tag(self, user_id: int, *parts: bytes) -> bytes:
        """Make the 8-byte tag of `parts` for this person in this epoch."""

    def tag_matches(self, user_id: int, tag: bytes, *parts: bytes) -> bool:
        """Tell, in constant time, whether `tag` was made for these in a living epoch."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """Codes for every word that may stand behind a button, and back."""

    code: dict[str, bytes]
    word: dict[bytes, str]

    @classmethod
    def of(
        cls, content: Content, languages: Iterable[str], clubs: Collection[Club] = ()
    ) -> "Codebook":
        """Give a code to every word of `content`, and to each of the groups for live quizzes.

        Raises:
            ContentError: if two words share a code (one in four thousand million; rename one).
        """
        words = {"", REMOVE, RESUME, *OWN_WORDS, *content.nodes, *content.countries, *languages}
        words |= {choice.id for node in content.nodes.values() for choice in node.choices}
        words |= {line.id for one in content.countries.values() for line in one.hotlines}
        words |= {one.id for there in content.directory.countries.values() for one in there.all}
        words |= {str(page) for page in range(1, pages(content) + 1)}
        words |= content.places.places.keys() | content.quizzes.keys()
        words |= {club.code for club in clubs}
        words |= content.wish_list.ids
        words |= {topic.id for topic in content.topics}
        words |= content.sessions.keys() | content.campaigns.keys()
        code = {word: blake2s(word.encode(), digest_size=_CODE).digest() for word in words}
        word = {digest: word for word, digest in code.items()}
        if len(word) != len(code):
            raise ContentError("two ids share a button code: rename one of the newest ids")
        return cls(code, word)

    def letters(self, place: str, item: str, choice: str) -> str:
        """Write a button down without its tag."""
        raw = self.code[place] + self.code[choice] + self._item(item)
        return urlsafe_b64encode(raw).decode()

    def seal(self, keys: Seal, user_id: int, place: str, item: str) -> str:
        """Make the tag that goes before each button of one person's screen."""
        tag = keys.tag(user_id, self.code[place], self._item(item))
        return urlsafe_b64encode(tag).decode().rstrip("=")

    def leaving(self, lasting: Seal, user_id: int) -> str:
        """Write the button that ends the news: it works for as long as `lasting` does (R16)."""
        tag = lasting.tag(user_id, self._leaving)
        return urlsafe_b64encode(tag).decode().rstrip("=") + self.letters("", "", LEAVE)

    @property
    def _leaving(self) -> bytes:
        """The button that ends the news, without its tag: it needs no screen to stand on."""
        return self.code[""] + self.code[LEAVE] + self.code[""]

    def _item(self, item: str) -> bytes:
        """Write down what a screen is about: one word, or up to seven joined.

        What newer content knows no more is nothing: the screen of somebody who still stands there
        says so, and must be drawn for that.
        """
        words = item.split(AND)[:_MOST_WORDS]
        return b"".join(self.code.get(word, self.code[""]) for word in words)

    def read(
        self, keys: Seal, user_id: int, data: str | None, lasting: Seal | None = None
    ) -> Chosen | Strayed:
        """Tell what was chosen; anything forged, foreign, old or odd has merely strayed.

        Only the button that ends the news never grows old: it is tagged with `lasting`.
        """
        try:
            tag = urlsafe_b64decode((data or "")[:_TAG_LETTERS] + "=")
            raw = urlsafe_b64decode((data or "")[_TAG_LETTERS:])
        except ValueError:
            return Strayed()
        place, choice, item = raw[:_CODE], raw[_CODE : 2 * _CODE], raw[2 * _CODE :]
        whole = len(item) % _CODE == 0 and 0 < len(item) <= _MOST_WORDS * _CODE
        if not whole or len(tag) != _TAG or choice not in self.word:
            return Strayed()
        if data != (urlsafe_b64encode(tag).rstrip(b"=") + urlsafe_b64encode(raw)).decode():
            return Strayed()  # base64 reads over odd letters; we wrote none
        if lasting is not None and raw == self._leaving:
            leaves = lasting.tag_matches(user_id, tag, raw)
            return Chosen("", LEAVE) if leaves else Strayed()
        if not keys.tag_matches(user_id, tag, place, item):
            return Strayed()
        about = [self.word.get(item[at : at + _CODE]) for at in range(0, len(item), _CODE)]
        words = [word for word in about if word is not None]
        if place not in self.word or len(words) < len(about):
            return Strayed()
        return Chosen(self.word[place], self.word[choice], AND.join(words))
