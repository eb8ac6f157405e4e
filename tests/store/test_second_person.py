"""A role is given by two people: who invites, and somebody else who serves and confirms (R26)."""

import pytest

from bot.errors import StoreError
from bot.staff.audit import broken_at
from bot.staff.doings import Accepted, Confirmed, Left, Passed
from bot.staff.invitation import LIFE
from bot.staff.roles import ACTS, FOUNDERS, Act, Role, may_found
from bot.store.batch import HOUR, Batch
from tests.staff.serving import appoint, confirm, found, note, passed
from tests.store.examining import rows

ANNA, BOTA, CAROL, DANA = 6_000_000_201, 6_000_000_202, 6_000_000_203, 6_000_000_204
CONFIRMS = [role for role in Role if Act.CONFIRM in ACTS[role]]


async def standing(store, who):
    seen = []

    def decide(loaded):
        seen.append(loaded.desk.standing(who, ""))
        return Batch()

    await store.transact((), (), store._clock(), decide)
    return seen[-1]


async def deeds(store):
    log = await store.office.audit()
    assert broken_at(log, int(store._clock() // HOUR)) is None
    return [one.deed for one in log]


def test_only_who_may_confirm_is_among_the_first():
    """The operator alone makes two people who confirm others, and never anybody else."""
    for role in Role:
        alone = [many for many in range(5) if may_found(role, many)]
        assert alone == ([*range(FOUNDERS)] if role in CONFIRMS else [])


async def test_the_first_two_are_founded_and_the_log_says_so(store):
    """Each by the operator alone, by a deed of its own; the third needs a second person."""
    await found(store, ANNA, Role.APPROVER)
    await found(store, BOTA, Role.OPERATOR)
    code = await passed(store, CAROL, Role.APPROVER)
    assert not await store.office.founds(Role.APPROVER)
    assert not await store.office.found(code)
    assert (await standing(store, CAROL)).role is None
    await confirm(store, code, by=ANNA)
    assert (await standing(store, CAROL)).role is Role.APPROVER
    alone = "confirmed by the operator alone"
    done = ["invited", "accepted"]
    assert await deeds(store) == [*done, alone, *done, alone, *done, "confirmed"]


@pytest.mark.parametrize("role", [role for role in Role if role not in CONFIRMS])
async def test_no_volunteer_comes_from_one_person(store, role):
    """Also while nobody serves yet the operator alone makes no one who writes campaigns."""
    code = await passed(store, ANNA, role)
    assert not await store.office.found(code)
    assert await rows(store, "staff") == []


@pytest.mark.parametrize("role", [None, *Role])
async def test_only_who_may_confirms(store, role):
    """A stranger, and every role without that act, confirms nobody, not even with the code."""
    await found(store, CAROL, Role.OPERATOR)
    if role is not None:
        await appoint(store, DANA, role, by=CAROL)
    code = await passed(store, ANNA, Role.VOLUNTEER)
    before = await deeds(store)
    if role in CONFIRMS:
        await confirm(store, code, by=DANA)
        assert (await standing(store, ANNA)).role is Role.VOLUNTEER
        return
    with pytest.raises(StoreError):
        await confirm(store, code, by=DANA)
    assert (await standing(store, ANNA)).role is None
    assert await deeds(store) == before


async def test_nobody_confirms_herself(store):
    """Neither with her invitation alone, nor after she served and was invited anew."""
    await found(store, CAROL, Role.OPERATOR)
    await appoint(store, ANNA, Role.APPROVER, by=CAROL)
    await note(store, ANNA, Left())
    code = await passed(store, ANNA, Role.OPERATOR)
    with pytest.raises(StoreError):
        await confirm(store, code, by=ANNA)
    assert (await standing(store, ANNA)).role is None


async def test_who_served_a_moment_ago_confirms_nobody(store):
    """The role is looked up again as it is done (R24)."""
    called = await found(store, CAROL, Role.OPERATOR)
    code = await passed(store, ANNA, Role.VOLUNTEER)
    assert [one.code for one in (await standing(store, CAROL)).waiting] == [code]
    await store.office.end(called)
    with pytest.raises(StoreError):
        await confirm(store, code, by=CAROL)
    assert (await standing(store, CAROL)).waiting == ()
    assert await rows(store, "staff") == []


async def test_a_confirmation_is_good_once(store):
    """A second yes to the same invitation, also by another colleague, gives no second role."""
    await found(store, CAROL, Role.OPERATOR)
    await found(store, DANA, Role.APPROVER)
    code = await appoint(store, ANNA, Role.VOLUNTEER, by=CAROL)
    before = [await rows(store, one) for one in ("staff", "audit")]
    for by in (CAROL, DANA):
        with pytest.raises(StoreError):
            await confirm(store, code, by=by)
    assert [await rows(store, one) for one in ("staff", "audit")] == before
    assert await rows(store, "invitation") == []


async def test_of_two_yeses_in_one_commit_one_counts(store):
    """Two colleagues at the same moment: the second one finds that nobody waits any more."""
    await found(store, CAROL, Role.OPERATOR)
    await found(store, DANA, Role.APPROVER)
    code = await passed(store, ANNA, Role.VOLUNTEER)

    def decide(loaded):
        for by in (CAROL, DANA):
            waits = [one.code for one in loaded.desk.standing(by, "").waiting]
            for one in waits:
                loaded.desk.note(by, Confirmed(one))
        return Batch()

    await store.transact((), (), store._clock(), decide)
    assert (await deeds(store)).count("confirmed") == 1
    assert len([row for row in await rows(store, "staff") if row.code == code]) == 1


@pytest.mark.parametrize("ways", [(), ("accepted",), ("accepted", "late")])
async def test_nobody_is_confirmed_before_the_test_or_after_the_day(store, clock, ways):
    """Not before she took the link up, nor before she passed, nor when its day is over."""
    await found(store, CAROL, Role.OPERATOR)
    secret, code = await store.office.invite(Role.VOLUNTEER)
    if "accepted" in ways:
        await note(store, ANNA, Accepted(secret))
    if "late" in ways:
        await note(store, ANNA, Passed())
        clock.now += LIFE
    assert (await standing(store, CAROL)).waiting == ()
    with pytest.raises(StoreError):
        await confirm(store, code, by=CAROL)
    assert not await store.office.found(code)
    assert (await standing(store, ANNA)).role is None


async def test_who_waits_is_shown_to_nobody_else(store):
    """Only who may confirm can tell that somebody waits; in that is a role, and no person."""
    await found(store, CAROL, Role.OPERATOR)
    await appoint(store, BOTA, Role.VOLUNTEER, by=CAROL)
    await appoint(store, DANA, Role.HELPER, by=CAROL)
    await passed(store, ANNA, Role.VOLUNTEER)
    for who in (ANNA, BOTA, DANA, 1):
        assert (await standing(store, who)).waiting == ()
    (one,) = (await standing(store, CAROL)).waiting
    assert str(ANNA) not in repr(one)
    assert store._team.name(ANNA) != one.check
