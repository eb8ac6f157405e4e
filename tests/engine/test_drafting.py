"""Truths about what an author may write, and what the button of her campaign opens."""

from dataclasses import replace

import pytest

from bot.campaigns.audience import Audience
from bot.campaigns.board import Board, Posted
from bot.campaigns.campaign import Campaign, Message, Photo
from bot.campaigns.proposal import Phase, Proposal
from bot.campaigns.wording import Wording
from bot.content.lexicon import read_lexicon
from bot.engine import drafting
from bot.engine.blocks.campaign_screens import mark
from bot.engine.campaigns import page
from bot.engine.events import Wrote
from bot.engine.links import Links
from bot.engine.session import AND, Session
from bot.engine.stage import Stage
from bot.learning.headcount import AGES
from bot.staff.roles import Role
from bot.staff.standing import Standing
from tests.conftest import LANGUAGES, ROOT
from tests.engine.walking import NOW
from tests.standin.entities import formatted

NEUTRAL = "Hello! On Saturday we meet again, and there is tea. " * 3
DRAFT = Campaign("abcdefgh", "days", {}, "")


@pytest.fixture
def wary(stage):
    lexicon, problems = read_lexicon(ROOT / "content" / "lexicon")
    assert not problems
    return replace(stage.world, lexicon=lexicon)


def why(wary, text, campaign=DRAFT, **facts):
    return drafting.refused(wary, campaign, Wrote(text, **facts), Wording.of(text))


def test_plain_words_are_taken(wary):
    """Nothing is wrong with a neutral text."""
    assert why(wary, NEUTRAL) == ""


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\u2066", "...", "👍👍", "\u3164"])
def test_a_text_without_words_is_none(wary, text):
    """Something has to be read."""
    assert why(wary, text) == drafting.EMPTY


@pytest.mark.parametrize(
    "begins",
    ["Violence ", "Let us talk about vi\u200bolence. ", "Зомбулук ", "НАСИЛИЕ ", "v\u0301iolence "],
)
def test_the_beginning_tells_nothing(wary, begins):
    """In the first hundred characters no word of the list stands, in whatever language (R12)."""
    assert why(wary, begins + NEUTRAL) == drafting.TELLING
    assert why(wary, NEUTRAL[:110] + begins) == ""


@pytest.mark.parametrize(
    "text", ["look at https://x.org", "write to @somebody", "t.me/somewhere", "call 0555 123 456"]
)
def test_nothing_in_it_leads_elsewhere(wary, text):
    """A text with an address, an account or a number is refused, however Telegram marks it."""
    assert why(wary, text) == drafting.LEADING
    assert why(wary, "look here", plain=False) == drafting.LEADING
    assert why(wary, "look here", photo=Photo("a", "b")) == drafting.LEADING


@pytest.mark.parametrize(
    "text",
    [
        "Hello\n[ Open ]",
        "【Open】",
        "Hello\n → [Next]…",
        "Hello\nNo more news",
        "Hello\nno more news!",
    ],
)
def test_no_line_looks_like_a_button(wary, text):
    """What is drawn as a button, or says what ours says, is refused."""
    assert why(wary, text) == drafting.BUTTON


def test_brackets_within_a_line_are_no_button(wary):
    """Only a line that stands in brackets as a whole is taken for one."""
    assert why(wary, "We meet [as always] on Saturday (bring a friend)") == ""


def test_it_has_to_fit(wary):
    """2,500 characters alone and 1,024 below a picture, counted as Telegram counts; not one more."""
    with_picture = replace(DRAFT, picture=Photo("a", "b"))
    for campaign, most in ((DRAFT, 2500), (with_picture, 1024)):
        assert why(wary, "x" * most, campaign) == ""
        assert why(wary, "x" * (most + 1), campaign) == drafting.LONG
        assert why(wary, "x" + "😀" * (most // 2), campaign) == drafting.LONG


def test_markup_takes_no_room(wary):
    """A picture fits where what is read is short enough, however much is bold in it."""
    bold = "".join(f"<b>{sign}</b>" for sign in "x" * 1024)
    assert drafting.has_room(replace(DRAFT, messages={"en": Message(bold, "")}))
    assert not drafting.has_room(replace(DRAFT, messages={"en": Message(bold + "x", "")}))


def test_every_button_opens_what_it_says(wary):
    """Each link is one that the bot reads, and is called as what it opens in each language."""
    links, ways = Links(wary), drafting.openings(wary)
    assert {"tree", *wary.content.played} <= {*ways}
    said = replace(DRAFT, messages={one: Message("x", "") for one in wary.offered.languages})
    for name, way in ways.items():
        linked = links.read(way.link)
        assert linked is not None
        assert name in (linked.place, linked.item)
        campaign = drafting.opened(wary, said, way.link)
        for language, one in campaign.messages.items():
            assert one.button == wary.plain(language, way.label)
            assert 0 < len(one.button) <= 40


def test_without_a_button_there_is_none(wary):
    """A message may only say something; then it has nothing but the way to leave."""
    said = drafting.said(wary, DRAFT, "kk", Wording.of(NEUTRAL))
    shown = page(wary.words, said, "kk")
    assert shown is not None
    assert (shown.button, shown.picture) == (None, "")


def test_a_text_of_hers_keeps_the_button_of_a_ready_one(wary):
    """Who changes one language of a ready text changes nothing else."""
    ready = replace(
        DRAFT, messages={"en": Message("x", "Open"), "ky": Message("y", "Ачуу")}, link="q7"
    )
    changed = drafting.said(wary, ready, "ky", Wording.of("Салам!"))
    assert changed.messages == {**ready.messages, "ky": Message("Салам!", "Ачуу")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_text_can_be_approved(wary, language):
    """All that is said of the widest choice of readers stands on one screen with it, in any language."""
    stage, starts = Stage(wary), int(NOW.timestamp()) + 7200
    message = Message("x" * drafting.ALONE, "b" * 40)
    for country, regions in wary.content.places.regions.items():
        audience = Audience(
            frozenset(LANGUAGES),
            frozenset({country}),
            frozenset(one.id for one in regions),
            frozenset(AGES),
            frozenset({"meetings"}),
        )
        said = dict.fromkeys(LANGUAGES[:3], message)
        one = Campaign("abcdefgh", "meetings", said, "q1", Photo("a", "b"))
        digest = one.digest(audience, starts)
        proposal = Proposal(b"other", digest, starts, Phase.PROPOSED)
        board = Board(b"hers", (Posted(one, audience, proposal, 1_000_000),))
        session = Session("campaigns", language, AND.join(mark(digest)), country, board=board)
        session = replace(session, standing=Standing(Role.APPROVER))
        text, _ = formatted(stage.page(session, NOW).text, "HTML", None)
        assert message.text in text
