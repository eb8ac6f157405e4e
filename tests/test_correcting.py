"""Truths about a correction in the chat: read in each language that changed, allowed by somebody else."""

import asyncio
from dataclasses import replace

import pytest

from bot.campaigns.campaign import Message
from bot.campaigns.commands import By
from bot.campaigns.events import Corrected
from bot.campaigns.proposal import DELAY
from bot.staff.roles import Role
from bot.staff.standing import Standing
from tests.mailing.approved import AUTHOR
from tests.talking import Talk
from tests.test_campaigning import only
from tests.test_following import going
from tests.virtual_time import in_virtual_time


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


async def reworded(talk, *languages):
    """Have the author write other words in these languages."""
    room = talk.store.mailroom
    one, _ = await room.content((await only(talk)).id)
    other = {name: Message(f"New in {name}", "Open") for name in languages}
    by = By(talk.store._team.name(AUTHOR), Standing(Role.VOLUNTEER))
    event = await room.correct(replace(one, messages={**one.messages, **other}), by)
    assert isinstance(event, Corrected)


async def said(talk):
    one, _ = await talk.store.mailroom.content((await only(talk)).id)
    return one.messages["en"].text


@in_virtual_time
async def test_a_colleague_reads_all_that_changed_and_approves_it(talk):
    """Only once each language was opened; ten minutes later it is what goes out."""
    _, approver, sender = await going(talk)
    await sender.send(24)
    await reworded(talk, "en", "ru")
    await approver.first()
    assert "A correction waits for a colleague who approves it." in approver.page.text
    await approver.tap("Look at the correction")
    assert "New in en" in approver.page.text
    assert "Left: Русский" in approver.page.text
    assert "Approve exactly this" not in approver.offered
    assert "Қазақша" not in approver.offered
    await approver.tap("Русский")
    assert "New in ru" in approver.page.text
    await approver.tap("Approve exactly this")
    assert "A correction is approved. It counts from" in approver.page.text
    await asyncio.sleep(DELAY - 2)
    await sender.exchange()
    assert await said(talk) != "New in en"
    await asyncio.sleep(3)
    await sender.exchange()
    assert await said(talk) == "New in en"
    log = [one.deed for one in await talk.store.office.audit()]
    assert log[-3:] == ["correction proposed", "correction approved", "correction begun"]


@in_virtual_time
async def test_its_author_can_drop_it_and_not_approve_it(talk):
    """She reads what waits; her screen has no button to approve, and one to drop it."""
    author, _, _ = await going(talk)
    await reworded(talk, "en")
    await author.first()
    await author.tap("Look at the correction")
    assert "Approve exactly this" not in author.offered
    await author.tap("Drop the correction")
    assert "A correction waits" not in author.page.text
    assert "Look at the correction" not in author.offered


@in_virtual_time
async def test_a_button_of_other_words_does_nothing(talk):
    """What was written anew after she was shown it needs to be read anew."""
    _, approver, _ = await going(talk)
    await reworded(talk, "en")
    await approver.first()
    await approver.tap("Look at the correction")
    await reworded(talk, "en", "kk")
    await approver.tap("Approve exactly this")
    assert "has changed, or is over" in approver.page.text
    assert (await talk.store.mailroom.posted((await only(talk)).id)).proposal.correction.starts == 0


@in_virtual_time
async def test_a_button_that_was_not_there_does_nothing(talk):
    """Approving is no choice before each language was opened, whoever sends it."""
    _, approver, _ = await going(talk)
    await reworded(talk, "en", "ru")
    await approver.first()
    await approver.tap("Look at the correction")
    await approver.choose("approve")
    assert (await talk.store.mailroom.posted((await only(talk)).id)).proposal.correction.starts == 0
