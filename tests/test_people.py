"""`tirek people` tells how many get news, and nothing that leads to one of them."""

import asyncio
import csv
import io
from datetime import date

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.campaigns.audience import Reader
from bot.campaigns.subscription import Subscription
from bot.store.batch import Batch, Subscriber
from bot.store.keys import KeyRing
from bot.store.store import Store
from tests.store.looking import write

DAY = date(2027, 1, 15)


async def subscribed(folder, readers):
    store = await Store.open(
        f"sqlite:///{folder}/t.db", KeyRing(folder / "keys"), long_key=folder / "long-key"
    )
    try:
        people = {
            person: Subscriber(person, Subscription(DAY, 1, reader))
            for person, reader in enumerate(readers, 6_000_000_001)
        }
        await write(store, Batch(subscribers=people))
    finally:
        await store.close()


@pytest.fixture
def asked(tmp_path, monkeypatch, request):
    root = request.config.rootpath
    monkeypatch.setenv("TIREK_CONTENT__FOLDER", str(root / "content"))
    monkeypatch.setenv("TIREK_CONTENT__LOCALES", str(root / "locales"))
    (tmp_path / "bot.yaml").write_text(f"store: {{url: 'sqlite:///{tmp_path}/t.db'}}\n")

    def ask(*arguments):
        settings = str(tmp_path / "bot.yaml")
        told = CliRunner().invoke(cli, ["people", "--settings", settings, *arguments])
        assert told.exit_code == 0, told.output
        return told.stdout

    return ask


def test_people_are_counted_in_tens_and_small_counts_are_hidden(tmp_path, asked):
    """Of 68 people 45 read Kyrgyz and 23 Russian; of ages and topics only what many told is shown."""
    ky = Reader("ky", "kg", "kg-osh-region", "15-19", frozenset({"days", "meetings"}))
    asyncio.run(subscribed(tmp_path, [ky] * 45 + [Reader("ru", "kg")] * 23))
    rows = [*csv.DictReader(io.StringIO(asked("--csv")))]
    found = {(row["by"], row["kind"]): row["people"] for row in rows}
    assert found["all", ""] == "60"
    assert found["language", "ky"] == "40"
    assert found["language", "ru"] == "20"
    assert found["language", "kk"] == "-"
    assert found["country", "kg"] == "60"
    assert found["age", "15-19"] == "40"
    assert found["age", "not told"] == "20"
    assert found["topics", "days"] == found["topics", "meetings"] == "40"
    assert found["topics", "all"] == "20"
    assert {by for by, _ in found} == {"all", "language", "country", "age", "topics"}
    assert "kg-osh-region" not in asked()


def test_before_anybody_asked_nothing_is_told(tmp_path, asked):
    """Without a single person every count is hidden, as for a few."""
    asyncio.run(subscribed(tmp_path, []))
    empty = asked("--csv")
    assert {row["people"] for row in csv.DictReader(io.StringIO(empty))} == {"-"}
    asyncio.run(subscribed(tmp_path, [Reader("ru", "kz")] * 19))
    assert asked("--csv") == empty
