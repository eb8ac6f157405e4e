"""What may be wrong inside a thing: where in it, what it is, and what may help."""

from collections.abc import Iterable, Iterator

from bot.content.draft import Draft
from bot.content.tree import Place

Fault = tuple[Place, str, str]


def unknown_sources(names: Iterable[str], place: Place, draft: Draft) -> Iterator[Fault]:
    """Yield sources that are named at `place` and stand in no file."""
    for index, name in enumerate(names):
        if name not in draft.sources:
            hint = draft.near(name, draft.sources)
            yield (*place, "sources", index), f"there is no source '{name}'", hint
