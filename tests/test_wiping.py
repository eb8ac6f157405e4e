"""Who leaves leaves nothing behind; who stays away neither; whatever fails is tried again."""

import asyncio
import logging
import random

import pytest

from bot.channels.port import Cleared, Gone, NotDelivered, Undecided, Unwelcome
from bot.engine.events import Chosen, Commanded, Wrote
from bot.engine.phrases import INTERRUPTED
from bot.errors import StoreError
from tests.talking import Talk, clock, failing, session
from tests.virtual_time import in_virtual_time

ANNA, BOTA = 101, 102
MINUTE, HOUR = 60, 3600
NOTE = INTERRUPTED.text
STOP = Wrote("stop")


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


async def converse(talk, who, words=3):
    """Say a few things to the bot, each answered with a new message; the numbers of all of it."""
    await talk.in_kazakhstan(who)
    for _ in range(words):
        await talk.say(who, "2")
    return [*talk.channel.stands[who]]


async def known(talk, who):
    """Name the messages the ledger knows, once strikes have had time to be written."""
    await asyncio.sleep(0.1)
    due = await talk.store.traced(who)
    return [one.message_id for one in due.traces] if due else []


def newest(talk, who):
    return max(n for n, shown in talk.channel.stands[who].items() if shown != "hers")


@in_virtual_time
async def test_whoever_leaves_leaves_one_neutral_screen(talk):
    """By a word: all goes, hers and ours, within a second; the newest of ours is the start."""
    await talk.open()
    await converse(talk, ANNA)
    stays, sent, asked = newest(talk, ANNA), len(talk.channel.sent), clock()
    await talk.do(ANNA, STOP)
    assert clock() - asked < 1
    assert talk.channel.cleared[0][0] - asked < 0.3
    assert [*talk.channel.stands[ANNA]] == [stays]
    assert talk.channel.stands[ANNA][stays].text == talk.start
    assert [one.message_id for one in talk.channel.sent[sent:]] == [stays]
    assert await session(talk, ANNA) is None
    assert await talk.waiting() == []
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_a_tap_on_close_does_the_same_and_its_spinner_stops(talk):
    """By the button: the same, and the tap is answered."""
    await talk.open()
    await converse(talk, ANNA)
    tapped = newest(talk, ANNA)
    await talk.do(ANNA, Chosen("talk", "close"), over=tapped)
    assert talk.standing(ANNA) == ["start"]
    assert talk.channel.sent[-1].message_id == tapped
    assert talk.channel.sent[-1].tap is not None
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_where_nothing_of_ours_stands_leaving_is_answered_once(talk):
    """Whoever leaves an empty chat sees the neutral start; leaving again and again adds nothing."""
    await talk.open()
    for _ in range(3):
        await talk.do(ANNA, STOP)
    await talk.conversation.take([talk.doing(ANNA, STOP) for _ in range(3)])
    await talk.conversation.settled()
    assert talk.standing(ANNA) == ["start"]
    assert len([one for one in talk.channel.sent if one.message_id is None]) == 1


@in_virtual_time
async def test_a_card_cannot_stay_so_the_start_comes_new(talk):
    """Where the newest of ours cannot be overwritten it is removed, and the start is a new message."""
    await talk.open()
    await converse(talk, ANNA)
    talk.channel.scripts[ANNA].append(Gone())
    await talk.do(ANNA, STOP)
    assert talk.standing(ANNA) == ["start"]
    assert talk.channel.sent[-1].message_id is None


@in_virtual_time
async def test_what_was_on_its_way_comes_and_goes(talk):
    """A message that is under way when she leaves is removed when it has arrived."""
    await talk.open()
    await converse(talk, ANNA)
    talk.channel.scripts[ANNA].append(10)
    await talk.conversation.take([talk.doing(ANNA, Commanded("about"))])
    await asyncio.sleep(1)
    asked = clock()
    await talk.conversation.take([talk.doing(ANNA, STOP)])
    await asyncio.sleep(1)
    assert talk.standing(ANNA) == ["start"]
    assert talk.channel.cleared[0][0] - asked < 0.3
    await talk.conversation.settled()
    assert "about" in talk.channel.places(ANNA)
    assert talk.standing(ANNA) == ["start"]
    assert await talk.waiting() == []


@in_virtual_time
async def test_an_edit_on_its_way_does_not_win(talk):
    """Where an edit arrives over the neutral screen, that screen is put over it once more."""
    await talk.open()
    await converse(talk, ANNA)
    stays = newest(talk, ANNA)
    talk.channel.scripts[ANNA].append(10)
    await talk.conversation.take([talk.doing(ANNA, Chosen("talk", "numbers"), over=stays)])
    await asyncio.sleep(1)
    await talk.conversation.take([talk.doing(ANNA, STOP)])
    await asyncio.sleep(1)
    assert talk.standing(ANNA) == ["start"]
    await talk.conversation.settled()
    assert talk.channel.places(ANNA)[-3:] != ["start"] * 3
    assert talk.standing(ANNA) == ["start"]


@in_virtual_time
async def test_what_waited_is_never_said(talk):
    """Answers that waited when she left are dropped, from memory and from the outbox."""
    await talk.open()
    await converse(talk, ANNA)
    talk.channel.scripts[ANNA].append(NotDelivered(60))
    names = ("about", "language", "start")
    await talk.conversation.take([talk.doing(ANNA, Commanded(one)) for one in names])
    await asyncio.sleep(1)
    calls = len(talk.channel.calls)
    await talk.do(ANNA, STOP)
    assert await talk.waiting() == []
    await asyncio.sleep(10 * MINUTE)
    assert [one.place for one in talk.channel.calls[calls:]] == ["start"]
    assert talk.standing(ANNA) == ["start"]


@pytest.mark.parametrize("killed", [False, True])
@in_virtual_time
async def test_leaving_while_telegram_is_away_is_done_when_it_is_back(talk, killed):
    """Whatever fails for two minutes, with a crash or without, the chat is cleared afterwards."""
    await talk.open()
    await converse(talk, ANNA)
    for _ in range(8):
        talk.channel.clearings[ANNA].append(Cleared())
        talk.channel.scripts[ANNA].append(NotDelivered())
    await talk.conversation.take([talk.doing(ANNA, STOP)])
    await asyncio.sleep(20)
    assert len(talk.standing(ANNA)) > 1
    if killed:
        await talk.again()
    await asyncio.sleep(2 * MINUTE)
    await talk.conversation.settled()
    assert talk.standing(ANNA) == ["start"]
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_a_throttled_chat_holds_up_no_other(talk):
    """Told to wait a minute, the clearing of that chat waits a minute; another takes a moment."""
    await talk.open()
    await converse(talk, ANNA)
    await converse(talk, BOTA)
    talk.channel.clearings[ANNA].append(Cleared(after=60))
    asked = clock()
    await talk.conversation.take([talk.doing(ANNA, STOP), talk.doing(BOTA, STOP)])
    await asyncio.sleep(1)
    assert talk.standing(BOTA) == ["start"]
    await talk.conversation.settled()
    assert talk.standing(ANNA) == ["start"]
    assert 60 <= clock() - asked < 61


@in_virtual_time
async def test_with_every_fifth_deletion_failing_all_of_three_hundred_go(talk):
    """Three hundred messages go although every fifth is refused each time, and each is named."""
    await talk.open()
    dice, clear = random.Random(9), talk.channel.clear

    async def some(chat_id, messages, instead):
        return await clear(chat_id, [one for one in messages if dice.random() < 0.8], instead)

    talk.channel.clear = some
    await converse(talk, ANNA, words=150)
    assert len(talk.standing(ANNA)) >= 300
    await talk.do(ANNA, STOP)
    assert talk.standing(ANNA) == ["start"]
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_a_flood_and_a_full_window_do_not_hold_up_who_leaves(talk):
    """While hundreds wait for a slow Telegram, whoever leaves is gone within half a second."""
    await talk.open(window=1, parallel=2)
    await converse(talk, ANNA)
    crowd = range(1000, 1300)
    for who in crowd:
        talk.channel.scripts[who].append(60)
    await talk.conversation.take([talk.doing(who, Commanded("start")) for who in crowd][:250])
    await talk.conversation.take([talk.doing(ANNA, Commanded("about")) for _ in range(200)])
    asked = clock()
    await talk.conversation.take([talk.doing(ANNA, STOP)])
    await asyncio.sleep(0.5)
    assert talk.standing(ANNA) == ["start"]
    assert talk.channel.cleared[0][0] - asked < 0.3


@pytest.mark.parametrize("together", [False, True])
@in_virtual_time
async def test_who_starts_again_at_once_is_answered_and_keeps_it(talk, together):
    """Who taps or writes while her chat is still being cleared gets a new message that stays."""
    await talk.open()
    await converse(talk, ANNA)
    stays = newest(talk, ANNA)
    talk.channel.clearings[ANNA].append(5)
    talk.channel.scripts[ANNA].append(5)
    again = [talk.doing(ANNA, Chosen("start", "continue"), over=stays)]
    if together:
        await talk.conversation.take([talk.doing(ANNA, STOP), *again])
    else:
        await talk.conversation.take([talk.doing(ANNA, STOP)])
        await asyncio.sleep(1)
        await talk.conversation.take(again)
    await talk.conversation.settled()
    await asyncio.sleep(MINUTE)
    assert talk.standing(ANNA) == ["start", "about"]
    assert (await session(talk, ANNA)).place == "about"
    about = newest(talk, ANNA)
    assert about in await known(talk, ANNA)
    await talk.do(ANNA, STOP)
    assert [place for place in talk.standing(ANNA) if place != "start"] == []


@in_virtual_time
async def test_leaving_twice_at_once_is_leaving(talk):
    """Two exits on each other's heels leave one neutral screen and nothing else."""
    await talk.open()
    await converse(talk, ANNA)
    talk.channel.clearings[ANNA].extend([1, 1])
    talk.channel.scripts[ANNA].extend([1, 1])
    await talk.conversation.take([talk.doing(ANNA, STOP)])
    await asyncio.sleep(0.2)
    await talk.conversation.take([talk.doing(ANNA, STOP)])
    await talk.conversation.settled()
    await asyncio.sleep(MINUTE)
    assert talk.standing(ANNA) == ["start"]
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_half_an_idle_hour_clears_the_chat_without_a_word(talk):
    """Nothing new is sent; the newest of ours is the start, all else and the session are gone."""
    await talk.open()
    await converse(talk, ANNA)
    stays, sent = newest(talk, ANNA), len(talk.channel.sent)
    await asyncio.sleep(30 * MINUTE - 5)
    assert len(talk.standing(ANNA)) > 1
    await asyncio.sleep(30)
    assert [*talk.channel.stands[ANNA]] == [stays]
    assert talk.channel.stands[ANNA][stays].text == talk.start
    assert [one.message_id for one in talk.channel.sent[sent:]] == [stays]
    assert await session(talk, ANNA) is None
    await asyncio.sleep(24 * HOUR)
    assert len(talk.channel.sent) == sent + 1
    assert len(talk.channel.cleared) == 1


@in_virtual_time
async def test_fading_finds_another_message_that_can_stay(talk):
    """Where the newest of ours cannot be overwritten the one before stays, and nothing is sent."""
    await talk.open()
    await converse(talk, ANNA)
    new = [one for one in talk.channel.sent if one.message_id is None]
    talk.channel.scripts[ANNA].append(Gone())
    await asyncio.sleep(31 * MINUTE)
    assert talk.standing(ANNA) == ["start"]
    assert [one for one in talk.channel.sent if one.message_id is None] == new


@in_virtual_time
async def test_fading_waits_for_who_does_something(talk):
    """Each doing of hers begins the idle time anew."""
    await talk.open()
    await converse(talk, ANNA)
    for _ in range(4):
        await asyncio.sleep(20 * MINUTE)
        await talk.say(ANNA, "menu")
    assert talk.channel.cleared == []
    await asyncio.sleep(31 * MINUTE)
    assert talk.standing(ANNA) == ["start"]


@in_virtual_time
async def test_what_faded_while_the_bot_was_off_goes_at_its_start(talk):
    """A chat whose time came while nothing ran is cleared as soon as the bot is back."""
    await talk.open()
    await converse(talk, ANNA)
    await asyncio.sleep(1)
    await talk.kill()
    await asyncio.sleep(5 * HOUR)
    await talk.open()
    await asyncio.sleep(1)
    assert talk.standing(ANNA) == ["start"]


@in_virtual_time
async def test_a_conversation_of_two_days_loses_its_old_part(talk):
    """While she goes on day and night, nothing of hers or ours stands for 47 hours (R9)."""
    await talk.open()
    appeared: dict[int, float] = {}
    for _ in range(51 * 3):
        await talk.say(ANNA, "menu")
        appeared |= {one: clock() for one in talk.channel.stands[ANNA] if one not in appeared}
        await asyncio.sleep(20 * MINUTE)
        old = [one for one in talk.channel.stands[ANNA] if clock() - appeared[one] > 47 * HOUR]
        assert old == []
    assert len(talk.standing(ANNA)) > 100
    assert "start" not in talk.standing(ANNA)[2:]


@pytest.mark.parametrize(("hours", "over"), [(21, True), (23, False)])
@in_virtual_time
async def test_an_old_message_is_not_made_a_new_screen(talk, hours, over):
    """A tap on a message of 22 hours or more is answered with a new one, a younger is edited."""
    await talk.open()
    await talk.do(ANNA, Chosen("start", "continue"), over=7, shown_ago=hours * HOUR)
    (answer,) = talk.channel.to(ANNA)
    assert (answer.message_id == 7) is over
    assert answer.tap is not None
    assert 7 in await known(talk, ANNA)


@in_virtual_time
async def test_a_message_without_a_date_is_cleared_soon(talk):
    """Of a tapped message whose age nobody knows nothing is shown again: it goes within a minute."""
    await talk.open()
    await talk.do(ANNA, Chosen("start", "continue"), over=7, shown_ago=clock())
    assert talk.channel.to(ANNA)[0].message_id is None
    await asyncio.sleep(MINUTE)
    assert [messages for _, _, messages in talk.channel.cleared] == [(7,)]
    assert talk.standing(ANNA) == ["about"]


@in_virtual_time
async def test_whoever_is_forgotten_sees_only_that(talk):
    """After "delete my data" the chat holds the confirmation alone, and no row knows of her."""
    await talk.open()
    await converse(talk, ANNA)
    await talk.do(ANNA, Commanded("forget"))
    assert talk.standing(ANNA) == ["forgotten"]
    await asyncio.sleep(1)
    assert await known(talk, ANNA) == []
    await asyncio.sleep(HOUR)
    assert talk.standing(ANNA) == ["forgotten"]


@in_virtual_time
async def test_forgetting_by_a_tap_keeps_the_tapped_message(talk):
    """The confirmation stands over the message whose button was pressed."""
    await talk.open()
    await converse(talk, ANNA)
    tapped = newest(talk, ANNA)
    await talk.do(ANNA, Chosen("about", "forget"), over=tapped)
    assert [*talk.channel.stands[ANNA]] == [tapped]
    assert talk.standing(ANNA) == ["forgotten"]
    await asyncio.sleep(1)
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_forgetting_does_not_wait_for_telegram(talk, monkeypatch, caplog):
    """When nothing can be cleared, rows are gone within five seconds, and the rest is reported."""
    await talk.open()
    numbers = await converse(talk, ANNA)
    erased = failing(monkeypatch, talk, "forget")
    talk.channel.clearings[ANNA].extend([Cleared()] * 50)
    await talk.conversation.take([talk.doing(ANNA, Commanded("forget"))])
    await asyncio.sleep(4.9)
    assert [who for who, _ in erased] == [ANNA]
    assert await talk.store.traced(ANNA) is None
    assert f"wipe.left count={len(numbers) + 1}" in caplog.text
    calls = len(talk.channel.cleared)
    await asyncio.sleep(HOUR)
    assert len(talk.channel.cleared) == calls


@pytest.mark.parametrize("first", [Commanded("forget"), STOP])
@pytest.mark.parametrize("pause", [None, 0.0, 0.06, 1.0])
@in_virtual_time
async def test_leaving_and_being_forgotten_at_once(talk, first, pause):
    """In either order, together or a moment apart: the chat is cleared and no row is left."""
    await talk.open()
    await converse(talk, ANNA)
    second = STOP if first != STOP else Commanded("forget")
    doings = [talk.doing(ANNA, one) for one in (first, second)]
    if pause is None:
        await talk.conversation.take(doings)
    else:
        await talk.conversation.take(doings[:1])
        await asyncio.sleep(pause)
        await talk.conversation.take(doings[1:])
    await talk.conversation.settled()
    await asyncio.sleep(10)
    assert {*talk.standing(ANNA)} <= {"start", "forgotten"}
    assert await known(talk, ANNA) == []
    assert await talk.waiting() == []
    assert await session(talk, ANNA) is None


@in_virtual_time
async def test_whoever_blocked_us_is_erased_while_her_chat_is_cleared(talk, monkeypatch):
    """A refusal for ever ends the clearing and erases her (R7)."""
    await talk.open()
    await converse(talk, ANNA)
    erased = failing(monkeypatch, talk, "forget")
    talk.channel.clearings[ANNA].append(Unwelcome())
    await talk.do(ANNA, STOP)
    await asyncio.sleep(2)
    assert [who for who, *_ in erased] == [ANNA]
    assert len(talk.channel.cleared) == 1
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_what_can_never_go_is_reported_once_and_given_up(talk, caplog):
    """What can neither be removed nor overwritten is counted in the log, and nobody is named."""
    await talk.open()
    numbers = await converse(talk, ANNA)
    hers = frozenset(one for one in numbers if talk.channel.stands[ANNA][one] == "hers")
    rest = frozenset(numbers) - hers - {newest(talk, ANNA)}
    talk.channel.clearings[ANNA].append(Cleared(gone=rest, left=hers))
    await talk.do(ANNA, STOP)
    await asyncio.sleep(HOUR)
    lines = [one.getMessage() for one in caplog.records if one.name == "tirek.wiping"]
    assert lines == [f"wipe.left count={len(hers)}"]
    assert all(one.levelno == logging.WARNING for one in caplog.records)


@in_virtual_time
async def test_messages_nobody_knows_the_numbers_of_are_reported(talk, caplog):
    """A message that may have arrived unknown is counted in the log, now and at the next start."""
    await talk.open()
    talk.channel.scripts[ANNA].append((True, Undecided()))
    await talk.say(ANNA, "/start")
    await asyncio.sleep(16)
    assert "wipe.unknown count=1" in caplog.text
    caplog.clear()
    talk.channel.scripts[ANNA].append(60)
    await talk.conversation.take([talk.doing(ANNA, Commanded("about"))])
    await asyncio.sleep(1)
    await talk.again()
    await asyncio.sleep(1)
    assert "wipe.unknown count=1" in caplog.text


@in_virtual_time
async def test_everything_in_the_chat_is_known(talk):
    """Every message of hers and of ours stands in the ledger, by its number."""
    await talk.open()
    await converse(talk, ANNA)
    assert {*await known(talk, ANNA)} >= {*talk.channel.stands[ANNA]}


@in_virtual_time
async def test_clearing_outlives_a_failing_database(talk, monkeypatch):
    """While the ledger does not answer, looks and notes are tried again until they succeed."""
    await talk.open()
    await converse(talk, ANNA)
    looks = failing(monkeypatch, talk, "due", *[StoreError("away")] * 3)
    notes = failing(monkeypatch, talk, "cleared", *[StoreError("away")] * 3)
    await talk.do(ANNA, STOP)
    assert len(notes) == 4
    assert talk.standing(ANNA) == ["start"]
    assert await known(talk, ANNA) == []
    await asyncio.sleep(2 * MINUTE)
    assert len(looks) > 4


@in_virtual_time
async def test_many_stuck_chats_starve_nobody(talk, monkeypatch):
    """Though more chats are stuck than one look takes up, the others fade in time."""
    monkeypatch.setattr("bot.outward.wiping._MOST", 10)
    await talk.open()
    stuck, others = range(1000, 1030), range(2000, 2030)
    await talk.conversation.take([talk.doing(who, Commanded("start")) for who in stuck])
    await asyncio.sleep(1)
    await talk.conversation.take([talk.doing(who, Commanded("start")) for who in others])
    await talk.conversation.settled()
    for who in stuck:
        talk.channel.clearings[who].extend([Cleared(after=300)] * 100)
    await asyncio.sleep(40 * MINUTE)
    assert all(talk.standing(who) == ["start"] for who in others)
    assert all(len(talk.standing(who)) == 2 for who in stuck)


@in_virtual_time
async def test_numbers_given_from_memory_are_noted_later(talk, monkeypatch):
    """The emergency numbers sent while nothing could be stored stand in the ledger afterwards."""
    await talk.open()
    failing(monkeypatch, talk, "transact", *[StoreError("full")] * 8)
    await talk.say(ANNA, "/start")
    assert {*await known(talk, ANNA)} == {*talk.channel.stands[ANNA]}
    await talk.do(ANNA, STOP)
    assert talk.standing(ANNA) == ["start"]


@in_virtual_time
async def test_a_late_answer_over_a_cleared_message_goes_too(talk):
    """An ordinary answer that comes when its chat has faded is noted, and fades in its turn."""
    await talk.open()
    await talk.say(ANNA, "/start")
    over = newest(talk, ANNA)
    talk.channel.scripts[ANNA].append(NotDelivered(HOUR))
    await talk.conversation.take([talk.doing(ANNA, Chosen("start", "continue"), over=over)])
    await asyncio.sleep(HOUR + 1)
    assert talk.standing(ANNA) == ["about"]
    assert over in await known(talk, ANNA)
    await asyncio.sleep(HOUR)
    assert talk.standing(ANNA) == ["start"]


@in_virtual_time
async def test_stopping_in_the_middle_leaves_the_rest_to_the_next_start(talk):
    """Told to stop while a chat cannot be cleared, it ends in time, and goes on when it is back."""
    await talk.open()
    await converse(talk, ANNA)
    talk.channel.clearings[ANNA].extend([Cleared()] * 5)
    await talk.conversation.take([talk.doing(ANNA, STOP)])
    begun = clock()
    await talk.conversation.__aexit__(None, None, None)
    assert clock() - begun <= 10
    await talk.open()
    await asyncio.sleep(MINUTE)
    assert talk.standing(ANNA) == ["start"]
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_nothing_is_held_for_chats_that_are_clear(talk):
    """When chats are clear no task and no name is left in memory."""
    await talk.open()
    people = range(1000, 1100)
    await talk.conversation.take([talk.doing(who, Commanded("start")) for who in people])
    await talk.conversation.settled()
    await talk.conversation.take([talk.doing(who, STOP) for who in people])
    await talk.conversation.settled()
    await asyncio.sleep(2 * MINUTE)
    wiping = talk.conversation.outward.wiping
    assert not any((wiping._tasks, wiping._busy, wiping._whole, wiping._leaving, wiping._screens))
    assert all(talk.standing(who) == ["start"] for who in people)


@in_virtual_time
async def test_leaving_while_an_erasure_waits_clears_what_came_since(talk, monkeypatch):
    """Who leaves again before she is erased is cleared of what she wrote since, however late."""
    await talk.open()
    await converse(talk, ANNA)
    talk.channel.clearings[ANNA].append(3)
    await talk.conversation.take([talk.doing(ANNA, Commanded("forget"))])
    await asyncio.sleep(1)
    failing(monkeypatch, talk, "traced", *[StoreError("away")] * 5)
    await talk.conversation.take([talk.doing(ANNA, STOP)])
    await talk.conversation.settled()
    await asyncio.sleep(MINUTE)
    assert {*talk.standing(ANNA)} <= {"start", "forgotten"}
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_a_crash_before_an_erasure_repeats_it(talk, monkeypatch):
    """Killed between telling her and erasing her, the bot erases her when it is back."""
    await talk.open()
    await converse(talk, ANNA)
    talk.channel.clearings[ANNA].append(3)
    await talk.conversation.take([talk.doing(ANNA, Commanded("forget"))])
    await asyncio.sleep(1)
    erased = failing(monkeypatch, talk, "forget")
    await talk.again()
    await asyncio.sleep(5)
    assert [who for who, *_ in erased] == [ANNA]
    assert talk.standing(ANNA) in (["forgotten"], ["forgotten", "forgotten"])
    assert await known(talk, ANNA) == []
    assert await talk.waiting() == []


@in_virtual_time
async def test_the_tapped_message_stays_though_a_newer_one_is_gone(talk):
    """Closing on a screen above a card that was closed leaves that screen, and sends nothing."""
    await talk.open()
    await converse(talk, ANNA)
    first = min(n for n, shown in talk.channel.stands[ANNA].items() if shown != "hers")
    before = [one for one in talk.channel.sent if one.message_id is None]
    await talk.do(ANNA, Chosen("talk", "close"), over=first)
    assert [*talk.channel.stands[ANNA]] == [first]
    assert [one for one in talk.channel.sent if one.message_id is None] == before
