"""Truths about campaigns as they are written: what nobody could send or read is named."""

from dataclasses import replace

import pytest

from bot.content.campaigns_files import beginning
from bot.content.load import ContentProblems
from tests.content.kit import write
from tests.content.test_quizzes import GOOD, QUIZ, SOURCES, item

NEWS = """\
campaign: tea
title: A title
about: A line.
topic: days
opens: quiz
quiz: yes-no
text: Hello.
button: Look
"""
TOPICS = "topics: [{id: days, name: Days}, {id: games, name: Games}]\n"


@pytest.fixture
def told(found, tmp_path):
    """Say what is wrong with a campaign, or with several, by the names of their files."""

    def look(given=None, **campaigns):
        write(tmp_path)
        files = {"sources/book": SOURCES, "quizzes/yes-no": QUIZ + item(GOOD), "topics": TOPICS}
        files |= {f"campaigns/{name}": text for name, text in campaigns.items()}
        for name, text in files.items():
            path = tmp_path / "content" / f"{name}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        try:
            seen = found(given) if given else found()
            return [one for one in seen if one.startswith("campaigns/")]
        except ContentProblems as problems:
            return str(problems).splitlines()

    return look


def test_a_sound_campaign_has_no_problem(told):
    """One that opens a quiz that is there, of a topic that can be chosen, is sound."""
    assert told(tea=NEWS) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("quiz: yes-no", "quiz: yes-on",
         "6:7: there is no quiz 'yes-on' that anybody may play (did you mean 'yes-no'?)"),
        ("opens: quiz", "opens: tree", "5:8: 'quiz' says which quiz is opened"),
        ("quiz: yes-no\n", "", "5:8: which quiz is opened?"),
        ("topic: days", "topic: dais", "4:8: there is no topic 'dais' (did you mean 'days'?)"),
        ("campaign: tea", "campaign: cup", "this is campaign 'cup' (the file is called tea.yaml)"),
        ("campaign: tea", "campaign: ru", "this is campaign 'ru'"),
        ("opens: quiz", "opens: page", "5:8: 'page'"),
        ("text: Hello.", "text: Help for survivors.", "7:7: in en the first 100 characters"),
        ("button: Look", "button: Survivors", "8:9: in en the first 100 characters tell the topic"),
        ("text: Hello.", "text: <b>Hello.", "7:7: <b> is not closed (add </b>)"),
        ("button: Look", "button: <b>Look</b>", "8:9: no markup can stand here: <b>"),
        ("text: Hello.", "text: Hello {name}.", "nothing fills the placeholder {name}"),
        ("button: Look", "button: Look\npicture: tea.png",
         "9:1: a file holds no picture (take the text in the chat, then add it there"),
        ("button: Look", f"button: {'o' * 41}", "8:9: in ru this has 41 characters, 40 fit"),
    ],
)  # fmt: skip
def test_what_nobody_could_send_is_named(told, old, new, said):
    """Each fault is told once in its place, in plain words."""
    problems = told(tea=NEWS.replace(old, new))
    assert any(said in one for one in problems), problems
    assert problems[0].removeprefix("content/").startswith("campaigns/tea.yaml:")


def test_a_translation_may_not_be_longer_than_a_message(told, terms):
    """A message has room for 4,096 characters as they are read, without their markup."""

    def problems(many):
        russian = {("ru", "Hello."): f"<b>{'о' * many}</b>"}
        given = replace(terms, translate=lambda *said: russian.get(said, said[1]))
        return told(given, tea=NEWS)

    assert problems(4096) == []
    assert "7:7: in ru this has 4097 characters, 4096 fit" in problems(4097)[0]


def test_a_translation_that_tells_is_found(told, terms):
    """The beginning is looked at as it is read in every language, not in English alone."""
    russian = {("ru", "Hello."): "Насилие и помощь."}
    given = replace(terms, translate=lambda *said: russian.get(said, said[1]))
    problems = told(given, tea=NEWS)
    assert "7:7: in ru the first 100 characters tell the topic: 'насилие'" in problems[0]


def test_what_stands_later_is_not_read_over_a_shoulder(told):
    """After 100 characters a text may say what it is about."""
    assert told(tea=NEWS.replace("Hello.", "o" * 100 + " Help for survivors.")) == []


def test_a_campaign_is_begun_without_a_problem(told):
    """What a new file holds loads at once, so that a bot that reads it again goes on."""
    assert told(spring=beginning("spring", ["days", "games"])) == []


def test_a_campaign_is_not_called_as_another_button(told):
    """Its own button would be that of a language, a country or a way on."""
    problems = told(ru=NEWS.replace("campaign: tea", "campaign: ru"))
    assert "1:11: where campaigns are written there is a button 'ru' already" in problems[0]


@pytest.mark.parametrize("name", ["Spring", "a b", "../x", "", "a--b", "x" * 41])
def test_a_campaign_is_called_by_an_id(name):
    """Whatever is no id makes no file."""
    with pytest.raises(ValueError, match="is no id"):
        beginning(name, ["days"])
