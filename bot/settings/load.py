"""Reading the settings. Every key may also be set by a variable.

`TIREK_STORE__EPOCH_HOURS` is `epoch_hours` under `store`. Variables win over the file; a list is
written with commas. Secrets are never settings: a setting names the file that holds the secret.
"""

import os
from collections.abc import Iterable, Mapping
from inspect import isclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.content.explain import explain
from bot.content.problem import Problem
from bot.content.tree import Place, read_tree
from bot.errors import SettingsError, UnsafeSettingsError
from bot.settings.doors import open_doors
from bot.settings.environment import Overlaid, variable
from bot.settings.model import Settings
from bot.settings.secret import hide_tokens


def load_settings(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings and make sure that nothing stands open.

    Args:
        path: the file; without one `bot.yaml` here, or only defaults if there is none.
        environ: the variables; without them those of the process.

    Raises:
        SettingsError: with one line for each fault: `file:line:col: what (hint)`, or the name of
            the variable in place of the file. No line repeats a secret.
        UnsafeSettingsError: with one line for each thing that stands open and how to close it.
    """
    found = path or (Path("bot.yaml") if Path("bot.yaml").exists() else None)
    tree = _file(found)
    tree.lay(
        os.environ if environ is None else environ, {p: variable(p) for p in _places(Settings)}
    )
    if tree.problems:
        raise SettingsError(_lines(tree.problems))
    base = (found.parent if found else Path()).resolve()
    try:
        settings = Settings.model_validate(_whole(tree.data), context={"base": base})
    except ValidationError as error:
        raise SettingsError(_lines(explain(error, tree, (), Settings))) from None
    if doors := [*open_doors(settings, tree)]:
        raise UnsafeSettingsError(_lines(doors))
    _ = settings.telegram.token, settings.telegram.webhook.secret()  # refuses what is malformed
    return settings


def _file(path: Path | None) -> Overlaid:
    if path is None:
        return Overlaid("bot.yaml", data={})
    read = read_tree(path, path.name)
    tree = Overlaid(read.file, read.data, read.problems, read.text)
    if not tree.problems and not isinstance(tree.data, dict):
        tree.problems.append(tree.at((), "a mapping is wanted here", "lines of 'key: value'"))
    return tree


def _whole(data: dict[str, Any]) -> dict[str, Any]:
    """Add the parts that were left out, so that their defaults are validated too."""
    return {**{name: {} for name in Settings.model_fields}, **data}


def _places(model: type[BaseModel], base: Place = ()) -> Iterable[Place]:
    """Name the place of every setting."""
    for name, each in model.model_fields.items():
        if isclass(each.annotation) and issubclass(each.annotation, BaseModel):
            yield from _places(each.annotation, (*base, name))
        else:
            yield (*base, name)


def _lines(problems: Iterable[Problem]) -> str:
    return hide_tokens("\n".join(map(str, sorted(problems))))
