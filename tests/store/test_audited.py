"""What is done about campaigns is in the log: by which role, about which one, and by nobody's name (R27)."""

from typing import get_args

import pytest

from bot.campaigns.audience import LEAST
from bot.campaigns.commands import (
    MACHINE,
    Approve,
    Delete,
    Doubt,
    Propose,
    Resume,
    Revise,
    Stop,
    Withdraw,
)
from bot.campaigns.events import Deleted, Event, Refusal
from bot.campaigns.proposal import DELAY
from bot.staff.audit import broken_at
from bot.staff.roles import Role
from bot.store.audits import DEEDS
from bot.store.batch import HOUR
from tests.mailing.approved import (
    APPROVER,
    AUTHOR,
    EVERYBODY,
    FIRST,
    appoint,
    approve,
    by,
    campaign,
    subscribe,
)
from tests.store.examining import rows, windows
from tests.store.test_mailings import Sending

CROWD = range(FIRST, FIRST + LEAST)


async def log(store, id_="spring"):
    """What the log says of one campaign; the whole log is whole."""
    entries = await store.office.audit()
    assert broken_at(entries, int(store._clock() // HOUR)) is None
    return [(one.deed, one.role) for one in entries if one.campaign == id_]


def test_every_event_is_a_deed():
    """Nothing can happen to a campaign that the log has no word for, and no two share one."""
    assert DEEDS.keys() == {*get_args(Event)}
    assert len({*DEEDS.values()}) == len(DEEDS)


async def test_the_whole_way_of_a_campaign_is_in_the_log(store, clock):
    """From the draft to the last letter: people by their roles, and what the mailer does by none."""
    await appoint(store)
    await subscribe(store, CROWD)
    author, approver = by(store, AUTHOR, Role.VOLUNTEER), by(store, APPROVER, Role.APPROVER)
    one, starts = campaign(), int(clock()) + DELAY + 1
    later = one.digest(EVERYBODY, starts + 1)
    await store.mailroom.draft(one, EVERYBODY, starts, author.name)
    for command, who in (
        (Propose(), author),
        (Withdraw(), approver),
        (Revise(later, starts), author),
        (Revise(one.digest(EVERYBODY, starts), starts), author),
        (Propose(), author),
        (Approve(one.digest(EVERYBODY, starts)), approver),
    ):
        assert not isinstance(await store.mailroom.act(one.id, command, who), Refusal)
    clock.now = starts
    mailer = Sending(store)
    assert await mailer.turn() == []
    await mailer.all()
    assert await log(store) == [
        ("campaign drafted", "volunteer"),
        ("campaign proposed", "volunteer"),
        ("campaign sent back", "approver"),
        ("campaign changed", "volunteer"),
        ("campaign changed", "volunteer"),
        ("campaign proposed", "volunteer"),
        ("campaign approved", "approver"),
        ("campaign begun", ""),
        ("campaign finished", ""),
    ]


async def test_a_deleted_draft_is_in_the_log_and_nowhere_else(store, clock):
    """Its deed stands there by her role; its row is gone, and her place is free."""
    await appoint(store)
    author, approver = by(store, AUTHOR, Role.VOLUNTEER), by(store, APPROVER, Role.APPROVER)
    for id_ in ("kept", "spring"):
        await store.mailroom.draft(campaign(id_), EVERYBODY, int(clock()) + DELAY + 1, author.name)
    assert await store.mailroom.act("spring", Delete(), approver) is Refusal.NOT_YOURS
    assert await store.mailroom.act("spring", Delete(), author) == Deleted()
    assert await store.mailroom.act("spring", Delete(), author) is None
    assert await log(store) == [("campaign drafted", "volunteer"), ("draft deleted", "volunteer")]
    assert [row.id for row in await rows(store, "campaign")] == ["kept"]


async def test_a_void_approval_is_in_the_log(store, clock):
    """By too few readers, an approver who left, or a clock that was set: the log tells it."""
    await appoint(store)
    clock.now = await approve(store, clock)
    await Sending(store).turn()
    await approve(store, clock, campaign("doubt"))
    await store.mailroom.act("doubt", Doubt())
    clock.now = await approve(store, clock, campaign("left"))
    await subscribe(store, CROWD)
    await store.forget(APPROVER)
    await Sending(store).turn()
    for id_ in ("spring", "doubt", "left"):
        assert (await log(store, id_))[-1] == ("approval void", "")


async def test_what_was_refused_is_not_in_the_log(store, clock):
    """A command that may not be leaves no row: the log holds what was done."""
    await appoint(store)
    await approve(store, clock)
    before = await store.office.audit()
    author = by(store, AUTHOR, Role.VOLUNTEER)
    for command, who in ((Resume(), MACHINE), (Approve(b"other"), author), (Propose(), author)):
        assert isinstance(await store.mailroom.act("spring", command, who), Refusal)
    assert await store.mailroom.act("other", Stop()) is None
    assert await store.office.audit() == before


@pytest.mark.parametrize("who", [AUTHOR, APPROVER])
async def test_no_row_of_the_log_leads_to_a_person(store, clock, who):
    """Neither her id nor her long-term name stands in any column."""
    await appoint(store)
    await approve(store, clock)
    told = b"".join(
        one if isinstance(one, bytes) else str(one).encode()
        for row in await rows(store, "audit")
        for one in row
    )
    assert str(who).encode() not in told
    assert store._team.name(who) not in windows(told, 16)
