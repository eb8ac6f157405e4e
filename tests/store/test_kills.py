"""Killed at any moment, the store holds the old or the new, never something between."""

import asyncio
import json
import sys

from tests.store.dying import LIVES, SIZE

ALL_TABLES = ["alembic_version", "gap", "outbox", "seen", "session"]


async def reports(scenario, url, folder, seed):
    """What `tests.store.dying` tells of its lives, whose moments of death follow `seed`."""
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.store.dying", scenario, url, folder, str(seed)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    told, complaints = await program.communicate()
    assert program.returncode == 0, complaints.decode()
    return [json.loads(line) for line in told.splitlines()]


async def test_killed_in_a_commit(url, tmp_path):
    """Every confirmed batch is there in full; the one being committed is there in full or not."""
    lives = await reports("commits", url, tmp_path, seed=1)
    confirmed = [life["confirmed"] for life in lives]
    assert len(set(confirmed)) == LIVES
    assert confirmed == sorted(confirmed)
    for life in lives:
        whole = {place for place, _, _ in life["counts"]}
        assert all(count == SIZE for _, _, count in life["counts"])
        assert len(life["counts"]) == 4 * len(whole)
        numbers = {int(place[1:]) for place in whole}
        assert set(range(life["confirmed"])) <= numbers <= set(range(life["confirmed"] + 1))


async def test_killed_in_a_migration(url, tmp_path):
    """Killed after any statement, a database has no table of ours or all; the next start mends it."""
    lives = await reports("migrations", url, tmp_path, seed=2)
    assert [] in [life["tables"] for life in lives]
    assert lives[-1]["finished"]
    for life in lives:
        assert life["tables"] in ([], ALL_TABLES)
        assert life["replies"] == SIZE
    assert lives[-1]["tables"] == ALL_TABLES


async def test_killed_in_an_upgrade(url, tmp_path):
    """Killed after any statement, older tables are as they were or new; no row of theirs is lost."""
    lives = await reports("upgrades", url, tmp_path, seed=5)
    assert lives[-1]["finished"]
    assert {life["version"] for life in lives} == {"0001", "0002"}
    for life in lives:
        new = life["version"] == "0002"
        assert life["about"] == {"session": new, "outbox": new}
        assert life["tables"] == [name for name in ALL_TABLES if new or name != "gap"]
        assert life["rows"] == [SIZE, SIZE, SIZE]


async def test_killed_while_forgetting(url, tmp_path):
    """Killed after any statement, a person is there or not; forgetting again leaves no trace."""
    lives = await reports("erasures", url, tmp_path, seed=4)
    assert {tuple(life["left"]) for life in lives} == {(1, 1), (0, 0)}
    assert not any(life["found"] for life in lives)
    assert lives[-1] == {"finished": True, "left": [0, 0], "found": False}


async def test_killed_in_a_rotation(tmp_path):
    """Killed at any line of a rotation, the next start has the keys it should have, no others."""
    lives = await reports("rotations", "", tmp_path, seed=3)
    assert len(lives) > 24
    for life in lives:
        assert life == {
            "files": ["epoch-2.key", "epoch-3.key"],
            "previous kept": True,
            "new kept": True,
            "old left": False,
        }
