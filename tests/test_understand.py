"""Truths about `tirek understand`."""

import json

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.content.model import LABELS
from bot.content.weights_file import COLUMNS
from bot.errors import ContentError

WORDS = """\
language: ru
concepts: {hit: [бьет*], me: [меня], kill: [убьет], now: [сейчас], film: [фильм*]}
"""
COMMON = """\
people: [me]
quiet: [film]
"""
WEIGHED = {
    "(bias)": {"alone": 9, "harm": -1, **dict.fromkeys(LABELS, -1)},
    "=hit+me": {"harm": 999, "violence": 999},
    "=kill": {"harm": 3},
    "=kill+now": {"harm": 999, "violence_now": 999},
}
SET = """\
phrases:
- {text: меня бьет, lang: ru, labels: [violence], kind: explicit}
- {text: меня обижает, lang: ru, labels: [violence], kind: implicit}
- {text: убьет, lang: ru, labels: [violence_now, violence]}
- {text: меня бьет дождь, lang: ru, labels: [none], kind: hard}
- {text: убьет сейчас, lang: ru, labels: [violence], kind: explicit}
- {text: привет, lang: en, labels: [none], kind: chat}
"""


@pytest.fixture
def asked(tmp_path):
    """Run the command over a small lexicon; give what it prints."""
    folder = tmp_path / "content" / "lexicon" / "disclosures"
    (folder / "words").mkdir(parents=True)
    (folder / "words" / "ru.yaml").write_text(WORDS, "utf-8")
    (folder / "common.yaml").write_text(COMMON, "utf-8")
    rows = [[one, *(str(row.get(at, 0)) for at in COLUMNS[1:])] for one, row in WEIGHED.items()]
    lines = ["\t".join(row) for row in (["(scale)", "1"], *rows)]
    (folder / "weights.tsv").write_text("\n".join(lines), "utf-8")
    (tmp_path / "bot.yaml").write_text("{}\n")
    (tmp_path / "set.yaml").write_text(SET, "utf-8")

    def run(*arguments, said=None):
        settings = ["--settings", str(tmp_path / "bot.yaml")]
        words = [each.replace("SET", str(tmp_path / "set.yaml")) for each in arguments]
        result = CliRunner().invoke(cli, ["understand", *settings, *words], input=said)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output

    return run


def test_a_message_is_explained(asked):
    """It tells the labels, what spoke for them, how much, and the words behind each sign."""
    told = [line.split() for line in asked("сейчас меня бьет").splitlines()]
    assert told.pop(2)[:3] == ["sounds", "like", "harm:"]
    assert told == [
        ["labels:", "violence"],
        ["rules:", "hit+me"],
        ["now", "сейчас", "(ru)"],
        ["me", "меня", "(ru)"],
        ["hit", "бьет", "(ru)"],
    ]
    assert "none (a soft question)" in asked("убьет")


def test_lines_are_answered_with_lines(asked):
    """Each line in gives one object out; a doubtful message has its reason and no label."""
    lines = asked("--jsonl", said="меня бьет\nпривет\nубьет\nубьет сейчас\n").splitlines()
    assert [json.loads(line) for line in lines] == [
        {"labels": ["violence"], "rules": ["hit+me"]},
        {"labels": ["none"], "rules": []},
        {"labels": ["none"], "rules": ["kill"]},
        {"labels": ["violence_now", "violence"], "rules": ["kill+now"]},
    ]


def test_a_set_is_counted(asked):
    """The table counts what is noticed, the alarms and the questions, for each language."""
    rows = [line.split() for line in asked("--score", "SET").splitlines()]
    assert [
        "ru",
        "4",
        "50.0%",
        "66.7%",
        "0.0%",
        "66.7%",
        "1/1",
        "100.0%",
        "0/0",
        "0.0%",
        "1/0",
    ] in rows
    assert [
        "en",
        "0",
        "100.0%",
        "100.0%",
        "100.0%",
        "100.0%",
        "0/0",
        "0.0%",
        "0/1",
        "0.0%",
        "0/0",
    ] in rows
    assert [
        "all",
        "4",
        "50.0%",
        "66.7%",
        "0.0%",
        "66.7%",
        "1/1",
        "100.0%",
        "0/1",
        "0.0%",
        "1/0",
    ] in rows


def test_misses_are_listed(asked):
    """What was misunderstood is listed with what was found in it."""
    told = asked("--score", "SET", "--misses")
    for line in (
        "MISSED: [ru implicit] меня обижает",
        "MISSED, asks: [ru explicit] убьет",
        "FALSE ALARM: [ru hard] меня бьет дождь",
        "WRONGLY violence_now: [ru explicit] убьет сейчас",
    ):
        assert line in told
    assert "привет" not in told
    assert "FALSE ALARM" not in asked("--score", "SET", "--misses", "--lang", "en")


def test_a_set_that_is_none_is_explained(asked, tmp_path):
    """A file that holds no phrases, or nothing to understand at all, is told plainly."""
    (tmp_path / "other.yaml").write_text("phrases:\n- {text: x, lang: ru, labels: [violens]}\n")
    with pytest.raises(ContentError, match=r"other\.yaml.*no label violens"):
        asked("--score", str(tmp_path / "other.yaml"))
    with pytest.raises(ContentError, match="say something"):
        asked()
