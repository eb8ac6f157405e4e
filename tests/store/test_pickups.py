"""A conversation is taken up from another phone once, in time, and leads nobody to anybody."""

from dataclasses import replace

import pytest

from bot.store.batch import HOUR, MINUTE, PICKUP_LIFE, Batch, Kept, Loaded
from bot.store.tables import pickup
from tests.store.examining import found, rows, stolen
from tests.store.looking import look, swap, write
from tests.store.people import COVERED, FLAGS, TOLD, TOWN

PHRASE = "apple river window horse"
OTHER = "bread lamp cloud spoon"


async def left(store, now, *phrases):
    """What is found under these phrases; nothing is changed."""
    loaded: list[Loaded] = []

    def decide(one):
        loaded.append(one)
        return Batch()

    await store.transact([], [], now, decide, phrases)
    return loaded[0].left


async def test_a_session_is_found_under_its_phrase(store, clock):
    """What she left is there for whoever types the phrase: her answers, not her phone's cover."""
    both = {PHRASE: TOLD, OTHER: replace(COVERED, idle=5, heard=("violence_now",))}
    await write(store, Batch(left=both))
    bare = replace(COVERED, cover=None)
    assert await left(store, clock(), PHRASE, OTHER, "none") == {PHRASE: TOLD, OTHER: bare}
    assert await left(store, clock(), "none") == {}
    assert await left(store, clock()) == {}


async def test_a_phrase_works_once(store, clock):
    """Taken up, it is gone for everybody; another one is not."""
    await write(store, Batch(left={PHRASE: TOLD, OTHER: TOLD}))
    await write(store, Batch(taken=[PHRASE]))
    assert await left(store, clock(), PHRASE, OTHER) == {OTHER: TOLD}
    assert len(await rows(store, "pickup")) == 1


async def test_a_phrase_taken_up_in_a_batch_that_fails_works_again(store, clock):
    """What could not be committed has used nothing up."""
    await write(store, Batch(left={PHRASE: TOLD}))

    def decide(loaded):
        assert loaded.left
        raise LookupError

    with pytest.raises(LookupError):
        await store.transact([], [], clock(), decide, [PHRASE])
    assert await left(store, clock(), PHRASE) == {PHRASE: TOLD}


async def test_a_phrase_lives_half_an_hour(store, clock):
    """It is good for 29 minutes at least and 30 at most, and swept away then."""
    clock.now += 17
    await write(store, Batch(left={PHRASE: TOLD}))
    assert await left(store, clock() + 29 * MINUTE - 1, PHRASE)
    assert not await left(store, clock() + PICKUP_LIFE, PHRASE)
    clock.now += PICKUP_LIFE
    await store.sweep(clock())
    assert await rows(store, "pickup") == []


async def test_a_phrase_works_across_the_change_of_keys(store, keys, clock):
    """Left under one key, it is found and used up under the next."""
    clock.now += 24 * HOUR - 60
    await write(store, Batch(left={PHRASE: TOLD, OTHER: TOLD}))
    clock.now += 120
    assert keys.rotate()
    assert await left(store, clock(), PHRASE) == {PHRASE: TOLD}
    await write(store, Batch(taken=[PHRASE]))
    assert await left(store, clock(), PHRASE, OTHER) == {OTHER: TOLD}


async def test_nothing_links_a_phrase_to_a_person(store, url, keys, clock):
    """No pseudonym, id, word or time of a person stands in what she left, open or sealed."""
    people = range(6_000_000_000, 6_000_000_040)
    for person in people:
        kept = {person: Kept(TOLD, int(clock()) + HOUR)}
        await write(store, Batch(sessions=kept, left={f"{PHRASE} {person}": TOLD}))
        clock.now += 1
    pickups = await rows(store, "pickup")
    assert len(pickups) == len(people)
    for row in pickups:
        words = store._cipher.open_words("pickup", "about", bytes(row.phrase), row.about)
        assert words == ["kk", "kz", "told", "help.places", "", "0", "line", TOWN, *FLAGS]
    names = {keys.pseudonym(person) for person in people}
    assert names.isdisjoint(row.phrase for row in pickups)
    assert len({row.expires for row in pickups}) <= 2
    assert len({len(row.about) for row in pickups}) == 1
    raw = await stolen(store, url)
    assert not [word for word in (*PHRASE.split(), TOWN, *FLAGS) if word.encode() in raw]
    assert found(people, raw) == []


async def test_what_was_left_and_cannot_be_read_is_absent(store, clock):
    """Rows that were swapped show nobody the place of somebody else."""
    await write(store, Batch(left={PHRASE: TOLD, OTHER: COVERED}))
    await swap(store, pickup, "about")
    assert await left(store, clock(), PHRASE, OTHER) == {}
    assert (await look(store, [1], [], clock())).left == {}
