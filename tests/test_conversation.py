"""Turns are taken once each, in order, and nothing is confirmed that is not durable."""

import asyncio

import pytest

from bot.engine.events import Chosen, Commanded, Strayed, Wrote
from bot.engine.phrases import INTERRUPTED
from bot.engine.replies import Show
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.errors import StoreError
from bot.store.batch import Batch
from tests.store.looking import look, write
from tests.talking import Talk, clock, failing, session
from tests.virtual_time import in_virtual_time

ANNA, BOTA = 101, 102
NOTE = INTERRUPTED.text


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


@in_virtual_time
async def test_an_update_is_answered_once(talk):
    """However often an update comes, together, later or after a restart, it is answered once."""
    await talk.open()
    one = talk.doing(ANNA, Commanded("start"), number=77)
    await talk.conversation.take([one, one])
    await talk.conversation.take([one])
    await talk.conversation.settled()
    await asyncio.sleep(1)
    await talk.again()
    await talk.conversation.take([one])
    await talk.conversation.settled()
    assert talk.channel.places(ANNA) == ["start"]


@in_virtual_time
async def test_what_was_set_aside_is_remembered_as_done(talk):
    """An update nobody could read is never taken up again."""
    await talk.open()
    await talk.conversation.take([], [7, 8])
    await talk.conversation.take([talk.doing(ANNA, Commanded("start"), number=7)])
    await talk.conversation.settled()
    assert talk.channel.sent == []


@in_virtual_time
async def test_a_tap_and_a_text_together_follow_each_other(talk):
    """Doings of one person that come together each start where the one before has led."""
    await talk.open()
    steps = [Chosen("country", "kg"), Wrote("2"), Wrote("menu"), Strayed(wordless=True)]
    await talk.conversation.take([talk.doing(ANNA, one) for one in steps])
    await talk.conversation.settled()
    assert talk.channel.places(ANNA) == ["hub", "talk", "hub", "hub"]


@in_virtual_time
async def test_many_turns_from_many_callers_are_all_taken(talk):
    """Updates beyond one commit, from many callers at once, are all answered in each one's order."""
    await talk.open()
    people = range(1000, 1020)
    await asyncio.gather(
        *(
            talk.conversation.take(
                [talk.doing(who, Commanded(name)) for name in ("start", "about", "language")] * 7
            )
            for who in people
        )
    )
    await talk.conversation.settled()
    for who in people:
        assert talk.channel.places(who) == ["start", "about", "language"]


@in_virtual_time
async def test_nothing_is_confirmed_while_the_database_fails(talk, monkeypatch):
    """While commits fail nothing is confirmed or sent; then it goes on by itself and answers once."""
    await talk.open()
    broken = [StoreError("full")] * 3
    commits = failing(monkeypatch, talk, "transact", *broken)
    taking = asyncio.create_task(talk.conversation.take([talk.doing(ANNA, Commanded("start"))]))
    while len(commits) < 3:
        await asyncio.sleep(0.01)
        assert not taking.done()
        assert talk.channel.calls == []
    await taking
    await talk.conversation.settled()
    assert talk.channel.places(ANNA) == ["start"]
    assert await session(talk, ANNA) is not None


@in_virtual_time
async def test_while_nothing_can_be_stored_the_emergency_numbers_come_from_memory(
    talk, monkeypatch
):
    """Whoever waits on a full disk gets the emergency numbers once, soon; the answer follows."""
    await talk.open()
    failing(monkeypatch, talk, "transact", *[StoreError("full")] * 8)
    begun = clock()
    await talk.conversation.take([talk.doing(ANNA, Commanded("start"))])
    await talk.conversation.settled()
    numbers, answer = talk.channel.sent
    assert numbers.at - begun < 2
    assert all(number in numbers.shown.text for number in ("102", "112", "103"))
    assert answer.shown.place == "start"
    assert answer.shown.text != numbers.shown.text


@in_virtual_time
async def test_strikes_survive_a_failing_commit(talk, monkeypatch):
    """What arrived while the database failed is struck out afterwards, and not sent again."""
    await talk.open()
    await talk.conversation.take([talk.doing(ANNA, Chosen("start", "continue"), over=3)])
    failing(monkeypatch, talk, "transact", *[StoreError("full")] * 3)
    await talk.conversation.settled()
    await asyncio.sleep(30)
    assert await talk.waiting() == []
    await talk.again()
    await talk.conversation.settled()
    assert len(talk.channel.sent) == 1


@in_virtual_time
async def test_a_caller_that_gave_up_is_not_answered_behind_its_back(talk, monkeypatch):
    """A doing whose caller stopped waiting before its turn came is left for its repetition."""
    await talk.open()
    failing(monkeypatch, talk, "transact", *[StoreError("away")] * 4)
    first = asyncio.create_task(talk.conversation.take([talk.doing(BOTA, Commanded("start"))]))
    await asyncio.sleep(0.05)
    again = talk.doing(ANNA, Commanded("start"))
    for _ in range(3):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await talk.conversation.take([again])
    assert len(talk.conversation._inbox) == 0
    await first
    await talk.conversation.take([again])
    await talk.conversation.settled()
    assert talk.channel.places(ANNA) == ["start"]


@in_virtual_time
async def test_an_update_that_breaks_the_store_is_set_aside(talk, monkeypatch):
    """An update that breaks the store's work is set aside; the others flow within five seconds."""
    await talk.open()
    genuine, tries = talk.store.transact, []

    async def transact(user_ids, update_ids, now, decide, phrases):
        if ANNA in user_ids:
            tries.append(update_ids)
            raise OverflowError("int too big to convert")
        return await genuine(user_ids, update_ids, now, decide, phrases)

    monkeypatch.setattr(talk.store, "transact", transact)
    begun = clock()
    poison = talk.doing(ANNA, Wrote("x"))
    others = [talk.doing(who, Commanded("start")) for who in range(1000, 1010)]
    await talk.conversation.take([*others[:5], poison, *others[5:]])
    await talk.conversation.settled()
    assert len(talk.channel.sent) == 10
    assert max(one.at for one in talk.channel.sent) - begun < 5
    assert sum(update_ids == {poison.update_id} for update_ids in tries) == 2
    monkeypatch.undo()
    loaded = await look(talk.store, (), {poison.update_id}, clock())
    assert loaded.seen == {poison.update_id}


@in_virtual_time
async def test_a_crashing_step_is_answered_with_a_note(talk, monkeypatch):
    """When the engine breaks on one doing, that person gets a note and everybody else an answer."""
    await talk.open()
    await talk.in_kazakhstan(ANNA)
    step = talk.conversation._engine.step

    def broken(known, event, *rest, **more):
        if event == Wrote("boom"):
            raise ZeroDivisionError("Айгүл")
        return step(known, event, *rest, **more)

    monkeypatch.setattr(talk.conversation._engine, "step", broken)
    await talk.conversation.take(
        [
            talk.doing(BOTA, Commanded("start")),
            talk.doing(ANNA, Wrote("boom")),
            talk.doing(ANNA, Wrote("2")),
        ]
    )
    await talk.conversation.settled()
    assert talk.channel.to(ANNA)[-2].text == NOTE
    assert talk.channel.places(ANNA)[-1] == "talk"
    assert talk.channel.places(BOTA) == ["start"]


@in_virtual_time
async def test_a_notes_button_goes_on_where_she_was(talk, monkeypatch):
    """The button of a note shows again where the person is."""
    await talk.open()
    await talk.in_kazakhstan(ANNA)
    note = talk.stage.note(await session(talk, ANNA))
    await talk.do(ANNA, Chosen(note.place, note.labels[0].id), over=9)
    assert talk.channel.to(ANNA)[-1].place == "hub"


@in_virtual_time
async def test_two_people_get_the_same(talk):
    """Two people who do the same get the same pages, whatever third ones do meanwhile (R28)."""
    await talk.open()
    for number, event in enumerate(
        [Commanded("start"), Chosen("start", "continue"), Chosen("country", "uz"), Wrote("qq")]
    ):
        await talk.do(ANNA, event, over=number or None)
        await talk.do(103 + number, Chosen("forget", "yes"))
        await talk.do(BOTA, event, over=number or None)
    mine, hers = talk.channel.to(ANNA), talk.channel.to(BOTA)
    assert len(mine) == 4
    assert [one.shown for one in mine] == [one.shown for one in hers]


@in_virtual_time
async def test_new_content_is_served_from_the_next_turn_on(talk):
    """After a reload turns and answers come from the new content."""
    await talk.open()
    fresh = Stage(talk.stage.world)
    talk.conversation.reload(fresh)
    await talk.say(ANNA, "/start")
    assert talk.conversation.outward.delivery.stage is fresh
    assert fresh._pages
    assert not talk.stage._pages


@in_virtual_time
async def test_only_the_first_answer_goes_over_the_tapped_message(talk, monkeypatch):
    """Where a turn has several answers the first goes over the tapped message, the rest are new."""
    await talk.open()
    engine = talk.conversation._engine
    step = engine.step

    def twice(*args, **more):
        turn = step(*args, **more)
        return type(turn)(turn.session, (*turn.replies, Show("about")), turn.reader)

    monkeypatch.setattr(engine, "step", twice)
    await talk.do(ANNA, Chosen("start", "continue"), over=5)
    assert [(one.message_id, one.tap is None) for one in talk.channel.to(ANNA)] == [
        (5, False),
        (None, True),
    ]


@in_virtual_time
async def test_a_pick_up_phrase_works_once(talk):
    """Of two people who type the same phrase together, the first goes on where it was left."""
    await talk.open()
    engine = talk.conversation._engine
    text = " ".join(talk.stage.world.pickup.draw("en", lambda size: bytes(range(size))))
    phrase = engine.phrases(text)
    await write(talk.store, Batch(left={phrase: Session("hub", "en", country="kz", told=True)}))
    await talk.conversation.take([talk.doing(who, Wrote(text.upper())) for who in (ANNA, BOTA)])
    await talk.conversation.settled()
    await talk.say(103, text)
    assert (await session(talk, ANNA)).country == "kz"
    assert [(await session(talk, who)).country for who in (BOTA, 103)] == ["", ""]
