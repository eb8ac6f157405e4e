"""What is asked of a campaign before anybody proposes it: how it reads, and who could not read it."""

from collections.abc import Collection

from bot.channels.terminal import unmarked
from bot.content.model import Template
from bot.engine.campaigns import made, missing, page
from bot.engine.screen import NewsPage
from bot.engine.world import World
from bot.errors import TirekError
from bot.language.tongues import NAMES

_RULE = "─" * 40


def found(world: World, name: str) -> Template:
    """Find what authors wrote under this name.

    Raises:
        TirekError: there is no such campaign; says which there are.
    """
    template = world.content.campaigns.get(name)
    if template is None:
        there = ", ".join(world.content.campaigns) or "none"
        raise TirekError(f"There is no campaign '{name}'. There are: {there}.")
    return template


def lacking(world: World, template: Template, languages: Collection[str]) -> list[str]:
    """Say in which of these languages nobody could read it: a line each."""
    return [
        f"{NAMES[one]} ({one}): not translated; its readers would get nothing."
        for one in missing(world, template)
        if one in languages
    ]


def shown(world: World, template: Template, language: str | None = None) -> str:
    """Show it as it is read, in one language or in all; what is missing stands first.

    Raises:
        TirekError: that language is not offered.
    """
    campaign = made(world, template, "")
    wanted = [one for one in world.offered.languages if language in (None, one)]
    if not wanted:
        there = ", ".join(world.offered.languages)
        raise TirekError(f"'{language}' is not offered. There are: {there}.")
    lines = lacking(world, template, wanted)
    for one in wanted:
        read = page(world.words, campaign, one)
        if read is not None:
            lines += [f"{_RULE} {NAMES[one]}", *_laid_out(read)]
    return "\n".join(lines)


def _laid_out(read: NewsPage) -> list[str]:
    button = [f"[ {read.button.text}  ({read.button.url}) ]"] if read.button else []
    return [unmarked(read.text), "", *button, f"[ {read.leave} ]"]
