"""Nothing but a message or a tap of her own makes a volunteer of anybody, or writes a campaign (R24)."""

import asyncio
import base64
import random
from dataclasses import replace
from itertools import count

import pytest

from bot.channels.telegram.buttons import Codebook
from bot.channels.telegram.updates import Reader
from bot.engine.blocks.quiz import item_of
from bot.engine.events import Commanded
from bot.learning.play import Play
from bot.staff.roles import Role
from bot.store.batch import HOUR
from bot.store.keys import KeyRing
from tests.channels.test_updates import answer
from tests.engine.walking import LANGUAGES
from tests.journeys.test_volunteering import accept, volunteer
from tests.journeys.test_volunteering import answer as right_answer
from tests.store.examining import rows
from tests.talking import Talk, clock
from tests.virtual_time import in_virtual_time

STAFF, INVITED, STRANGER, OTHER = 4_000_000_101, 4_000_000_102, 4_000_000_103, 4_000_000_104
GROUP, CHANNEL = -1_007_000_000_001, -1_009_000_000_001
ANONYMOUS = 1_087_968_824
_numbers = count(50_000)
WON = ("staff", "invitation", "campaign", "audit")
WRITING = ("campaigns", "take-text", "new-campaign+sixteen-days")


def user(who, **more):
    return {"id": who, "is_bot": False, "first_name": "A", "language_code": "en", **more}


def message(who, text, kind="message", **changes):
    body = {
        "message_id": 5,
        "date": int(clock()),
        "chat": {"id": who, "type": "private", "first_name": "A"},
        "from": user(who),
        "text": text,
    }
    return {"update_id": next(_numbers), kind: body | changes}


def tap(who, data, **changes):
    body = {
        "id": "77",
        "from": user(who),
        "message": {
            "message_id": 9,
            "date": int(clock()),
            "chat": {"id": who, "type": "private"},
            "from": user(1, is_bot=True),
        },
        "chat_instance": "1",
        "data": data,
    }
    return {"update_id": next(_numbers), "callback_query": body | changes}


def group(id_=GROUP, kind="supergroup"):
    return {"chat": {"id": id_, "type": kind, "title": "x"}}


def origins():
    """Every kind of forwarding the Bot API knows, and what older servers say instead."""
    yield {"type": "user", "date": 1, "sender_user": user(STAFF)}
    yield {"type": "hidden_user", "date": 1, "sender_user_name": "A"}
    yield {"type": "chat", "date": 1, "sender_chat": {"id": GROUP, "type": "supergroup"}}
    yield {
        "type": "channel",
        "date": 1,
        "chat": {"id": CHANNEL, "type": "channel"},
        "message_id": 1,
    }


def foreign():
    """What a message says that she did not write herself, now, alone with the bot."""
    yield from ({"forward_origin": one} for one in origins())
    yield {"forward_from": user(STAFF), "forward_date": 1}
    yield {"forward_sender_name": "A", "forward_date": 1}
    yield {"via_bot": user(99, is_bot=True)}
    yield {"sender_chat": {"id": CHANNEL, "type": "channel"}}
    yield {"sender_business_bot": user(98, is_bot=True)}
    yield {"business_connection_id": "b1"}
    for kind in ("group", "supergroup", "channel"):
        yield group(kind=kind)
    yield group() | {
        "from": user(ANONYMOUS, is_bot=True),
        "sender_chat": {"id": GROUP, "type": "supergroup"},
    }
    yield group() | {"message_thread_id": 3, "is_topic_message": True}
    yield group(CHANNEL, "channel") | {"from": None}
    yield {"chat": {"id": OTHER, "type": "private"}}


def kinds():
    """Updates that are no new message, though they hold one."""
    yield from ("edited_message", "channel_post", "edited_channel_post", "business_message")
    yield "edited_business_message"


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


class Spoof:
    """A bot with a volunteer and somebody who has only accepted, and updates made against it."""

    def __init__(self, talk):
        self.talk, self.keys = talk, talk.store._keys
        self.book = Codebook.of(talk.stage.world.content, LANGUAGES)
        self.reader = Reader(self.book, self.keys)

    async def send(self, update):
        read = self.reader.read(answer(update), clock())
        await self.talk.conversation.take(read.inbound, read.set_aside)
        await self.talk.conversation.settled()

    def data(self, who, place, choice, item=""):
        tag = self.book.seal(self.keys, who, place, item)
        return tag + self.book.letters(place, item, choice)

    async def held(self):
        """What there is to win: roles, invitations taken up or passed, campaigns, and the log of them."""
        return [await rows(self.talk.store, one) for one in WON]

    def winning(self):
        """Stand at the last question of a round that is all right, one tap before its end."""
        quiz = self.talk.stage.world.content.quizzes["course"]
        play = Play.begun(quiz, 12, "", b"\0")
        play = replace(play, round=replace(play.round, number=len(play.items) - 1))
        for option in right_answer(self.talk, item_of(play), right=True):
            play = play.pick(option)
        return item_of(play)


def vectors(spoof, secret, used, expired):
    """Name every way we know to be taken for somebody one is not, with the updates it takes."""
    start, data = f"/start i_{secret}", spoof.data
    for at, sign in enumerate(foreign()):
        yield f"link, foreign {at}", [message(STRANGER, start, **sign)]
    for kind in kinds():
        yield f"link in {kind}", [message(STRANGER, start, kind)]
    for at, sign in enumerate(foreign()):
        leave = [message(STAFF, "/team", **sign), message(STAFF, "Leave the team", **sign)]
        yield f"leaving, foreign {at}", [*leave, message(STAFF, "Yes, leave the team", **sign)]
    yield "used link", [message(STRANGER, f"/start i_{used}")]
    yield "link after its day", [message(STRANGER, f"/start i_{expired}")]
    for at, odd in enumerate(
        (secret[:-1], secret + "A", secret.swapcase(), f" {secret}", secret[::-1])
    ):
        yield f"odd link {at}", [message(STRANGER, f"/start i_{odd}")]
    yield "words, no command", [message(STRANGER, f"start i_{secret}")]
    yield "caption", [message(STRANGER, None, caption=f"start i_{secret}", photo=[])]
    yield "/team of a stranger", [message(STRANGER, "/team"), message(STRANGER, "/team@bot x")]
    yield "/team of the invited", [message(INVITED, "/team")]
    yield "words of the team", [message(STRANGER, one) for one in ("team", "Leave the team")]
    yield "code as a link", [message(STRANGER, "/start i_")]
    yield "stranger passes", [tap(STRANGER, data(STRANGER, "course-test", "next", spoof.winning()))]
    for place, choice in (("team", "leave"), ("team-leave", "lay-down"), ("course-test", "begin")):
        theirs = data(STAFF, place, choice)
        yield f"another's button {place}", [tap(STRANGER, theirs), tap(OTHER, theirs)]
        yield f"own forged {place}", [tap(STRANGER, "A" * 11 + theirs[11:])]
        where = {"message": {"message_id": 9, "date": 1, **group()}}
        yield f"{place} in a group", [tap(STAFF, theirs, **where)]
        yield f"{place} inline", [tap(STAFF, theirs, message=None, inline_message_id="1")]
    yield (
        "invited's round by another",
        [tap(INVITED, data(STRANGER, "course-test", "next", spoof.winning()))],
    )
    swapped = data(INVITED, "course-test", "next", "course")[:11]
    letters = spoof.book.letters("course-test", spoof.winning(), "next")
    yield "another round's tag", [tap(INVITED, swapped + letters)]
    yield (
        "another screen's round",
        [tap(INVITED, data(INVITED, "play-quiz", "next", spoof.winning()))],
    )
    theirs = data(STAFF, *WRITING)
    for who in (STRANGER, INVITED):
        yield f"campaign of another, {who}", [tap(who, theirs)]
        yield f"campaign without a role, {who}", [tap(who, data(who, *WRITING))]
        yield f"campaign forged, {who}", [tap(who, data(who, *WRITING)[:11] + theirs[11:])]
    yield (
        "campaign in a group",
        [tap(STAFF, theirs, message={"message_id": 9, "date": 1, **group()})],
    )
    yield "campaign inline", [tap(STAFF, theirs, message=None, inline_message_id="1")]
    for at, sign in enumerate(foreign()):
        calls = [message(STAFF, "/campaign", **sign), message(STAFF, "Write a campaign", **sign)]
        yield f"campaign, foreign {at}", [*calls, message(STAFF, "16 Days: small steps", **sign)]
    chance = random.Random(24)
    for at in range(8):
        raw = base64.urlsafe_b64encode(chance.randbytes(32)).decode()
        yield f"noise {at}", [tap(INVITED, raw[:64]), tap(STAFF, raw[:64])]


@in_virtual_time
async def test_no_spoof_is_accepted(talk):
    """Of more than forty ways, not one gives or takes a role, an invitation or a pass."""
    await talk.open()
    office = talk.store.office
    await volunteer(talk, STAFF)
    expired, _ = await office.invite(Role.VOLUNTEER)
    await asyncio.sleep(24 * HOUR)
    used, _ = await office.invite(Role.VOLUNTEER)
    await accept(talk, INVITED, used)
    secret, _ = await office.invite(Role.VOLUNTEER)
    spoof, tried, accepted = Spoof(talk), 0, []
    before = await spoof.held()
    for name, updates in vectors(spoof, secret, used, expired):
        tried += 1
        for update in updates:
            await spoof.send(update)
        if await spoof.held() != before:
            accepted.append(name)
            before = await spoof.held()
    assert accepted == []
    assert tried >= 40
    # Done as it should be, the same works: what was refused above was refused for its way.
    await spoof.send(message(STRANGER, f"/start i_{secret}"))
    taken = await spoof.held()
    assert taken != before
    await spoof.send(tap(INVITED, spoof.data(INVITED, "course-test", "next", spoof.winning())))
    passed = await spoof.held()
    assert passed != taken
    await spoof.send(tap(STAFF, spoof.data(STAFF, *WRITING)))
    assert await spoof.held() != passed


@pytest.mark.parametrize("sign", [*foreign()])
def test_what_is_foreign_is_told(tmp_path, stage, sign):
    """Each sign alone marks a message, or keeps it from being a doing of anybody."""
    keys = KeyRing(tmp_path / "keys")
    reader = Reader(Codebook.of(stage.world.content, LANGUAGES), keys)
    own = {"message_id": 5, "date": 1, "text": "/team", "from": user(STRANGER)}
    own |= {"chat": {"id": STRANGER, "type": "private"}}
    (one,) = reader.read(answer({"update_id": 1, "message": own}), 1).inbound
    assert one.event == Commanded("team", plain=True)
    assert not one.forwarded
    read = reader.read(answer({"update_id": 1, "message": own | sign}), 1)
    assert all(one.forwarded for one in read.inbound)
