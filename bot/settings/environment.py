"""Variables of the environment laid over `bot.yaml`, so that messages name the variable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.content.explain import near
from bot.content.problem import Problem
from bot.content.tree import Place, Tree

PREFIX: Final = "TIREK_"
"""How every variable of ours begins."""


@dataclass
class Overlaid(Tree):
    """A file of settings with variables on top; `variables` tells which one set a place."""

    variables: dict[Place, str] = field(default_factory=dict)

    def lay(self, environ: Mapping[str, str], known: Mapping[Place, str]) -> None:
        """Put every variable that begins with `PREFIX` over the file.

        Args:
            environ: the variables.
            known: the place and the variable of every setting there is.
        """
        places = {name: place for place, name in known.items()}
        for name in sorted(each for each in environ if each.startswith(PREFIX)):
            if name not in places:
                hint = near(name, places)
                self.problems.append(Problem(name, 0, 0, "there is no such setting", hint))
                continue
            place = places[name]
            self.variables[place] = name
            self.data = _laid(self.data, place, environ[name])

    def at(self, place: Place, what: str, hint: str = "", *, key: bool = False) -> Problem:
        """Place a problem at the variable, if one set this, or else in the file."""
        for end in range(len(place), 0, -1):
            if name := self.variables.get(place[:end]):
                return Problem(name, 0, 0, what, hint)
        return Tree.at(self, place, what, hint, key=key)


def variable(place: Place) -> str:
    """Name the variable of a setting: `TIREK_STORE__EPOCH_HOURS` for `epoch_hours` in `store`."""
    return PREFIX + "__".join(str(step).upper() for step in place)


def _laid(data: Any, place: Place, value: str) -> Any:
    if not place:
        return value
    under = data if isinstance(data, dict) else {}
    return {**under, place[0]: _laid(under.get(place[0]), place[1:], value)}
