"""The reviewed word list of Uzbek Cyrillic, read from its YAML file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.content.problem import Problem
from bot.errors import CatalogueError

FILE = "uz_Cyrl.exceptions.yaml"
"""Its name in `locales/`."""


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What no rule gives.

    Attributes:
        words: Latin word to Cyrillic word, both in small letters.
        ts_before: the letters before which "ts" is one sound.
        latin: names and abbreviations that stay Latin, capitals as they are written.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    ts_before: tuple[str, ...] = ()
    latin: tuple[str, ...] = ()


def read_exceptions(path: Path) -> Exceptions:
    """Read the file.

    Raises:
        CatalogueError: it is not there, or a line is not as it must be; the text begins
            with `file:line:col`.
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        root = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise CatalogueError(str(Problem(name, 0, 0, "cannot be read"))) from error
    except UnicodeDecodeError as error:
        raise CatalogueError(str(Problem(name, 0, 0, "is not UTF-8"))) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, col = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise CatalogueError(str(Problem(name, line, col, str(error.problem)))) from error
    if not isinstance(root, yaml.MappingNode):
        raise CatalogueError(
            str(Problem(name, 1, 1, "must hold the keys words, ts_before and latin"))
        )
    words: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {"ts_before": (), "latin": ()}
    for key, value in root.value:
        if key.value == "words" and isinstance(value, yaml.MappingNode):
            for latin, cyrillic in value.value:
                words[_text(name, latin)] = _text(name, cyrillic)
        elif key.value in lists and isinstance(value, yaml.SequenceNode):
            lists[key.value] = tuple(_text(name, item) for item in value.value)
        else:
            raise _wrong(name, key, f"{key.value!r} is not a key of this file, or not of its kind")
    return Exceptions(words=words, ts_before=lists["ts_before"], latin=lists["latin"])


def _text(name: str, node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode) and isinstance(node.value, str) and node.value:
        return node.value
    raise _wrong(name, node, "must be a word")


def _wrong(name: str, node: yaml.Node, what: str) -> CatalogueError:
    mark = node.start_mark
    return CatalogueError(str(Problem(name, mark.line + 1, mark.column + 1, what)))
