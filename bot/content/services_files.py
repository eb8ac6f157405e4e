"""The files under `content/services/`: one for a country, the kinds, the sectors, wrong numbers."""

from collections.abc import Mapping
from typing import Any, Final, TypeVar, get_args

from bot.content.model import (
    Office,
    OpenKind,
    ProtectedKind,
    Refuge,
    Services,
)
from bot.content.notes import Notes
from bot.content.tree import Place, Tree

WHEREABOUTS: Final = ("address", "lat", "lon")
"""What tells where a service is, and therefore has no place in a protected entry."""

_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "protected": get_args(ProtectedKind),
    "services": get_args(OpenKind),
}

_Entry = TypeVar("_Entry", Refuge, Office)


def read_services(notes: Notes, tree: Tree, data: Mapping[str, Any]) -> Services | None:
    """Read the file of a country, each service by itself, noting what is wrong with it."""
    lists = {key: data[key] for key in _KINDS if isinstance(data.get(key), list)}
    services = notes.valid(Services, tree, (), {**data, **dict.fromkeys(lists, ())})
    protected = _entries(notes, tree, "protected", lists.get("protected", ()), Refuge)
    offices = _entries(notes, tree, "services", lists.get("services", ()), Office)
    if services is None or not notes.stemmed(tree, "country", services.country):
        return None
    notes.origin.things["services", services.country] = (tree, ())
    return services.model_copy(update={"protected": protected, "services": offices})


def _entries(
    notes: Notes, tree: Tree, key: str, bodies: Any, model: type[_Entry]
) -> tuple[_Entry, ...]:
    found = []
    for index, body in enumerate(bodies):
        place = (key, index)
        if isinstance(body, dict):
            body = _placed(notes, tree, place, body)  # noqa: PLW2901 - the same without its faults
        if body is None:
            continue
        entry = notes.valid(model, tree, place, body)
        if entry and notes.first("service", entry.id, tree, place):
            found.append(entry)
    return tuple(found)


def _placed(notes: Notes, tree: Tree, place: Place, body: dict[str, Any]) -> dict[str, Any] | None:
    """Note what belongs into the other list; return what can be judged here, if anything."""
    key, kind = place[0], body.get("kind")
    other = "services" if key == "protected" else "protected"
    misplaced = kind in _KINDS[other]
    if misplaced:
        what = f"a {kind} does not stand under '{key}:'"
        notes.note(tree, (*place, "kind"), what, f"move the entry to '{other}:'")
    elif key == "protected":
        named = kind if kind in _KINDS[key] else "protected service"
        for word in WHEREABOUTS:
            if word in body:
                what = f"a {named} has no place for '{word}'"
                hint = "whoever looks for the people in it must not find it: take it out"
                notes.note(tree, (*place, word), what, hint, key=True)
        return {word: value for word, value in body.items() if word not in WHEREABOUTS}
    return None if misplaced else body
