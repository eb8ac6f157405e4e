"""Truths about drafts of campaigns: their author lets go of them, and has a few at a time."""

from dataclasses import replace
from random import Random

import pytest

from bot.campaigns.board import Drafted, Ordered
from bot.campaigns.commands import By, Delete
from bot.campaigns.proposal import DRAFTS, LASTS, Phase
from bot.engine.events import Chosen
from bot.engine.stage import Stage
from bot.errors import StoreError
from bot.staff.audit import broken_at
from bot.staff.roles import Role
from bot.staff.standing import Standing
from tests.mailing.approved import APPROVER, AUTHOR, EVERYBODY, campaign
from tests.store.examining import rows
from tests.talking import Talk, clock
from tests.test_campaigning import only, staffed
from tests.virtual_time import in_virtual_time

STRANGER = 5_000_000_009
DAY = 24 * 3600


@pytest.fixture
def talk(stage, tmp_path):
    """A bot to talk to in which each campaign is called by chance, as it is in a real one."""
    return Talk(Stage(replace(stage.world, draw=Random(1).randbytes)), tmp_path)


async def begun(author, many=1):
    """Have the author begin so many drafts from a ready text; she stands at the last of them."""
    for _ in range(many):
        await author.open()
        await author.tap("Write a campaign", "16 Days: small steps", "Take this text")


async def asked(author):
    """Have her begin a draft, and tap the button that deletes it: she is asked once more."""
    await begun(author)
    await author.tap("Delete the draft")
    return Chosen(author.page.place, "delete-draft", author.page.item)


async def deeds(talk):
    """What the log says; the whole log is whole."""
    log = await talk.store.office.audit()
    assert broken_at(log, int(clock() // 3600)) is None
    return [(one.deed, one.role) for one in log if one.campaign]


@in_virtual_time
async def test_an_author_deletes_her_draft(talk):
    """She is asked once; then no row is left of it but in the log, by her role."""
    author, _ = await staffed(talk)
    await asked(author)
    assert "Delete this draft? This cannot be undone." in author.page.text
    assert len(await rows(talk.store, "campaign")) == 1
    await author.tap("Yes, delete")
    assert "Done." in author.page.text
    assert await rows(talk.store, "campaign") == []
    assert await deeds(talk) == [
        ("campaign drafted", "volunteer"),
        ("draft deleted", "volunteer"),
    ]
    await author.tap("All campaigns")
    assert "There is no campaign here now." in author.page.text


@in_virtual_time
async def test_who_thinks_again_keeps_it(talk):
    """The way back from the question leads to the draft, and nothing has happened."""
    author, _ = await staffed(talk)
    await asked(author)
    await author.tap("Back")
    assert "Propose it" in author.offered
    assert await deeds(talk) == [("campaign drafted", "volunteer")]


@in_virtual_time
async def test_two_quick_taps_delete_nothing(talk):
    """The first button asks, however often it is tapped: only the one below the question deletes."""
    author, _ = await staffed(talk)
    await begun(author)
    first = Chosen(author.page.place, "delete-draft", author.page.item)
    for _ in range(3):
        await talk.do(AUTHOR, first, over=talk.channel.last)
    assert "Delete this draft?" in author.page.text
    assert (await only(talk)).phase is Phase.DRAFT


@in_virtual_time
async def test_only_a_draft_is_deleted(talk):
    """What was proposed or approved meanwhile is not: an old question does nothing to it."""
    author, approver = await staffed(talk)
    yes = await asked(author)
    await author.first()
    await author.tap("Propose it")
    await talk.do(AUTHOR, yes, over=talk.channel.last)
    assert "Yes, delete" not in author.offered
    await author.first()
    assert "Delete the draft" not in author.offered
    await approver.approve()
    await talk.do(AUTHOR, yes, over=talk.channel.last)
    assert (await only(talk)).phase is Phase.APPROVED


@in_virtual_time
async def test_a_draft_that_changed_since_is_asked_about_anew(talk):
    """The question is about what she saw: whatever it has become is kept."""
    author, _ = await staffed(talk)
    yes = await asked(author)
    await author.first()
    await author.tap("Start time", "In 2 hours")
    await talk.do(AUTHOR, yes, over=talk.channel.last)
    assert (await only(talk)).phase is Phase.DRAFT


@pytest.mark.parametrize("who", [APPROVER, STRANGER])
@in_virtual_time
async def test_nobody_else_deletes_it(talk, who):
    """Neither a colleague nor a stranger, whatever she taps; and it is told to nobody."""
    author, _ = await staffed(talk)
    yes = await asked(author)
    await talk.do(who, yes, over=talk.channel.last)
    assert (await only(talk)).phase is Phase.DRAFT


@in_virtual_time
async def test_who_serves_no_more_deletes_nothing(talk):
    """Between the question and her yes her role ended: it is looked up at the act (R24)."""
    author, _ = await staffed(talk)
    yes = await asked(author)
    members = {one.role: one.code for one in await talk.store.office.members()}
    await talk.store.office.end(members[Role.VOLUNTEER])
    await talk.do(AUTHOR, yes, over=talk.channel.last)
    assert len(await rows(talk.store, "campaign")) == 1
    assert ("draft deleted", "volunteer") not in await deeds(talk)


@in_virtual_time
async def test_what_is_sent_back_is_deleted_like_any_draft(talk):
    """Also after a colleague had approved it: it never went out."""
    author, approver = await staffed(talk)
    await begun(author)
    await author.tap("Propose it")
    await approver.approve()
    await approver.first()
    await approver.tap("Make it a draft again")
    await author.first()
    await author.tap("Delete the draft", "Yes, delete")
    assert await rows(talk.store, "campaign") == []


@in_virtual_time
async def test_so_many_drafts_are_enough(talk):
    """Then she is told, kindly, what to do; once one is deleted she begins another."""
    author, _ = await staffed(talk)
    await begun(author, DRAFTS)
    await author.open()
    await author.tap("Write a campaign")
    assert "You have 5 drafts." in author.page.text
    assert author.offered[0] == "All campaigns"
    await author.choose("sixteen-days")
    await author.choose("take-text")
    assert len(await rows(talk.store, "campaign")) == DRAFTS
    await author.first()
    await author.tap("Delete the draft", "Yes, delete")
    await begun(author)
    assert len(await rows(talk.store, "campaign")) == DRAFTS


@in_virtual_time
async def test_what_was_proposed_is_no_draft(talk):
    """Who proposes one has room for another; what comes back to her is kept, however many they are."""
    author, approver = await staffed(talk)
    await begun(author, DRAFTS)
    await author.first()
    await author.tap("Propose it")
    await begun(author)
    await approver.first()
    await approver.tap("Make it a draft again")
    await author.open()
    assert "Campaigns you can see: 6" in author.page.text
    await author.tap("Write a campaign")
    assert "You have 6 drafts." in author.page.text


@in_virtual_time
async def test_an_old_draft_stays_in_her_list(talk):
    """Long after its start it can still be opened and deleted: else it would take a place for ever."""
    author, _ = await staffed(talk)
    await talk.store.mailroom.draft(
        campaign(), EVERYBODY, int(clock()) - LASTS - 30 * DAY, talk.store._team.name(AUTHOR)
    )
    await author.first()
    await author.tap("Delete the draft", "Yes, delete")
    assert await rows(talk.store, "campaign") == []


@in_virtual_time
async def test_each_author_has_room_of_her_own(talk):
    """The drafts of others count for nobody, and are seen by nobody."""
    author, _ = await staffed(talk)
    for number in range(DRAFTS):
        one = campaign(f"other{number}")
        await talk.store.mailroom.draft(one, EVERYBODY, int(clock()) + DAY, b"another")
    await begun(author)
    assert "Propose it" in author.offered


@in_virtual_time
async def test_the_store_judges_it_again(talk):
    """Past the chat neither a further draft nor a foreign deletion is taken: the turn is not kept."""
    author, _ = await staffed(talk)
    await begun(author, DRAFTS)
    store, now = talk.store, clock()
    hers = By(store._team.name(AUTHOR), Standing(Role.VOLUNTEER))
    colleague = By(store._team.name(APPROVER), Standing(Role.APPROVER))
    id_ = (await store.mailroom.all())[0].id
    for writing, by in (
        (Drafted(campaign("sixth"), EVERYBODY, int(now) + DAY), hers),
        (Ordered(id_, Delete()), colleague),
        (Ordered("nothing", Delete()), hers),
    ):
        with pytest.raises(StoreError):
            await store._database.run(
                lambda at, w=writing, b=by: store.mailroom.note(at, w, b, now)
            )
    assert len(await rows(store, "campaign")) == DRAFTS
