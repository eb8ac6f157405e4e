"""Truths about what readers see of a campaign."""

from dataclasses import replace

import pytest

from bot.engine.campaigns import made, missing, page
from bot.engine.every_screen import of_board, shown_board
from bot.engine.links import Links
from bot.engine.session import Session
from bot.staff.roles import Role
from bot.staff.standing import Standing
from tests.engine.walking import NOW


class HalfTranslated:
    """Catalogues in which Kazakh has everything and Russian lacks the buttons."""

    def __init__(self, buttons):
        self._buttons = buttons

    def has(self, language, msgid):
        return language in ("en", "kk") or (language == "ru" and msgid not in self._buttons)

    def text(self, language, msgid):
        return f"{language}: {msgid}"

    def say(self, language, say):
        return self.text(language, say.text)


@pytest.fixture
def templates(stage):
    return stage.world.content.campaigns


@pytest.fixture
def halved(stage, templates):
    """The shipped content, spoken by half-translated catalogues."""
    return replace(stage.world, words=HalfTranslated({one.button for one in templates.values()}))


def test_there_are_the_three_that_were_asked_for(templates):
    """16 Days, 8 March and the start of school."""
    assert {*templates} >= {"sixteen-days", "eighth-of-march", "new-school-year"}


def test_nothing_stands_in_for_a_language(halved, templates):
    """Only who has the whole text in her language is written to; the others are named."""
    for template in templates.values():
        campaign = made(halved, template, "abcdefgh")
        assert {*campaign.messages} == {"kk", "en"}
        assert {*missing(halved, template)} == {*halved.offered.languages} - {"kk", "en"}
        assert campaign.messages["kk"].text == f"kk: {template.text}"


def test_every_button_leads_where_it_says(halved, templates):
    """The link of each shipped campaign is one that the bot reads, and opens its quiz."""
    links = Links(halved)
    for template in templates.values():
        linked = links.read(made(halved, template, "abcdefgh").link)
        assert linked is not None
        assert linked.item == (template.quiz or "")


def test_every_message_can_be_left(halved, templates):
    """Under each one stands how to get no more; a language without a text has no page."""
    for template in templates.values():
        campaign = made(halved, template, "abcdefgh")
        read = page(halved.words, campaign, "kk")
        assert read is not None
        assert read.button is not None
        assert read.leave == "kk: No more news"
        assert read.button.url.endswith(f"?start={campaign.link}-{campaign.id}")
        assert page(halved.words, campaign, "ru") is None


@pytest.mark.parametrize(
    "said",
    [
        ("A draft: nobody but you sees it.", "Button: "),
        ("Delete this draft?",),
        ("Write the text in English", "fit"),
        ("Write the text in English", "Ten minutes after the approval"),
        ("It is being sent.", "A correction waits"),
        ("approve exactly these words?",),
    ],
)
def test_every_screen_of_campaigns_is_looked_at(stage, said):
    """Drafts, questions, what goes out and its correction: `tirek check` renders each of them."""
    standing, board = Standing(Role.VOLUNTEER), shown_board(stage.world, NOW)
    texts = [
        stage.page(
            Session("campaigns", "en", one.item, "kg", told=True, standing=standing, board=board),
            NOW,
        ).text
        for one in of_board(stage.world, board)
    ]
    assert any(all(words in text for words in said) for text in texts)
