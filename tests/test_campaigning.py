"""Truths about campaigns in the chat: two people, each in her own, and nobody else."""

import asyncio
from dataclasses import replace

import pytest

from bot.campaigns.proposal import DELAY, Phase
from bot.engine.events import Chosen, Commanded, Wrote
from bot.engine.screen import PicturePage
from bot.engine.stage import Stage
from bot.language.tongues import LANGUAGES
from bot.staff.audit import broken_at
from tests.mailing.approved import APPROVER, AUTHOR, appoint, subscribe
from tests.store.test_mailings import Sending
from tests.talking import Talk, clock
from tests.virtual_time import in_virtual_time

READERS = range(6_000_000_000, 6_000_000_045)
STRANGER = 5_000_000_009


class Without:
    """Catalogues in which one language has nothing of its own."""

    def __init__(self, words, language):
        self._words, self._language = words, language

    def has(self, language, msgid):
        return language != self._language and self._words.has(language, msgid)

    def __getattr__(self, name):
        return getattr(self._words, name)


@pytest.fixture
def talk(stage, tmp_path, request):
    """A bot to talk to; the language of a parameter is not translated in it."""
    lost = getattr(request, "param", None)
    words = Without(stage.world.words, lost) if lost else stage.world.words
    return Talk(Stage(replace(stage.world, words=words)), tmp_path)


class Colleague:
    """Taps the buttons of the newest screen in her chat by their labels."""

    def __init__(self, talk, who):
        self.talk, self.who = talk, who

    @property
    def page(self):
        return self.talk.channel.to(self.who)[-1].shown

    @property
    def offered(self):
        return [one.text for one in self.page.labels]

    async def open(self):
        await self.talk.do(self.who, Commanded("campaign"))

    async def tap(self, *labels):
        for text in labels:
            (choice,) = (one.id for one in self.page.labels if one.text == text)
            await self.choose(choice)

    async def choose(self, choice):
        tap = Chosen(self.page.place, choice, self.page.item)
        await self.talk.do(self.who, tap, over=self.talk.channel.last)

    async def first(self):
        """Open the campaign at the top of the list."""
        await self.open()
        await self.choose("1")

    async def read_all(self):
        """Open the campaign in each language that it has."""
        for name in [one.id for one in self.page.labels if one.id in LANGUAGES]:
            await self.choose(name)

    async def approve(self):
        """Read the campaign at the top of the list in each language, and approve exactly that."""
        await self.first()
        await self.read_all()
        await self.tap("Approve exactly this")


async def staffed(talk):
    """Open a bot with an author and an approver, whose news 45 people asked for."""
    await talk.open()
    await appoint(talk.store)
    await subscribe(talk.store, READERS)
    return Colleague(talk, AUTHOR), Colleague(talk, APPROVER)


async def proposed(author):
    """Write a campaign and propose it."""
    await author.open()
    await author.tap("Write a campaign", "16 Days: small steps", "Take this text")
    await author.tap("Start time", "In 2 hours", "Propose it")


async def only(talk):
    (one,) = await talk.store.mailroom.all()
    return one


@in_virtual_time
async def test_two_people_send_a_campaign_from_their_chats(talk):
    """One writes and proposes it; the other sees text, readers and time, and approves exactly that."""
    author, approver = await staffed(talk)
    await author.open()
    await author.tap("Write a campaign", "16 Days: small steps")
    assert "It is there in every language." in author.page.text
    assert "Sixteen days, sixteen small steps." in author.page.text
    await author.tap("Take this text", "Start time", "In 2 hours")
    assert (await only(talk)).phase is Phase.DRAFT
    await approver.open()
    assert approver.offered[:1] == ["What I may do"], "a draft is nobody's business"
    await author.first()
    assert "Readers: about 40" in author.page.text
    assert "Approve exactly this" not in author.offered
    await author.tap("Propose it")
    assert (await only(talk)).phase is Phase.PROPOSED
    await approver.first()
    assert "Sixteen days, sixteen small steps." in approver.page.text
    assert {"Propose it", "Approve exactly this"}.isdisjoint(approver.offered)
    await approver.read_all()
    await approver.tap("Approve exactly this")
    assert (await only(talk)).phase is Phase.APPROVED
    log = await talk.store.office.audit()
    assert [one.deed for one in log][-2:] == ["campaign proposed", "campaign approved"]
    assert broken_at(log, int(clock() // 3600)) is None


@pytest.mark.parametrize("talk", ["tg"], indirect=True)
@in_virtual_time
async def test_a_language_without_a_text_is_named(talk):
    """Whoever writes and whoever approves is told in which languages nobody would get it."""
    author, approver = await staffed(talk)
    await author.open()
    await author.tap("Write a campaign", "16 Days: small steps")
    missing = "Missing, so that nobody gets it there: Тоҷикӣ"
    assert missing in author.page.text
    assert "Тоҷикӣ" not in author.offered
    await author.tap("Take this text", "Propose it")
    await approver.first()
    assert missing in approver.page.text


@in_virtual_time
async def test_either_stops_it_at_any_time(talk):
    """Author and approver each have the button; what was stopped offers no way on."""
    author, approver = await staffed(talk)
    await proposed(author)
    await approver.approve()
    await author.first()
    assert "Stop for good" in author.offered
    await approver.first()
    await approver.tap("Stop for good")
    assert (await only(talk)).phase is Phase.STOPPED


@in_virtual_time
async def test_who_sent_it_sees_it_as_a_picture(talk):
    """Once twenty got it, author and approver each get the chart of it; before, nobody is offered one."""
    author, approver = await staffed(talk)
    await proposed(author)
    await approver.approve()
    await asyncio.sleep(2 * 3600 + 60)
    mailer = Sending(talk.store)
    await mailer.turn(0)
    await author.first()
    assert "See it as a picture" not in author.offered
    assert len(await mailer.all()) == len(READERS)
    for colleague in (author, approver):
        await colleague.first()
        await colleague.tap("See it as a picture")
        assert isinstance(colleague.page, PicturePage)
        assert colleague.page.draw("").startswith(b"\x89PNG")
        assert colleague.page.file_name == "picture.png"


@in_virtual_time
async def test_what_was_changed_meanwhile_is_not_approved(talk):
    """A button of an older screen does nothing: the campaign was sent back, and it says so."""
    author, approver = await staffed(talk)
    await proposed(author)
    await approver.first()
    await approver.read_all()
    await author.first()
    await author.tap("Make it a draft again")
    await approver.tap("Approve exactly this")
    assert (await only(talk)).phase is Phase.DRAFT
    assert "has changed, or is over" in approver.page.text


@in_virtual_time
async def test_a_role_that_ended_opens_nothing(talk):
    """From the next tap on nothing is there for her: neither the list nor an old button."""
    author, approver = await staffed(talk)
    await proposed(author)
    await approver.first()
    await approver.read_all()
    for member in await talk.store.office.members():
        if member.role == "approver":
            await talk.store.office.end(member.code)
    await approver.tap("Approve exactly this")
    assert (await only(talk)).phase is Phase.PROPOSED
    assert approver.page.place == "start"
    await approver.open()
    assert approver.page.place != "campaigns"


@pytest.mark.parametrize(
    "event", [Commanded("campaign"), Wrote("campaigns"), Chosen("team", "campaigns")]
)
def test_for_everybody_else_it_is_not_there(talk, event):
    """A stranger who sends the command, the words or a button of it gets what anybody gets."""

    @in_virtual_time
    async def walk(talk):
        await staffed(talk)
        await talk.do(STRANGER, event, over=1 if isinstance(event, Chosen) else None)
        assert "campaigns" not in talk.channel.places(STRANGER)

    walk(talk)


@in_virtual_time
async def test_a_forwarded_command_is_anybodys(talk):
    """Nothing of it follows from a message that somebody else may have written (R24)."""
    await staffed(talk)
    one = replace(talk.doing(APPROVER, Commanded("campaign")), forwarded=True)
    await talk.conversation.take([one])
    await talk.conversation.settled()
    assert "campaigns" not in talk.channel.places(APPROVER)


@in_virtual_time
async def test_an_hour_too_late_nothing_is_left_to_approve(talk):
    """Less than ten minutes before the start there is no button to approve it."""
    author, approver = await staffed(talk)
    await proposed(author)
    await asyncio.sleep(2 * 3600 - DELAY + 1)
    await approver.first()
    await approver.read_all()
    assert "Approve exactly this" not in approver.offered
    assert "Make it a draft again" in approver.offered
