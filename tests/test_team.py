"""Truths about `tirek staff` and `tirek audit`: what an operator types, and what is printed."""

import asyncio
import re
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.commands import team
from bot.engine.blocks.course import are_hers, check_words
from bot.errors import TirekError
from bot.language.say import Say
from bot.settings import load_settings
from bot.staff.doings import Accepted, Passed
from bot.staff.invitation import token_in
from bot.staff.roles import Role
from bot.store.batch import Batch
from bot.store.keys import KeyRing
from bot.store.store import Store
from tests.conftest import LANGUAGES, ROOT

ANNA = 6_000_000_111


@pytest.fixture
def here(tmp_path):
    """The settings file of a bot of its own, over the real content."""
    file = tmp_path / "bot.yaml"
    words = (ROOT / "bot.yaml").read_text("utf-8")
    words = words.replace("folder: content", f"folder: {ROOT / 'content'}")
    file.write_text(words.replace("locales: locales", f"locales: {ROOT / 'locales'}"), "utf-8")
    return file


@pytest.fixture
def typed(here):
    """Type a command; return what it printed, or raise what it ended with."""

    def do(*words):
        done = CliRunner().invoke(cli, [*words, "--settings", str(here)], catch_exceptions=True)
        if isinstance(done.exception, TirekError):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.output

    return do


def accepts(here, secret, who=ANNA):
    """Let somebody take a link up and pass the test; return the bytes of her words."""

    async def work():
        settings = load_settings(here)
        keys = KeyRing(here.parent / "keys")
        store = await Store.open(settings.store.url, keys, long_key=settings.store.long_key)
        seen = SimpleNamespace(check=b"")

        def decide(loaded):
            loaded.desk.note(who, Accepted(secret))
            loaded.desk.note(who, Passed())
            seen.check = loaded.desk.standing(who, "").check
            return Batch()

        await store.transact((), (), store._clock(), decide)
        await store.close()
        return seen.check

    return asyncio.run(work())


def test_the_first_ones_are_confirmed_by_the_words_that_were_heard(typed, here, world):
    """Invited, listed, confirmed by the operator alone, listed, ended; the log is whole and says so."""
    said = typed("staff", "invite", "approver")
    secret = token_in(re.findall(r"start=(\S+)", said)[0])
    code = re.findall(r"confirm (\w{8})", said)[0]
    assert secret
    assert f"{code}  approver, issued" in typed("staff", "list")
    with pytest.raises(TirekError, match="Nobody waits"):
        typed("staff", "confirm", code, "--words", "apple river window")
    check = accepts(here, secret)
    assert f"{code}  approver, passed" in typed("staff", "list")
    with pytest.raises(TirekError, match="not the words"):
        typed("staff", "confirm", code, "--words", "apple river window")
    written = typed("audit", "head").strip()
    heard = " ".join(world.pickup.three("kk", check)).upper()
    called = re.findall(r"end (\w{8})", typed("staff", "confirm", code, "--words", heard))[0]
    assert called == code
    assert f"approver: 1 ({called})" in typed("staff", "list")
    assert not load_settings(here).store.marks.exists()
    assert "Ended: approver" in typed("staff", "end", called)
    assert len(load_settings(here).store.marks.read_text().splitlines()) == 1
    assert "approver: 0" in typed("staff", "list")
    assert "4 rows" in typed("audit", "verify")
    assert "4 rows" in typed("audit", "verify", written)
    with pytest.raises(TirekError, match="not as it was written"):
        typed("audit", "verify", f"2:{'0' * 40}")
    with pytest.raises(TirekError, match="no head"):
        typed("audit", "verify", "12")
    with pytest.raises(TirekError, match="Nobody is called"):
        typed("staff", "end", called)
    said = [line.split("  ", 2)[2] for line in typed("audit", "show").splitlines()]
    alone = "confirmed by the operator alone  approver"
    assert said == ["invited  approver", "accepted  approver", alone, "ended  approver"]


def test_at_the_command_line_nobody_confirms_a_volunteer(typed, here, world):
    """Whoever is invited to lead or to write is sent to a colleague, whatever words are typed."""
    said = typed("staff", "invite", "volunteer")
    secret = token_in(re.findall(r"start=(\S+)", said)[0])
    code = re.findall(r"is called (\w{8})", said)[0]
    assert "Confirm somebody new" in said
    assert "staff confirm" not in said
    heard = " ".join(world.pickup.three("kk", accepts(here, secret)))
    with pytest.raises(TirekError, match="confirmed by a colleague"):
        typed("staff", "confirm", code, "--words", heard)
    assert "volunteer: 0" in typed("staff", "list")


def test_nothing_printed_leads_to_a_person(typed, here):
    """No id stands in any list, and a link is shown once."""
    secret = token_in(re.findall(r"start=(\S+)", typed("staff", "invite", "volunteer"))[0])
    accepts(here, secret)
    shown = typed("staff", "list") + typed("audit", "verify") + typed("audit", "head")
    assert str(ANNA) not in shown
    assert secret not in shown


def test_every_screen_of_words_is_heard(world):
    """Whatever language her screen is in, what it shows is recognised; less or other words are not."""
    for number in range(120):
        check = number.to_bytes(2, "big") + (number * 3).to_bytes(2, "big") + b"\1\7"
        for language in LANGUAGES:
            words = {"words": check_words(world, language, check)}
            shown = world.words.say(language, Say("{words}", words))
            assert are_hers(world, shown, check)
            assert are_hers(world, f" {shown.upper()}.", check)
            assert not are_hers(world, " ".join(shown.split()[:2]), check)
        assert not are_hers(world, "", check)
        assert not are_hers(world, "apple river window", check)


def test_the_office_opens_beside_the_service(here):
    """Two offices of one bot, one after the other, see the same."""

    async def both():
        settings = load_settings(here)
        async with team.office(settings) as one, team.office(settings) as other:
            await one.invite(Role.VOLUNTEER)
            return len(await other.invitations()), len(await other.audit())

    assert asyncio.run(both()) == (1, 1)
