"""Truths about other words for what has gone out, as its author writes them in the chat."""

import asyncio
from dataclasses import replace

import pytest

from bot.campaigns.proposal import CORRECTABLE, DELAY
from bot.campaigns.wording import Mark
from bot.content.lexicon import read_lexicon
from bot.engine.events import Chosen, Wrote
from bot.engine.stage import Stage
from tests.conftest import ROOT
from tests.mailing.approved import APPROVER, AUTHOR
from tests.talking import Talk, clock
from tests.test_campaigning import only
from tests.test_following import going
from tests.virtual_time import in_virtual_time

TEXT = "On Saturday we plant trees near the school, and afterwards there is tea for everybody."
RUSSIAN = "В субботу мы сажаем деревья."


@pytest.fixture
def talk(stage, tmp_path):
    """A bot to talk to that knows the words which tell the topic."""
    lexicon, _ = read_lexicon(ROOT / "content" / "lexicon")
    return Talk(Stage(replace(stage.world, lexicon=lexicon)), tmp_path)


async def rewritten(talk, author, text=TEXT, **facts):
    """Have the author write this English text instead."""
    await author.first()
    await author.tap("Change the text")
    await talk.do(AUTHOR, Wrote(text, **facts))


async def shown(talk):
    """What staff see of the campaign."""
    return await talk.store.mailroom.posted((await only(talk)).id)


@in_virtual_time
async def test_an_author_corrects_what_has_gone_out(talk):
    """She writes one text anew; a colleague reads it and allows it; then it is what readers have."""
    author, approver, sender = await going(talk)
    await sender.send(24)
    await author.first()
    await author.tap("Change the text")
    assert "Write the text in English, in one message." in author.page.text
    assert "Ten minutes after the approval" in author.page.text
    await talk.do(AUTHOR, Wrote(TEXT))
    assert TEXT in author.page.text
    assert "Approve exactly this" not in author.offered
    await author.tap("Back")
    assert "A correction waits for a colleague who approves it." in author.page.text
    await approver.first()
    await approver.tap("Look at the correction")
    assert TEXT in approver.page.text
    await approver.tap("Approve exactly this")
    await asyncio.sleep(DELAY + 1)
    await sender.exchange()
    assert (await shown(talk)).campaign.messages["en"].text == TEXT
    log = [one.deed for one in await talk.store.office.audit()]
    assert log[-3:] == ["correction proposed", "correction approved", "correction begun"]


@in_virtual_time
async def test_a_further_language_joins_what_waits(talk):
    """Her second text is built on the first; what was approved of the first alone is void (R17)."""
    author, approver, _ = await going(talk)
    before = (await shown(talk)).campaign
    await rewritten(talk, author)
    await approver.first()
    await approver.tap("Look at the correction", "Approve exactly this")
    assert (await shown(talk)).proposal.correction.approver
    await author.first()
    await author.tap("Русский", "Change the text")
    await talk.do(AUTHOR, Wrote(RUSSIAN))
    assert RUSSIAN in author.page.text
    now = await shown(talk)
    said = {name: one.text for name, one in now.words.messages.items()}
    assert said == {
        **{name: one.text for name, one in before.messages.items()},
        "en": TEXT,
        "ru": RUSSIAN,
    }
    assert not now.proposal.correction.approver
    assert (now.words.link, now.campaign) == (before.link, before)


@in_virtual_time
async def test_she_changes_it_again_from_where_she_reads_it(talk):
    """Below the correction stands the same button; the newest words wait instead of the others."""
    author, _, _ = await going(talk)
    await rewritten(talk, author, TEXT)
    await author.tap("Change the text")
    await talk.do(AUTHOR, Wrote(f"{TEXT} Come!"))
    assert f"{TEXT} Come!" in author.page.text
    assert (await shown(talk)).words.messages["en"].text == f"{TEXT} Come!"


@in_virtual_time
async def test_words_that_readers_have_correct_nothing(talk):
    """Written back to what went out, nothing waits any more; written twice alike, nothing changes."""
    author, _, _ = await going(talk)
    await rewritten(talk, author)
    waits = (await shown(talk)).proposal.correction
    await rewritten(talk, author)
    assert (await shown(talk)).proposal.correction == waits
    before, bold, after = (await shown(talk)).campaign.messages["en"].text.partition("<b>")
    said, _, after = after.partition("</b>")
    marks = (Mark("bold", len(before), len(said)),) if bold else ()
    await rewritten(talk, author, before + said + after, marks=marks)
    assert (await shown(talk)).proposal.correction is None
    assert "A correction waits" not in author.page.text
    log = [one.deed for one in await talk.store.office.audit()]
    assert log[-2:] == ["correction proposed", "correction dropped"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Against violence", "say what it is about"),
        ("x" * 2501, "too long"),
        ("Look at https://x.org", "only words"),
        ("Hello\n[ Open ]", "looks like a button"),
    ],
)
def test_what_is_refused_is_asked_again(talk, text, reason):
    """The same checks as for a draft: she is told why, and nothing waits."""

    @in_virtual_time
    async def walk(talk):
        author, _, _ = await going(talk)
        await rewritten(talk, author, text)
        assert reason in author.page.text
        assert "Write the text in English" in author.page.text
        assert (await shown(talk)).proposal.correction is None

    walk(talk)


@pytest.mark.parametrize("who", [APPROVER, 5_000_000_009])
def test_only_its_author_writes_it(talk, who):
    """Neither a colleague nor a stranger proposes other words, with whatever button or text."""

    @in_virtual_time
    async def walk(talk):
        author, approver, _ = await going(talk)
        await approver.first()
        assert "Change the text" not in approver.offered
        await author.first()
        for item in (author.page.item, approver.page.item):
            tap = Chosen("campaigns", "write-text", item)
            await talk.do(who, tap, over=talk.channel.last)
            await talk.do(who, Wrote(TEXT))
        assert (await shown(talk)).proposal.correction is None

    walk(talk)


@in_virtual_time
async def test_it_is_not_offered_once_nobody_knows_who_got_it(talk):
    """Ten minutes before 47 hours are over the button is gone, and words are no answer any more."""
    author, _, sender = await going(talk)
    await sender.finish()
    starts = (await shown(talk)).proposal.starts
    await author.first()
    await author.tap("Change the text")
    await asyncio.sleep(starts + CORRECTABLE - DELAY - clock())
    await talk.do(AUTHOR, Wrote(TEXT))
    assert (await shown(talk)).proposal.correction is None
    await author.first()
    assert "Change the text" not in author.offered


@in_virtual_time
async def test_while_she_is_asked_nothing_else_is_done(talk):
    """The screen that asks has one button, back; whatever else is tapped there does nothing."""
    author, _, _ = await going(talk)
    await author.first()
    await author.tap("Change the text")
    await author.choose("stop-sending")
    assert (await only(talk)).phase == "sending"
