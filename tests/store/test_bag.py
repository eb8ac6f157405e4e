"""What a killed process carried is known afterwards: which letters went, perhaps, and which never did."""

import subprocess
import sys

import pytest

from bot.errors import StoreError
from bot.store.bag import Bag, destroy
from bot.store.letters import Letter

LETTERS = [Letter("spring", bytes([n]) * 16, 6_000_000_000 + n, "ky", 1, 1.5) for n in range(8)]

_KILLED = """
import os, signal, sys
from pathlib import Path
from bot.store.bag import Bag
from tests.store.test_bag import LETTERS
bag = Bag(Path(sys.argv[1]))
bag.carry(LETTERS)
for one in LETTERS[:3]:
    bag.begin(one)
bag.carry(LETTERS[1:])
os.kill(os.getpid(), signal.SIGKILL)
"""


def people(letters):
    return sorted(one.person for one in letters)


def test_what_never_went_is_left(tmp_path):
    """After a kill those are left that were claimed and not begun; with them what gives them back."""
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path)], check=False)
    assert killed.returncode < 0
    left = Bag(tmp_path).left
    assert people(left) == people(LETTERS[3:])
    assert {(one.campaign, one.attempts, one.claimed, one.version) for one in left} == {
        ("spring", 1, 1.5, 1)
    }


def test_it_is_told_once(tmp_path):
    """What is left is told to the first who asks, and to nobody after that."""
    bag = Bag(tmp_path)
    bag.carry(LETTERS)
    bag.close()
    first = Bag(tmp_path)
    assert len(first.left) == 8
    first.close()
    assert Bag(tmp_path).left == []


def test_of_another_boot_nothing_is_believed(tmp_path):
    """Memory may have been lost with the machine: what another boot left says nothing."""
    bag = Bag(tmp_path, boot="monday")
    bag.carry(LETTERS)
    bag.close()
    assert Bag(tmp_path, boot="tuesday").left == []


def test_where_no_boot_is_known_nothing_is_believed(tmp_path):
    """Without a name for this boot nothing that is left is taken for true."""
    bag = Bag(tmp_path, boot="")
    bag.carry(LETTERS)
    bag.close()
    assert Bag(tmp_path, boot="").left == []


def test_a_bag_in_use_is_nobody_elses(tmp_path):
    """Two processes have a bag each, and the second hears nothing of what the first carries."""
    first = Bag(tmp_path)
    first.carry(LETTERS[:4])
    second = Bag(tmp_path)
    assert second.left == []
    second.carry(LETTERS[4:])
    first.close()
    second.close()
    assert people(Bag(tmp_path).left) == people(LETTERS)


def test_places_are_free_again(tmp_path):
    """Whatever is known to the database makes room for the next letters."""
    bag = Bag(tmp_path)
    for _ in range(100):
        bag.carry(LETTERS)
        bag.begin(LETTERS[0])
        bag.carry(())
    bag.close()
    assert Bag(tmp_path).left == []


def test_nothing_tells_of_anybody(tmp_path):
    """The file is ours alone, and empty once nothing is under way; a chat never stands in it."""
    bag = Bag(tmp_path)
    bag.carry(LETTERS)
    (file,) = (tmp_path / "bags").iterdir()
    assert file.stat().st_mode & 0o077 == 0
    written = file.read_bytes()
    assert not any(str(one.chat_id).encode() in written for one in LETTERS)
    assert not any(one.chat_id.to_bytes(5, "big") in written for one in LETTERS)
    bag.carry(())
    assert set(file.read_bytes()[64:]) == {0}


def test_a_damaged_bag_is_in_doubt(tmp_path):
    """What is no slip of ours is left out; the rest is told."""
    bag = Bag(tmp_path)
    bag.carry(LETTERS)
    bag.close()
    (file,) = (tmp_path / "bags").iterdir()
    written = bytearray(file.read_bytes())
    written[64 + 3 * 256 + 4 : 64 + 3 * 256 + 40] = b"\xff" * 36
    file.write_bytes(written[:-1])
    left = Bag(tmp_path).left
    assert len(left) == 7
    assert {one.person for one in left} < {one.person for one in LETTERS}


def test_a_folder_that_cannot_be_made(tmp_path):
    """A path that leads through a file is refused with the remedy."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="let the bot's user write"):
        Bag(tmp_path / "file")


def test_destroyed_with_the_keys(tmp_path):
    """Nothing of a bag stays in the folder of the keys, even while it is carried."""
    bag = Bag(tmp_path)
    bag.carry(LETTERS)
    destroy(tmp_path)
    assert [*tmp_path.iterdir()] == []
    bag.begin(LETTERS[0])  # whoever carries it still may
    destroy(tmp_path)
