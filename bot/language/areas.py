"""Which catalogue a text stands in: one for each area, so that a lawyer reviews the law alone.

The area of a page is the folder its file stands in under `content/flows/`.
"""

from pathlib import PurePath
from typing import Final

from babel.messages.catalog import Catalog, Message

HOME: Final = "home"
"""Pages of files directly in `content/flows/`: the way in and out, the menus."""
QUIZZES: Final = "quizzes"
"""What is asked and told in `content/quizzes/`, what is wished in `content/wishes.yaml`, and what
news is about in `content/topics.yaml`."""
SESSIONS: Final = "sessions"
"""What who leads a session reads in `content/sessions/`."""
CAMPAIGNS: Final = "campaigns"
"""What readers of news read in `content/campaigns/`."""
OUTREACH: Final = "outreach"
"""What is printed: the posters of `content/outreach/`."""
DIRECTORY: Final = "directory"
"""Hotlines and services."""
PROGRAM: Final = "program"
"""What the program itself says."""
SHARED: Final = "shared"
"""Texts that stand in several areas, such as "Back"."""

_FLOWS: Final = "flows"
_BESIDE: Final = (("wishes.yaml",), ("topics.yaml",))


def area_of(message: Message) -> str:
    """Tell the area of a text by where it stands."""
    areas = {area_of_file(file) for file, _ in message.locations}
    return areas.pop() if len(areas) == 1 else SHARED


def by_area(catalog: Catalog) -> dict[str, Catalog]:
    """Sort the texts in use into a catalogue for each area, each in its own order."""
    divided: dict[str, Catalog] = {}
    for message in catalog:
        if message.id:
            part = divided.setdefault(area_of(message), Catalog(locale=catalog.locale))
            part[message.id] = message
    return dict(sorted(divided.items()))


def area_of_file(file: str) -> str:
    """Tell the area of what stands in a file, named from the folder above the content."""
    path = PurePath(file)
    if path.suffix == ".py":
        return PROGRAM
    folders = path.parts[1:-1]
    if folders[:1] in ((QUIZZES,), (SESSIONS,), (CAMPAIGNS,), (OUTREACH,)):
        return folders[0]
    if path.parts[1:] in _BESIDE:
        return QUIZZES
    if folders[:1] != (_FLOWS,):
        return DIRECTORY
    return folders[1] if len(folders) > 1 else HOME
