"""`wishes.yaml`: the wishes and ribbons of the wishing tree."""

from pathlib import Path
from typing import Final

from bot.content.files import read_file
from bot.content.model.wishes import NO_WISHES, WishList
from bot.content.notes import Notes

FILE: Final = "wishes.yaml"
"""Where they lie in the content folder."""


def read_wishes(content: Path, notes: Notes) -> WishList:
    """Read them; where there is no such file no ribbon can be tied."""
    path = content / FILE
    if not path.is_file():
        return NO_WISHES
    tree, read = read_file(content, path, WishList, notes)
    notes.origin.trees.append(tree)
    if read is None:
        return NO_WISHES
    for at, wish in enumerate(read.wishes):
        notes.first("wish", wish.id, tree, ("wishes", at))
    for at, ribbon in enumerate(read.ribbons):
        notes.first("ribbon", ribbon.id, tree, ("ribbons", at))
    return read
