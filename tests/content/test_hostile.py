"""Truths about YAML written to do harm, or by a tired hand."""

import os
import subprocess
import sys

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.load import read
from bot.content.model import Node
from bot.content.tree import read_tree
from tests.content.kit import BLOCKS, HOME, write

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "laughs": (LAUGHS, "1:4: &a names a value (write each value out)"),
    "cycle": ("a: &a [*a]\n", "1:8: *a repeats another value (write it out)"),
    "python": (
        "a: !!python/object/apply:os.system ['touch owned']\n",
        "1:4: the tag tag:yaml.org,2002:python/object/apply:o… is not allowed (write the plain value)",
    ),
    "binary": (
        "a: !!binary aGk=\n",
        "1:4: the tag tag:yaml.org,2002:binary is not allowed (write the plain value)",
    ),
    "large": (
        "a: " + "x" * 5_000_000,
        "1:1: the file is larger than 1 MB (divide it into several files)",
    ),
    "not text": (
        b"flow: home\nnodes: \xff\n",
        "2:8: this is not UTF-8 (save the file as UTF-8)",
    ),
    "wide": ("\ufeffa: b".encode("utf-16-le"), "1:1: this is not UTF-8 (save the file as UTF-8)"),
    "nul": ("flow: ho\0me\n", "1:9: the character U+0000 cannot be seen (take it out)"),
    "control": ("flow: a\x1b[2J\n", "1:8: the character U+001B cannot be seen (take it out)"),
    "long number": (
        f"flow: {'1' * 900_000}\n",
        f'1:7: unquoted {"1" * 39}… is an odd number in YAML (write "{"1" * 39}…")',
    ),
    "deep": ("[" * 100_000, "1:18: more than 16 levels deep"),
    "deep lines": (
        "".join(f"{' ' * i}a:\n" for i in range(900)),
        "18:18: more than 16 levels deep",
    ),
    "open deep": ("{a: " * 100_000, "1:69: more than 16 levels deep"),
    "many keys": (
        "".join(f"k{i}: 1\n" for i in range(100_000)),
        "25000:9: more than 50000 values (divide the file)",
    ),
    "many twins": ("k: 1\n" * 20_000, "2:1: 'k' is here twice (first in line 1)"),
    "many strangers": (
        "flow: home\nnodes: {a: {text: Hi}}\n" + "".join(f"k{i}: 1\n" for i in range(20_000)),
        "3:1: unknown key 'k0' (known: flow, start, commands, nodes)",
    ),
    "many nodes": (
        "flow: home\nnodes:\n" + "".join(f"  n{i}: {{text: 1}}\n" for i in range(12_000)),
        '3:14: a text is wanted here, and 1 is a number (quote it: "1")',
    ),
    "keys of lists": ("? [a, b]\n: c\n", "1:3: a key must be a word (use 'key: value')"),
    "two documents": (
        "a: b\n---\na: b\n",
        "2:1: a second document begins here (one file holds one document)",
    ),
    "merge": (
        "flow: home\nnodes: {a: {<<: {text: Hi}}}\n",
        "2:13: unknown key '<<' (known: "
        + ", ".join(each.alias or name for name, each in Node.model_fields.items() if name != "id")
        + ")",
    ),
}

CHILD = """
import resource, sys, time
from pathlib import Path
from bot.content.load import read
from bot.content.model import Node
from tests.content.kit import BLOCKS
pages = int(Path("/proc/self/statm").read_text().split()[0])
limit = pages * resource.getpagesize() + 100 * 2**20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
resource.setrlimit(resource.RLIMIT_CPU, (4, 4))
began = time.process_time()
problems = read(Path(sys.argv[1]), BLOCKS).problems
print(time.process_time() - began)
print(*problems, sep="\\n")
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits as Linux counts them")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_a_problem(tmp_path, name):
    """Whatever stands in a file, within 2 s and 100 MiB it is a problem in a list."""
    text, expected = HOSTILE[name]
    content = write(tmp_path, home=text)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, content],
        capture_output=True,
        text=True,
        timeout=120,  # for one that hangs; what it may work is limited in the child
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    took, *problems = done.stdout.splitlines()
    assert float(took) < 2
    assert f"content/flows/home.yaml:{expected}" in problems
    assert not (tmp_path / "owned").exists()


def test_things_that_are_no_files_are_named(tmp_path):
    """A folder, a pipe, a link and a dead link called x.yaml neither hang nor mislead."""
    flows = write(tmp_path) / "flows"
    (flows / "folder.yaml").mkdir()
    os.mkfifo(flows / "pipe.yaml")
    (flows / "link.yaml").symlink_to("/dev/zero")
    (flows / "lost.yaml").symlink_to(tmp_path / "nothing")
    problems = [str(each) for each in read(flows.parent, BLOCKS).problems]
    ordinary = "this is not an ordinary file (put the file itself here)"
    assert problems == [
        f"content/flows/folder.yaml:1:1: {ordinary}",
        f"content/flows/link.yaml:1:1: {ordinary}",
        f"content/flows/lost.yaml:1:1: {ordinary}",
        f"content/flows/pipe.yaml:1:1: {ordinary}",
    ]


SIMPLE = st.recursive(
    st.text(max_size=8) | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@given(SIMPLE.filter(lambda value: value != ""))
def test_plain_data_reads_as_the_safe_loader_reads_it(tmp_path_factory, value):
    """What a YAML writer wrote down plainly comes back the same, and every value has a place."""
    path = tmp_path_factory.getbasetemp() / "plain.yaml"
    path.write_text(yaml.safe_dump(value, allow_unicode=True), "utf-8", newline="")
    tree = read_tree(path, "plain.yaml")
    if not tree.problems:
        assert tree.data == value
    for place, text in tree.texts():
        assert tree.values[place].line > 0
        assert isinstance(text, str)


@settings(max_examples=300)
@given(st.data())
def test_a_damaged_file_is_read_or_explained(tmp_path_factory, data):
    """No cut, swap or stray character in a good file makes the reader fall over."""
    at = data.draw(st.integers(0, len(HOME)))
    cut = data.draw(st.integers(0, 12))
    put = data.draw(st.text(st.sampled_from("{}[]:,-#&*!|>'\"%@` \n\taé0\0"), max_size=4))
    text = HOME[:at] + put + HOME[at + cut :]
    content = write(tmp_path_factory.getbasetemp() / "damaged", home=text)
    draft = read(content, BLOCKS)
    if not draft.problems:
        assert draft.content().start in draft.nodes
    assert all(str(each).startswith("content") for each in draft.problems)
