"""What is noted while files are read: where each thing stands, and what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from bot.content.explain import explain, near
from bot.content.model import Node
from bot.content.origin import Origin
from bot.content.problem import Problem
from bot.content.tree import MAX_PROBLEMS, Place, Tree

GIVEN: Final[Mapping[type[BaseModel], tuple[str, ...]]] = {Node: ("id",)}
"""The keys of a model that stand elsewhere in the file than among the others."""

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(slots=True)
class Notes:
    """The places of what was read, and the problems found on the way.

    Attributes:
        lost: folder and stem of each file that could not be understood: what another file names
            may well stand there, so that it is not called unknown.
    """

    origin: Origin = field(default_factory=Origin)
    problems: list[Problem] = field(default_factory=list)
    lost: set[tuple[str, str]] = field(default_factory=set)

    def first(self, kind: str, name: str, tree: Tree, place: Place) -> bool:
        """Remember where a thing is written; a second one of the same id is a problem."""
        if (kind, name) not in self.origin.things:
            self.origin.things[kind, name] = (tree, place)
            return True
        other, where = self.origin.things[kind, name]
        first = other.at(where, "", key=True)
        what = f"{kind} '{name}' is here for the second time"
        hint = f"first at {first.file}:{first.line}"
        self.problems.append(tree.at(place, what, hint, key=True))
        return False

    def valid(self, model: type[_Model], tree: Tree, place: Place, data: Any) -> _Model | None:
        """Validate `data` as `model`, or note what is wrong with it."""
        try:
            return model.model_validate(data)
        except ValidationError as error:
            self.problems.extend(explain(error, tree, place, model, GIVEN.get(model, ())))
            return None

    def note(
        self, tree: Tree, place: Place, what: str, hint: str = "", *, key: bool = False
    ) -> None:
        """Note a problem at a value, or at its key."""
        self.problems.append(tree.at(place, what, hint, key=key))

    def near(self, word: str, known: Iterable[str], otherwise: str = "") -> str:
        """Return a hint as `explain.near` does, as long as anybody will read that far.

        Looking for likely words takes time, and a damaged file can ask for thousands.
        """
        return near(word, known, otherwise) if len(self.problems) < MAX_PROBLEMS else otherwise

    def stemmed(self, tree: Tree, kind: str, name: str) -> bool:
        """Note it if a file is not called by the name that stands in it under the key `kind`."""
        stem = stem_of(tree)
        if name != stem:
            hint = f"the file is called {stem}.yaml"
            self.note(tree, (kind,), f"this is {kind} '{name}'", hint)
        return name == stem

    def named(self, tree: Tree, kind: str, name: str) -> bool:
        """Remember the file of a thing that is called by its name, or note what is wrong with that."""
        return self.stemmed(tree, kind, name) and self.first(kind, name, tree, ())


def stem_of(tree: Tree) -> str:
    """Return the name of a file without its folder and ending."""
    return tree.file.rpartition("/")[2].removesuffix(".yaml")
