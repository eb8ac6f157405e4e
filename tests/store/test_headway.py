"""How a campaign went out is kept as sums by the quarter of an hour, as long as the campaign."""

import pytest

from bot.campaigns.commands import Doubt, Pause, Resume, Stop
from bot.campaigns.headway import QUARTER, Stretch, quarter
from bot.store.batch import CAMPAIGN_LIFE, HOUR, MAILING_LIFE
from bot.store.letters import Exchange, Fate
from tests.mailing.approved import FIRST, appoint, approve, subscribe
from tests.store.examining import rows
from tests.store.test_mailings import Sending

CROWD = range(FIRST, FIRST + 60)


@pytest.fixture
async def ready(store, clock):
    """A store with sixty readers and a campaign that begins with a quarter of an hour."""
    await appoint(store)
    await subscribe(store, CROWD)
    clock.now = clock() // QUARTER * QUARTER + QUARTER - 601
    clock.now = await approve(store, clock)
    await Sending(store).turn(0)
    return store


async def send(store, most, fate=Fate.SENT):
    """Send to so many, all of them in this moment."""
    mailer = Sending(store)
    while most:
        letters = await mailer.turn(min(most, 8))
        mailer.settle(fate)
        most -= len(letters)
    await mailer.turn(0)
    await store.mailroom.release(Exchange(mailer.holder))


async def kept(store):
    """Every row: the first and last quarter, how many, and whether it is a pause."""
    return sorted(Stretch(row[1], row[3], row[4], row[2]) for row in await rows(store, "headway"))


async def test_what_arrived_is_counted_by_the_quarter(ready, clock):
    """Messages of one quarter are one sum; those of the next stand for themselves."""
    first = quarter(clock())
    await send(ready, 16)
    clock.now += QUARTER - 1
    await send(ready, 8)
    clock.now += 1
    await send(ready, 24)
    assert await kept(ready) == [Stretch(first, first, 24), Stretch(first + 1, first + 1, 24)]
    assert await ready.mailroom.headway("spring") == (
        Stretch(first, first, 20),
        Stretch(first + 1, first + 1, 20),
    )


@pytest.mark.parametrize("fate", [Fate.BLOCKED, Fate.FAILED])
async def test_only_what_arrived_is_counted(ready, fate):
    """What reached nobody is in no quarter."""
    await send(ready, 16, fate)
    assert await kept(ready) == []


async def test_a_few_are_shown_in_no_quarter_of_their_own(ready, clock):
    """Eight who got it an hour later are shown with the others, and alone not at all."""
    assert await ready.mailroom.headway("spring") == ()
    first = quarter(clock())
    await send(ready, 8)
    assert await ready.mailroom.headway("spring") == ()
    await send(ready, 40)
    clock.now += HOUR
    await send(ready, 8)
    assert await ready.mailroom.headway("spring") == (Stretch(first, first + 4, 50),)


@pytest.mark.parametrize("command", [Pause(), Doubt()])
@pytest.mark.parametrize("then", [Resume(), Stop()])
async def test_a_pause_is_kept_with_its_end(ready, clock, command, then):
    """Whoever paused it and whatever ended that: from when to when nothing went out."""
    first, act = quarter(clock()), ready.mailroom.act
    await act("spring", command)
    clock.now += 2 * HOUR
    await act("spring", then)
    assert await kept(ready) == [Stretch(first, first + 8, paused=True)]


async def test_a_pause_that_goes_on_is_shown_until_now(ready, clock):
    """Nobody has to resume it for its length to be seen."""
    first = quarter(clock())
    await ready.mailroom.act("spring", Pause())
    clock.now += HOUR
    assert await ready.mailroom.headway("spring") == (Stretch(first, first + 4, paused=True),)
    await ready.mailroom.act("spring", Resume())
    clock.now += HOUR
    assert await ready.mailroom.headway("spring") == (Stretch(first, first + 4, paused=True),)
    assert await ready.mailroom.headway("autumn") == ()


async def test_pauses_of_one_quarter_are_one(ready, clock):
    """Paused twice within minutes, it has one pause; with the clock set back none is turned round."""
    first, act = quarter(clock()), ready.mailroom.act
    for command in (Pause(), Resume(), Pause()):
        await act("spring", command)
    clock.now -= HOUR
    await act("spring", Resume())
    assert await kept(ready) == [Stretch(first, first, paused=True)]


async def test_after_47_hours_nothing_is_kept_of_a_few(ready, clock):
    """With the last row of who got what the small sums go as well, joined to their neighbours."""
    first = quarter(clock())
    await send(ready, 24)
    await ready.mailroom.act("spring", Pause())
    await ready.mailroom.act("spring", Resume())
    clock.now += HOUR
    await send(ready, 8)
    clock.now += MAILING_LIFE
    for _ in range(3):
        clock.now += 1
        await Sending(ready).turn(0)
    pause = Stretch(first, first, paused=True)
    assert await kept(ready) == sorted([pause, Stretch(first, first + 4, 32)])


async def test_it_ends_with_its_campaign(ready, clock):
    """A year after the draft, with the row of the campaign, its rows go (R5)."""
    await send(ready, 24)
    clock.now += CAMPAIGN_LIFE
    await ready.sweep(clock())
    assert await rows(ready, "campaign") == await rows(ready, "headway") == []


async def test_a_lockdown_takes_it(ready):
    """Nothing is left of when a campaign went out that nobody can read any more."""
    await send(ready, 24)
    await ready.lockdown()
    assert await rows(ready, "headway") == []
