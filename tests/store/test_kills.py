"""Killed at any moment, the store holds the old or the new, never something between."""

import asyncio
import json
import sys

import pytest

from bot.store.tables import HEAD
from tests.store.dying import LIVES, SIZE
from tests.store.examining import TABLES

ALL_TABLES = sorted(TABLES)
FIRST_TABLES = ["alembic_version", "outbox", "seen", "session"]


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
        assert len(life["counts"]) == 5 * len(whole)
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
    """Killed after any statement, older tables are as they were or new; no applied update is lost."""
    lives = await reports("upgrades", url, tmp_path, seed=5)
    assert lives[-1]["finished"]
    assert {life["version"] for life in lives} == {"0001", HEAD}
    for life in lives:
        new = life["version"] == HEAD
        assert life["about"] == {"session": new, "outbox": new}
        assert life["tables"] == (ALL_TABLES if new else FIRST_TABLES)
        assert life["rows"] == [0, SIZE, 0]


async def test_killed_while_forgetting(url, tmp_path):
    """Killed after any statement, a person is there or not; forgetting again leaves no trace."""
    lives = await reports("erasures", url, tmp_path, seed=4)
    assert {tuple(life["left"]) for life in lives} == {(1,) * 4, (0,) * 4}
    assert not any(life["found"] for life in lives)
    assert lives[-1] == {"finished": True, "left": [0] * 4, "found": False}


async def test_killed_while_clearing(url, tmp_path):
    """Killed at any moment, no message is lost from sight: it is confirmed to be gone, or known."""
    lives = await reports("clearings", url, tmp_path, seed=6)
    assert lives[-1]["finished"]
    everybody = {str(person) for person in range(SIZE)}
    handed = []
    for life in lives:
        gone = {(str(person), which) for person, which in life["cleared"]}
        left = {(person, which) for person, known in life["left"].items() for which in known}
        assert gone | left == {(person, which) for person in everybody for which in (1, 2)}
        assert len(gone & left) <= 1  # cleared, and killed before the commit that says so was told
        assert life["lost"] == 0
        handed.append(SIZE - len(life["sessions"]))
        assert not life["cleared"] or handed[-1] == 2
    assert sorted(set(handed)) == [0, 2]
    assert len(lives[-1]["left"]) == SIZE - 2


async def test_killed_while_unlearning(url, tmp_path):
    """Killed after any statement, a memory is there or gone, and never gone without its mark.

    Once the mark is on the disk the next start forgets her as a player though nothing was committed;
    her neighbour stays.
    """
    lives = await reports("unlearnings", url, tmp_path, seed=7)
    ends = {tuple(life["left"]) for life in lives}
    assert ends <= {(SIZE, 2, False), (SIZE, 1, True), (SIZE - 1, 1, True)}
    assert {(SIZE, 2, False), (SIZE - 1, 1, True)} <= ends
    assert lives[-1] == {"finished": True, "left": [SIZE - 1, 1, True]}


async def test_killed_while_leaving_the_news(url, tmp_path):
    """Killed after any statement, somebody gets news or does not, and never does once she was told.

    Once the mark is on the disk the next start lets go of her though nothing was committed; her
    neighbour stays.
    """
    lives = await reports("unsubscribings", url, tmp_path, seed=7)
    ends = {tuple(life["left"]) for life in lives}
    assert ends <= {(0, 2, False), (0, 1, True), (1, 1, True)}
    assert {(0, 2, False), (1, 1, True)} <= ends
    assert all(life["left"][1] == 1 for life in lives if life["confirmed"])
    assert lives[-1] == {"finished": True, "confirmed": True, "left": [1, 1, True]}


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


async def test_killed_while_the_long_term_key_is_made_and_destroyed(tmp_path):
    """Killed at any line, the next start knows everybody's name and button, and ends with one key."""
    lives = await reports("key_files", "", tmp_path, seed=8)
    assert len(lives) > 24
    for life in lives:
        assert life == {
            "met": True,
            "leaves": True,
            "files": ["epoch-2.key", "retired-1.key"],
            "old left": False,
        }


@pytest.mark.parametrize(
    ("scenario", "least"),
    [("replacements", 8), pytest.param("all_replacements", 60, marks=pytest.mark.soak)],
)
async def test_killed_in_a_rotation_of_the_long_term_key(url, tmp_path, scenario, least):
    """Killed after any statement, everybody is known at once, and the next rotation ends it.

    Then the campaign that was under way reaches each reader once, and the old key opens and finds
    nothing.
    """
    lives = await reports(scenario, url, tmp_path, seed=9)
    assert lives[-1]["finished"]
    assert len(lives) > least
    everybody = [24, 6, "volunteer", "approver", "helper"]
    for life in lives:
        assert life == {
            "finished": life["finished"],
            "met": everybody,
            "after": everybody,
            "once": True,
            "opened by the old key": 0,
            "old names": 0,
            "keys": [1, "epoch", "retired"],
        }
