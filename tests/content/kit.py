"""A small content to break: blocks, files, and a helper that writes them down."""

from pathlib import Path
from textwrap import dedent

from pydantic import BaseModel, ConfigDict

from bot.content.blocks import BlockSpec
from bot.content.load import ContentProblems, load
from bot.content.model import Content


class Plain(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Need(Plain):
    need: str


BLOCKS = {
    spec.name: spec
    for spec in (
        BlockSpec("ask_country", Plain, "required", asks="country"),
        BlockSpec("numbers", Need, "optional", help=True),
        BlockSpec("note", Plain, "none"),
        BlockSpec("sources", Plain),
    )
}

RULES = """\
shelf_life_days: 365
rules:
  - show: true
"""

KZ = """\
country: kz
timezone: Asia/Almaty
hotlines:
  - id: kz-112
    name: Rescue service
    number: "112"
    needs: [danger]
    emergency: true
    serves: Everyone
    reports: unknown
    confidence: high
    verify_before_use: false
    publish: "yes"
    checked: 2026-11-01
    sources: [{title: A page}]
"""

HOME = """\
flow: home
start: start
nodes:
  start:
    text: Hello.
    choices:
      - {id: go, text: Go on, goto: help}
  help:
    help: true
    text: Numbers.
    choices:
      - {id: close, text: Close, goto: start}
"""


def write(folder: Path, **files: str | bytes) -> Path:
    """Write a whole content; `home` is the flow, `kz` and `rules` the hotlines."""
    content = folder / "content"
    for name, text in {"home": HOME, "kz": KZ, "rules": RULES, **files}.items():
        inside = "hotlines" if name in ("kz", "kg", "tj", "uz", "rules") else "flows"
        path = content / inside / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
    return content


def loaded(folder: Path, **files: str | bytes) -> Content:
    return load(write(folder, **files), BLOCKS)


def faults(folder: Path, **files: str | bytes) -> list[str]:
    """List what `load` says about a content, without the name of the folder."""
    try:
        loaded(folder, **files)
    except ContentProblems as problems:
        return [str(each).removeprefix("content/") for each in problems.problems]
    return []


def home(*lines: str) -> str:
    """The good flow with more lines below it: line 13 is the first of them."""
    return HOME + "".join(f"{line}\n" for line in lines)


def linked(*lines: str) -> str:
    """A node `more`, one tap from the start and from help; its body begins in line 15."""
    way = "      - {id: go, text: Go on, goto: help}\n"
    return home("  more:", *(f"    {line}" for line in lines)).replace(
        way, way + "      - {id: more, text: More, goto: more}\n"
    )


LEAVE = "  leave:\n    leaves: true\n    called: bye\n"
"""A node that clears the chat, to be put below the others."""

BACK = "choices: [{id: back, text: Back, goto: start}]"
