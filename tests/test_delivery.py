"""Answers go out: in order for each, at once for all, in two copies at most, never late."""

import asyncio
from dataclasses import replace

import pytest

from bot.channels.port import Impossible, NotDelivered, Undecided, Unwelcome
from bot.engine.blocks.quiz import item_of
from bot.engine.events import Chosen, Commanded, Located, Wrote
from bot.engine.phrases import INTERRUPTED
from bot.engine.screen import PicturePage
from bot.learning.play import Play
from tests.store.looking import look
from tests.talking import Talk, clock
from tests.virtual_time import in_virtual_time

ANNA, BOTA, CHOLPON = 101, 102, 103
DANGER = Chosen("hub", "danger")
NOTE = INTERRUPTED.text


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


@in_virtual_time
async def test_one_person_is_answered_in_order(talk):
    """Whatever each delivery takes, one person's answers arrive in the order of her doings."""
    await talk.open()
    talk.channel.scripts[ANNA].extend([3, 0.1, NotDelivered(5), 2, 0.1])
    names = ["start", "about", "language", "start", "about"]
    doings = [talk.doing(ANNA, Commanded(name)) for name in names]
    await asyncio.gather(*(talk.conversation.take([one]) for one in doings))
    await talk.conversation.settled()
    places = talk.channel.places(ANNA)
    assert places == ["start", "about", "language", "start", "about"]


@in_virtual_time
async def test_a_slow_chat_delays_nobody(talk):
    """While one chat takes a minute, everybody else is answered at once."""
    await talk.open()
    talk.channel.scripts[ANNA].append(60)
    begun = clock()
    await talk.conversation.take([talk.doing(ANNA, Commanded("start"))])
    others = range(1000, 1100)
    await talk.conversation.take([talk.doing(who, Commanded("start")) for who in others])
    await talk.conversation.settled()
    assert max(talk.channel.to(who)[0].at for who in others) - begun < 5
    assert len(talk.channel.to(ANNA)) == 1


@pytest.mark.parametrize("window", [1, 4, 8])
@in_virtual_time
async def test_the_window_bounds_new_messages(talk, window):
    """No more new messages than the window holds are under way or unstruck at any moment."""
    await talk.open(window=window)
    await talk.conversation.take([talk.doing(who, Commanded("start")) for who in range(1000, 1060)])
    await talk.conversation.settled()
    assert talk.channel.most_new == window
    assert len(talk.channel.sent) == 60


@in_virtual_time
async def test_edits_need_no_place_in_the_window(talk):
    """Edits may be repeated freely, so they do not wait behind new messages."""
    await talk.open(window=1)
    talk.channel.scripts[ANNA].append(30)
    await talk.conversation.take([talk.doing(ANNA, Commanded("start"))])
    people = range(1000, 1050)
    taps = [talk.doing(who, Chosen("start", "continue"), over=7) for who in people]
    begun = clock()
    await talk.conversation.take(taps)
    await talk.conversation.settled()
    edits = [one for one in talk.channel.sent if one.message_id == 7]
    assert len(edits) == 50
    assert max(one.at for one in edits) - begun < 1


@in_virtual_time
async def test_words_go_past_pictures(talk):
    """However many pictures are asked for, a new message finds its place in the window at once."""
    await talk.open(window=4)
    quiz = talk.stage.world.content.quizzes["help"]
    play = Play.begun(quiz, 16, "kz", b"\0")
    over = item_of(Play(quiz, replace(play.round, number=len(play.items))))
    sharing = range(1000, 1040)
    for who in sharing:
        await talk.in_kazakhstan(who)
        talk.channel.scripts[who].append(3)
    taps = [talk.doing(who, Chosen("play-quiz", "picture", over), over=1) for who in sharing]
    await talk.conversation.take(taps)
    await asyncio.sleep(1)
    begun = clock()
    await talk.conversation.take([talk.doing(ANNA, Commanded("start"))])
    await talk.conversation.settled()
    assert talk.channel.to(ANNA)[0].at - begun < 0.5
    shared = [one for one in talk.channel.sent if isinstance(one.shown, PicturePage)]
    assert {one.chat_id for one in shared} == {*sharing}


@in_virtual_time
async def test_a_throttled_chat_waits_alone(talk):
    """`retry_after` holds up the chat it was said for, exactly as long, and no other (R35)."""
    await talk.open()
    talk.channel.scripts[ANNA].append(NotDelivered(60))
    begun = clock()
    await talk.conversation.take(
        [talk.doing(ANNA, Commanded("start")), talk.doing(BOTA, Commanded("start"))]
    )
    await talk.conversation.settled()
    assert talk.channel.to(BOTA)[0].at - begun < 1
    assert 60 <= talk.channel.to(ANNA)[0].at - begun < 61


@in_virtual_time
async def test_a_lost_answer_makes_two_copies_and_then_a_note(talk):
    """Of a message whose arrival nobody knows there are two copies at most, then notes (R33)."""
    await talk.open()
    talk.channel.scripts[ANNA].extend([(True, Undecided())] * 20)
    await talk.say(ANNA, "/start")
    texts = [one.text for one in talk.channel.to(ANNA)]
    assert len(texts) == 4
    assert [text == NOTE for text in texts] == [False, False, True, True]
    assert await talk.waiting() == []


@in_virtual_time
async def test_one_lost_answer_makes_one_more_copy(talk):
    """After one undecided try the message is sent once more and struck out."""
    await talk.open()
    talk.channel.scripts[ANNA].append((True, Undecided()))
    await talk.say(ANNA, "/start")
    assert talk.channel.places(ANNA) == ["start", "start"]
    assert await talk.waiting() == []


@in_virtual_time
async def test_an_edit_is_repeated_until_it_arrives(talk):
    """An edit shows the same however often it comes, so it is tried as long as it is wanted."""
    await talk.open()
    talk.channel.scripts[ANNA].extend([Undecided()] * 6)
    await talk.do(ANNA, Chosen("start", "continue"), over=7)
    (only,) = talk.channel.to(ANNA)
    assert (only.place, only.message_id, only.tap) == ("about", 7, None)


@in_virtual_time
async def test_an_edit_that_never_arrives_gives_way_to_what_follows(talk):
    """A message that can never be edited does not silence the person's later answers."""
    await talk.open()
    talk.channel.stuck.add(7)
    await talk.conversation.take([talk.doing(ANNA, Chosen("start", "continue"), over=7)])
    await asyncio.sleep(60)
    asked = clock()
    await talk.say(ANNA, "/start")
    assert talk.channel.places(ANNA)[-1] == "start"
    assert talk.channel.sent[-1].at - asked < 60


@in_virtual_time
async def test_a_point_is_removed_however_long_it_takes(talk):
    """A removal that fails for hours holds no answer up, and is made in the end."""
    await talk.open()
    await talk.in_kazakhstan(ANNA)
    talk.channel.stuck.add(55)
    await talk.conversation.take([talk.doing(ANNA, Located(43.25, 76.9), written=55)])
    await asyncio.sleep(1)
    assert talk.channel.places(ANNA)[-1] == "place"
    await asyncio.sleep(7200)
    assert "removed" not in [one.place for one in talk.channel.sent]
    talk.channel.stuck.clear()
    await talk.conversation.settled()
    removed = [one.message_id for one in talk.channel.sent if one.place == "removed"]
    assert removed == [55]
    assert await talk.waiting() == []


@in_virtual_time
async def test_who_blocks_the_bot_is_erased_and_hears_nothing_more(talk):
    """After a refusal for ever nothing is sent, nothing waits, and no session is left (R7)."""
    await talk.open()
    await talk.in_kazakhstan(ANNA)
    talk.channel.scripts[ANNA].append(Unwelcome())
    before = len(talk.channel.calls)
    await talk.conversation.take([talk.doing(ANNA, Wrote("2")) for _ in range(3)])
    await talk.conversation.settled()
    await asyncio.sleep(5)
    assert len(talk.channel.calls) == before + 1
    assert await talk.waiting() == []
    assert (await look(talk.store, {ANNA}, (), clock())).sessions == {}


@in_virtual_time
async def test_what_can_never_be_delivered_is_given_up(talk):
    """A message Telegram finds fault with is struck out and the next one goes."""
    await talk.open()
    talk.channel.scripts[ANNA].append(Impossible())
    await talk.say(ANNA, "/start")
    await talk.say(ANNA, "/about")
    assert talk.channel.places(ANNA) == ["about"]
    assert await talk.waiting() == []


@in_virtual_time
async def test_a_late_sensitive_reply_becomes_a_note(talk):
    """A reply of the survivor track that is five minutes late is a neutral note instead (R11)."""
    await talk.open()
    await talk.in_kazakhstan(ANNA)
    talk.channel.scripts[ANNA].append(NotDelivered(301))
    await talk.do(ANNA, DANGER)
    assert talk.channel.to(ANNA)[-1].text == NOTE
    assert talk.channel.to(ANNA)[-1].shown.sensitive


@pytest.mark.parametrize("outage", [20 * 60, 3 * 3600, 25 * 3600])
@in_virtual_time
async def test_after_an_outage_there_is_one_note_at_most(talk, outage):
    """However many sensitive replies an outage made late, at most one note is sent (R11)."""
    await talk.open()
    await talk.in_kazakhstan(ANNA)
    sent = len(talk.channel.sent)
    talk.channel.scripts[ANNA].append(NotDelivered(outage))
    await talk.conversation.take([talk.doing(ANNA, Commanded("menu")) for _ in range(4)])
    await talk.conversation.settled()
    assert [one.text for one in talk.channel.sent[sent:] if one.message_id is None] == [NOTE]


@in_virtual_time
async def test_a_reply_that_waited_for_its_place_is_not_late_either(talk):
    """A sensitive reply held up by the window past its time is a note, not a late reply (R11)."""
    await talk.open(window=1)
    await talk.in_kazakhstan(ANNA)
    talk.channel.scripts[BOTA].append(400)
    await talk.conversation.take([talk.doing(BOTA, Commanded("start"))])
    await talk.do(ANNA, DANGER)
    assert talk.channel.to(ANNA)[-1].text == NOTE


@in_virtual_time
async def test_an_ordinary_reply_may_be_late(talk):
    """A reply off the survivor track is still itself after an hour."""
    await talk.open()
    talk.channel.scripts[ANNA].append(NotDelivered(3600))
    await talk.say(ANNA, "/about")
    assert talk.channel.places(ANNA) == ["about"]


@in_virtual_time
async def test_nothing_is_tried_for_ever(talk):
    """When a chat takes nothing for days, what waited for it is given up, and it ends."""
    await talk.open()
    talk.channel.scripts[ANNA].extend([NotDelivered(3600)] * 200)
    await talk.say(ANNA, "/start")
    assert talk.channel.sent == []
    assert len(talk.channel.calls) < 150


@in_virtual_time
async def test_a_screen_that_cannot_be_built_becomes_a_note(talk, monkeypatch):
    """When rendering breaks, the person gets a note to tap and the log no word of it."""
    await talk.open()
    page = talk.stage.page

    def broken(session, now, lead=""):
        if session.place == "about":
            raise KeyError("Айгүл")
        return page(session, now, lead)

    monkeypatch.setattr(talk.stage, "page", broken)
    await talk.say(ANNA, "/about")
    await talk.say(ANNA, "/start")
    assert [one.text == NOTE for one in talk.channel.to(ANNA)] == [True, False]


@in_virtual_time
async def test_too_many_waiting_chats_close_the_door_for_a_while(talk, monkeypatch):
    """While too many chats wait for answers no more is asked for; then the door opens again."""
    monkeypatch.setattr("bot.outward.delivery._CROWD", 10)
    await talk.open()
    talk.channel.scripts["everybody"].extend([30] * 12)
    await talk.conversation.take([talk.doing(who, Commanded("start")) for who in range(500, 512)])
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(talk.conversation.roomy(), 1)
    await asyncio.wait_for(talk.conversation.roomy(), 300)
    await talk.conversation.settled()
    assert talk.conversation.outward.delivery._lanes == {}


@in_virtual_time
async def test_nothing_is_held_for_people_who_were_answered(talk):
    """When everybody is answered no lane, task or strike of anybody is left in memory."""
    await talk.open()
    for who in range(1000, 1200):
        await talk.conversation.take([talk.doing(who, Commanded("start"))])
    await talk.conversation.settled()
    await asyncio.sleep(1)
    delivery, struck = talk.conversation.outward.delivery, talk.conversation.outward.struck
    assert not delivery._lanes
    assert not delivery._running
    assert not struck
    assert not struck.take().waiting
    assert not talk.conversation._inbox
