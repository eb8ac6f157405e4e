"""`tirek campaign` begins, checks and shows campaigns; what is missing stands first."""

import shutil

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli


@pytest.fixture
def asked(tmp_path, request):
    """Run a command over a copy of the shipped content; tell what it printed and how it ended."""
    root = request.config.rootpath
    shutil.copytree(root / "content", tmp_path / "content")
    (tmp_path / "bot.yaml").write_text(f"content: {{locales: '{root}/locales'}}\n")

    def ask(*arguments):
        settings = ("--settings", str(tmp_path / "bot.yaml"))
        told = CliRunner().invoke(cli, ["campaign", *arguments, *settings])
        return told.exit_code, told.stdout + str(told.exception or "")

    return ask


def test_a_campaign_is_begun_checked_and_shown(asked, tmp_path):
    """The new file has no problem but its languages; its preview is what is read in English."""
    code, told = asked("new", "spring")
    assert code == 0
    assert (tmp_path / "content" / "campaigns" / "spring.yaml").exists()
    code, told = asked("check", "spring")
    assert code == 1
    assert told.splitlines()[0].endswith("not translated; its readers would get nothing.")
    assert "(en)" not in told
    code, told = asked("preview", "spring", "--language", "en")
    assert code == 0
    lines = told.splitlines()
    assert "Hello! Here is something new." in lines
    assert lines[-2:] == ["[ Look  (t.me/…?start=t) ]", "[ No more news ]"]


def test_a_fault_is_told_with_its_place(asked, tmp_path):
    """A text that tells the topic is found by its line and column, and nothing else is told."""
    asked("new", "spring")
    path = tmp_path / "content" / "campaigns" / "spring.yaml"
    path.write_text(path.read_text("utf-8").replace("Hello!", "Survivors!"), "utf-8")
    code, told = asked("check", "spring")
    assert code == 1
    assert "content/campaigns/spring.yaml:10:7: in en the first 100 characters" in told
    assert "1 problem" not in told.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("new", "sixteen-days"), "is there already"),
        (("new", "No Name"), "is no id"),
        (("preview", "spring"), "There is no campaign 'spring'. There are: eighth-of-march"),
        (("preview", "sixteen-days", "--language", "fr"), "'fr' is not offered"),
    ],
)
def test_what_cannot_be_done_is_said(asked, arguments, said):
    """Each error names its remedy, and nothing is written over."""
    code, told = asked(*arguments)
    assert code == 1
    assert said in told


def test_a_language_is_there_only_in_itself(world):
    """What another language would stand in for is not there; English, the source, always is."""
    words = world.words
    assert words.has("en", "never a text")
    assert not any(words.has(one, "never a text") for one in ("ru", "kk", "ky", "tg", "uz"))
    assert words.has("ru", "Back")
