"""Town, answers, points and gaps on their way through a whole turn: commits, crashes, answers."""

from datetime import UTC, date, datetime

import pytest

from bot.content.model import Sector
from bot.counting.tally import Kind, Tally
from bot.directory.nearest import Atlas
from bot.engine.events import Chosen, Located, Wrote
from bot.engine.phrases import INTERRUPTED
from bot.engine.replies import Venue
from bot.engine.screen import Label, VenuePage
from tests.talking import Talk, clock, session
from tests.virtual_time import in_virtual_time

ANNA = 101
NOTE = INTERRUPTED.text
OSH = Located(40.51401, 72.80302)


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


@in_virtual_time
async def test_a_shared_point_disappears_before_the_answer_comes(talk):
    """The message with her point is removed first, then the place it became is answered."""
    await talk.open()
    await talk.do(ANNA, Chosen("country", "kg"), over=1)
    await talk.do(ANNA, Chosen("place", "talk"), over=1)
    before = len(talk.channel.sent)
    await talk.do(ANNA, OSH, written=55)
    removal, answer = talk.channel.sent[before:]
    assert (removal.place, removal.message_id) == ("removed", 55)
    assert (answer.place, answer.message_id) == ("near-talk", None)
    kept = await session(talk, ANNA)
    assert (kept.place, kept.town, kept.item) == ("near-talk", "kg-osh", "")


@pytest.mark.parametrize("known", [True, False])
@in_virtual_time
async def test_a_point_that_is_not_used_disappears_as_well(talk, known):
    """Far away, or before the country is known, her point is removed and nothing is kept of it."""
    await talk.open()
    if known:
        await talk.in_kazakhstan(ANNA)
    await talk.do(ANNA, OSH if not known else Located(0.0, 0.0), written=55)
    assert [one.message_id for one in talk.channel.sent if one.place == "removed"] == [55]
    kept = await session(talk, ANNA)
    assert (kept.town, kept.country) == ("", "kz" if known else "")


@in_virtual_time
async def test_a_point_disappears_even_when_the_turn_breaks(talk, monkeypatch):
    """When the engine breaks on a point, the message with it is removed all the same."""
    await talk.open()

    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(talk.conversation._engine, "step", broken)
    await talk.do(ANNA, OSH, written=55)
    assert [one.place for one in talk.channel.sent] == ["removed", "start"]
    assert talk.channel.sent[1].text == NOTE


@in_virtual_time
async def test_a_point_is_removed_after_a_crash_too(talk):
    """A bot that dies before it removed her point removes it when it comes back."""
    await talk.open()
    talk.channel.scripts[ANNA].append(30)
    taking = talk.conversation.take([talk.doing(ANNA, OSH, written=55)])
    await taking
    await talk.again()
    await talk.conversation.settled()
    assert [one.message_id for one in talk.channel.sent if one.place == "removed"] == [55]


@in_virtual_time
async def test_town_and_answers_survive_a_crash_with_their_reply(talk):
    """A list that waited for a restart is the list of the town and the answers it was made for."""
    await talk.open()
    await talk.say(ANNA, "/about")
    await talk.do(ANNA, Chosen("country", "kg"), over=1)
    await talk.do(ANNA, Chosen("ask-hurt", "yes"), over=1)
    talk.channel.scripts[ANNA].append(30)
    doings = [Chosen("ask-recent", "now"), Wrote("Ош")]
    await talk.conversation.take([talk.doing(ANNA, one) for one in doings])
    kept = await session(talk, ANNA)
    await talk.again()
    await talk.conversation.settled()
    assert (kept.place, kept.town, kept.said) == ("referral", "kg-osh", ("hurt",))
    shown = talk.channel.sent[-1].shown
    assert shown.text == talk.stage.page(kept, datetime.fromtimestamp(clock(), UTC)).text
    assert shown.text.startswith("Osh: help near you")


@in_virtual_time
async def test_a_gap_is_counted_in_the_same_commit_and_only_once(talk, monkeypatch):
    """A search in vain reaches the store once, with its turn, however often its update comes."""
    await talk.open()
    gaps = []
    genuine = talk.store.transact

    async def transact(user_ids, update_ids, now, decide, phrases):
        def seen(loaded):
            batch = decide(loaded)
            gaps.extend(batch.tallies)
            return batch

        return await genuine(user_ids, update_ids, now, seen, phrases)

    monkeypatch.setattr(talk.store, "transact", transact)
    world = talk.stage.world
    village = next(
        town
        for town in world.content.places.settlements["kz"]
        if not Atlas.lies_near(world.atlas.nearest(Sector.POLICE, town, date(2026, 11, 20)))
    )
    await talk.in_kazakhstan(ANNA)
    await talk.do(ANNA, Chosen("place", "police"), over=1)
    assert gaps == []
    tap = talk.doing(ANNA, Chosen("town", village.id), over=1)
    for _ in range(3):
        await talk.conversation.take([tap])
    await talk.conversation.settled()
    await talk.do(ANNA, Chosen("near-police", "more"), over=1)
    assert gaps == [Tally(Kind.GAP, village.region, Sector.POLICE)]


@in_virtual_time
async def test_a_pin_is_a_message_of_its_own(talk, monkeypatch):
    """A card and a pin never take the place of the screen they were asked from."""
    await talk.open()
    await talk.in_kazakhstan(ANNA)
    engine = talk.conversation._engine
    step = engine.step

    def pinned(*args):
        turn = step(*args)
        return type(turn)(turn.session, (Venue("service", "near-talk+kz-one"),), turn.reader)

    pin = VenuePage("service", "", "Legal aid", "Abay 5", 43.2, 76.9, Label("remove", "Remove"))
    monkeypatch.setattr(engine, "step", pinned)
    monkeypatch.setattr(talk.stage, "venue", lambda *_: pin)
    await talk.do(ANNA, Chosen("hub", "talk"), over=9)
    assert (talk.channel.sent[-1].shown, talk.channel.sent[-1].message_id) == (pin, None)
