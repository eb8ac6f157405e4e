"""Letters of campaigns: claimed once, settled once, and never again for who left."""

import asyncio
import random
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.campaigns.audience import LEAST, Audience, Reader
from bot.campaigns.campaign import Message
from bot.campaigns.commands import Approve, Pause, Recall, Resume, Stop
from bot.campaigns.events import Allowed, Corrected, Paused, Recalled, Resumed, Stopped
from bot.campaigns.proposal import DELAY, LASTS, Phase
from bot.counting.weeks import DAY
from bot.staff.roles import Role
from bot.store.audiences import _meant
from bot.store.batch import HOUR, MAILING_LIFE
from bot.store.letters import LEASE, Caps, Exchange, Fate, Settled, Totals
from bot.store.tables import subscriber as subscriber_table
from tests.mailing.approved import (
    APPROVER,
    AUTHOR,
    EVERYBODY,
    FIRST,
    appoint,
    approve,
    by,
    campaign,
    leave,
    subscribe,
)
from tests.store.examining import found, rows, stolen

CROWD = range(FIRST, FIRST + 60)
CAPS = Caps(each=1, overall=1_000_000)
ME, YOU = b"me", b"you"


def awake(_country, _quiet, at):
    return at


class Sending:
    """A mailer without a channel: claims, and settles as it is told."""

    def __init__(self, store, holder=ME, awake=awake, caps=CAPS):
        self.store, self.holder, self.awake, self.caps = store, holder, awake, caps
        self.settled, self.held = [], []

    async def turn(self, places=8, *, doubts=True):
        brought = Exchange(self.holder, self.settled, self.held, places, doubts)
        handed = await self.store.mailroom.exchange(brought, self.awake, self.caps)
        self.settled = []
        self.held += handed.letters
        return handed.letters

    def settle(self, fate=Fate.SENT, due=0):
        self.settled += [Settled(one, fate, 77, due) for one in self.held]
        self.held = []

    async def all(self, fate=Fate.SENT):
        """Send until nothing more is handed out; who got how many."""
        got = []
        while letters := await self.turn():
            got += [one.chat_id for one in letters]
            self.settle(fate)
        await self.turn(places=0)
        await self.turn()
        return got


@pytest.fixture
async def ready(store, clock):
    """A store with sixty readers and a campaign that has just begun."""
    await appoint(store)
    await subscribe(store, CROWD)
    clock.now = await approve(store, clock)
    await Sending(store).turn(0)
    return store


async def totals(store, id_="spring"):
    progress = await store.mailroom.one(id_)
    return progress.phase, progress.totals


async def test_everybody_gets_it_once(ready):
    """Each reader is written to once, and then it is done."""
    got = await Sending(ready).all()
    assert sorted(got) == [*CROWD]
    assert await totals(ready) == (Phase.DONE, Totals(sent=60))


async def test_nothing_goes_before_its_time(store, clock):
    """Until the moment it starts nothing is handed out."""
    await appoint(store)
    await subscribe(store, CROWD)
    clock.now = await approve(store, clock) - 1
    mailer = Sending(store)
    assert await mailer.turn() == await mailer.turn() == []
    clock.now += 1
    await mailer.turn()
    assert len(await mailer.turn()) == 8


async def test_nothing_goes_after_its_time(ready, clock):
    """A day after its start it is over, and whoever waited is counted as missed."""
    mailer = Sending(ready)
    await mailer.turn()
    mailer.settle(Fate.UNSENT, due=int(clock()) + 5)
    await mailer.turn(0)
    clock.now += LASTS
    assert await mailer.turn() == []
    assert await totals(ready) == (Phase.DONE, Totals(missed=8))


async def test_a_small_audience_gets_nothing(store, clock):
    """With fewer than twenty readers the approval lapses (R19)."""
    await appoint(store)
    await subscribe(store, CROWD[: LEAST - 1])
    clock.now = await approve(store, clock)
    mailer = Sending(store)
    assert await mailer.turn() == await mailer.turn() == []
    assert await totals(store) == (Phase.DRAFT, Totals())


@pytest.mark.parametrize("who", [AUTHOR, APPROVER])
async def test_who_lost_her_role_allowed_nothing(store, clock, who):
    """A role that ended between approval and start voids the approval (R17, R24)."""
    await appoint(store)
    await subscribe(store, CROWD)
    clock.now = await approve(store, clock)
    await store.forget(who)
    mailer = Sending(store)
    assert await mailer.turn() == await mailer.turn() == []
    assert await totals(store) == (Phase.DRAFT, Totals())


async def test_who_left_gets_nothing(ready):
    """Who left before her turn has none; of who left after it the row is gone."""
    mailer = Sending(ready)
    first = (await mailer.turn())[0].chat_id
    mailer.settle()
    await mailer.turn(0)
    left = [one for one in CROWD if one != first][:30]
    await leave(ready, first, *left)
    got = await mailer.all()
    assert set(got).isdisjoint(left)
    names = {row.person for row in await rows(ready, "mailing")}
    assert ready._subscribers.name(first) not in names
    assert names.isdisjoint(ready._subscribers.name(one) for one in left)


async def test_who_left_while_it_waited_is_counted(ready, clock):
    """A letter that was put off goes nowhere once she has left."""
    mailer = Sending(ready)
    letters = await mailer.turn()
    mailer.settle(Fate.UNSENT, due=int(clock()))
    await mailer.turn(0)
    await leave(ready, letters[0].chat_id)
    got = await mailer.all()
    assert letters[0].chat_id not in got
    assert len(got) == 59
    assert len(set(got)) == 59


async def test_of_two_processes_none_claims_what_the_other_has(ready, clock):
    """Both send beside each other; when one is silent the other takes up what it had, one by one."""
    one, two = Sending(ready, ME), Sending(ready, YOU)
    mine, yours = await one.turn(), await two.turn()
    assert len(mine) == len(yours) == 8
    assert {letter.person for letter in mine}.isdisjoint(letter.person for letter in yours)
    two.settle()
    clock.now += LEASE
    more = await two.turn()
    doubtful = [letter for letter in more if letter.attempts == 2]
    assert len(doubtful) == 1
    assert doubtful[0].person in {letter.person for letter in mine}
    fresh = {letter.person for letter in more if letter.attempts == 1}
    assert fresh.isdisjoint(letter.person for letter in (*mine, *yours))


async def test_all_of_them_together_reach_everybody_once(ready):
    """Five processes at once, one of them slow: each reader is handed out once."""
    processes = [Sending(ready, bytes([number])) for number in range(5)]
    got = [one.chat_id for one in await processes[0].turn()]
    while letters := [
        one
        for taken in await asyncio.gather(*(one.turn(3) for one in processes[1:]))
        for one in taken
    ]:
        got += [one.chat_id for one in letters]
        for one in processes[1:]:
            one.settle()
    assert sorted(got) == [*CROWD]
    for one in processes:
        one.settle()
        await one.turn(0)
    await processes[0].turn()
    assert await totals(ready) == (Phase.DONE, Totals(sent=60))


async def test_a_late_word_takes_no_copy_back(ready, clock):
    """What a process gives back after its lease ran out is not as if the other's copy had never gone."""
    one, two = Sending(ready, ME), Sending(ready, YOU)
    (mine,) = await one.turn(1)
    clock.now += LEASE
    (yours,) = await two.turn(1)
    assert (yours.person, yours.attempts) == (mine.person, 2)
    assert await ready.mailroom.once_more(yours)
    one.settle(Fate.UNSENT, due=int(clock()))
    await one.turn(0)
    clock.now += LEASE
    assert mine.person not in {letter.person for letter in await one.turn()}


async def test_a_recall_is_shared(ready, clock):
    """Two processes take back different messages; what one leaves undone the other does."""
    one, two = Sending(ready, ME), Sending(ready, YOU)
    got = [letter.person for letter in await one.turn()]
    one.settle()
    await one.turn(0)
    assert await ready.mailroom.act("spring", Recall()) == Recalled()
    mine, yours = await one.turn(4), await two.turn()
    assert sorted(letter.person for letter in (*mine, *yours)) == sorted(got)
    two.settle(Fate.RECALLED)
    assert await two.turn() == []
    assert (await ready.mailroom.one("spring")).busy
    clock.now += LEASE
    assert {letter.person for letter in await two.turn()} == {letter.person for letter in mine}
    two.settle(Fate.RECALLED)
    await two.turn()
    assert await totals(ready) == (Phase.RECALLED, Totals(sent=8, recalled=8))
    assert not (await ready.mailroom.one("spring")).busy


async def test_near_the_end_of_a_day_each_leaves_room_for_the_others(ready):
    """However many processes send, no more go on a day than may."""
    processes = [Sending(ready, bytes([number]), caps=Caps(1, 30)) for number in range(3)]
    claimed = 0
    for _ in range(20):
        for one in processes:
            claimed += len(await one.turn())
        assert claimed <= 30
        processes[claimed % 3].settle()
    assert claimed >= 30 - 2 * 8


async def test_what_a_crash_leaves_is_sent_one_by_one_and_twice_at_most(ready, clock):
    """Eight letters in doubt come again one at a time, and never a third time."""
    await Sending(ready).turn()
    copies = dict.fromkeys(CROWD, 0)
    for crash in range(12):
        clock.now += LEASE
        two = Sending(ready, bytes([crash]))
        letters = await two.turn()
        assert sum(letter.attempts == 2 for letter in letters) <= 1
        assert all(letter.attempts <= 2 for letter in letters)
        for letter in letters:
            goes = letter.attempts == 1 or await ready.mailroom.once_more(letter)
            copies[letter.chat_id] += goes
    assert max(copies.values()) <= 2


async def test_what_never_went_a_second_time_comes_again(ready, clock):
    """Killed again and again with a letter in doubt in its hands, before it went: it is not lost."""
    (first,) = await Sending(ready).turn(1)
    for crash in range(5):
        clock.now += LEASE
        (again, *_) = await Sending(ready, bytes([crash])).turn(1)
        assert (again.person, again.attempts) == (first.person, 2)
    assert await ready.mailroom.once_more(again)
    clock.now += LEASE
    await Sending(ready).turn(1)
    assert (await totals(ready))[1].unsure == 1


async def test_of_two_who_hold_a_letter_in_doubt_one_sends_it(ready, clock):
    """Whose lease ran out meanwhile is told so before it sends a second copy: there is no third."""
    await Sending(ready).turn(1)
    clock.now += LEASE
    (late,) = await Sending(ready, ME).turn(1)
    clock.now += LEASE
    (now,) = await Sending(ready, YOU).turn(1)
    assert late.person == now.person
    assert await ready.mailroom.once_more(now)
    assert not await ready.mailroom.once_more(late)


async def test_who_left_gets_no_second_copy(ready, clock):
    """Between the claim of a letter in doubt and its going she leaves: it does not go."""
    await Sending(ready).turn(1)
    clock.now += LEASE
    (again,) = await Sending(ready).turn(1)
    await leave(ready, again.chat_id)
    assert not await ready.mailroom.once_more(again)


async def test_who_slept_too_long_gives_back_nothing_of_others(ready, clock):
    """A process that stood still gives its letters back: what another one sent since stays sent."""
    slept, other = Sending(ready, ME), Sending(ready, YOU)
    (mine,) = await slept.turn(1)
    clock.now += LEASE
    (again,) = await other.turn(1)
    assert await ready.mailroom.once_more(again)
    other.settle()
    await other.turn(0)
    slept.settle(Fate.UNSENT)
    await slept.turn(0)
    assert mine.chat_id == again.chat_id
    assert mine.chat_id not in await other.all()


async def test_a_lease_is_renewed(ready, clock):
    """A letter that is under way for long is nobody else's, as long as its process lives."""
    mailer = Sending(ready)
    mine = {letter.person for letter in await mailer.turn()}
    for _ in range(5):
        clock.now += LEASE - 1
        more = await mailer.turn(4)
        assert mine.isdisjoint(letter.person for letter in more)
        mailer.held = mailer.held[:8]


async def test_what_did_not_arrive_is_as_if_never_claimed(ready, clock):
    """A letter given back comes again when it is due, as a first copy."""
    mailer = Sending(ready)
    first = await mailer.turn()
    mailer.settle(Fate.UNSENT, due=int(clock()) + 5)
    again = await mailer.turn()
    assert {one.person for one in again}.isdisjoint(one.person for one in first)
    mailer.settle()
    clock.now += 5
    back = await mailer.turn()
    assert {one.person for one in back} == {one.person for one in first}
    assert {one.attempts for one in back} == {1}


async def test_doubt_ends_after_two_copies(ready, clock):
    """What may have arrived twice is sent no more, and counted as such."""
    mailer = Sending(ready)
    for _ in range(20):
        await mailer.turn(1)
        mailer.settle(Fate.DOUBTFUL, due=int(clock()))
        clock.now += 1
    await mailer.turn(0)
    phase, told = await totals(ready)
    assert phase is Phase.SENDING
    assert told.unsure == 10


@pytest.mark.parametrize(("fate", "name"), [(Fate.BLOCKED, "blocked"), (Fate.FAILED, "failed")])
async def test_what_cannot_be_sent_is_counted_and_forgotten(ready, fate, name):
    """Nothing is kept of whom nothing could be sent to, but the count."""
    assert len(await Sending(ready).all(fate)) == 60
    assert await totals(ready) == (Phase.DONE, Totals(**{name: 60}))
    assert await rows(ready, "mailing") == []


async def test_quiet_hours_put_off(ready, clock):
    """Who sleeps is written to when she is awake again; who is asleep to the end misses it."""
    start = clock()
    sleepers = {ready._subscribers.name(one): one for one in CROWD[:20]}

    def sleeping(country, _quiet, at):
        return max(at, start + HOUR) if country == "kz" else at

    await subscribe(ready, sleepers.values(), country="kz")
    mailer = Sending(ready, awake=sleeping)
    got = await mailer.all()
    assert sorted(got) == [*CROWD[20:]]
    assert (await totals(ready))[0] is Phase.SENDING
    clock.now = start + HOUR + 2
    assert sorted(await mailer.all()) == [*CROWD[:20]]
    assert await totals(ready) == (Phase.DONE, Totals(sent=60))


async def test_one_a_day_for_each(ready, clock):
    """A second campaign reaches nobody within a day after the first; then it does."""
    assert len(await Sending(ready).all()) == 60
    at = clock()
    clock.now = await approve(ready, clock, campaign("second"))
    mailer = Sending(ready)
    assert await mailer.all() == []
    clock.now = at + DAY + 1
    assert len(await mailer.all()) == 60


async def test_so_many_a_day_in_all(ready, clock):
    """Where a day's messages are used up nothing more goes until the next day."""
    mailer = Sending(ready, caps=Caps(each=1, overall=20))
    clock.now = (clock() // DAY + 1) * DAY - 60
    assert len(await mailer.all()) == 20
    clock.now += 61
    assert len(await mailer.all()) == 20


async def test_so_many_a_day_of_two_campaigns(ready, clock):
    """A day's messages are those of all campaigns together, also where two go out at once."""
    clock.now = await approve(ready, clock, campaign("second"))
    mailer = Sending(ready, caps=Caps(each=2, overall=20))
    clock.now = (clock() // DAY + 1) * DAY - 60
    assert len(await mailer.all()) == 20


async def test_a_recall_needs_none_of_the_days_messages(ready, clock):
    """Where a day's messages are used up, what was sent is taken back all the same."""
    mailer = Sending(ready, caps=Caps(each=1, overall=20))
    clock.now = (clock() // DAY + 1) * DAY - 600
    assert len(await mailer.all()) == 20
    await ready.mailroom.act("spring", Recall())
    assert len(await mailer.turn()) == 8


async def test_pause_resume_and_stop(ready):
    """A pause hands out nothing, a resume goes on where it was, a stop ends it."""
    mailer, act = Sending(ready), ready.mailroom.act
    first = await mailer.turn()
    mailer.settle()
    assert await act("spring", Pause()) == Paused()
    assert await mailer.turn() == []
    assert await act("spring", Resume()) == Resumed()
    second = await mailer.turn()
    assert {one.person for one in first}.isdisjoint(one.person for one in second)
    assert await act("spring", Stop()) == Stopped()
    mailer.settle()
    assert await mailer.turn() == []
    assert await totals(ready) == (Phase.STOPPED, Totals(sent=16))


async def test_a_recall_names_every_message_that_stands(ready):
    """After a recall each message that arrived is handed out with its number, and nothing is left."""
    mailer = Sending(ready)
    got = [letter.chat_id for letter in await mailer.turn()]
    mailer.settle()
    await mailer.turn(0)
    await leave(ready, got[0])
    assert await ready.mailroom.act("spring", Recall()) == Recalled()
    letters = await mailer.turn()
    assert sorted(one.chat_id for one in letters) == sorted(got[1:])
    assert {one.message_id for one in letters} == {77}
    assert await mailer.turn() == []
    mailer.settle(Fate.RECALLED)
    await mailer.turn()
    assert await totals(ready) == (Phase.RECALLED, Totals(sent=8, recalled=7))
    assert await rows(ready, "mailing") == []
    assert not (await ready.mailroom.one("spring")).busy


async def test_who_got_what_is_known_for_47_hours(ready, clock):
    """47 hours after the start no row is left, whatever became of it (R5)."""
    start = clock()
    await Sending(ready).all()
    clock.now = start + MAILING_LIFE - 2
    await Sending(ready).turn()
    assert len(await rows(ready, "mailing")) == 60
    clock.now += 2
    await Sending(ready).turn()
    assert await rows(ready, "mailing") == []


async def test_a_thief_finds_nobody(ready, url):
    """Neither ids nor chats nor the text lie open, also while it is sent."""
    await Sending(ready).turn()
    raw = await stolen(ready, url)
    assert found(CROWD, raw) == []
    assert b"Good news" not in raw


async def test_erasing_takes_the_letters_along(ready, url):
    """Who is forgotten while she has a letter has none any more, in no table (R6)."""
    mailer = Sending(ready)
    (who, *_) = (letter.chat_id for letter in await mailer.turn())
    name = ready._subscribers.name(who)
    await ready.forget(who)
    await ready.compact()
    assert name not in {row.person for row in await rows(ready, "mailing")}
    assert name not in await stolen(ready, url)


@pytest.mark.parametrize("who", [AUTHOR, APPROVER])
async def test_who_wrote_or_allowed_it_is_unnamed_when_she_is_forgotten(ready, url, who):
    """The campaign stays, and nothing in the raw files says any more whose it was (R6)."""
    name = ready._team.name(who)
    assert name in await stolen(ready, url)
    await ready.forget(who)
    await ready.compact()
    assert name not in await stolen(ready, url)
    assert len(await rows(ready, "campaign")) == 1


async def test_a_lockdown_takes_all(ready):
    """After a lockdown there is no campaign and no letter."""
    await Sending(ready).turn()
    await ready.lockdown()
    assert await rows(ready, "mailing") == await rows(ready, "campaign") == []


async def test_the_cursor_uses_the_key(ready):
    """The next readers are found by the key of the table, and late letters by an index of their own."""
    asked = {
        "SELECT person FROM subscriber WHERE person > x'00' ORDER BY person LIMIT 8": "PRIMARY KEY",
        "SELECT person FROM mailing WHERE campaign = 'a' AND due IS NOT NULL AND due <= 5": (
            "mailing_due"
        ),
        "DELETE FROM mailing WHERE campaign IN (SELECT id FROM campaign) AND person = x'00'": (
            "PRIMARY KEY (campaign=? AND person=?)"
        ),
    }
    if ready._database.__class__.__name__ == "PostgresDatabase":
        pytest.skip("EXPLAIN QUERY PLAN is SQLite's; PostgreSQL reads so small a table whole")
    for query, used in asked.items():

        def work(connection, query=query):
            return [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {query}"))]

        assert any(used in line for line in await ready._database.run(work)), query


async def test_the_database_means_whom_the_audience_holds(store):
    """For any audience the database finds the very readers whom `Audience.holds` takes in."""
    dice = random.Random(7)
    crowd = {}
    for who in CROWD:
        about: dict[str, Any] = {
            "language": dice.choice(["en", "ky"]),
            "country": dice.choice(["kg", "kz"]),
            "region": dice.choice(["", "kg-osh-region", "kz-almaty"]),
            "age": dice.choice(["", "14-17", "18-24"]),
            "topics": frozenset(
                dice.sample(["quizzes", "quizzes-2", "meetings"], dice.randrange(3))
            ),
        }
        crowd[store._subscribers.name(who)] = Reader(**about)
        await subscribe(store, [who], **about)
    for _ in range(60):
        audience = Audience(
            *(
                frozenset(dice.sample(words, dice.randrange(3)))
                for words in (
                    ["en", "ky"],
                    ["kg", "kz"],
                    ["kg-osh-region", "kz-almaty"],
                    ["14-17", "18-24"],
                    ["quizzes", "meetings"],
                )
            )
        )

        def work(connection, audience=audience):
            asked = select(subscriber_table.c.person).where(_meant(audience, subscriber_table.c))
            return {bytes(row.person) for row in connection.execute(asked)}

        held = {name for name, reader in crowd.items() if audience.holds(reader)}
        assert await store._database.run(work) == held


BETTER = campaign(messages={"en": Message("Better news", "Open"), "ky": Message("Жакшы", "Ачуу")})


async def corrected(store, clock):
    """Let it have gone to eight, and a correction of it wait for its ten minutes."""
    mailer = Sending(store)
    await mailer.turn()
    mailer.settle()
    await mailer.turn(0)
    room, starts = store.mailroom, (await store.mailroom.one("spring")).starts
    assert isinstance(await room.correct(BETTER, by(store, AUTHOR, Role.VOLUNTEER)), Corrected)
    allowed = Approve(BETTER.digest(EVERYBODY, starts))
    event = await room.act("spring", allowed, by(store, APPROVER, Role.APPROVER))
    assert isinstance(event, Allowed)
    clock.now += DELAY + 1
    return mailer


async def test_what_says_something_else_is_handed_out_first(ready, clock):
    """Those who have it are edited, each once; then the others get the new words."""
    mailer = await corrected(ready, clock)
    await mailer.turn()
    letters = await mailer.turn()
    assert {(one.edits, one.message_id, one.revision) for one in letters} == {(True, 77, 1)}
    assert len(letters) == 8
    mailer.settle(Fate.CORRECTED)
    letters = await mailer.turn()
    assert {(one.edits, one.message_id, one.revision) for one in letters} == {(False, None, 1)}
    assert (await totals(ready))[1] == Totals(sent=8, corrected=8)
    assert (await ready.mailroom.texts("spring"))[1] == BETTER


async def test_what_was_under_way_before_is_edited_when_it_is_settled(ready, clock):
    """A message sent with the words before, and known of only later, is not left with them."""
    late, mailer = Sending(ready), Sending(ready)
    await late.turn()
    under_way, late.held = late.held, late.held
    waits = await corrected(ready, clock)
    assert waits.held == []
    mailer.settled = [Settled(one, Fate.SENT, 78) for one in under_way]
    await mailer.turn()
    found = [one for _ in range(3) for one in await mailer.turn()]
    assert {one.person for one in under_way} <= {one.person for one in found if one.edits}


@pytest.mark.parametrize("who", [AUTHOR, APPROVER])
async def test_who_is_forgotten_takes_her_correction_along(ready, url, clock, who):
    """Written or approved by nobody it would be the operator's: what was approved first stays (R6)."""
    mailer = await corrected(ready, clock)
    name = ready._team.name(who)
    await ready.forget(who)
    await ready.compact()
    assert name not in await stolen(ready, url)
    for _ in range(3):
        assert not [one for one in await mailer.turn() if one.edits]
    assert (await ready.mailroom.texts("spring"))[0] == 0


async def test_who_lost_her_role_corrects_nothing(ready, clock):
    """Whoever approved it no longer serves when it would count: it is dropped (R24)."""
    mailer = await corrected(ready, clock)
    for member in await ready.office.members():
        await ready.office.end(member.code)
    for _ in range(3):
        assert not [one for one in await mailer.turn() if one.edits]
    assert (await ready.mailroom.texts("spring"))[0] == 0
    posted = await ready.mailroom.posted("spring")
    assert posted.proposal.correction is None
    assert posted.words is None


async def test_a_correction_is_sealed(ready, url, clock):
    """Its words are in no raw file, before it counts and after."""
    mailer = await corrected(ready, clock)
    assert b"Better news" not in await stolen(ready, url)
    await mailer.turn()
    await mailer.turn()
    assert b"Better news" not in await stolen(ready, url)


async def test_those_to_be_edited_are_found_by_an_index(ready):
    """Among a million who have the new words the few who have not are found at once."""
    if ready._database.__class__.__name__ == "PostgresDatabase":
        pytest.skip("EXPLAIN QUERY PLAN is SQLite's; PostgreSQL reads so small a table whole")
    query = (
        "EXPLAIN QUERY PLAN SELECT person FROM mailing WHERE campaign = 'spring' "
        "AND message IS NOT NULL AND revision < 1 LIMIT 8"
    )
    plan = await ready._database.run(lambda at: at.execute(text(query)).all())
    assert "mailing_revision (campaign=? AND revision<?)" in plan[0][-1]
