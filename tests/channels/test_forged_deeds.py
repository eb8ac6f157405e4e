"""Forged buttons of news and campaigns change nothing, however many there are (R25)."""

import asyncio
import base64
import random
import string

import pytest
from sqlalchemy import event

from bot.channels.telegram.updates import Reader
from bot.store.keys import EPOCH
from tests.channels.test_campaign_spoofing import Button, Staff
from tests.channels.test_spoofing import STRANGER, tap
from tests.channels.test_updates import answer
from tests.mailing.approved import APPROVER, AUTHOR
from tests.store.examining import rows
from tests.talking import Talk, clock
from tests.test_campaigning import Colleague
from tests.test_news import Young
from tests.virtual_time import in_virtual_time

LETTERS = string.ascii_letters + string.digits + "-_"
OF_CONSEQUENCE = ("subscriber", "campaign", "mailing", "staff", "invitation", "audit", "tally")
READER, OTHER = 6_100_000_001, 6_100_000_002
TAG, BATCH = 11, 200


class Gone:
    """An epoch that is over, kept by somebody who should have destroyed it."""

    def __init__(self, epoch):
        self._epoch = epoch

    def tag(self, user_id, *parts):
        return self._epoch.tag(user_id, parts)


class Forger:
    """Everything that somebody who saw all buttons, of everybody and from any day, could write."""

    def __init__(self, talk, seed):
        self.talk, self.chance = talk, random.Random(seed)
        self.staff = Staff(talk)

    async def begin(self):
        await self.talk.open()
        gone = Gone(self.talk.store._keys.current)
        for _ in range(2):
            await asyncio.sleep(EPOCH)
            self.talk.store._keys.rotate()
        await self.staff.begin()
        self.keys, self.book = self.staff.spoof.keys, self.staff.spoof.book
        self.lasting = self.talk.store._long_key
        self.reader = Reader(self.book, self.keys, self.lasting)
        self.buttons = [*self.staff.buttons, *await self._of_news()]
        self.expired = [(one, self._sealed(gone, one)) for one in self.buttons]
        self.left = self.book.leaving(self.lasting, OTHER)
        self.replayed = await self._sent_back()

    def _sealed(self, keys, one):
        tag = self.book.seal(keys, one.owner, one.place, one.item)
        return tag + self.book.letters(one.place, one.item, one.choice)

    async def _of_news(self):
        """Let two people get news; note each button of the screens on which that is asked."""
        found = []
        for who in (READER, OTHER):
            young = Young(self.talk, who)
            await young.open()
            for choice in ("choose-news", *("skip",) * 6, "agree-news"):
                found += self._buttons(young)
                await young.tap(choice)
            found += self._buttons(young)
        return found

    def _buttons(self, young):
        page = young.page
        return [
            Button(young.who, page.place, page.item, one.id, one.text)
            for one in page.labels
            if one.id
        ]

    async def _sent_back(self):
        """Let the approver send a campaign back; give what she could have tapped on it before."""
        mine = [one for one in self.staff.buttons if one.owner == APPROVER]
        approve = next(one for one in mine if one.choice == "approve")
        old = [one for one in mine if one.item == approve.item]
        data = [self.staff.data(one) for one in old]
        colleague = Colleague(self.talk, APPROVER)
        await self.staff.stand(approve)
        await colleague.choose("send-back")
        return data

    def forged(self, turn):
        """Write one: who taps, and what."""
        one, other = (self.chance.choice(self.buttons) for _ in range(2))
        return WAYS[turn % len(WAYS)](self, one, other)

    def bent(self, data, first=0, last=TAG):
        return flipped(self.chance, data, first, last)

    def letters(self, many):
        return "".join(self.chance.choices(LETTERS, k=many))

    def foreign(self, one, _):
        """Tap what somebody else was shown."""
        others = [who for who in (STRANGER, READER, OTHER, AUTHOR, APPROVER) if who != one.owner]
        return self.chance.choice(others), self.staff.data(one)

    def grafted(self, one, other):
        """Put the tag of another screen before the letters of this one; bend it where it is the same."""
        tag, good = self.staff.data(other)[:TAG], self.staff.data(one)
        same = self.staff.data(one, other.owner)[:TAG] == tag
        return other.owner, (self.bent(tag) if same else tag) + good[TAG:]

    def old(self, *_):
        one, data = self.chance.choice(self.expired)
        return one.owner, data

    def cut(self, one, _):
        good = self.staff.data(one)
        return one.owner, good[: self.chance.randrange(len(good))]

    def longer(self, one, _):
        return one.owner, self.staff.data(one) + self.letters(self.chance.randrange(1, 30))

    def again(self, *_):
        return APPROVER, self.chance.choice(self.replayed)

    def left_for_her(self, *_):
        """Tap the button that never grows old: of another, or bent."""
        return READER, self.chance.choice((self.left, self.bent(self.left)))

    def other_key(self, one, _):
        """Put a tag of the epoch before the button that never grows old, or the other way round."""
        good = self.staff.data(one, READER)
        ways = (READER, good[:TAG] + self.left[TAG:]), (OTHER, self.left[:TAG] + good[TAG:])
        return self.chance.choice(ways)

    def noise(self, *_):
        return self.chance.choice((STRANGER, READER, AUTHOR)), self.letters(27)

    async def try_all(self, many):
        """Send so many, and wait for what is said to each."""
        for first in range(0, many, BATCH):
            updates = [tap(*self.forged(turn)) for turn in range(first, min(first + BATCH, many))]
            read = self.reader.read(answer(*updates), clock())
            await self.talk.conversation.take(read.inbound, read.set_aside)
            await self.talk.conversation.settled()
            self.talk.channel.sent.clear()
            self.talk.channel.calls.clear()

    async def held(self):
        return [await rows(self.talk.store, one) for one in OF_CONSEQUENCE]


def flipped(chance, data, first, last):
    """Turn one bit of what the letters from `first` to `last` stand for, in letters we write."""
    part = data[first:last]
    raw = bytearray(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    bit = chance.randrange(8 * len(raw))
    raw[bit // 8] ^= 1 << bit % 8
    bent = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    return data[:first] + bent + data[first + len(part) :]


WAYS = (
    lambda forger, one, _: (one.owner, forger.bent(forger.staff.data(one))),
    lambda forger, one, _: (one.owner, forger.bent(forger.staff.data(one), TAG, None)),
    Forger.foreign,
    Forger.grafted,
    Forger.old,
    Forger.cut,
    Forger.longer,
    Forger.again,
    Forger.left_for_her,
    Forger.other_key,
    Forger.noise,
)


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


@pytest.mark.parametrize("many", [5_000, pytest.param(100_000, marks=pytest.mark.soak)])
def test_no_forged_button_changes_anything(talk, many):
    """Bent, foreign, expired, cut, replayed: nobody asks for news, leaves, approves or stops by them."""

    @in_virtual_time
    async def work(talk):
        forger = Forger(talk, many)
        await forger.begin()
        before = await forger.held()
        await forger.try_all(many)
        assert await forger.held() == before
        # And one that is hers, at the end of all: the button under a message still leaves.
        update = tap(OTHER, forger.left)
        read = forger.reader.read(answer(update), clock())
        await talk.conversation.take(read.inbound, read.set_aside)
        await talk.conversation.settled()
        assert len(await rows(talk.store, "subscriber")) == len(before[0]) - 1

    work(talk)


@in_virtual_time
async def test_a_forged_button_asks_nothing_of_staff_or_readers(talk):
    """Whoever stands elsewhere costs no look-up of roles, campaigns or news by what she forges."""
    forger = Forger(talk, 7)
    await forger.begin()
    statements = []
    listen = (talk.store._database._engine, "after_cursor_execute")
    event.listen(*listen, lambda *said: statements.append(said[2]))
    for turn in range(240):
        _, data = forger.forged(turn)
        read = forger.reader.read(answer(tap(STRANGER, data)), clock())
        await talk.conversation.take(read.inbound, read.set_aside)
    assert statements
    for table in ("staff", "invitation", "campaign", "mailing", "subscriber", "audit"):
        assert [one for one in statements if f" {table}" in one] == []
