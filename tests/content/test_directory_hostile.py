"""Truths about files of the directory that were written to do harm, or by a tired hand."""

import random
import time

import pytest

from bot.content.load import read
from bot.content.schema import schemas
from tests.content.directory_kit import FILES, ROWS, SERVICES, write_all
from tests.content.kit import BLOCKS
from tests.content.test_shipped import damaged


def _names(schema):
    """Every name of a field under a schema, wherever."""
    for key, value in schema.items() if isinstance(schema, dict) else ():
        if key == "properties":
            yield from value
        yield from _names(value)
    for value in schema if isinstance(schema, list) else ():
        yield from _names(value)


def test_nothing_in_a_protected_entry_is_called_like_an_address():
    """There is no field under which the place of a shelter could be written down."""
    parts = schemas(BLOCKS)["services"]["$defs"]
    reached, waiting = set(), ["Refuge"]
    while waiting:
        part = waiting.pop()
        reached.add(part)
        found = str(parts[part]).split("#/$defs/")[1:]
        waiting += [name for each in found if (name := each.split("'")[0]) not in reached]
    names = {name for part in reached for name in _names(parts[part])}
    assert {"names", "phones", "number", "at"} <= names
    telling = ("addr", "street", "lat", "lon", "geo", "coord", "map", "house", "venue", "where")
    assert [
        name for name in names if any(word == name or word in name.split("_") for word in telling)
    ] == []
    assert "address" in set(_names(parts["Office"]))


TWINS = "".join(f"{n}\tkz\tkz-abai-region\tAksu\t50\t80\t1\t\n" for n in range(100, 20_000))
STRAYS = SERVICES + "".join(
    SERVICES.splitlines()[-1].replace("kz-online", f"kz-{n}").replace("at: kz", "at: kz-semei")
    + "\n"
    for n in range(1200)
)


@pytest.mark.parametrize(
    "files", [{"rows": ROWS + TWINS}, {"services": STRAYS}], ids=["rows", "at"]
)
def test_no_file_makes_reading_slow(tmp_path, files):
    """Twenty thousand rows of one name, or a thousand slips, are read within 2 s."""
    content = write_all(tmp_path, **files)
    began = time.process_time()
    draft = read(content, BLOCKS)
    assert time.process_time() - began < 2
    strays = [each for each in draft.problems if "there is no place" in each.what]
    assert len(draft.places.places) > 19_000 if "rows" in files else len(strays) == 100


@pytest.mark.parametrize("count", [150, pytest.param(5000, marks=pytest.mark.soak)])
def test_damaged_files_are_read_or_explained(tmp_path, count):
    """Whatever happens to a file of the directory, the content loads or there are problems."""
    content = write_all(tmp_path)
    chance = random.Random(46)
    refused = 0
    for _ in range(count):
        path, text = chance.choice([*FILES.values()])
        (content / path).write_text(damaged(text, chance), "utf-8", newline="")
        draft = read(content, BLOCKS)
        refused += bool(draft.problems)
        if not draft.problems:
            assert draft.content().places.get("kz-semey")
        assert all(each.line > 0 and each.file.startswith("content/") for each in draft.problems)
        (content / path).write_text(text, "utf-8", newline="")
    assert refused > count / 4
