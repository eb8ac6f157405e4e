"""A campaign that two people allowed, and readers who asked for it."""

from datetime import date

from bot.campaigns.audience import Audience, Reader
from bot.campaigns.campaign import Campaign, Message
from bot.campaigns.commands import Approve, By, Propose
from bot.campaigns.events import Approved, Proposed
from bot.campaigns.proposal import DELAY
from bot.campaigns.subscription import Subscription
from bot.staff.roles import Role
from bot.staff.standing import Standing
from bot.store.batch import Batch, Subscriber
from tests.staff import serving
from tests.store.looking import write

AUTHOR, APPROVER = 5_000_000_001, 5_000_000_002
FIRST = 6_000_000_000
AGREED = date(2027, 1, 15)
EVERYBODY = Audience()


def campaign(id_="spring", **changes):
    said = {"messages": {"en": Message("Good news", "Open"), "ky": Message("Жаңылык", "Ачуу")}}
    return Campaign(**{"id": id_, "topic": "quizzes", "link": "q7"} | said | changes)


def subscriber(user_id, language="en", country="kg", quiet=None, **about):
    asked = {"quiet": quiet} if quiet else {}
    reader = Reader(language, country, **about)
    return Subscriber(user_id, Subscription(AGREED, 1, reader, **asked))


async def subscribe(store, people, **about):
    """Let these people ask for news, a thousand in a transaction."""
    people = [*people]
    for at in range(0, len(people), 1000):
        some = people[at : at + 1000]
        await write(store, Batch(subscribers={one: subscriber(one, **about) for one in some}))


async def leave(store, *people):
    """Let these people want no more news."""
    await write(store, Batch(subscribers=dict.fromkeys(people)))


async def appoint(store):
    """Give the author and the approver their roles."""
    await serving.found(store, APPROVER, Role.APPROVER)
    await serving.appoint(store, AUTHOR, Role.VOLUNTEER, by=APPROVER)


def by(store, who, role):
    return By(store._team.name(who), Standing(role))


async def approve(store, clock, one=None, audience=EVERYBODY):
    """Have a campaign written by one person and approved by another; give the moment it starts."""
    one = one or campaign()
    starts = int(clock()) + DELAY + 1
    author, approver = by(store, AUTHOR, Role.VOLUNTEER), by(store, APPROVER, Role.APPROVER)
    await store.mailroom.draft(one, audience, starts, author.name)
    assert await store.mailroom.act(one.id, Propose(), author) == Proposed()
    digest = one.digest(audience, starts)
    event = await store.mailroom.act(one.id, Approve(digest), approver)
    assert isinstance(event, Approved)
    return starts
