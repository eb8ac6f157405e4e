"""Truths about what is drawn and exported of campaigns and of people: counts, and nobody."""

import asyncio
from io import BytesIO

import pytest
from PIL import Image
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.errors import TirekError
from tests.conftest import ROOT
from tests.test_sending import sent


@pytest.fixture
def typed(tmp_path, monkeypatch):
    """Type a command over the real content; return what it printed, or raise what it ended with."""
    monkeypatch.setenv("TIREK_CONTENT__FOLDER", str(ROOT / "content"))
    monkeypatch.setenv("TIREK_CONTENT__LOCALES", str(ROOT / "locales"))
    (tmp_path / "bot.yaml").write_text("{}")

    def do(*words):
        done = CliRunner().invoke(cli, [*words, "--settings", str(tmp_path / "bot.yaml")])
        if isinstance(done.exception, TirekError):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.stdout

    return do


def drawing(file, *more):
    return ("campaign", "draw", "spring", "--out", str(file), *more)


def test_how_it_went_out_is_drawn_as_png_and_pdf(typed, tmp_path):
    """The file asked for is written, in the language asked for."""
    asyncio.run(sent(tmp_path, 60, 40))
    for file, begins in (("a.png", b"\x89PNG"), ("a.pdf", b"%PDF")):
        assert typed(*drawing(tmp_path / file, "--language", "kk")).strip() == str(tmp_path / file)
        assert (tmp_path / file).read_bytes().startswith(begins)
    assert Image.open(BytesIO((tmp_path / "a.png").read_bytes())).size == (1754, 1240)


def test_a_few_are_not_drawn(typed, tmp_path):
    """Of a campaign that sixteen got no picture is made, for it would tell of them."""
    asyncio.run(sent(tmp_path, 60, 16))
    with pytest.raises(TirekError, match="fewer than 20"):
        typed(*drawing(tmp_path / "a.png"))
    assert not (tmp_path / "a.png").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--out", "a.gif"), "neither in .png nor in .pdf"),
        (("--out", "a.png", "--language", "xx"), "'xx' is not offered. There are: kk"),
        (("--out", "a.png"), "no campaign winter"),
    ],
)
def test_a_slip_is_answered_with_the_remedy(typed, words, said):
    """A name, a language or an ending that there is not."""
    with pytest.raises(TirekError, match=said):
        typed("campaign", "draw", "winter", *words)
