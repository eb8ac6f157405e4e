"""Updates as Telegram sends them, read one at a time: the few fields we use, nothing else.

A broken update must delay nobody, so an answer of many updates is cut into pieces first, and
each piece is read for itself. What a piece says of its number is enough to set it aside.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Annotated

import msgspec

from bot.campaigns.campaign import Photo
from bot.campaigns.wording import TAGS, Mark
from bot.channels.port import Inbound, Voted
from bot.channels.telegram.buttons import Codebook, Seal
from bot.channels.telegram.groups import Grouped
from bot.engine.events import Commanded, Departed, Event, Located, Strayed, Wrote

WANTED = ["message", "callback_query", "my_chat_member", "poll_answer"]
"""The kinds of update we ask for."""

_PIECE = re.compile(rb'\{\s*"update_id"')
_NUMBER = re.compile(rb'"update_id"\s*:\s*(\d{1,18})\b')


_DECORATION = frozenset(
    {
        *("bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre"),
        *("blockquote", "expandable_blockquote", "hashtag", "cashtag"),
    }
)
"""Entities of a text that lead to nobody and nowhere."""

_Id = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]
"""Telegram promises at most 52 significant bits; more would fit into no column of ours."""

_ANONYMOUS_ADMIN = 1_087_968_824
"""Whom Telegram names as the sender of an admin who hides; anybody may be behind it (R20)."""

_MOST_NAME = 32
"""Characters of a first name that a table in a group has room for."""

_Number = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
"""A number of an update or a message, or a moment in epoch seconds."""


class _User(msgspec.Struct):
    id: _Id
    is_bot: bool = False
    language_code: str | None = None


class _Chat(msgspec.Struct):
    id: _Id
    type: str


class _Point(msgspec.Struct):
    latitude: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    longitude: Annotated[float, msgspec.Meta(ge=-180, le=180)]


class _Something(msgspec.Struct):
    """What counts only by being there."""


class _Entity(msgspec.Struct):
    type: str
    offset: int = 0
    length: int = 0


class _Size(msgspec.Struct):
    """One of the sizes in which Telegram keeps a photo."""

    file_id: str = ""
    file_unique_id: str = ""


class _Origin(msgspec.Struct, kw_only=True):
    """A message as far as it matters where it stands, and whose it is."""

    message_id: _Number
    chat: _Chat
    date: _Number = 0
    sender_chat: _Chat | None = None
    forward_origin: _Something | None = None
    forward_date: int | None = None
    via_bot: _Something | None = None
    sender_business_bot: _Something | None = None
    business_connection_id: str | None = None
    guest_query_id: str | None = None
    guest_bot_caller_user: _Something | None = None
    guest_bot_caller_chat: _Something | None = None

    def is_foreign(self, who: _User) -> bool:
        """Whether another than `who` may be behind it, or it stands elsewhere than alone with her (R24)."""
        signs = (
            *(self.forward_origin, self.forward_date, self.via_bot, self.sender_business_bot),
            *(self.business_connection_id, self.sender_chat, self.guest_query_id),
            *(self.guest_bot_caller_user, self.guest_bot_caller_chat),
        )
        return who.is_bot or self.chat.id != who.id or any(sign is not None for sign in signs)


class _Message(_Origin, kw_only=True):
    date: _Number
    sender: _User | None = msgspec.field(name="from", default=None)
    text: str | None = None
    caption: str | None = None
    location: _Point | None = None
    edit_date: int | None = None
    is_from_offline: bool = False
    entities: list[_Entity] = []
    photo: list[_Size] = []

    @property
    def largest(self) -> Photo | None:
        """Its photo as it can be sent again, if that is known; the largest size stands last."""
        last = self.photo[-1] if self.photo else _Size()
        known = last.file_id and last.file_unique_id
        return Photo(last.file_id, last.file_unique_id) if known else None

    @property
    def is_new(self) -> bool:
        """Whether she has just written it: it was not edited, and not sent at a time she had set."""
        return self.edit_date is None and not self.is_from_offline


class _Tap(msgspec.Struct):
    id: str
    sender: _User = msgspec.field(name="from")
    message: _Origin | None = None
    data: str | None = None


class _Status(msgspec.Struct):
    status: str


class _Membership(msgspec.Struct):
    chat: _Chat
    sender: _User = msgspec.field(name="from")
    new_chat_member: _Status


class _Voter(msgspec.Struct):
    id: _Id
    first_name: str = ""


class _Vote(msgspec.Struct):
    poll_id: str
    option_ids: list[Annotated[int, msgspec.Meta(ge=0, le=100)]]
    user: _Voter | None = None
    voter_chat: _Chat | None = None


class _Update(msgspec.Struct):
    update_id: _Number
    message: _Message | None = None
    callback_query: _Tap | None = None
    my_chat_member: _Membership | None = None
    poll_answer: _Vote | None = None


class _Answer(msgspec.Struct):
    result: list[msgspec.Raw]


_answer = msgspec.json.Decoder(_Answer)
_update = msgspec.json.Decoder(_Update)
_first = json.JSONDecoder()


@dataclass(slots=True)
class Read:
    """What one answer held.

    Attributes:
        inbound: doings, in the order they came.
        grouped: what happened in groups and channels, where nothing is taken a turn for.
        voted: answers to polls in groups.
        set_aside: numbers of updates that could not be read or are none of our business.
        last: the highest number seen, or None when not one could be read.
        broken: how many pieces could not be read.
        pieces: how many pieces there were.
        whole: whether the answer was the JSON it should be.
    """

    inbound: list[Inbound] = field(default_factory=list)
    grouped: list[Grouped] = field(default_factory=list)
    voted: list[Voted] = field(default_factory=list)
    set_aside: list[int] = field(default_factory=list)
    last: int | None = None
    broken: int = 0
    pieces: int = 0
    whole: bool = True


class Reader:
    """Reads updates; `now` is passed in, because a tap carries no time of its own."""

    def __init__(self, codebook: Codebook, keys: Seal, lasting: Seal | None = None) -> None:
        """Read buttons with `codebook`, which may be replaced when the content is reloaded.

        `lasting` are the keys of the one button that never grows old.
        """
        self.codebook = codebook
        self._keys, self._lasting = keys, lasting

    def read(self, body: bytes, now: float) -> Read:
        """Read the answer of `getUpdates`; never fails, whatever is in it."""
        found = Read()
        try:
            pieces: Iterable[bytes | msgspec.Raw] = _answer.decode(body).result
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            found.whole, pieces = False, _salvaged(body)
        for piece in pieces:
            self._read_piece(piece, now, found)
        return found

    def read_one(self, body: bytes, now: float) -> Read:
        """Read one update as a webhook delivers it; never fails, whatever is in it."""
        found = Read()
        self._read_piece(body, now, found)
        return found

    def _read_piece(self, piece: bytes | msgspec.Raw, now: float, found: Read) -> None:
        found.pieces += 1
        try:
            update = _update.decode(piece)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            found.broken += 1
            number = _NUMBER.search(bytes(piece))
            if number is not None:
                found.set_aside.append(int(number[1]))
                found.last = max(found.last or 0, int(number[1]))
            return
        found.last = max(found.last or 0, update.update_id)
        inbound = self._decode(update, now)
        if inbound is None:
            found.set_aside.append(update.update_id)
            found.grouped.extend(_grouped(update))
            found.voted.extend(_voted(update, now))
        else:
            found.inbound.append(inbound)

    def _decode(self, update: _Update, now: float) -> Inbound | None:
        if update.message is not None:
            return self._message(update.update_id, update.message)
        if update.callback_query is not None:
            return self._tap(update.update_id, update.callback_query, now)
        if update.my_chat_member is not None:
            return self._membership(update.update_id, update.my_chat_member, now)
        return None

    @staticmethod
    def _message(number: int, message: _Message) -> Inbound | None:
        sender = message.sender
        if sender is None or message.chat.type != "private":
            return None
        return Inbound(
            update_id=number,
            user_id=sender.id,
            chat_id=message.chat.id,
            event=_event(message),
            cause=message.date,
            language_code=sender.language_code,
            written=message.message_id,
            forwarded=message.is_foreign(sender) or not message.is_new,
        )

    def _tap(self, number: int, tap: _Tap, now: float) -> Inbound | None:
        if tap.message is None or tap.message.chat.type != "private":
            return None
        return Inbound(
            update_id=number,
            user_id=tap.sender.id,
            chat_id=tap.message.chat.id,
            event=self.codebook.read(self._keys, tap.sender.id, tap.data, self._lasting),
            cause=now,
            language_code=tap.sender.language_code,
            message_id=tap.message.message_id,
            tap=tap.id,
            shown_at=tap.message.date,
            forwarded=tap.message.is_foreign(tap.sender),
        )

    @staticmethod
    def _membership(number: int, change: _Membership, now: float) -> Inbound | None:
        if change.chat.type != "private" or change.new_chat_member.status != "kicked":
            return None
        return Inbound(number, change.sender.id, change.chat.id, Departed(), now)


def _grouped(update: _Update) -> Iterator[Grouped]:
    """Tell what an update says about a chat with more than one person in it."""
    message, change = update.message, update.my_chat_member
    if message is not None and message.chat.type != "private":
        known = message.sender is not None and message.sender.id != _ANONYMOUS_ADMIN
        command = (message.text or "").startswith("/")
        yield Grouped(message.chat.id, asked=known and command and message.sender_chat is None)
    if change is not None and change.chat.type != "private":
        is_in = change.new_chat_member.status not in ("left", "kicked")
        yield from [Grouped(change.chat.id)] if is_in else []


def _voted(update: _Update, now: float) -> Iterator[Voted]:
    """Tell what somebody answered to a poll; who hides behind a channel plays without points."""
    vote = update.poll_answer
    if vote is not None and vote.user is not None and vote.voter_chat is None:
        name = "".join(filter(_may_be_read, vote.user.first_name)).strip()[:_MOST_NAME]
        yield Voted(vote.poll_id, vote.user.id, name, tuple(vote.option_ids), now)


def _may_be_read(sign: str) -> bool:
    """Tell whether a sign of a name may stand in everybody's table.

    One that turns or breaks a line would spoil it; an address would be a link in our own voice.
    """
    return sign.isprintable() and sign not in "@/:.#<>"


def _event(message: _Message) -> Event:
    """Tell what a message does; words under a picture are words too."""
    text = message.text or message.caption
    if message.location is not None:
        return Located(message.location.latitude, message.location.longitude)
    if not text:
        return Strayed(wordless=True, photo=message.largest)
    if text.startswith("/"):
        name, _, rest = text[1:].strip().partition(" ")
        name, at, _ = name.partition("@")
        # The account behind the sign is not among the words any more, but would be in a copy.
        return Commanded(name.lower(), rest, plain=not at and _is_plain(message))
    set_ = (one for one in message.entities if one.type in TAGS)
    marks = tuple(Mark(one.type, one.offset, one.length) for one in set_)
    return Wrote(text, _is_plain(message), marks, message.largest)


def _is_plain(message: _Message) -> bool:
    """Tell whether a copy of it would be words and nothing else: no file, no link, nobody's name."""
    leads_on = any(one.type not in _DECORATION for one in message.entities)
    return message.text is not None and message.via_bot is None and not leads_on


def _salvaged(body: bytes) -> Iterator[bytes]:
    """Cut an answer into updates although it is no JSON as a whole.

    A quotation mark inside a person's text is always escaped, so the pattern of a piece's
    beginning cannot come from anybody's words.
    """
    begins = [found.start() for found in _PIECE.finditer(body)]
    for begin, end in pairwise([*begins, len(body)]):
        yield _first_value(body[begin:end])


def _first_value(piece: bytes) -> bytes:
    """Leave out what follows an update: a comma, the end of the list, somebody else's ruins."""
    text = piece.decode(errors="surrogateescape")
    try:
        _, end = _first.raw_decode(text)
    except (ValueError, RecursionError):
        return piece
    return text[:end].encode(errors="surrogateescape")
