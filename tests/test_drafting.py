"""Truths about a campaign in an author's own words: written, changed and shown in the chat."""

import json
from dataclasses import replace

import pytest

from bot.campaigns.campaign import Photo
from bot.campaigns.proposal import Phase
from bot.campaigns.wording import Mark
from bot.content.lexicon import read_lexicon
from bot.engine.events import Chosen, Strayed, Wrote
from bot.engine.screen import NewsPage
from bot.engine.stage import Stage
from bot.store.tables import metadata
from tests.conftest import ROOT
from tests.mailing.approved import APPROVER, AUTHOR, subscribe
from tests.talking import Talk, session
from tests.test_campaigning import READERS, only, staffed
from tests.virtual_time import in_virtual_time

TEXT = "On Saturday we plant trees near the school, and afterwards there is tea for everybody."
CANARY = "Zvezdochka"
PHOTO = Photo("AgAC-photo", "AQAD")


@pytest.fixture
def talk(stage, tmp_path):
    """A bot to talk to that knows the words which tell the topic."""
    lexicon, _ = read_lexicon(ROOT / "content" / "lexicon")
    return Talk(Stage(replace(stage.world, lexicon=lexicon)), tmp_path)


async def begun(author):
    """Begin a campaign of her own words about meetings."""
    await author.open()
    await author.tap("Write a campaign", "My own words", "Meetings and training")


async def written(talk, author, text=TEXT, **facts):
    """Write the English text of a new campaign."""
    await begun(author)
    await author.tap("English")
    await talk.do(author.who, Wrote(text, **facts))


async def content(talk):
    campaign, audience = await talk.store.mailroom.content((await only(talk)).id)
    return campaign, audience


@in_virtual_time
async def test_a_volunteer_writes_and_a_colleague_approves(talk):
    """Her words in two languages, a button, a country: the colleague opens both, then may approve."""
    author, approver = await staffed(talk)
    await written(talk, author)
    assert TEXT in author.page.text
    await author.tap("Back", "Русский")
    await talk.do(AUTHOR, Wrote("В субботу мы сажаем деревья."))
    await author.tap("Back", "Button", "Who does the dishes?")
    assert "Button: Who does the dishes?" in author.page.text
    await author.tap(
        "Who gets it", "Country", "Kyrgyzstan", "Back", "Back", "Start time", "In 2 hours"
    )
    assert "For: Kyrgyzstan" in author.page.text
    assert "Asia/Bishkek" in author.page.text
    assert "Missing, so that nobody gets it there: қазақша" in author.page.text.replace("Қ", "қ")
    await author.tap("Propose it")
    await approver.first()
    assert TEXT in approver.page.text
    assert "[ Who does the dishes? ]" in approver.page.text
    assert "Approve exactly this" not in approver.offered
    assert "Left: Русский" in approver.page.text
    await approver.choose("approve")
    assert (await only(talk)).phase is Phase.PROPOSED, "what is not offered does nothing"
    await approver.first()
    await approver.tap("Русский")
    assert "В субботу мы сажаем деревья." in approver.page.text
    assert "[ Кто моет посуду? ]" in approver.page.text
    await approver.tap("Approve exactly this")
    assert (await only(talk)).phase is Phase.APPROVED


@in_virtual_time
async def test_a_draft_is_kept_with_each_word(talk):
    """What she wrote is there after a restart, and nobody else sees it."""
    author, approver = await staffed(talk)
    await written(talk, author, marks=(Mark("bold", 3, 8),))
    await talk.again()
    campaign, audience = await content(talk)
    assert campaign.messages["en"].text == TEXT.replace("Saturday", "<b>Saturday</b>")
    assert (campaign.topic, audience.topics) == ("meetings", {"meetings"})
    await approver.open()
    assert approver.page.text.endswith("There is no campaign here now.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{CANARY} violence", "say what it is about"),
        (f"{CANARY} " + "x" * 2500, "too long"),
        (f"{CANARY} https://x.org", "only words"),
        (f"Hello\n[ {CANARY} ]", "looks like a button"),
    ],
)
def test_what_is_refused_is_asked_again(talk, text, reason):
    """She is told why and asked again; of the refused words nothing is kept anywhere."""

    @in_virtual_time
    async def walk(talk):
        author, _ = await staffed(talk)
        await written(talk, author, text)
        assert reason in author.page.text
        assert "Write the text in English" in author.page.text
        assert not (await content(talk))[0].messages
        await talk.do(AUTHOR, Wrote(TEXT))
        assert TEXT in author.page.text

    walk(talk)


@in_virtual_time
async def test_a_text_is_changed_and_taken_out(talk):
    """Both at any time before the start, also in a ready text, and in one language alone."""
    author, _ = await staffed(talk)
    await author.open()
    await author.tap("Write a campaign", "16 Days: small steps", "Take this text", "✓ English")
    assert "Sixteen days, sixteen small steps." in author.page.text
    await author.tap("Change the text")
    await talk.do(AUTHOR, Wrote(TEXT))
    campaign, _ = await content(talk)
    assert campaign.messages["en"].text == TEXT
    assert len(campaign.messages) == 7
    await author.tap("Back", "✓ Русский", "Take it out")
    assert {*(await content(talk))[0].messages} == {"en", "kk", "ky", "tg", "uz", "uz_Cyrl"}


@in_virtual_time
async def test_any_change_voids_the_approval(talk):
    """A word changed in an approved campaign makes it a draft again: nothing goes out (R17)."""
    author, approver = await staffed(talk)
    await written(talk, author)
    await author.tap("Back", "Propose it")
    await approver.first()
    await approver.tap("Approve exactly this")
    assert (await only(talk)).phase is Phase.APPROVED
    await author.first()
    await author.tap("✓ English", "Change the text")
    await talk.do(AUTHOR, Wrote(TEXT + " Come!"))
    assert (await only(talk)).phase is Phase.DRAFT
    await approver.open()
    assert "There is no campaign here now." in approver.page.text


@in_virtual_time
async def test_who_writes_of_harm_is_told_where_help_is(talk):
    """Her text is taken all the same; one line and one button say where help is, and then are gone."""
    author, _ = await staffed(talk)
    hurt = "We meet on Saturday. " * 6 + "My husband beats me, says one of ten women."
    await written(talk, author, hurt)
    assert (await content(talk))[0].messages["en"].text.startswith("We meet")
    assert "Do you need help yourself?" in author.page.text
    held = await session(talk, AUTHOR)
    assert (held.place, held.heard) == ("campaigns", ()), "what was heard is not stored (R21)"
    await author.tap("I want to talk to someone")
    assert author.page.place in ("hub", "country")
    await author.first()
    assert "Do you need help yourself?" not in author.page.text


@in_virtual_time
async def test_the_way_out_works_while_she_writes(talk):
    """A word for it clears the chat there as everywhere, and is no text."""
    author, _ = await staffed(talk)
    await begun(author)
    await author.tap("English")
    await talk.do(AUTHOR, Wrote("stop"))
    assert talk.channel.cleared
    assert not (await content(talk))[0].messages


@in_virtual_time
async def test_a_picture_is_taken_where_it_is_asked_for(talk):
    """Only its ids are kept; elsewhere the bot says, as ever, that it opens no pictures."""
    author, _ = await staffed(talk)
    await written(talk, author)
    await talk.do(AUTHOR, Strayed(wordless=True, photo=PHOTO))
    assert "I do not open pictures" in author.page.text
    assert (await content(talk))[0].picture is None
    await author.tap("Back", "Picture")
    await talk.do(AUTHOR, Strayed(wordless=True, photo=PHOTO))
    assert "It has a picture." in author.page.text
    assert (await content(talk))[0].picture == PHOTO
    await author.tap("Take it out")
    assert (await content(talk))[0].picture is None


@in_virtual_time
async def test_a_picture_needs_short_texts(talk):
    """More than 1,024 characters do not fit below one: it is refused, and the text stays."""
    author, _ = await staffed(talk)
    await written(talk, author, "x" * 1025)
    await author.tap("Back", "Picture")
    await talk.do(AUTHOR, Strayed(wordless=True, photo=PHOTO))
    assert "a text is too long to stand below it" in author.page.text
    assert (await content(talk))[0].picture is None


@in_virtual_time
async def test_a_picture_is_looked_at_before_it_is_approved(talk):
    """The colleague has the message sent to her with its picture; only then may she approve."""
    author, approver = await staffed(talk)
    await written(talk, author)
    await author.tap("Back", "Picture")
    await talk.do(AUTHOR, Strayed(wordless=True, photo=PHOTO))
    await author.tap("Back", "Propose it")
    await approver.first()
    assert "Approve exactly this" not in approver.offered
    await approver.tap("Send it to me")
    shown = [one.shown for one in talk.channel.to(APPROVER)]
    (sample,) = (one for one in shown if isinstance(one, NewsPage))
    assert (sample.picture, sample.text) == (PHOTO.file_id, TEXT)
    await approver.tap("Approve exactly this")
    assert (await only(talk)).phase is Phase.APPROVED


@in_virtual_time
async def test_a_sample_goes_to_her_alone(talk):
    """It is the message itself; no reader gets it, and it counts nowhere."""
    author, _ = await staffed(talk)
    await written(talk, author, marks=(Mark("bold", 0, 2),))
    await author.tap("Send it to me")
    sample, screen = (one.shown for one in talk.channel.to(AUTHOR)[-2:])
    assert isinstance(sample, NewsPage)
    assert sample.text.startswith("<b>On</b> Saturday")
    assert sample.leave == "No more news"
    assert screen.place == "campaigns", "the screen stands below it again"
    assert not any(talk.channel.to(reader) for reader in READERS)
    assert (await only(talk)).totals.sent == 0


@in_virtual_time
async def test_readers_are_chosen_from_lists_and_counted(talk):
    """After each choice stands about how many they are; below twenty nothing can be proposed."""
    author, _ = await staffed(talk)
    await subscribe(talk.store, range(7_000_000_000, 7_000_000_030), country="kz", age="15-19")
    await written(talk, author)
    await author.tap("Back", "Who gets it")
    assert "Readers: about 70" in author.page.text
    await author.tap("Country", "Kazakhstan")
    assert "Readers: about 30" in author.page.text
    await author.tap("Back", "Age", "15–19")
    assert "Readers: about 30" in author.page.text
    assert "Ages: 15–19" in author.page.text
    await author.tap("Back", "Region")
    await author.tap(author.offered[0])
    assert "Fewer than 20 readers" in author.page.text
    await author.tap("Back", "Back")
    assert "Propose it" not in author.offered
    await author.choose("propose")
    assert (await only(talk)).phase is Phase.DRAFT, "what is not offered does nothing"
    await author.first()
    _, audience = await content(talk)
    assert (audience.countries, audience.ages) == ({"kz"}, {"15-19"})
    await author.tap("Who gets it", "Country", "Uzbekistan")
    assert not (await content(talk))[1].regions


@pytest.mark.parametrize("who", [APPROVER, 5_000_000_009])
def test_only_its_author_writes_in_it(talk, who):
    """Neither a colleague nor a stranger changes a draft, with whatever button or word."""

    @in_virtual_time
    async def walk(talk):
        author, _ = await staffed(talk)
        await written(talk, author)
        before = await content(talk)
        for choice in ("take-out", "write-text", "draft-picture"):
            tap = Chosen(author.page.place, choice, author.page.item)
            await talk.do(who, tap, over=talk.channel.last)
            await talk.do(who, Wrote("Other words"))
            await talk.do(who, Strayed(wordless=True, photo=PHOTO))
        assert await content(talk) == before

    walk(talk)


@in_virtual_time
async def test_a_forwarded_text_is_not_hers(talk):
    """What somebody else may have written is not taken (R24)."""
    author, _ = await staffed(talk)
    await begun(author)
    await author.tap("English")
    one = replace(talk.doing(AUTHOR, Wrote(TEXT)), forwarded=True)
    await talk.conversation.take([one])
    await talk.conversation.settled()
    assert not (await content(talk))[0].messages


@in_virtual_time
async def test_her_words_lie_nowhere_but_sealed(talk):
    """Sessions, replies and all other rows hold nothing of what she typed (R1)."""
    author, _ = await staffed(talk)
    await written(talk, author, f"{CANARY} is a good word.")
    assert CANARY not in await talk.store._database.run(_everything)


def _everything(connection):
    """Read every table as it lies there."""
    rows = {
        name: connection.execute(table.select()).all() for name, table in metadata.tables.items()
    }
    return json.dumps(rows, default=repr)
