"""What stands behind a button: opaque words, and a tag that only this person's button carries.

Callback data is hostile input (R25). It holds the codes of a screen, of what it is about and of
the choice, under a tag keyed to the person and to an epoch that ends within two days. Nothing in
it can be read by whoever sees it, and nothing a forger writes is acted on.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2s
from typing import Protocol

from bot.content.model import Content
from bot.engine.blocks.contact_card import OWN_CHOICES
from bot.engine.events import Chosen, Strayed
from bot.engine.replies import REMOVE, RESUME
from bot.errors import ContentError

_CODE, _TAG = 4, 8
"""Bytes of a code and of a tag: 20 in all, 27 of the 64 letters Telegram allows."""

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
    def of(cls, content: Content, languages: Iterable[str]) -> "Codebook":
        """Give a code to every word of `content`.

        Raises:
            ContentError: if two words share a code (one in four thousand million; rename one).
        """
        words = {"", REMOVE, RESUME, *OWN_CHOICES, *content.nodes, *content.countries, *languages}
        words |= {choice.id for node in content.nodes.values() for choice in node.choices}
        words |= {line.id for one in content.countries.values() for line in one.hotlines}
        code = {word: blake2s(word.encode(), digest_size=_CODE).digest() for word in words}
        word = {digest: word for word, digest in code.items()}
        if len(word) != len(code):
            raise ContentError("two ids share a button code: rename one of the newest ids")
        return cls(code, word)

    def letters(self, place: str, item: str, choice: str) -> str:
        """Write a button down without its tag."""
        raw = self.code[place] + self.code[item] + self.code[choice]
        return urlsafe_b64encode(raw).decode()

    def seal(self, keys: Seal, user_id: int, place: str, item: str) -> str:
        """Make the tag that goes before each button of one person's screen."""
        tag = keys.tag(user_id, self.code[place], self.code[item])
        return urlsafe_b64encode(tag).decode().rstrip("=")

    def read(self, keys: Seal, user_id: int, data: str | None) -> Chosen | Strayed:
        """Tell what was chosen; anything forged, foreign, old or odd has merely strayed."""
        try:
            tag = urlsafe_b64decode((data or "")[:_TAG_LETTERS] + "=")
            raw = urlsafe_b64decode((data or "")[_TAG_LETTERS:])
        except ValueError:
            return Strayed()
        place, item, choice = raw[:_CODE], raw[_CODE : 2 * _CODE], raw[2 * _CODE :]
        if len(raw) != 3 * _CODE or len(tag) != _TAG or choice not in self.word:
            return Strayed()
        if data != (urlsafe_b64encode(tag).rstrip(b"=") + urlsafe_b64encode(raw)).decode():
            return Strayed()  # base64 reads over odd letters; we wrote none
        if not keys.tag_matches(user_id, tag, place, item):
            return Strayed()
        known = self.word.get(place), self.word.get(item)
        if known[0] is None or known[1] is None:
            return Strayed()
        return Chosen(known[0], self.word[choice], known[1])
