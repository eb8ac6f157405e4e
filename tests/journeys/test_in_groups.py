"""In groups the real bot leaves, or says nothing but its own link (R20)."""

import json
import time
from itertools import count

import pytest
import pytest_asyncio

from tests.betrayal import lexicon
from tests.process import BotProcess
from tests.standin.server import StandIn

pytestmark = pytest.mark.asyncio(loop_scope="module")

APPROVED = -1_007_000_000_001
ADMIN, ANONYMOUS_ADMIN = 6_000_000_801, 1_087_968_824
_FOREIGN = count(-1_009_000_000_001, -1)
KINDS = ("group", "supergroup", "channel")
TOLD = "күйеуім мені ұрады"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(tmp_path_factory):
    """The double and the bot, which may stay in one group."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIREK_TELEGRAM__GROUPS", str(APPROVED))
        async with (
            StandIn(seed=3) as tg,
            BotProcess(tmp_path_factory.mktemp("groups"), tg, level="debug") as bot,
        ):
            await tg.wait_listening()
            await tg.wait_calls("setMyCommands", 6)
            yield tg, bot


async def happen(tg, chat: int, kind: str, **update) -> None:
    """Let something happen in a chat of a kind."""
    tg.world.chats.open({"id": chat, "type": kind, "title": "x"})
    (body,) = update.values()
    body["chat"] = {"id": chat, "type": kind, "title": "x"}
    number = await tg.next_update_id()
    await tg.send_raw(json.dumps({"update_id": number, **update}))


def message(**more):
    """Make a message of a member."""
    return {
        "message_id": 7,
        "date": int(time.time()),
        "from": {"id": ADMIN, "is_bot": False, "first_name": "x", "language_code": "kk"},
        **more,
    }


def happenings(commands):
    """Everything that may happen in a group, each as an update."""
    membership = {"date": 1, "from": {"id": ADMIN, "is_bot": False, "first_name": "x"}}
    for status in ("member", "administrator", "restricted"):
        yield {"my_chat_member": {**membership, "new_chat_member": {"status": status}}}
    for name in commands:
        yield {"message": message(text=f"/{name}")}
    bot = {"id": 1, "is_bot": True, "first_name": "x"}
    yield {"message": message(new_chat_members=[bot])}
    yield {"message": message(text=TOLD)}
    yield {"message": message(text="/start", sender_chat={"id": -100_5, "type": "channel"})}
    hidden = {"id": ANONYMOUS_ADMIN, "is_bot": True, "first_name": "x"}
    yield {"message": message(text="/start") | {"from": hidden}}
    yield {"message": message(location={"latitude": 43.2, "longitude": 76.9})}
    yield {"message": message(photo=[], caption=TOLD)}


async def test_the_bot_leaves_whatever_happens_there(here, world):
    """From every kind of group and channel nobody approved it is gone in ten seconds, in silence."""
    tg, _ = here
    since, began, groups = len(tg.record.calls), {}, {}
    for kind in KINDS:
        for update in happenings(world.content.commands):
            chat = next(_FOREIGN)
            began[chat], groups[chat] = time.monotonic(), kind
            await happen(tg, chat, kind, **update)
    await tg.world.pulse.until(
        lambda: all(tg.chat(chat).closed is not None for chat in groups), 10, "gone everywhere"
    )
    await tg.settled()
    calls = [c for c in tg.record.calls[since:] if c.method != "getUpdates"]
    left = {c.params["chat_id"]: c.mono - began[c.params["chat_id"]] for c in calls}
    assert {c.method for c in calls} == {"leaveChat"}
    assert left.keys() == groups.keys()
    assert len(calls) == len(groups)
    assert max(left.values()) <= 10


async def test_an_approved_group_sees_the_link_and_nothing_else(here, world):
    """Whatever happens there, the bot says its link, once; no word of the topic, nobody's data."""
    tg, bot = here
    since = len(tg.record.calls)
    for _ in range(3):
        for update in happenings(world.content.commands):
            await happen(tg, APPROVED, "supergroup", **update)
    await tg.settled(quiet=0.3)
    calls = [c for c in tg.record.calls[since:] if c.method != "getUpdates"]
    assert [c.method for c in calls] == ["sendMessage"]
    (shown,) = tg.chat(APPROVED).shown()
    assert shown.text == f"https://t.me/{tg.world.bot['username']}"
    assert shown.buttons == []
    assert shown.silent
    assert shown.protected
    assert not shown.previews_links
    assert lexicon().tells(shown.text) is None
    assert str(ADMIN) not in json.dumps(calls[0].params)
    assert str(APPROVED) not in bot.log.read_text()


async def test_who_hides_is_not_answered(here):
    """Neither an anonymous admin nor a channel moves the bot to say anything, anywhere."""
    tg, _ = here
    since = len(tg.record.calls)
    for update in happenings(()):
        await happen(tg, APPROVED, "supergroup", **update)
    await tg.settled(quiet=0.3)
    assert [c.method for c in tg.record.calls[since:] if c.method != "getUpdates"] == []


async def test_what_is_told_in_a_group_reaches_no_chat(here):
    """Somebody who tells of harm in a group is answered neither there nor in her own chat."""
    tg, _ = here
    await tg.meet(ADMIN)
    await happen(tg, APPROVED, "supergroup", message=message(text=TOLD))
    await tg.settled(quiet=0.3)
    assert tg.chat(ADMIN).messages == {}
    assert await tg.violations() == []
