"""`hotlines`: the lines of her country for one need, shortest facts first, one tap each."""

from dataclasses import replace
from itertools import groupby
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from bot.content.blocks import BlockSpec
from bot.content.model import Hotline, Need
from bot.directory.hotlines import Offer, offered
from bot.engine.blocks.base import Outcome, Part, PlainBlock
from bot.engine.blocks.lines import entry, in_danger
from bot.engine.screen import Option, in_rows
from bot.engine.world import Look
from bot.language.say import Say, Value

_SHORT, _A_ROW = 4, 3
"""Digits of a short number, and how many of those stand in one row of buttons."""


class HotlineOptions(BaseModel):
    """What the lines are wanted for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    need: Need


class Hotlines(PlainBlock):
    """List the lines for `need`; a tap opens one of them at `goto`."""

    spec: ClassVar[BlockSpec] = BlockSpec("hotlines", HotlineOptions, goto="required", help=True)
    timed: ClassVar[bool] = True

    def view(self, look: Look) -> Part:
        """Show number, name, whether it answers now, and any warning needed before a call."""
        found = _found(look)
        timezone = look.world.content.countries[look.session.country].timezone
        return Part(
            paragraphs=(*(entry(one, timezone, look) for one in found), *_in_danger(look, found)),
            rows=_in_rows(found),
        )

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Open the line."""
        if all(one.line.id != option for one in _found(look)):
            return None
        return Outcome(replace(look.session, place=look.onward, item=option))


def _found(look: Look) -> tuple[Offer, ...]:
    lines = look.world.content.countries.get(look.session.country)
    if lines is None:
        return ()
    need = Need(look.node.options["need"])
    return offered(lines, look.world.content.rules, need, look.now.date())


def _in_rows(found: tuple[Offer, ...]) -> tuple[tuple[Option, ...], ...]:
    """Put short numbers side by side, long ones alone; the names stand in the list above."""
    rows: list[tuple[Option, ...]] = []
    for is_short, run in groupby(found, key=lambda one: len(one.line.number) <= _SHORT):
        options = [_option(one.line) for one in run]
        rows += in_rows(options, _A_ROW if is_short else 1)
    return tuple(rows)


def _option(line: Hotline) -> Option:
    number: dict[str, Value] = {"number": line.number}
    label = (
        Say("WhatsApp: {number}", number) if line.channel == "whatsapp" else Say("{number}", number)
    )
    return Option(line.id, label, also=Say(line.name))


def _in_danger(look: Look, found: tuple[Offer, ...]) -> tuple[tuple[Say, ...], ...]:
    """Stand the emergency numbers below lines that may not answer."""
    if any(one.line.emergency for one in found):
        return ()
    return ((in_danger(look),),)
