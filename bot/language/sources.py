"""Where the English texts come from: YAML that authors wrote, and `Say("…")` in our own code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog

from bot.content.problem import Problem
from bot.errors import CatalogueError

_KEYS = {
    "flows/**/*.yaml": ("text", "easy", "act", "called"),
    "quizzes/*.yaml": ("title", "about", "text", "why", "order"),
    "sessions/*.yaml": ("title", "about", "goals", "text", "notes"),
    "campaigns/*.yaml": ("title", "about", "text", "button"),
    "outreach/*.yaml": ("title", "lines", "invitation", "tab"),
    "wishes.yaml": ("text", "name"),
    "topics.yaml": ("name",),
    "hotlines/*.yaml": ("name", "serves", "remark", "caution"),
    "services/*.yaml": ("name", "happens", "bring", "refuse", "remark"),
}
"""Which keys hold text for people, by the files under `content/`."""

_FRAME = re.compile(r"\{[^{}]*\}|<[^<>]*>")
_STR = "tag:yaml.org,2002:str"
_Found = tuple[str, int, str | tuple[str, str]]


def extract(content_folder: Path, python_folder: Path) -> Catalog:
    """Collect every text to translate, with `file:line` from the project root, in that order.

    The root is the folder that holds `content_folder`. In Python, the first argument of
    `Say("…")` counts, and singular and plural of `….plural(language, "…", "…", n)`.

    Raises:
        CatalogueError: a file cannot be read as what it is, or `Say` is given an f-string,
            which nobody could translate; the text begins with `file:line:col`.
    """
    root = content_folder.resolve().parent
    found: list[_Found] = []
    for files, keys in _KEYS.items():
        for path in sorted(content_folder.glob(files)):
            found += _from_yaml(path, path.resolve().relative_to(root).as_posix(), keys)
    for path in sorted(python_folder.rglob("*.py")):
        found += _from_python(path, path.resolve().relative_to(root).as_posix())
    catalog = Catalog()
    for name, line, msgid in sorted(found, key=lambda one: one[:2]):
        if _has_words(msgid):
            catalog.add(msgid, locations=[(name, line)])
    return catalog


def _has_words(msgid: str | tuple[str, str]) -> bool:
    """Tell a text from a mere frame such as `<b>{number}</b> — {name}`, the same in any language."""
    text = msgid if isinstance(msgid, str) else msgid[0]
    return any(map(str.isalpha, _FRAME.sub("", text)))


def _from_yaml(path: Path, name: str, keys: tuple[str, ...]) -> Iterator[_Found]:
    try:
        root = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, col = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise CatalogueError(str(Problem(name, line, col, str(error.problem)))) from error
    if root is not None:
        for node in _texts(root, keys):
            yield name, node.start_mark.line + 1, node.value.strip()


def _texts(node: yaml.Node, keys: tuple[str, ...]) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            items = value.value if isinstance(value, yaml.SequenceNode) else [value]
            if key.value in keys:
                yield from (one for one in items if _is_text(one))
            yield from _texts(value, keys)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _texts(item, keys)


def _is_text(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == _STR and bool(node.value.strip())


def _from_python(path: Path, name: str) -> Iterator[_Found]:
    try:
        tree = ast.parse(path.read_text("utf-8"), name)
    except SyntaxError as error:
        problem = Problem(name, error.lineno or 0, error.offset or 0, error.msg)
        raise CatalogueError(str(problem)) from error
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        given = [*node.args, *(one.value for one in node.keywords if one.arg == "text")]
        if called == "Say" and given:
            if isinstance(given[0], ast.JoinedStr):
                hint = 'write Say("… {name} …", {"name": value})'
                problem = Problem(
                    name, node.lineno, node.col_offset + 1, "an f-string has no translation", hint
                )
                raise CatalogueError(str(problem))
            if text := _constant(given[0]):
                yield name, node.lineno, text
        elif called == "plural" and len(node.args) == 4:  # noqa: PLR2004 language, two texts, n
            singular, plural = map(_constant, node.args[1:3])
            if singular and plural:
                yield name, node.lineno, (singular, plural)


def _constant(node: ast.expr) -> str:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if is_text and isinstance(node, ast.Constant) else ""
