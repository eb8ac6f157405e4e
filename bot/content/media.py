"""The sounds and films of the library: files beside the content, which Telegram plays."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.content.model import Content
from bot.content.problem import Problem

MEDIA: Final = "media"
"""Where the files lie in the content folder."""

_ENDINGS: Final = {"audio": (".ogg", ".mp3", ".m4a"), "video": (".mp4",)}
"""What `sendVoice` and `sendVideo` play; other formats would arrive as documents."""
_LARGEST: Final = 50_000_000
"""Bytes a bot may send (Bot API, "Sending files")."""


def check_media(content: Content, folder: Path) -> Iterator[Problem]:
    """Yield recordings that are not there, are too large or cannot be played."""
    for node in content.nodes.values():
        for kind, endings in _ENDINGS.items():
            for language, name in getattr(node, kind).items():
                for what, hint in _faults(folder / MEDIA / name, endings):
                    yield content.origin.at("node", node.id, kind, language, what=what, hint=hint)


def _faults(path: Path, endings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if path.suffix not in endings:
        yield f"'{path.name}' cannot be played", f"make it one of {', '.join(endings)}"
    try:
        size = path.stat().st_size
    except OSError:
        yield f"there is no file '{path.name}'", f"put it into {path.parent.parent.name}/{MEDIA}/"
        return
    if size > _LARGEST:
        yield f"'{path.name}' has {size:,} bytes", f"at most {_LARGEST:,} can be sent"
