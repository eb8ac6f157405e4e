"""Killed without warning in the middle of a campaign, the bot loses nobody and doubles few."""

from dataclasses import replace

import pytest

from tests.crash.campaign import Plan, campaign
from tests.mailing.running import opened, prepared, settings
from tests.process import BotProcess
from tests.standin.server import StandIn
from tests.store.embedded import postgres

KILLED = Plan("killed", 3, 300)


async def test_three_kills(tmp_path):
    """Killed three times while people leave: nobody is left out, eight doubled each time at most."""
    outcome = await campaign(tmp_path, KILLED)
    assert outcome.broken(KILLED) == [], outcome


async def test_three_orderly_ends(tmp_path):
    """Told to stop three times: nobody is left out, nobody gets two (R36)."""
    plan = replace(KILLED, way="ended", seed=2)
    outcome = await campaign(tmp_path, plan)
    assert outcome.broken(plan) == [], outcome


async def test_of_two_processes_one_is_killed(tmp_path):
    """On PostgreSQL another process goes on within 15 s (R37)."""
    plan = replace(KILLED, blows=1, processes=2)
    with postgres() as server:
        outcome = await campaign(tmp_path, plan, server)
    assert outcome.broken(plan) == [], outcome


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
async def test_three_kills_again_and_again(tmp_path, seed):
    """Killed three times, with points of its own each time: nobody is ever left out."""
    plan = replace(KILLED, seed=seed)
    outcome = await campaign(tmp_path, plan)
    assert outcome.broken(plan) == [], outcome


async def test_leaving_is_one_tap(tmp_path):
    """The button below the message ends the news: the row is gone, and she reads that."""
    async with StandIn() as tg:
        people = await prepared(tmp_path, tg, 30)
        async with BotProcess(tmp_path, tg, extra=settings(per_second=25)):
            who = people[3]
            await tg.wait_shown(who, "Good news", timeout=30)
            await tg.tap(who, "No more news")
            await tg.wait_shown(who, "You get no more news")
        store = await opened(tmp_path)
        known = await store._database.run(lambda at: store._subscribers.known(at, people))
        await store.close()
        assert store._subscribers.name(who) not in known
        assert len(known) == 29
