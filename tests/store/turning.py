"""Keys that turn, and die while at it."""

import shutil

from bot.store import keyfiles, keys
from bot.store.batch import HOUR
from bot.store.keys import KeyRing
from tests.store.mortal import die_at_line, live

START = 1_800_000_000


def rotations(_url, folder, chance):
    """Rotate keys when one is to be made and one to be destroyed, dying at a line of it by chance."""
    fresh = folder / "fresh"
    KeyRing(fresh, lambda: START)
    middle = KeyRing(fresh, lambda: START + 24 * HOUR)
    secret = (fresh / "epoch-1.key").read_bytes()[16:48]
    files = {keyfiles.__file__, keys.__file__}
    ring_folder = folder / "ring"
    finished, line = False, 0
    while not finished:
        line += chance.randint(1, 4)
        shutil.rmtree(ring_folder, ignore_errors=True)
        shutil.copytree(fresh, ring_folder)

        def rotating(_say, line=line):
            die_at_line(line, files)
            KeyRing(ring_folder, lambda: START + 48 * HOUR)

        finished, _ = live(rotating)
        made = ring_folder / "epoch-3.key"
        before = made.read_bytes() if made.exists() else None
        after = KeyRing(ring_folder, lambda: START + 48 * HOUR)
        yield {
            "files": sorted(path.name for path in ring_folder.iterdir()),
            "previous kept": after.pseudonyms(1)[1] == middle.pseudonym(1),
            "new kept": before in (None, made.read_bytes()),
            "old left": any(secret in path.read_bytes() for path in ring_folder.iterdir()),
        }
