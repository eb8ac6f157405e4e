"""Polls of the double: what Telegram refuses to send, to stop and to answer."""

import aiohttp
import pytest

from tests.standin import ActError, Clock, StandIn

GROUP, USER, OTHER = -1_001_234_567_890, 5001, 5002
QUIZ = {
    "question": "2 + 2?",
    "options": [{"text": "3"}, {"text": "4"}],
    "type": "quiz",
    "correct_option_ids": [1],
    "is_anonymous": False,
    "open_period": 30,
}


@pytest.fixture
async def tg():
    async with StandIn(clock=Clock(1_800_000_000)) as double:
        await double.meet(USER, chat_id=GROUP)
        yield double


@pytest.fixture
async def call(tg):
    async with aiohttp.ClientSession() as http:

        async def call(method, **params):
            async with http.post(f"{tg.base_url}{tg.token}/{method}", json=params) as response:
                body = await response.json()
                return body["result"] if body["ok"] else body["description"]

        yield call


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"options": [{"text": "4"}], "correct_option_ids": [0]}, "at least 2"),
        ({"options": [{"text": str(n)} for n in range(13)]}, "more than 12"),
        ({"options": [{"text": "4"}, {"text": "4"}]}, "unique"),
        ({"options": [{"text": "4"}, {"text": "x" * 101}]}, "101"),
        ({"question": "x" * 301}, "301"),
        ({"explanation": "x" * 201}, "201"),
        ({"explanation": "a\nb\nc\nd"}, "line feeds"),
        ({"correct_option_ids": []}, "correct option"),
        ({"correct_option_ids": [2]}, "correct option"),
        ({"correct_option_ids": [1, 0]}, "correct option"),
        ({"correct_option_ids": [0, 1]}, "allows_multiple_answers"),
        ({"allows_revoting": True}, "changed"),
        ({"open_period": 4}, "5-600"),
        ({"open_period": 601}, "5-600"),
        ({"close_date": 1_800_000_100}, "together"),
        ({"type": "regular"}, "quiz"),
    ],
)
async def test_a_poll_that_telegram_would_refuse(tg, call, change, told):
    """Each limit and rule of polls is kept, and whoever breaks one is noted."""
    assert told in await call("sendPoll", chat_id=GROUP, **QUIZ | change)
    assert len(await tg.violations()) == 1


async def test_an_answer_is_told_once_and_final(tg, call):
    """The bot hears who chose what; nobody answers a quiz twice, or what is not there."""
    await call("getUpdates", allowed_updates=["poll_answer"])
    sent = await call("sendPoll", chat_id=GROUP, **QUIZ)
    await tg.vote(USER, GROUP, [1])
    for who, options in ((USER, [0]), (OTHER, [2]), (OTHER, []), (OTHER, [0, 1])):
        with pytest.raises(ActError):
            await tg.vote(who, GROUP, options)
    (update,) = await call("getUpdates")
    heard = update["poll_answer"]
    assert (heard["poll_id"], heard["user"]["id"], heard["option_ids"]) == (
        sent["poll"]["id"],
        USER,
        [1],
    )


async def test_a_poll_closes_by_itself_or_is_stopped(tg, call):
    """After its time, or once stopped, nobody can answer; what is closed cannot be stopped."""
    first = await call("sendPoll", chat_id=GROUP, **QUIZ)
    second = await call("sendPoll", chat_id=GROUP, **QUIZ)
    assert (await call("stopPoll", chat_id=GROUP, message_id=second["message_id"]))["is_closed"]
    with pytest.raises(ActError):
        await tg.vote(USER, GROUP, [1])
    await tg.vote(USER, GROUP, [1], first["message_id"])
    await tg.advance(30)
    with pytest.raises(ActError):
        await tg.vote(OTHER, GROUP, [1], first["message_id"])
    for message in (first, second):
        told = await call("stopPoll", chat_id=GROUP, message_id=message["message_id"])
        assert "already been closed" in told
    assert "not found" in await call("stopPoll", chat_id=GROUP, message_id=9999)
    plain = await call("sendMessage", chat_id=GROUP, text="x")
    assert "can't be stopped" in await call(
        "stopPoll", chat_id=GROUP, message_id=plain["message_id"]
    )
