"""Which campaigns somebody finds in her list, and in what order."""

from bot.campaigns.commands import Propose
from bot.campaigns.events import Proposed
from bot.campaigns.proposal import DELAY
from bot.staff.roles import Role
from tests.mailing.approved import AUTHOR, EVERYBODY, FIRST, appoint, by, campaign, subscribe

DAY = 24 * 3600
FAR = 40 * DAY


async def listed(store, who):
    """What she finds, in its order."""
    now = store._clock()
    board = await store._database.run(lambda at: store.mailroom.board(at, who, now))
    return [one.campaign.id for one in board.posted]


async def test_drafts_come_first_whatever_their_start(store, clock):
    """One whose start is long over stands there as well, before what was proposed; nothing of others."""
    await appoint(store)
    await subscribe(store, range(FIRST, FIRST + 45))
    author, now = by(store, AUTHOR, Role.VOLUNTEER), int(clock())
    for id_, starts in (("later", now + 3 * DAY), ("soon", now + DELAY + 60), ("old", now - FAR)):
        await store.mailroom.draft(campaign(id_), EVERYBODY, starts, author.name)
    await store.mailroom.draft(campaign("hers"), EVERYBODY, now + DAY, b"another")
    assert await store.mailroom.act("later", Propose(), author) == Proposed()
    assert await listed(store, author) == ["soon", "old", "later"]


async def test_what_was_proposed_and_is_long_over_is_in_no_list(store, clock):
    """Three days after its start it is out of sight, as what goes out must not stand behind it."""
    await appoint(store)
    author = by(store, AUTHOR, Role.VOLUNTEER)
    await store.mailroom.draft(campaign(), EVERYBODY, int(clock()) + 2 * DELAY, author.name)
    assert await store.mailroom.act("spring", Propose(), author) == Proposed()
    clock.now += FAR
    assert await listed(store, author) == []
