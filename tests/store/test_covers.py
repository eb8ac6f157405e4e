"""A cover stays up when all else about a person has ended, and comes down when she says so."""

from dataclasses import replace

from bot.engine.session import Cover, Session
from bot.store.batch import COVER_LIFE, HOUR, Batch, Kept
from bot.store.store import Store
from bot.store.tables import cover
from tests.store.examining import rows, stolen
from tests.store.looking import look, swap, write
from tests.store.people import COVERED, SESSION, traced

COVER = Cover(b"salt" * 4, b"digest" * 4, confirmed=True)


async def keep(store, session, clock, person=1):
    """A turn that ends in `session`."""
    kept = Batch(sessions={person: Kept(session, int(clock()) + HOUR)})
    await store.transact([person], [], clock(), lambda _: kept)


async def known(store, clock, person=1):
    return (await look(store, [person], [], clock())).sessions.get(person)


async def test_a_cover_is_found_with_its_session_and_without(store, clock):
    """After the session has ended the person is known by her cover and her language alone."""
    await keep(store, COVERED, clock)
    assert await known(store, clock) == COVERED
    clock.now += HOUR
    left = Session("", SESSION.language, cover=COVER)
    assert await known(store, clock) == left
    await store.sweep(clock())
    assert await known(store, clock) == left
    assert await known(store, clock, person=2) is None


async def test_a_cover_lives_a_day_after_her_last_doing(url, keys, clock):
    """Each turn lets it stay for 24 hours, over restarts and the next key; then it is gone."""
    store = await Store.open(url, keys, clock=clock)
    for _ in range(3):
        await keep(store, COVERED, clock)
        await store.close()
        clock.now += COVER_LIFE - 1
        store = await Store.open(url, keys, clock=clock)
        await store.sweep(clock())
        assert (await known(store, clock)).cover == COVER
        assert len(await rows(store, "cover")) == 1
    await keep(store, COVERED, clock)
    clock.now += COVER_LIFE
    assert await known(store, clock) is None
    await store.sweep(clock())
    assert await rows(store, "cover") == []
    await store.close()


async def test_a_turn_moves_the_cover_to_the_new_key(store, keys, clock):
    """A cover of the last epoch leaves no twin, and what she changed is what counts."""
    clock.now += 23 * HOUR
    await keep(store, COVERED, clock)
    clock.now += HOUR
    keys.rotate()
    changed = replace(COVERED, cover=Cover(b"other", b"phrase"))
    assert (await known(store, clock)).cover == COVER
    await keep(store, changed, clock)
    assert await known(store, clock) == changed
    assert [row.person for row in await rows(store, "cover")] == [keys.pseudonym(1)]


async def test_taken_down_it_is_gone(store, keys, clock):
    """A turn that found a cover and keeps none takes it down, under either key."""
    clock.now += 23 * HOUR
    for person in (1, 2):
        await keep(store, COVERED, clock, person)
    clock.now += HOUR
    keys.rotate()
    await keep(store, COVERED, clock, 3)
    for person in (1, 3):
        await keep(store, SESSION, clock, person)
        assert await known(store, clock, person) == SESSION
    assert (await known(store, clock, 2)).cover == COVER
    assert len(await rows(store, "cover")) == 1


async def test_a_cover_survives_leaving_but_not_forgetting(store, clock):
    """Leaving ends the session alone; forgetting, in a batch or at once, takes the cover along."""
    for person in (1, 2, 3):
        await keep(store, COVERED, clock, person)
    leave = traced(1, 5, at=clock(), active=False, leave=True)
    await write(store, Batch(traced={1: leave}, forgotten=[2]))
    await store.forget(3)
    assert await known(store, clock) == Session("", SESSION.language, cover=COVER)
    assert await known(store, clock, 2) is None
    assert await known(store, clock, 3) is None


async def test_a_turn_without_a_cover_costs_nothing(store, clock):
    """Who has no cover has no row, and who has one is told from nobody by its length."""
    await keep(store, SESSION, clock)
    assert await rows(store, "cover") == []
    await keep(store, COVERED, clock, 2)
    await keep(store, replace(COVERED, cover=Cover(b"", b"")), clock, 3)
    assert len({len(row.about) for row in await rows(store, "cover")}) == 1


async def test_a_stolen_copy_tells_no_phrase(store, url, clock):
    """Neither the salt nor the hash, without which no phrase can be tried, lies open."""
    await keep(store, COVERED, clock)
    raw = await stolen(store, url)
    for secret in (COVER.salt, COVER.digest):
        for form in (secret, secret.hex().encode(), secret.hex()[:12].encode()):
            assert form not in raw


async def test_a_cover_that_cannot_be_read_is_none(store, clock):
    """A cover that was moved to another person hides nothing from her, and stops no turn."""
    for person in (1, 2):
        await keep(store, COVERED, clock, person)
    await swap(store, cover, "about")
    assert await known(store, clock) == SESSION
