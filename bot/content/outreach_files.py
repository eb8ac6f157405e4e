"""The files under `content/outreach/`: a poster each, and `places.yaml`, where they hang."""

from pathlib import Path
from typing import Final

from bot.content.model.outreach import Outreach, Poster, PosterPlaces
from bot.content.notes import Notes, stem_of
from bot.content.tree import Tree, read_tree

FOLDER: Final = "outreach"
"""Where the files lie in the content folder."""
PLACES: Final = "places"
"""The file that is no poster."""


def read_outreach(content: Path, notes: Notes) -> Outreach:
    """Read every file; what cannot be read is noted and left out."""
    posters: list[Poster] = []
    places = PosterPlaces.model_construct(places={})
    for path in sorted((content / FOLDER).glob("*.yaml")):
        tree = read_tree(path, f"{content.name}/{FOLDER}/{path.name}")
        notes.problems.extend(tree.problems)
        notes.origin.trees.append(tree)
        if tree.problems:
            continue
        if stem_of(tree) == PLACES:
            notes.origin.things["poster places", ""] = (tree, ("places",))
            places = notes.valid(PosterPlaces, tree, (), tree.data) or places
        elif (poster := notes.valid(Poster, tree, (), tree.data)) and _named(poster, tree, notes):
            posters.append(poster)
    in_order = sorted(posters, key=lambda one: one.number)
    return Outreach(posters={one.poster: one for one in in_order}, places=places.places)


def _named(poster: Poster, tree: Tree, notes: Notes) -> bool:
    """Note it if a poster is not called as its file; tell whether it is."""
    if poster.poster != stem_of(tree):
        what, hint = f"this is poster '{poster.poster}'", f"the file is called {stem_of(tree)}.yaml"
        notes.note(tree, ("poster",), what, hint)
        return False
    return notes.first("poster", poster.poster, tree, ())
