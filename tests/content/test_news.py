"""Truths about topics of news as they are written, and about the ways that lead to the news."""

from dataclasses import replace

import pytest

from bot.content.blocks import BlockSpec
from bot.content.check import check
from bot.content.load import ContentProblems, load
from tests.content.kit import BLOCKS, HOME, Plain, write

TOPICS = """\
topics:
  - id: days
    name: Days we mark
  - id: meetings
    name: Meetings
"""
SPECS = {
    **BLOCKS,
    "news": BlockSpec("news", Plain, news=True),
    "play": BlockSpec("play", Plain, playful=True),
}
WAY = "      - {id: news, text: News, goto: news}\n"
NEWS = """\
  play:
    text: Play.
    block: play
    choices:
      - {id: news, text: News, goto: news}
      - {id: help, text: Help, goto: help}
  news:
    text: News.
    block: news
    choices:
      - {id: help, text: Help, goto: help}
"""


@pytest.fixture
def told(found, tmp_path, terms):
    """Say what is wrong with these topics."""

    def look(text):
        (write(tmp_path) / "topics.yaml").write_text(text, "utf-8")
        try:
            return found(terms)
        except ContentProblems as problems:
            return [one.removeprefix("content/") for one in str(problems).splitlines()]

    return look


def test_sound_topics_are_read_in_their_order(told, tmp_path):
    """Topics keep their order; where there is no file there is none, and nothing is wrong."""
    assert load(write(tmp_path), BLOCKS).topics == ()
    assert told(TOPICS) == []
    assert [one.id for one in load(tmp_path / "content", BLOCKS).topics] == ["days", "meetings"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: meetings", "id: days",
         "topics.yaml:4:5: topic 'days' is here for the second time (first at content/topics.yaml:2)"),
        ("Days we mark", "a" * 33, "topics.yaml:3:11: in ru this has 33 characters, 32 fit"),
        ("Meetings", "Shelter news",
         "topics.yaml:5:11: in ru this tells the topic: 'shelter' (say it plainly)"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_line(told, old, new, said):
    """Ids that are there twice, names too long, telling words."""
    assert TOPICS.count(old) == 1
    assert any(said in one for one in told(TOPICS.replace(old, new)))


def test_only_where_people_play_a_way_leads_to_the_news(tmp_path, terms):
    """A choice that leads there from any other screen is named by its line (R14)."""
    go, close = "      - {id: go,", "      - {id: close,"
    playing = HOME.replace(go, f"      - {{id: play, text: Play, goto: play}}\n{go}") + NEWS

    def said(home):
        content = load(write(tmp_path, home=home), SPECS)
        return [str(one) for one in check(content, replace(terms, blocks=SPECS))]

    assert said(playing) == []
    (problem,) = said(playing.replace(close, WAY + close))
    assert problem.startswith("content/flows/home.yaml:13:")
    assert "this leads to the news from 'help', where people look for help" in problem
