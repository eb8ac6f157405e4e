"""`tirek sessions` shows what may be published of reports, and nothing that is small."""

import asyncio
import csv
import io
import random
import time

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.learning.headcount import COLUMNS, GROUPS, Headcount
from bot.store.batch import Batch
from bot.store.keys import KeyRing
from bot.store.store import Store

WEEK = 7 * 24 * 3600


async def reported(folder, counts, times):
    """Send the same report so many times, two weeks ago."""
    then = time.time() - 2 * WEEK
    store = await Store.open(
        f"sqlite:///{folder}/t.db",
        KeyRing(folder / "keys"),
        clock=lambda: then,
        noise=random.Random(4),
    )
    try:
        tallies = Headcount(counts).tallies("kg-osh-region") * times
        await store.transact(set(), set(), then, lambda _: Batch(tallies=tallies))
    finally:
        await store.close()


@pytest.fixture
def same_noise(monkeypatch):
    """The noise of what is read is drawn from the same seed in every run."""
    monkeypatch.setattr("bot.store.store.random.SystemRandom", lambda: random.Random(4))


def asked(folder, *arguments):
    (folder / "bot.yaml").write_text(f"store: {{url: 'sqlite:///{folder}/t.db'}}\n")
    told = CliRunner().invoke(cli, ["sessions", "--settings", str(folder / "bot.yaml"), *arguments])
    assert told.exit_code == 0, told.output
    return told.stdout


def test_sums_are_shown_by_region_and_group_and_small_ones_are_hidden(
    tmp_path, monkeypatch, request, same_noise
):
    """Forty reports of five girls and one boy: 40 sessions, 200 girls, 40 boys, all else hidden."""
    root = request.config.rootpath
    monkeypatch.setenv("TIREK_CONTENT__FOLDER", str(root / "content"))
    monkeypatch.setenv("TIREK_CONTENT__LOCALES", str(root / "locales"))
    counts = [0] * len(GROUPS)
    counts[GROUPS.index("girls-15-19")], counts[GROUPS.index("boys-15-19")] = 5, 1
    asyncio.run(reported(tmp_path, tuple(counts), 40))
    (row,) = csv.DictReader(io.StringIO(asked(tmp_path, "--csv")))
    assert row["region"] == "Osh Region (KG)"
    near = {"session": 40, "girls-15-19": 200, "boys-15-19": 40}
    for column in COLUMNS:
        if column in near:
            assert abs(int(row[column]) - near[column]) <= 20
        else:
            assert row[column] == "<30"
    table = asked(tmp_path)
    assert "Osh Region (KG)" in table
    assert "Sums below 30 are hidden" in table
