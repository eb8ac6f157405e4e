"""The bot in a terminal, as an operator or an author starts it: answers, refusals, exit codes."""

import asyncio
import os
import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.process import ROOT

PLACE = re.compile(r"^\S+?:\d+:\d+: \S.*$")
TOKEN = "4200000001:stand-in-token-that-opens-no-doors0"

KK = ["Жалғастыру", "Жалғастыру", "Қазақстан", "Біреумен сөйлескім келеді", "1", "Жабу"]
UZ = ["Ўзбекча", "Давом этиш", "Давом этиш", "Ўзбекистон", "Ким биландир гаплашмоқчиман", "1"]
OSH_KY = ["Улантуу", "Улантуу", "Кыргызстан", "Барчу жер тапкым келет", "1", "Ооба", "1", "Жок"]
OSH_KY += ["Өткөрүп жиберүү", "Жок", "ош шаарында", "Медициналык жардам", "1", "Тизмеге кайтуу"]
OSH_UZ = ["Davom etish", "Davom etish", "Qirgʻiziston", "Boradigan joy izlayapman", "1", "Ha", "1"]
OSH_UZ += ["Yoʻq", "O'tkazib yuborish", "Yoʻq", "Oʻshdaman", "Tibbiy yordam", "1", "Menyu"]


@dataclass
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


async def tirek(*words: str, typed: bytes | None = b"", cwd: Path = ROOT, **more: str) -> Ended:
    """Run a command with `typed` on its standard input (None: the null device)."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=cwd,
        stdin=asyncio.subprocess.DEVNULL if typed is None else asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **more},
    )  # fmt: skip
    async with asyncio.timeout(120):  # for one that hangs: beside other work each is slow
        out, err = await process.communicate(typed)
    assert process.returncode is not None
    ended = Ended(process.returncode, out.decode(), err.decode())
    assert "Traceback" not in ended.out + ended.err
    return ended


async def chat(typed: bytes | None, language: str = "kk") -> Ended:
    return await tirek("chat", "--plain", "--language", language, typed=typed)


def lines(*words: str) -> bytes:
    return "".join(f"{word}\n" for word in words).encode()


async def says_in_plain_letters(typed, language, says):
    ended = await chat(typed, language)
    assert (ended.code, ended.err) == (0, "")
    for words in says:
        assert words in ended.out
    assert "\x1b" not in ended.out
    assert "<b>" not in ended.out


@pytest.mark.parametrize(
    ("typed", "language", "says"),
    [
        (lines(*KK), "kk", ["Сіз жалғыз емессіз", "111 — ", "Кімге арналған:"]),
        (lines(*UZ), "uz", ["Сиз ёлғиз эмассиз", "1146 — ", "Кимлар учун:"]),
    ],
    ids=["kk", "uz_Cyrl"],
)
async def test_a_piped_journey_leads_to_a_number(typed, language, says):
    """Lines from a pipe hold the same conversation, plain letters only, and end well."""
    await says_in_plain_letters(typed, language, says)


@pytest.mark.parametrize(
    ("typed", "language", "says"),
    [
        (
            lines(*OSH_KY),
            "ky",
            ["72 сааттын ичинде", "120 сааттын", "1. Медициналык жардам", "Ош:"],
        ),
        (lines(*OSH_UZ), "uz", ["72 soat ichida", "120 soat", "1. Tibbiy yordam", "Oʻsh:"]),
    ],
    ids=["ky", "uz"],
)
async def test_a_piped_journey_leads_to_help_in_osh(typed, language, says):
    """Hurt within three days, in Osh: the card begins with medical help and its hours, in a pipe too."""
    await says_in_plain_letters(typed, language, says)


async def test_what_is_removed_elsewhere_leaves_no_page_behind():
    """A phrase typed twice and a third time brings the start page once: where it opens the quiz."""
    phrase = "blue kettle of grandma"
    way = ("Continue", "Continue", "Kazakhstan", "Phone safety", "A shared phone")
    ended = await chat(lines(*way, "Show a quiz instead", phrase, phrase, phrase), "en")
    assert ended.out.count("Choose your language, then tap") == 2  # the other one began the chat


ODD = (
    b"\xff\xfe\xd0\n\xed\xa0\x80\n",  # no UTF-8
    b"\x1b[31m\x07\x00\n\r\n\t\n/\n/ \n",
    random.Random(5).randbytes(20_000) + b"\n",
    "қ".encode() * 500_000 + b"\n",
)


@pytest.mark.parametrize("typed", [None, b"", b"".join(ODD)], ids=["null", "empty", "odd"])
async def test_whatever_is_piped_ends_well(typed):
    """Nothing that can come through a pipe ends the terminal with anything but 0 and silence."""
    ended = await chat(typed and typed + b"help")
    assert (ended.code, ended.err) == (0, "")
    assert "Қош келдіңіз" in ended.out
    assert ("Қазір қай елдесіз?" in ended.out) == bool(typed)


async def test_a_locale_without_our_letters_is_no_hindrance():
    """Where the locale knows no Cyrillic, the terminal gets UTF-8 all the same."""
    ended = await tirek("chat", "--plain", "--language", "kk", PYTHONIOENCODING="latin-1")
    assert (ended.code, ended.err) == (0, "")
    assert "Қош келдіңіз" in ended.out


async def test_a_closed_input_is_an_empty_one():
    """Started without any standard input, as some supervisors do, the chat shows and ends."""
    command = f"exec {sys.executable} -m bot chat --plain --language kk <&-"
    process = await asyncio.create_subprocess_shell(
        command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert "Қош келдіңіз" in out.decode()


async def test_an_unknown_language_begins_in_english():
    """A language nobody offers begins as a phone in that language would: in English."""
    ended = await chat(None, "zz")
    assert (ended.code, ended.err) == (0, "")
    assert "Hello" in ended.out


async def test_without_a_token_run_opens_the_chat(tmp_path):
    """`tirek run` without a token says so, and is the bot itself, here."""
    (tmp_path / "bot.yaml").write_text(_settings())
    ended = await tirek("run", typed=lines("Continue"), cwd=tmp_path, LANG="C.UTF-8")
    assert ended.code == 0
    assert ended.err.startswith("No token in secrets/telegram-token")
    assert "Before you write anything" in ended.out


async def test_an_open_token_file_is_refused(tmp_path):
    """A token that others may read is refused with the command that closes it, never shown."""
    token = tmp_path / "token"
    token.write_text(TOKEN)
    token.chmod(0o644)
    (tmp_path / "bot.yaml").write_text(_settings("telegram: {token_file: token}"))
    ended = await tirek("run", cwd=tmp_path)
    assert (ended.code, ended.out) == (1, "")
    assert f"chmod 600 {token}" in ended.err
    assert TOKEN not in ended.err
    assert len(ended.err.splitlines()) == 1


async def test_bad_settings_are_named(tmp_path):
    """Every fault of the settings is one line `file:line:col: what`, all at once and nothing else."""
    (tmp_path / "bot.yaml").write_text(
        _settings("log: {level: loud}", "sending: {window: 9}", "stoer: {}")
    )
    ended = await tirek("run", cwd=tmp_path)
    assert (ended.code, ended.out) == (1, "")
    told = ended.err.splitlines()
    assert len(told) == 3
    assert all(PLACE.match(line) for line in told)


async def test_broken_content_is_not_served(tmp_path):
    """Content that cannot be served is named line by line, and no screen of it is shown."""
    (tmp_path / "bot.yaml").write_text(_settings(folder=ROOT / "tests" / "content" / "broken"))
    ended = await tirek("chat", cwd=tmp_path)
    assert (ended.code, ended.out) == (1, "")
    told = ended.err.splitlines()
    assert len(told) >= 10
    assert all(PLACE.match(line) for line in told)


async def test_check_lists_every_problem_at_once(tmp_path):
    """`tirek check` of a broken folder lists 15 and more different problems, each with its place."""
    (tmp_path / "bot.yaml").write_text(_settings(folder=ROOT / "tests" / "content" / "broken"))
    ended = await tirek("check", cwd=tmp_path)
    assert ended.code == 1
    told = ended.out.splitlines()
    assert all(PLACE.match(line) for line in told)
    assert len({line.split(": ", 1)[1] for line in told}) >= 15
    assert ended.err.strip() == f"{len(told)} problems"


def _settings(*more: str, folder: Path = ROOT / "content") -> str:
    return "\n".join([f"content: {{folder: {folder}, locales: {ROOT / 'locales'}}}", *more, ""])
