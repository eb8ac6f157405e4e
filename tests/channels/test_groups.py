"""Groups: the bot leaves what nobody approved, and says nothing but its link elsewhere (R20)."""

import asyncio
import functools
from itertools import pairwise, product
from typing import Any

import msgspec
import pytest

from bot.channels.port import NotDelivered, Undecided, Unwelcome
from bot.channels.telegram.api import Refused
from bot.channels.telegram.groups import Grouped, Groups
from bot.engine.phrases import LEADS
from tests.betrayal import lexicon
from tests.virtual_time import VirtualLoop

APPROVED, FOREIGN = -1_001_111_111_111, -1_002_222_222_222
PERSON = 6_000_000_001
ANONYMOUS_ADMIN = 1_087_968_824
LINK = "https://t.me/stand_in_bot"


class Wire:
    """The Bot API: notes each call, and answers with the errors of its script first."""

    def __init__(self, *script: Exception) -> None:
        self.calls: list[tuple[float, str, dict[str, Any]]] = []
        self._script = [*script]

    async def call(self, method: str, body: bytes) -> bytes:
        """Take a call."""
        at = asyncio.get_running_loop().time()
        self.calls.append((at, method, msgspec.json.decode(body)))
        if self._script:
            raise self._script.pop(0)
        return b"{}"

    @property
    def methods(self) -> list[str]:
        """Name the calls in order."""
        return [method for _, method, _ in self.calls]


def in_no_time(test):
    """Run an async test in a loop whose hours pass at once."""

    @functools.wraps(test)
    def run(**fixtures):
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(test(**fixtures))

    return run


def groups(wire: Wire) -> Groups:
    """Make groups that know their link."""
    made = Groups(wire, [APPROVED])  # type: ignore[arg-type] # it calls, and no more
    made.link = LINK
    return made


@in_no_time
async def test_an_approved_group_gets_the_link_once_a_minute():
    """However often it asks, a group gets the link once a minute, silent and without a preview."""
    wire = Wire()
    here = groups(wire)
    for _ in range(130):
        here.meet([Grouped(APPROVED, asked=True)] * 3)
        await asyncio.sleep(1)
    await here.settled()
    times = [at for at, _, _ in wire.calls]
    assert wire.methods == ["sendMessage"] * 3
    assert [round(later - sooner) for sooner, later in pairwise(times)] == [
        60,
        60,
    ]
    for _, _, body in wire.calls:
        assert body == {
            "chat_id": APPROVED,
            "text": LINK,
            "disable_notification": True,
            "protect_content": True,
            "link_preview_options": {"is_disabled": True},
        }


@in_no_time
async def test_two_groups_have_a_minute_each():
    """The minute of one group is none of another's."""
    wire, other = Wire(), -77
    here = Groups(wire, [APPROVED, other])  # type: ignore[arg-type] # it calls, and no more
    here.link = LINK
    here.meet([Grouped(APPROVED, asked=True), Grouped(other, asked=True)])
    await here.settled()
    assert {body["chat_id"] for _, _, body in wire.calls} == {APPROVED, other}


@in_no_time
async def test_nothing_is_told_before_the_link_is_known():
    """Asked before it knows its own address, the bot is silent."""
    wire = Wire()
    here = groups(wire)
    here.link = ""
    here.meet([Grouped(APPROVED, asked=True)])
    await here.settled()
    assert wire.calls == []


@pytest.mark.parametrize("trouble", [Undecided(), NotDelivered(), NotDelivered(4)])
@pytest.mark.parametrize("tries", [1, 3])
@in_no_time
async def test_a_failed_leave_is_tried_until_it_is_done(trouble, tries):
    """Where Telegram fails a few times, the bot has left within ten seconds all the same."""
    failures = tries if getattr(trouble, "after", None) is None else min(tries, 2)
    wire = Wire(*[trouble] * failures)
    here = groups(wire)
    here.meet([Grouped(FOREIGN)])
    await asyncio.sleep(10)
    assert wire.methods == ["leaveChat"] * (failures + 1)
    assert not here._busy


@pytest.mark.parametrize("end", [Refused("chat not found"), Unwelcome()])
@in_no_time
async def test_who_is_out_already_tries_no_more(end):
    """Refused because it is no member any more, the bot lets it be."""
    wire = Wire(end)
    here = groups(wire)
    here.meet([Grouped(FOREIGN)])
    await asyncio.sleep(100)
    assert wire.methods == ["leaveChat"]


@in_no_time
async def test_a_flood_in_a_foreign_group_is_left_once():
    """While it leaves, whatever else is said there makes no more calls."""
    wire = Wire(NotDelivered(3))
    here = groups(wire)
    for _ in range(20):
        here.meet([Grouped(FOREIGN, asked=True)] * 10)
        await asyncio.sleep(0.1)
    await here.settled()
    assert wire.methods == ["leaveChat"] * 2


@in_no_time
async def test_a_failed_link_is_not_sent_again():
    """A link that did not come through is let be: nothing in a group is worth repeating."""
    wire = Wire(Undecided())
    here = groups(wire)
    here.meet([Grouped(APPROVED, asked=True)])
    await asyncio.sleep(30)
    assert wire.methods == ["sendMessage"]


def message(kind: str, *, who: int = PERSON, **more: Any) -> dict[str, Any]:
    """Make a message in a chat of a kind."""
    return {
        "message_id": 5,
        "date": 1_795_000_000,
        "chat": {"id": APPROVED, "type": kind},
        "from": {"id": who, "is_bot": False, "language_code": "kk"},
        **more,
    }


def read(reader, **update: Any):
    """Read one update."""
    return reader.read_one(msgspec.json.encode({"update_id": 9, **update}), 1_795_000_000.0)


KINDS = ("group", "supergroup", "channel")
CONTENTS: tuple[dict[str, Any], ...] = (
    {"text": "күйеуім мені ұрады"},
    {"text": "tirek"},
    {"text": "stop"},
    {"location": {"latitude": 43.2, "longitude": 76.9}},
    {"caption": "/start", "photo": []},
    {"contact": {"phone_number": "112", "first_name": "x"}},
    {"new_chat_members": [{"id": 1, "is_bot": True, "first_name": "x"}]},
    {"sender_chat": {"id": APPROVED, "type": "channel"}, "text": "/start"},
    {"sender_chat": {"id": APPROVED, "type": "supergroup"}, "text": "/start"},
)


@pytest.mark.parametrize(("kind", "content"), [*product(KINDS, CONTENTS)])
def test_in_a_group_nobody_takes_a_turn(reader, kind, content):
    """No message in a group or a channel is a doing of anybody, and only a command is answered."""
    found = read(reader, message=message(kind, **content))
    assert found.inbound == []
    assert found.grouped == [Grouped(APPROVED, asked=False)]


@pytest.mark.parametrize("kind", KINDS)
def test_only_commands_of_known_members_are_answered(reader, world, kind):
    """A command of a member asks for the link; one of an anonymous admin or a channel does not."""
    for name in world.content.commands:
        for text in (f"/{name}", f"/{name}@stand_in_bot", f"/{name} күйеуім мені ұрады"):
            assert read(reader, message=message(kind, text=text)).grouped[0].asked
            hidden = message(kind, who=ANONYMOUS_ADMIN, text=text)
            assert not read(reader, message=hidden).grouped[0].asked
            channel = message(kind, text=text, sender_chat={"id": -5, "type": "channel"})
            assert not read(reader, message=channel).grouped[0].asked
            nobody = {
                key: value for key, value in message(kind, text=text).items() if key != "from"
            }
            assert not read(reader, message=nobody).grouped[0].asked


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("status", "is_in"),
    [
        ("member", True),
        ("administrator", True),
        ("restricted", True),
        ("left", False),
        ("kicked", False),
    ],
)
def test_being_added_is_noticed(reader, kind, status, is_in):
    """News of a membership is of interest while the bot is in there, and asks for nothing."""
    change = {
        "chat": {"id": FOREIGN, "type": kind},
        "from": {"id": PERSON},
        "new_chat_member": {"status": status},
    }
    found = read(reader, my_chat_member=change)
    assert found.inbound == []
    assert found.grouped == ([Grouped(FOREIGN)] if is_in else [])


def test_who_unblocks_the_bot_is_no_group(reader):
    """A private chat that is opened again is not taken for a group to be left."""
    change = {
        "chat": {"id": PERSON, "type": "private"},
        "from": {"id": PERSON},
        "new_chat_member": {"status": "member"},
    }
    found = read(reader, my_chat_member=change)
    assert found.inbound == []
    assert found.grouped == []


def test_the_link_tells_nothing():
    """No word of the topic is in what groups are told."""
    assert lexicon().tells(LINK) is None
    assert all(lead.text not in LINK for lead in LEADS.values())
