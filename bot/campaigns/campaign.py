"""What is sent, and the fingerprint of it that two people allow."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any, Final, Self

from bot.campaigns.audience import Audience

DIGEST_BYTES: Final = 20
"""Bytes of a fingerprint."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is read in one language: an HTML text as Telegram takes it, and what its button says."""

    text: str
    button: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that Telegram keeps: how this bot sends it, and what it is for any bot."""

    file_id: str
    unique_id: str


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign, with all that its readers see.

    Attributes:
        id: drawn by chance, as codes of staff are (`bot.staff.invitation.code`).
        topic: what it is about, an id of a topic.
        messages: what is read, by language. Nothing stands in for a language that is not here:
            its readers get nothing.
        link: the words behind `?start=` that the button opens, such as `q7`: neutral (R25); ""
            where there is no button.
        picture: what stands above the text, if anything does.
    """

    id: str
    topic: str
    messages: Mapping[str, Message] = field(hash=False)
    link: str
    picture: Photo | None = None

    @property
    def start(self) -> str:
        """The words behind `?start=` of its button: `link`, and by which campaign it was opened."""
        return f"{self.link}-{self.id}" if self.id else self.link

    def digest(self, audience: Audience, starts: int) -> bytes:
        """Take the fingerprint of what is sent, to whom, and when: any change gives another one.

        `starts` is the moment from which it is sent, in epoch seconds.
        """
        said = json.dumps([self._plain(), audience.written(), starts], sort_keys=True)
        return blake2b(said.encode(), digest_size=DIGEST_BYTES, person=b"campaign").digest()

    def heard_by(self, audience: Audience) -> Audience:
        """Narrow an audience to those in whose language there is something to read.

        Raises:
            ValueError: there is nobody left.
        """
        languages = (audience.languages or frozenset(self.messages)) & frozenset(self.messages)
        if not languages:
            raise ValueError(sorted(audience.languages))
        return replace(audience, languages=languages)

    def corrects(self, before: Self) -> bool:
        """Tell whether this is `before` in other words: of the same topic, in the same languages."""
        same = (self.id, self.topic, {*self.messages}) == (
            before.id,
            before.topic,
            {*before.messages},
        )
        return same and self.written() != before.written()

    def written(self) -> str:
        """Write it down; to be kept only sealed."""
        return json.dumps(self._plain(), sort_keys=True, ensure_ascii=False)

    @classmethod
    def read(cls, written: str) -> Self:
        """Read again what `written` wrote."""
        plain = json.loads(written)
        messages = {one: Message(*said) for one, said in plain.pop("messages").items()}
        picture = Photo(*plain.pop("picture")) if "picture" in plain else None
        return cls(messages=messages, picture=picture, **plain)

    def _plain(self) -> dict[str, Any]:
        messages = {one: [said.text, said.button] for one, said in self.messages.items()}
        plain: dict[str, Any] = {
            "id": self.id,
            "topic": self.topic,
            "messages": messages,
            "link": self.link,
        }
        if self.picture is not None:  # what has none keeps the fingerprint it was approved with
            plain["picture"] = [self.picture.file_id, self.picture.unique_id]
        return plain
